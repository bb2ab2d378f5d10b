"""A new text, the ways out of a case, and what is left to do when it has taken effect."""

from workflow.acts import Close, RecordSpread, Revise, Withdraw
from workflow.bad_data import ValueInvalid
from workflow.decide.activity import require_active
from workflow.decide.draft import Draft, require_chart_event
from workflow.decide.opening import require_order
from workflow.errors import N_, Missing
from workflow.events import Closed, Spread, TextRevised, Withdrawn
from workflow.facts import Text
from workflow.refusals import MandateMissing, StepNotPossible


def revise(draft: Draft, act: Revise) -> None:
    """A new text version: every step and every answer is needed anew. Raises ValueInvalid for the same text again."""
    case = draft.case
    require_chart_event(case, "revise_text")
    if act.sha256 == case.text.sha256:
        raise ValueInvalid(field="--text", why=N_("this is the text of the current version."))
    require_order(act.on, case.latest_on if case.dispatched else case.text_on, "text")
    text = Text(version=case.text.version + 1, sha256=act.sha256, name=act.name)
    event = TextRevised(text=text, reason=act.reason, by=act.by, minutes=act.minutes)
    draft.lay(event, act.on, "revise_text")


def withdraw(draft: Draft, act: Withdraw) -> None:
    """The matter is taken back; possible until it is ratified."""
    require_chart_event(draft.case, "withdraw")
    require_order(act.on, draft.case.opened_on, "open")
    draft.lay(Withdrawn(reason=act.reason), act.on, "withdraw")


def close(draft: Draft, act: Close) -> None:
    """A recommending forum of the route ends the matter without effect; possible until it is ratified."""
    case = draft.case
    place = case.route.place_of(act.by)
    if place not in {"leadership", "political", "decide"}:
        raise MandateMissing(
            by=draft.context.rules.name_of(act.by),
            place=place or N_("none"),
            missing=[Missing("mandate_missing", act.by)],
        )
    require_chart_event(case, "close")
    require_active(draft, act.by, act.on)
    require_order(act.on, case.opened_on, "open")
    draft.lay(Closed(by=act.by, reason=act.reason, minutes=act.minutes), act.on, "close")


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
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("that spreading is recorded already."))
    require_order(act.on, case.ratified_on or case.opened_on, "ratified")
    draft.lay(Spread(via=act.via), act.on, "spread")
