"""The course of an uppdrag: given by one body to another, and reported back.

Source: 004 §2.4 («inför återrapportering av uppdraget till RSR»); 004 §6.3 Arbetsutskott/beredningsgrupper.
"""

from statemachine import State

from machines.base import Chart, go, stay, when_complete


class AssignmentChart(Chart):
    """Initiated, decided, in force while it is carried out, reported back."""

    ends = frozenset({"reported", "withdrawn", "closed"})

    initiated = State(initial=True)
    decided = State()
    in_force = State()
    reported = State(final=True)
    withdrawn = State(final=True)
    closed = State(final=True)

    decide = when_complete("decision_complete", decided, initiated)
    take_effect = go(in_force, decided, cond="effective")
    report_back = go(reported, in_force)

    put_off = stay(initiated)
    change_route = stay(initiated, decided, in_force)
    revise_text = stay(initiated)
    withdraw = go(withdrawn, initiated)
    # The giver may also end an uppdrag that is being carried out.
    close = go(closed, initiated, in_force)
