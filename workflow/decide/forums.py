"""What forums and groups do with a matter: prepare, recommend, send back, put off, deviate, decide on its effect."""

from workflow.acts import Anchor, ChangeEffect, Decide, Lift, Override, Postpone, Prepare, Recommend, Return
from workflow.decide.draft import Draft, require_chart_event
from workflow.decide.opening import require_order
from workflow.decide.outcome import settle
from workflow.errors import N_, Missing
from workflow.events import DeviationAllowed, EffectRuleChanged, EffectRuleDecided, PutOff, SentBack, StepTaken
from workflow.ratification import read_effect_rule
from workflow.refusals import (
    LeadershipRecommendationMissing,
    MandateMissing,
    OnlyPartyDecides,
    OverrideNotAllowed,
    PreparationMissing,
    Refusal,
    StepNotPossible,
    ValueInvalid,
)
from workflow.route import STEPS, StepName
from workflow.steps import FORUMS_AT_WORK, builds_on, is_turn_of, missing_before

#: The event of the case's chart that each step is.
TRANSITION: dict[StepName, str] = {
    "prepare": "record_preparation",
    "leadership": "recommend_by_leadership",
    "political": "recommend_by_politics",
}

_REFUSAL_FOR: dict[str, type[Refusal]] = {
    "preparation_missing": PreparationMissing,
    "leadership_recommendation_missing": LeadershipRecommendationMissing,
}


def prepare(draft: Draft, act: Prepare) -> None:
    """A body's beredning. What the report calls SamReKo HSI's or Fredagsgruppen's is the leadership step (G15)."""
    _take_step(draft, act, ("prepare", "leadership"))


def recommend(draft: Draft, act: Recommend) -> None:
    """A forum's rekommendationsbeslut: the leadership's to politics, or politics' to the parties (rule X11)."""
    _take_step(draft, act, ("leadership", "political"))


def decide_finally(draft: Draft, act: Decide) -> None:
    """A body's own decision. Raises OnlyPartyDecides where the parties decide (rules X3, X4)."""
    if draft.case.route.ratify:
        raise OnlyPartyDecides(by=draft.context.rules.name_of(act.by), ref=draft.case.ref)
    _take_step(draft, act, ("decide",))


def anchor(draft: Draft, act: Anchor) -> None:
    """Anchoring in a network. Raises StepNotPossible where the route asks for none."""
    raise StepNotPossible(ref=draft.case.ref, state=draft.case.state, why=N_("this route asks for no anchoring."))


def lift(draft: Draft, act: Lift) -> None:
    """Lifting to politics. Raises StepNotPossible for a matter that is there already."""
    raise StepNotPossible(ref=draft.case.ref, state=draft.case.state, why=N_("the route is political already."))


def _take_step(draft: Draft, act: Prepare | Recommend | Decide, allowed: tuple[StepName, ...]) -> None:
    case = draft.case
    step = _place(draft, act.by)
    if step not in allowed:
        raise _no_mandate(draft, act.by)
    require_chart_event(case, TRANSITION[step])
    if act.by in case.done[step] or act.by in case.may_prepared:
        raise StepNotPossible(
            ref=case.ref, state=case.state, why=N_("this body has taken its step on this text version.")
        )
    missing = missing_before(case, step)
    if missing:
        raise _what_is_missing(draft, act.by, missing)
    require_order(act.on, *builds_on(case, step))
    owed_after = set(case.bodies_owed(step)) - {act.by}
    facts = dict.fromkeys(("preparation_complete", "leadership_complete", "politics_complete"), not owed_after)
    event = StepTaken(step=step, by=act.by, text_version=case.text.version, minutes=act.minutes)
    draft.lay(event, act.on, TRANSITION[step], facts)


def _place(draft: Draft, body: str) -> StepName:
    place = draft.case.route.place_of(body)
    if place is None:
        raise _no_mandate(draft, body)
    return place


def _no_mandate(draft: Draft, body: str) -> MandateMissing:
    place = draft.case.route.place_of(body)
    return MandateMissing(
        by=draft.context.rules.name_of(body),
        place=place or N_("none"),
        missing=[Missing("mandate_missing", body)],
    )


def _what_is_missing(draft: Draft, by: str, missing: tuple[Missing, ...]) -> Refusal:
    name_of = draft.context.rules.name_of
    owed = ", ".join(name_of(each.by) for each in missing if each.by)
    kind = _REFUSAL_FOR[missing[0].code]
    return kind(by=name_of(by), owed=owed, version=draft.case.text.version, missing=missing)


def send_back(draft: Draft, act: Return) -> None:
    """Återremiss by a forum whose turn it is, or that has recommended what is not yet sent.

    The forum's own step and the nearest one before it no longer count. What has only been prepared stands when a
    political forum sends back what a leadership forum recommended.
    """
    case = draft.case
    step = _place(draft, act.by)
    if step == "prepare":
        raise _no_mandate(draft, act.by)
    require_chart_event(case, "send_back")
    if not is_turn_of(case, act.by) and act.by not in case.done[step]:
        raise _not_its_turn(draft, act.by)
    if act.by in case.done[step] and _gone_beyond(draft, step):
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("the matter has left this forum."))
    require_order(act.on, *builds_on(case, step))
    before = next((each for each in reversed(STEPS[: STEPS.index(step)]) if case.route.bodies(each)), None)
    voids = tuple(each for each in (before, step) if each is not None)
    keeps = before == "leadership" and bool(case.route.prepare) and "prepare" not in case.waived
    event = SentBack(by=act.by, reason=act.reason, voids=voids, minutes=act.minutes)
    draft.lay(event, act.on, "send_back", {"keeps_preparation": keeps})


def _gone_beyond(draft: Draft, step: StepName) -> bool:
    """Whether a later step has been begun."""
    return any(draft.case.done[later] for later in STEPS[STEPS.index(step) + 1 :])


def _not_its_turn(draft: Draft, body: str) -> Refusal:
    case = draft.case
    place = case.route.place_of(body)
    missing = missing_before(case, place) if place else ()
    if missing and body not in case.done[place or "prepare"]:
        return _what_is_missing(draft, body, missing)
    return StepNotPossible(ref=case.ref, state=case.state, why=N_("it is not this body's turn."))


def put_off(draft: Draft, act: Postpone) -> None:
    """Bordläggning by the body whose turn it is; the state stays. Raises ValueInvalid when no later day is named."""
    case = draft.case
    step = _place(draft, act.by)
    require_chart_event(case, "put_off")
    handles_outcome = case.state == "not_ratified" and step == "political"
    if not handles_outcome and not is_turn_of(case, act.by):
        raise _not_its_turn(draft, act.by)
    require_order(act.on, *builds_on(case, None if handles_outcome else step))
    if act.until <= act.on:
        raise ValueInvalid(field="--until", why=N_("it must be later than {on}."), on=act.on)
    draft.lay(PutOff(by=act.by, until=act.until, reason=act.reason, minutes=act.minutes), act.on, "put_off")


def override(draft: Draft, act: Override) -> None:
    """A deviation that a rule of the case's structure allows, decided by the forum the rule names (G14, G49).

    Raises OverrideNotAllowed for any other, MandateMissing when another body decides it.
    """
    case = draft.case
    structure = draft.context.rules.structure(case.opened.structure)
    allowed = {each.id: each for each in structure.override if case.opened.type in each.type}
    rule = allowed.get(act.rule)
    if rule is None or not case.route.bodies(rule.waives):
        names = ", ".join(allowed) or "–"
        raise OverrideNotAllowed(structure=structure.structure.name, rule=act.rule, allowed=names)
    if act.by not in rule.by:
        raise _no_mandate(draft, act.by)
    require_chart_event(case, "allow_deviation")
    if rule.waives in case.waived or not case.bodies_owed(rule.waives):
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("there is nothing left to deviate from."))
    require_order(act.on, case.text_on, "text")
    event = DeviationAllowed(rule=act.rule, waives=rule.waives, by=act.by, reason=act.reason, minutes=act.minutes)
    draft.lay(event, act.on, "allow_deviation")


def change_effect(draft: Draft, act: ChangeEffect) -> None:
    """A recommending forum's decision on another effect rule; it holds when every one of them has decided so."""
    case = draft.case
    if act.by not in case.route.political:
        raise _no_mandate(draft, act.by)
    require_chart_event(case, "change_effect_rule")
    read_effect_rule(act.rule, case.parties, field="--rule")
    if act.rule == case.effect_rule or case.effect_decided.get(act.by) == act.rule:
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("that effect rule is decided already."))
    require_order(act.on, *builds_on(case, None))
    draft.lay(EffectRuleDecided(rule=act.rule, by=act.by, minutes=act.minutes), act.on, "change_effect_rule")
    if all(draft.case.effect_decided.get(forum) == act.rule for forum in case.route.political):
        draft.lay(EffectRuleChanged(rule=act.rule), act.on, "change_effect_rule")
        if case.state not in FORUMS_AT_WORK and case.dispatched is not None:
            settle(draft, act.on)
