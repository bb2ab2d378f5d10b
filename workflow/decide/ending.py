"""A new text, the ways out of a case, and what is left to do when it has taken effect."""

from datetime import date

from workflow.acts import Close, RecordSpread, Revise, Withdraw
from workflow.bad_data import ValueInvalid
from workflow.case import Case
from workflow.decide.activity import require_active
from workflow.decide.draft import Draft, impossible, require_chart_event
from workflow.decide.mandates import no_mandate
from workflow.decide.opening import require_order
from workflow.errors import N_, Missing
from workflow.events import Closed, Spread, TextRevised, Withdrawn
from workflow.facts import Text
from workflow.refusals import MandateMissing
from workflow.steps import builds_on
from workflow.told_apart import AskedByAnother


def revise(draft: Draft, act: Revise) -> None:
    """A new text version: every step and every answer is needed anew; ``by``, where it is said, is a body of the route.

    Raises ValueInvalid for the same text again, and AskedByAnother once another forum has asked the parties.
    """
    case = draft.case
    require_chart_event(case, "revise_text")
    if act.sha256 == case.text.sha256:
        raise ValueInvalid(field="--text", why=N_("this is the text of the current version."))
    if act.by is not None:
        if case.route.place_of(act.by) is None:
            raise no_mandate(draft, act.by)
        _require_theirs(draft, act.by)
        require_active(draft, act.by, act.on)
    if case.dispatched:
        require_order(act.on, case.latest_on, "latest")
    require_order(act.on, case.text_on, "text")
    text = Text(version=case.text.version + 1, sha256=act.sha256, name=act.name)
    event = TextRevised(text=text, reason=act.reason, by=act.by, minutes=act.minutes)
    draft.lay(event, act.on, "revise_text")


def withdraw(draft: Draft, act: Withdraw) -> None:
    """The matter is taken back; possible until it is ratified, and dated after what the forums have done with it."""
    require_chart_event(draft.case, "withdraw")
    _require_open_until(draft.case, act.on)
    draft.lay(Withdrawn(reason=act.reason), act.on, "withdraw")


def close(draft: Draft, act: Close) -> None:
    """A recommending forum of the route ends the matter without effect; possible until it is ratified.

    Once the parties are asked it is for the forum that recommended it to them (reading G8): AskedByAnother.
    """
    case = draft.case
    if case.route.place_of(act.by) not in {"leadership", "political", "decide"}:
        raise no_mandate(draft, act.by)
    _require_theirs(draft, act.by)
    require_chart_event(case, "close")
    require_active(draft, act.by, act.on)
    _require_open_until(case, act.on)
    draft.lay(Closed(by=act.by, reason=act.reason, minutes=act.minutes), act.on, "close")


def _require_theirs(draft: Draft, body: str) -> None:
    """Once the parties are asked, it is for the forum that asked them (reading G8). Raises AskedByAnother."""
    case = draft.case
    forums = case.route.political or case.route.leadership
    if case.dispatched is None or body in forums:
        return
    name_of = draft.context.rules.name_of
    missing = [Missing("mandate_missing", forum) for forum in forums]
    raise AskedByAnother(by=name_of(body), forums=", ".join(map(name_of, forums)), missing=missing)


def _require_open_until(case: Case, on: date) -> None:
    """A matter ends after all that the forums have done with it. A party may decide later, and not know of the end."""
    require_order(on, *builds_on(case, None))
    if case.stages_done:
        require_order(on, case.latest_on, "stage")
    if case.dispatched_on is not None:
        require_order(on, case.dispatched_on, "dispatch")


def record_spread(draft: Draft, act: RecordSpread) -> None:
    """Spreading done after the decision (rules X6, X7). Raises MandateMissing for a body the route does not name."""
    case = draft.case
    require_chart_event(case, "spread")
    if act.via not in case.route.spread_via:
        raise MandateMissing(
            by=draft.context.rules.name_of(act.via),
            place=N_("none"),
            missing=[Missing("mandate_missing", via) for via in case.route.spread_via],
        )
    if act.via in case.spread:
        raise impossible(case, N_("that spreading is recorded already."))
    require_order(act.on, case.ratified_on or case.opened_on, "ratified")
    draft.lay(Spread(via=act.via), act.on, "spread")
