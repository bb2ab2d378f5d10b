"""The course of what a forum or a joint board decides itself: guidelines, routines, officers' plans, descriptions.

Sources: 004 §5.2 Avtal och överenskommelser («Riktlinjer och rutiner beslutas och följs upp på tjänstepersonsnivå i
SamReKo HSI och Fredagsgruppen.»); 004 §4.2 («Nämnder har eget beslutsmandat inom sitt ansvarsområde»).
"""

from statemachine import State

from machines.base import Chart, go, stay, take_place, when_complete


class DecisionChart(Chart):
    """Initiated, prepared, decided, in force.

    Guards as in the agreement's chart, and ``decision_complete``: every body that decides has, this one included.
    """

    ends = frozenset({"in_force", "withdrawn", "closed"})

    initiated = State(initial=True)
    prepared = State()
    recommended_by_leadership = State()
    decided = State()
    in_force = State()
    withdrawn = State(final=True)
    closed = State(final=True)

    record_preparation = when_complete("preparation_complete", prepared, initiated) | stay(prepared)
    recommend_by_leadership = when_complete("leadership_complete", recommended_by_leadership, initiated, prepared)
    record_anchoring = stay(initiated, prepared, recommended_by_leadership)
    decide = when_complete("decision_complete", decided, initiated, prepared, recommended_by_leadership)
    take_effect = go(in_force, decided, cond="effective")
    spread = stay(decided, in_force)

    # A matter that needs a political position leaves this course for the agreement's (rule X9).
    lift = take_place(initiated, prepared, recommended_by_leadership, None)

    send_back = (
        stay(initiated)
        | go(initiated, prepared)
        | recommended_by_leadership.to(prepared, cond="keeps_preparation")
        | recommended_by_leadership.to(initiated, unless="keeps_preparation")
    )
    put_off = stay(initiated, prepared, recommended_by_leadership)
    allow_deviation = stay(initiated, prepared, recommended_by_leadership)
    change_route = take_place(initiated, prepared, recommended_by_leadership, None) | stay(decided)
    revise_text = stay(initiated) | go(initiated, prepared, recommended_by_leadership)
    withdraw = go(withdrawn, initiated, prepared, recommended_by_leadership)
    close = go(closed, initiated, prepared, recommended_by_leadership)
