"""The forums' steps: prepare, anchor, recommend, decide."""

from datetime import date

from workflow.acts import Anchor, Decide, Prepare, Recommend
from workflow.bad_data import ValueInvalid
from workflow.case import Case
from workflow.decide.activity import require_active
from workflow.decide.draft import Draft, impossible, require_chart_event
from workflow.decide.mandates import no_mandate, place_of
from workflow.decide.opening import require_order
from workflow.errors import N_, Missing, Refusal, Remark
from workflow.events import HandedIn, StageDecided, StepTaken, TookEffect
from workflow.facts import Content
from workflow.ratification import binds_from
from workflow.refusals import (
    AnchoringMissing,
    LeadershipRecommendationMissing,
    MandateDescriptionMissing,
    OnlyPartyDecides,
    PoliticalRecommendationMissing,
    PreparationMissing,
    StructureContentMissing,
    StructureOrder,
)
from workflow.route import RouteStage, StepName
from workflow.steps import builds_on, missing_before

#: The event of the case's chart that each step is.
TRANSITION: dict[StepName, str] = {
    "prepare": "record_preparation",
    "leadership": "recommend_by_leadership",
    "political": "recommend_by_politics",
    "anchoring": "record_anchoring",
    "decide": "decide",
}

#: The guard that says whether every body of a step has taken it.
COMPLETE: dict[StepName, str] = {
    "prepare": "preparation_complete",
    "leadership": "leadership_complete",
    "political": "politics_complete",
    "decide": "decision_complete",
}

#: The event of the chart of a structure that each of its stages is (004 §7).
_STAGE_TRANSITION = {
    "direction": "decide_direction",
    "agreement": "decide_agreement",
    "templates": "decide_templates",
    "committees": "decide_committees",
}

_REFUSAL_FOR: dict[str, type[Refusal]] = {
    "preparation_missing": PreparationMissing,
    "leadership_recommendation_missing": LeadershipRecommendationMissing,
    "political_recommendation_missing": PoliticalRecommendationMissing,
    "anchoring_missing": AnchoringMissing,
}


def prepare(draft: Draft, act: Prepare) -> None:
    """A body's beredning. What the report calls SamReKo HSI's or Fredagsgruppen's is the leadership step (G15).

    Raises PreparationMissing where that step waits for what must be prepared before it.
    """
    _take_step(draft, act, ("prepare", "leadership"))


def recommend(draft: Draft, act: Recommend) -> None:
    """A forum's rekommendationsbeslut: the leadership's to politics, or politics' to the parties (rule X11).

    Raises PreparationMissing or LeadershipRecommendationMissing while the step before is owed.
    """
    _take_step(draft, act, ("leadership", "political"))


def decide_finally(draft: Draft, act: Decide) -> None:
    """A body's own decision, or the next of a matter that is decided in stages (004 §7).

    Raises OnlyPartyDecides where the parties decide (rules X3, X4), what is said of a step before that is owed,
    MandateDescriptionMissing for an uppdrag (004 §6.3), ValueInvalid for content of an agreement that this is not,
    and for a stage StructureContentMissing or StructureOrder.
    """
    case = draft.case
    if case.route.ratify:
        raise OnlyPartyDecides(by=draft.context.rules.name_of(act.by), ref=case.ref)
    if act.content is not None and not case.route.stages:
        raise _no_agreement(act.content)
    if case.route.stages:
        _decide_stage(draft, act)
        return
    if case.route.requires_mandate_description and act.relies_on is None and act.by in case.route.decide:
        receiver = case.opened.particulars.receiver
        missing = [Missing("mandate_description_missing", receiver)]
        raise MandateDescriptionMissing(receiver=draft.context.rules.name_of(receiver or "–"), missing=missing)
    _take_step(draft, act, ("decide",))
    _after_decision(draft)


def anchor(draft: Draft, act: Anchor) -> None:
    """Anchoring in a network (rules X6, X7). Raises StepNotPossible where the route asks for none."""
    case = draft.case
    networks = (*case.route.anchoring, *case.route.anchoring_duty)
    if not networks:
        raise impossible(case, N_("this route asks for no anchoring."))
    if act.network not in networks:
        raise no_mandate(draft, act.network)
    require_chart_event(case, "record_anchoring")
    if act.network in case.done["anchoring"]:
        raise impossible(case, N_("that anchoring is recorded already."))
    require_order(act.on, max(case.opened_on, case.text_on), "text")
    event = StepTaken(step="anchoring", by=act.network, text_version=case.text.version, minutes=act.minutes)
    draft.lay(event, act.on, "record_anchoring")


def what_is_missing(draft: Draft, by: str, missing: tuple[Missing, ...]) -> Refusal:
    """The refusal for a step of ``by`` that waits for ``missing``."""
    name_of = draft.context.rules.name_of
    owed = ", ".join(name_of(each.by) for each in missing if each.by)
    kind = _REFUSAL_FOR[missing[0].code]
    return kind(by=name_of(by), owed=owed, version=draft.case.text.version, missing=missing)


def _take_step(draft: Draft, act: Prepare | Recommend | Decide, allowed: tuple[StepName, ...]) -> None:
    case = draft.case
    step = place_of(draft, act.by, act.on)
    if step not in allowed:
        raise no_mandate(draft, act.by)
    require_chart_event(case, TRANSITION[step])
    of_free_will = step == "prepare" and act.by not in case.route.prepare
    if act.by in case.done[step] or (of_free_will and act.by in case.may_prepared):
        raise impossible(case, N_("this body has taken its step on this text version."))
    require_active(draft, act.by, act.on)
    missing = missing_before(case, step)
    if missing:
        raise what_is_missing(draft, act.by, missing)
    require_order(act.on, *builds_on(case, step))
    _say_if_on_one_day(draft, step, act.on)
    facts = _facts(draft, step, act.by)
    complete = facts.get(COMPLETE["decide"], False) and step == "decide"
    in_force_from = binds_from(case, _decided_on(case, act.on)) if complete and _comes_into_force(draft) else None
    event = StepTaken(
        step=step, by=act.by, text_version=case.text.version, minutes=act.minutes, in_force_from=in_force_from
    )
    draft.lay(event, act.on, TRANSITION[step], facts)


def _say_if_on_one_day(draft: Draft, step: StepName, on: date) -> None:
    """Politics' day is to be after the leadership's (reading G47); minutes that say otherwise stand."""
    same = [body for body, done in draft.case.done["leadership"].items() if done.on == on]
    if step == "political" and same:
        told = N_("{bodies} recommended it on the same day; the political forum is to meet later (reading G47).")
        draft.remarks.append(Remark(told, {"bodies": ", ".join(map(draft.context.rules.name_of, same))}))


def _facts(draft: Draft, step: StepName, by: str) -> dict[str, bool]:
    """Each step's guard; for ``step``, counting ``by``."""
    case = draft.case
    owed = {each: [body for body in case.bodies_owed(each) if each != step or body != by] for each in COMPLETE}
    facts = {guard: not owed[each] for each, guard in COMPLETE.items()}
    # What a body is only free to prepare does not make the matter prepared.
    return facts | {"preparation_complete": facts["preparation_complete"] and bool(case.route.prepare)}


def _decided_on(case: Case, on: date) -> date:
    """The day of the decision that completes the others: bodies may decide, and be recorded, in any order."""
    return max([on, *(done.on for done in case.done["decide"].values())])


def _comes_into_force(draft: Draft) -> bool:
    return draft.has_transition("take_effect")


def _after_decision(draft: Draft) -> None:
    """What follows from a completed decision by itself: it takes effect, or the auditors have their answer."""
    case = draft.case
    if case.state != "decided":
        return
    if case.chart == "audit-answer":
        due, on = case.opened.particulars.due, max(done.on for done in case.done["decide"].values())
        late = max((on - due).days, 0) if due is not None else 0
        draft.lay(HandedIn(days_late=late), on, "hand_in")
    else:
        _take_effect_if_due(draft, case.latest_on)


def _take_effect_if_due(draft: Draft, day: date) -> None:
    """What is decided is in force once its day has come; a decision taken under it must find it so."""
    case = draft.case
    if case.state == "decided" and case.in_force_from is not None and case.in_force_from <= day:
        draft.lay(TookEffect(), case.in_force_from, "take_effect", {"effective": True})


def _decide_stage(draft: Draft, act: Decide) -> None:
    """The next decision of a matter decided in stages, each in its order (004 §7)."""
    case = draft.case
    stage = next(iter(case.stages_left), None)
    if stage is None:
        raise impossible(case, N_("every stage is decided."))
    if act.by not in stage.by:
        raise no_mandate(draft, act.by)
    require_active(draft, act.by, act.on)
    _require_content(draft, stage, act)
    _require_structure(draft, stage, act.on)
    _take_effect_if_due(draft, act.on)
    require_chart_event(draft.case, _STAGE_TRANSITION[stage.id])
    require_order(act.on, *builds_on(case, None))
    require_order(act.on, case.latest_on if case.stages_done else case.opened_on, "stage")
    complete = set(stage.by) <= {*case.done["decide"], act.by}
    event = StageDecided(stage=stage.id, by=act.by, minutes=act.minutes, content=act.content)
    draft.lay(event, act.on, _STAGE_TRANSITION[stage.id], {"decision_complete": complete})
    _take_effect_if_due(draft, act.on)


def _require_structure(draft: Draft, stage: RouteStage, on: date) -> None:
    """What the forum of the new structure decides waits until that structure is in force (004 §7 steps 3 and 4)."""
    structure = draft.case.opened.particulars.structure
    if stage.in_new_structure and draft.context.organisation.structure_on(on) != structure:
        why = N_("{structure} is not in force on {on}, and its forums decide nothing before.")
        raise StructureOrder(why=why, structure=structure, on=on, missing=[Missing("structure_order", structure)])


def _require_content(draft: Draft, stage: RouteStage, act: Decide) -> None:
    """The agreement says what it must; what is said with it goes before what was said at the opening."""
    particulars, said = draft.case.opened.particulars, act.content.said if act.content is not None else {}
    if act.content is not None and not said.keys() <= set(stage.needs):
        raise _no_agreement(act.content)
    lacking = [name for name in stage.needs if getattr(particulars, name) is None and name not in said]
    if lacking:
        missing = [Missing("structure_content_missing", name) for name in lacking]
        raise StructureContentMissing(what=", ".join(map(_option, lacking)), missing=missing)


def _no_agreement(content: Content) -> ValueInvalid:
    why = N_("only the agreement on a structure says it, and this decision is another.")
    return ValueInvalid(field=", ".join(map(_option, content.said)), why=why)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
