"""The course of a new structure: direction, agreement, the day it comes into force, then what its own forum decides.

Source: 004 §7, steps 1 to 4; 004 §6.2 («Oavsett vägval föreslår utredningen att en överenskommelse för
samverkansstrukturen arbetas fram»).
"""

from statemachine import State

from machines.base import Chart, go, stay, when_complete


class StructureChart(Chart):
    """Initiated, direction decided, agreement decided, in force, templates decided, groups established."""

    ends = frozenset({"established", "withdrawn", "closed"})

    initiated = State(initial=True)
    direction_decided = State()
    decided = State()
    in_force = State()
    templates_decided = State()
    established = State(final=True)
    withdrawn = State(final=True)
    closed = State(final=True)

    decide_direction = when_complete("decision_complete", direction_decided, initiated)
    decide_agreement = when_complete("decision_complete", decided, direction_decided)
    take_effect = go(in_force, decided, cond="effective")
    # What only the new structure's own forum can decide waits until there is one.
    decide_templates = when_complete("decision_complete", templates_decided, in_force)
    decide_committees = when_complete("decision_complete", established, templates_decided)

    put_off = stay(initiated, direction_decided, in_force, templates_decided)
    revise_text = stay(initiated, direction_decided)
    withdraw = go(withdrawn, initiated, direction_decided)
    close = go(closed, initiated, direction_decided)
