"""What forums do with a matter beside its steps: send back, put off, lift, deviate, decide on its effect, report."""

import difflib

from workflow.acts import ChangeEffect, Lift, Override, Postpone, ReportBack, Return
from workflow.bad_data import ValueInvalid
from workflow.decide.activity import require_active
from workflow.decide.draft import Draft, impossible, require_chart_event
from workflow.decide.mandates import no_mandate, place_of
from workflow.decide.opening import require_order
from workflow.decide.outcome import settle
from workflow.decide.steps_taken import COMPLETE, TRANSITION, what_is_missing
from workflow.errors import N_, Refusal, Remark
from workflow.events import (
    DeviationAllowed,
    EffectRuleChanged,
    EffectRuleDecided,
    Lifted,
    PutOff,
    ReportedBack,
    SentBack,
)
from workflow.ratification import read_effect_rule
from workflow.refusals import OverrideNotAllowed
from workflow.rerouting import place_on, rerouted
from workflow.route import STEPS, StepName
from workflow.routing import setting_on
from workflow.rule_tables import Override as OverrideRule
from workflow.steps import FORUMS_AT_WORK, builds_on, is_turn_of, missing_before


def lift(draft: Draft, act: Lift) -> None:
    """A matter on the officers' route needs a political position: it goes on by the route for lifted matters (X9).

    Decided by a forum that would decide or recommend it (reading G17). Raises StepNotPossible for a matter whose
    route is political already, MandateMissing for another body.
    """
    case, context = draft.case, draft.context
    if case.route.ratify or not context.rules.type_named(case.opened.type).liftable:
        raise impossible(case, N_("it cannot be lifted: no officers' route."))
    require_chart_event(case, "lift")
    require_active(draft, act.by, act.on)
    if act.by not in (*case.route.decide, *case.route.leadership):
        raise no_mandate(draft, act.by)
    require_order(act.on, *builds_on(case, None))
    new = rerouted(case, setting_on(context.organisation, case.structure, act.on), context.rules, lifted=True)
    event = Lifted(by=act.by, reason=act.reason, minutes=act.minutes, chart=new.chart, route=new.route)
    draft.lay(event, act.on, "lift", place_on(case, new.route))


def report_back(draft: Draft, act: ReportBack) -> None:
    """An uppdrag is reported back to its giver, or money followed up; recorded for the body it is reported to."""
    case = draft.case
    require_chart_event(case, "report_back")
    if act.by not in {case.route.report_to, *case.route.decide, *case.route.follow_up}:
        raise no_mandate(draft, act.by)
    require_order(act.on, *builds_on(case, None))
    require_order(act.on, case.in_force_from or case.opened_on, "decide")
    draft.lay(ReportedBack(by=act.by, minutes=act.minutes), act.on, "report_back")


def send_back(draft: Draft, act: Return) -> None:
    """Återremiss by a forum whose turn it is, or that has recommended what no later forum has yet.

    The forum's own step and the nearest one before it no longer count. What has only been prepared stands when a
    political forum sends back what a leadership forum recommended.
    """
    case = draft.case
    step = place_of(draft, act.by, act.on)
    if step == "prepare":
        raise no_mandate(draft, act.by)
    require_chart_event(case, "send_back")
    require_active(draft, act.by, act.on)
    if not is_turn_of(case, act.by) and act.by not in case.done[step]:
        raise _not_its_turn(draft, act.by)
    if act.by in case.done[step] and _gone_beyond(draft, step):
        raise impossible(case, N_("the matter has left this forum."))
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
        return what_is_missing(draft, body, missing)
    return impossible(case, N_("it is not this body's turn."))


def put_off(draft: Draft, act: Postpone) -> None:
    """Bordläggning by the body whose turn it is; the state stays. Raises ValueInvalid when no later day is named."""
    case = draft.case
    step = place_of(draft, act.by, act.on)
    require_chart_event(case, "put_off")
    require_active(draft, act.by, act.on)
    handles_outcome = case.state == "not_ratified" and step == "political"
    if not handles_outcome and not is_turn_of(case, act.by):
        raise _not_its_turn(draft, act.by)
    require_order(act.on, *builds_on(case, None if handles_outcome else step))
    if act.until <= act.on:
        raise ValueInvalid(field="--until", why=N_("it must be later than {on}."), on=act.on)
    draft.lay(PutOff(by=act.by, until=act.until, reason=act.reason, minutes=act.minutes), act.on, "put_off")


def override(draft: Draft, act: Override) -> None:
    """A deviation that a rule of the case's structure allows, decided by the forum the rule names (G3, G14, G49).

    Raises OverrideNotAllowed for any other, MandateMissing when another body decides it.
    """
    case = draft.case
    rule = _allowed_override(draft, act)
    if act.by not in rule.by:
        raise no_mandate(draft, act.by)
    require_chart_event(case, "allow_deviation")
    require_active(draft, act.by, act.on)
    if rule.waives in case.waived or case.route.override == act.rule or not case.bodies_owed(rule.waives):
        raise impossible(case, N_("there is nothing left to deviate from."))
    require_order(act.on, case.text_on, "text")
    event = DeviationAllowed(
        rule=act.rule, waives=rule.waives, by=act.by, reason=act.reason, instead=rule.instead, minutes=act.minutes
    )
    # Those who take the step instead may have taken it already: then it is the deviation that completes it.
    completes = bool(rule.instead) and set(rule.instead) <= set(case.done[rule.waives])
    transition = TRANSITION[rule.waives] if completes else "allow_deviation"
    draft.lay(event, act.on, transition, dict.fromkeys(COMPLETE.values(), completes))


def _allowed_override(draft: Draft, act: Override) -> OverrideRule:
    case, context = draft.case, draft.context
    structure = context.rules.structure(case.structure)
    dormant = context.organisation.dormant_on(act.on)
    allowed = {
        each.id: each
        for each in structure.override
        if case.opened.type in each.type
        and (each.group is None or case.opened.group in each.group)
        and set(each.while_dormant) <= dormant
        and case.route.bodies(each.waives)
    }
    if act.rule not in allowed:
        names = ", ".join(allowed) or "–"
        near = difflib.get_close_matches(act.rule, allowed, n=1)
        name = structure.structure.name
        raise OverrideNotAllowed(structure=name, rule=act.rule, allowed=names, suggestion=near[0] if near else None)
    return allowed[act.rule]


def change_effect(draft: Draft, act: ChangeEffect) -> None:
    """A recommending forum's decision on another effect rule; it holds when every one of them has decided so.

    Raises ValueInvalid for what is no effect rule of these parties, StepNotPossible for one that is decided already.
    """
    case = draft.case
    if act.by not in case.route.political:
        raise no_mandate(draft, act.by)
    require_chart_event(case, "change_effect_rule")
    require_active(draft, act.by, act.on)
    read_effect_rule(act.rule, case.parties, field="--rule")
    if act.rule == case.effect_rule or case.effect_decided.get(act.by) == act.rule:
        raise impossible(case, N_("that effect rule is decided already."))
    require_order(act.on, *builds_on(case, None))
    draft.lay(EffectRuleDecided(rule=act.rule, by=act.by, minutes=act.minutes), act.on, "change_effect_rule")
    others = [forum for forum in case.route.political if draft.case.effect_decided.get(forum) != act.rule]
    if others:
        told = N_("The effect rule holds once it is decided by these forums too: {forums}.")
        draft.remarks.append(Remark(told, {"forums": ", ".join(map(draft.context.rules.name_of, others))}))
    else:
        draft.lay(EffectRuleChanged(rule=act.rule), act.on, "change_effect_rule")
        if case.state not in FORUMS_AT_WORK and case.dispatched is not None:
            settle(draft, act.on)
