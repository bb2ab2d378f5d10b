"""What the answers that stand bring about: ratified, not ratified, open again, in force."""

from datetime import date

from workflow.decide.draft import Draft
from workflow.events import NotRatified, RatificationReopened, Ratified, TookEffect
from workflow.ratification import Outcome, binds_from, outcome, read_effect_rule

_DECIDED = frozenset({"ratified", "in_force"})


def settle(draft: Draft, on: date) -> None:
    """Lays what the effect rule says of the answers as they stand now.

    ``on`` dates what is not dated by the answers themselves.
    """
    case = draft.case
    found = outcome(read_effect_rule(case.effect_rule, case.parties), case.parties)
    facts = {"effect_reached": found.reached_on is not None, "effect_impossible": found.impossible}
    if found.reached_on is not None:
        _ratify(draft, found, found.reached_on, facts)
    elif found.impossible and case.state != "not_ratified":
        draft.lay(NotRatified(against=found.against), on, "fail", facts)
    elif not found.impossible and case.state in _DECIDED | {"not_ratified"}:
        draft.lay(RatificationReopened(), on, "reopen", facts)


def _ratify(draft: Draft, found: Outcome, reached_on: date, facts: dict[str, bool]) -> None:
    case = draft.case
    binds = binds_from(case, reached_on)
    if case.state in _DECIDED:
        if (case.ratified_on, case.in_force_from) != (reached_on, binds):
            draft.lay(Ratified(adopters=found.adopters, in_force_from=binds), reached_on)
        return
    draft.lay(Ratified(adopters=found.adopters, in_force_from=binds), reached_on, "ratify", facts)
    # What has been recorded reaches no further than its latest date: a later day is the calendar's to bring.
    if binds <= draft.case.latest_on:
        draft.lay(TookEffect(), binds, "take_effect", {"effective": True})
