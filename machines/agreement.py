"""The course of a matter that binds only when the parties have decided for themselves.

Source: 004 §5.2 Avtal och överenskommelser («Rekommendationsbeslut sänds till parternas funktionsbrevlådor för
godkännandebeslut.») and 004 Bilaga 2 (two recommendations on the way: to politiskt forum, to the parties).
"""

from statemachine import State

from machines.base import Chart, go, stay, take_place, when_complete


class AgreementChart(Chart):
    """Initiated, prepared, recommended twice, sent to the parties, ratified, in force.

    Guards are names; the facts behind them are counted by whoever asks:
    ``preparation_complete`` ``leadership_complete`` ``politics_complete``: every body of the step has taken it, this
    one included. ``keeps_preparation``: what was prepared stands when a matter is sent back. ``effect_reached``
    ``effect_impossible``: what the effect rule says of the answers. ``effective``: the day it binds from has come.
    """

    ends = frozenset({"in_force", "withdrawn", "closed"})

    initiated = State(initial=True)
    prepared = State()
    recommended_by_leadership = State()
    recommended_by_political_forum = State()
    sent_to_parties = State()
    ratified = State()
    in_force = State()
    not_ratified = State()
    withdrawn = State(final=True)
    closed = State(final=True)

    # The forums' steps. A step some have taken and others not leaves the matter where it is.
    record_preparation = when_complete("preparation_complete", prepared, initiated) | stay(prepared)
    recommend_by_leadership = when_complete("leadership_complete", recommended_by_leadership, initiated, prepared)
    recommend_by_politics = when_complete(
        "politics_complete", recommended_by_political_forum, initiated, prepared, recommended_by_leadership
    )
    record_anchoring = stay(initiated, prepared, recommended_by_leadership, recommended_by_political_forum)
    send_back = (
        stay(initiated)
        | prepared.to(initiated, unless="keeps_preparation")
        | stay(prepared, cond="keeps_preparation")
        | go(prepared, recommended_by_leadership, recommended_by_political_forum, cond="keeps_preparation")
        | recommended_by_leadership.to(initiated, unless="keeps_preparation")
        | recommended_by_political_forum.to(initiated, unless="keeps_preparation")
    )
    put_off = stay(initiated, prepared, recommended_by_leadership, not_ratified)
    allow_deviation = stay(initiated, prepared, recommended_by_leadership)
    change_route = take_place(initiated, prepared, recommended_by_leadership, recommended_by_political_forum) | stay(
        sent_to_parties, not_ratified, ratified
    )

    # The parties' part.
    send_out = go(sent_to_parties, recommended_by_political_forum)
    record_answer = stay(sent_to_parties, not_ratified, ratified, in_force)
    ratify = go(ratified, sent_to_parties, not_ratified, cond="effect_reached")
    fail = go(not_ratified, sent_to_parties, ratified, in_force, cond="effect_impossible")
    # Only a rättelse, or another effect rule, leads back here.
    reopen = (
        not_ratified.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
        | ratified.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
        | in_force.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
    )
    take_effect = go(in_force, ratified, cond="effective")
    change_answer_by = stay(sent_to_parties, not_ratified, ratified, in_force)
    change_effect_rule = stay(
        initiated,
        prepared,
        recommended_by_leadership,
        recommended_by_political_forum,
        sent_to_parties,
        not_ratified,
    )
    spread = stay(ratified, in_force)

    # Ways out, and the way back to the start.
    revise_text = stay(initiated) | go(
        initiated, prepared, recommended_by_leadership, recommended_by_political_forum, sent_to_parties, not_ratified
    )
    withdraw = go(
        withdrawn,
        initiated,
        prepared,
        recommended_by_leadership,
        recommended_by_political_forum,
        sent_to_parties,
        not_ratified,
    )
    close = go(
        closed,
        initiated,
        prepared,
        recommended_by_leadership,
        recommended_by_political_forum,
        sent_to_parties,
        not_ratified,
    )
