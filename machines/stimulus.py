"""The course of a distribution of stimulansmedel: a forum's own decision, sent to no mailbox.

Source: 004 §5.2 Länsgemensamma stimulansmedel («fördelas dessa i SVOM/Barnarenan … efter beredning i SamReKo
HSI/Fredagsgruppen.»).
"""

from statemachine import State

from machines.base import Chart, go, stay, take_place, when_complete


class StimulusChart(Chart):
    """Initiated, prepared by the officers' forum, decided, followed up."""

    ends = frozenset({"decided", "followed_up", "withdrawn", "closed"})

    initiated = State(initial=True)
    recommended_by_leadership = State()
    decided = State()
    followed_up = State(final=True)
    withdrawn = State(final=True)
    closed = State(final=True)

    recommend_by_leadership = when_complete("leadership_complete", recommended_by_leadership, initiated)
    decide = when_complete("decision_complete", decided, initiated, recommended_by_leadership)
    report_back = go(followed_up, decided)

    send_back = stay(initiated) | go(initiated, recommended_by_leadership)
    put_off = stay(initiated, recommended_by_leadership)
    change_route = take_place(initiated, None, recommended_by_leadership, None) | stay(decided)
    revise_text = stay(initiated) | go(initiated, recommended_by_leadership)
    withdraw = go(withdrawn, initiated, recommended_by_leadership)
    close = go(closed, initiated, recommended_by_leadership)
