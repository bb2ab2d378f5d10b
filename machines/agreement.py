"""The course of a matter that binds only when the parties have decided for themselves.

Source: 004 §5.2 Avtal och överenskommelser («Rekommendationsbeslut sänds till parternas funktionsbrevlådor för
godkännandebeslut.») and 004 Bilaga 2 (two recommendations on the way: to politiskt forum, to the parties).
"""

from statemachine import State

from machines.base import Chart


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
    record_preparation = (
        initiated.to(prepared, cond="preparation_complete")
        | initiated.to.itself(internal=True, unless="preparation_complete")
        | prepared.to.itself(internal=True)
    )
    recommend_by_leadership = (
        initiated.to(recommended_by_leadership, cond="leadership_complete")
        | initiated.to.itself(internal=True, unless="leadership_complete")
        | prepared.to(recommended_by_leadership, cond="leadership_complete")
        | prepared.to.itself(internal=True, unless="leadership_complete")
    )
    recommend_by_politics = (
        initiated.to(recommended_by_political_forum, cond="politics_complete")
        | initiated.to.itself(internal=True, unless="politics_complete")
        | prepared.to(recommended_by_political_forum, cond="politics_complete")
        | prepared.to.itself(internal=True, unless="politics_complete")
        | recommended_by_leadership.to(recommended_by_political_forum, cond="politics_complete")
        | recommended_by_leadership.to.itself(internal=True, unless="politics_complete")
    )
    send_back = (
        initiated.to.itself(internal=True)
        | prepared.to(initiated, unless="keeps_preparation")
        | prepared.to.itself(internal=True, cond="keeps_preparation")
        | recommended_by_leadership.to(prepared, cond="keeps_preparation")
        | recommended_by_leadership.to(initiated, unless="keeps_preparation")
        | recommended_by_political_forum.to(prepared, cond="keeps_preparation")
        | recommended_by_political_forum.to(initiated, unless="keeps_preparation")
    )
    put_off = (
        initiated.to.itself(internal=True)
        | prepared.to.itself(internal=True)
        | recommended_by_leadership.to.itself(internal=True)
        | not_ratified.to.itself(internal=True)
    )
    allow_deviation = initiated.to.itself(internal=True) | prepared.to.itself(internal=True)

    # The parties' part.
    send_out = recommended_by_political_forum.to(sent_to_parties)
    record_answer = (
        sent_to_parties.to.itself(internal=True)
        | not_ratified.to.itself(internal=True)
        | ratified.to.itself(internal=True)
        | in_force.to.itself(internal=True)
    )
    ratify = sent_to_parties.to(ratified, cond="effect_reached") | not_ratified.to(ratified, cond="effect_reached")
    fail = (
        sent_to_parties.to(not_ratified, cond="effect_impossible")
        | ratified.to(not_ratified, cond="effect_impossible")
        | in_force.to(not_ratified, cond="effect_impossible")
    )
    # Only a rättelse leads back here: what was ratified rested on an answer that was recorded wrongly.
    reopen = (
        not_ratified.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
        | ratified.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
        | in_force.to(sent_to_parties, unless=["effect_reached", "effect_impossible"])
    )
    take_effect = ratified.to(in_force, cond="effective")
    change_answer_by = (
        sent_to_parties.to.itself(internal=True)
        | not_ratified.to.itself(internal=True)
        | ratified.to.itself(internal=True)
        | in_force.to.itself(internal=True)
    )
    change_effect_rule = (
        initiated.to.itself(internal=True)
        | prepared.to.itself(internal=True)
        | recommended_by_leadership.to.itself(internal=True)
        | recommended_by_political_forum.to.itself(internal=True)
        | sent_to_parties.to.itself(internal=True)
        | not_ratified.to.itself(internal=True)
    )
    spread = ratified.to.itself(internal=True) | in_force.to.itself(internal=True)

    # Ways out, and the way back to the start.
    revise_text = (
        initiated.to.itself(internal=True)
        | prepared.to(initiated)
        | recommended_by_leadership.to(initiated)
        | recommended_by_political_forum.to(initiated)
        | sent_to_parties.to(initiated)
        | not_ratified.to(initiated)
    )
    withdraw = (
        initiated.to(withdrawn)
        | prepared.to(withdrawn)
        | recommended_by_leadership.to(withdrawn)
        | recommended_by_political_forum.to(withdrawn)
        | sent_to_parties.to(withdrawn)
        | not_ratified.to(withdrawn)
    )
    close = (
        initiated.to(closed)
        | prepared.to(closed)
        | recommended_by_leadership.to(closed)
        | recommended_by_political_forum.to(closed)
        | sent_to_parties.to(closed)
        | not_ratified.to(closed)
    )
