"""What becomes of an open case when its structure changes, or when it is lifted to politics.

Source: reading G39 (completed steps stand, the remaining ones use the structure in force on the step's date);
rule X12 for whom the parties report to, and reading G6 while a forum is dormant; rule X9 for lifting.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from machines.table import table
from workflow.case import Case, done_under
from workflow.errors import Refusal
from workflow.organisation import Organisation
from workflow.route import STEPS, Route, StepName
from workflow.routing import Matter, Routed, Setting, route_for, setting_on
from workflow.rule_tables import Structure
from workflow.rulebook import Rulebook
from workflow.standing_in import answered_for, stand_ins


class NewRoute(Struct, frozen=True, kw_only=True):
    """The structure, chart and route a case goes on with."""

    structure: str
    chart: str
    route: Route


def matter_of_case(case: Case, *, lifted: bool | None = None) -> Matter:
    """What the route of a case depends on, as it stands."""
    opened = case.opened
    return Matter(
        type=opened.type,
        group=opened.group,
        sectors=opened.sectors,
        level=opened.level,
        lifted=case.lifted if lifted is None else lifted,
        document=None if opened.completed else opened.document,
        particulars=opened.particulars,
    )


def rerouted(case: Case, setting: Setting, rules: Rulebook, *, lifted: bool | None = None) -> NewRoute:
    """How ``case`` goes on under a structure. Raises the refusals of ``route_for`` when there it has no route."""
    routed = route_for(matter_of_case(case, lifted=lifted), setting, rules)
    chart = routed.chart if case.state in table(routed.chart).states else case.chart
    return NewRoute(structure=setting.structure, chart=chart, route=_joined(case, routed))


def answered_anew(case: Case, organisation: Organisation, rules: Rulebook, day: date) -> Route | None:
    """The route of a case with those who answer for it on ``day`` under its structure; None where it has them.

    A forum that is active again has back what its rule gives it, where only its dormancy had taken it away. Where rules
    ask which forums are dormant, the steps that remain are those of the rule for the day (money, 004 §5.2).
    """
    structure = rules.structure(case.structure)
    if _forums_asked_after(case.route, structure):
        return _by_those_awake(case, organisation, rules, day)
    named = stand_ins(structure, [forum.id for forum in structure.forum])
    if not named or not case.route.ratify:
        return None
    dormant = organisation.dormant_on(day)
    route = answered_for(_as_its_rule_has_it(case.route, structure, named), stand_ins(structure, dormant))
    return route if route != case.route else None


def changed_on(case: Case, organisation: Organisation, rules: Rulebook, day: date) -> date:
    """The day on which those who answer for a case last became others, up to ``day``; none before its latest act."""
    structure = rules.structure(case.structure)
    named = {*stand_ins(structure, [each.forum for each in organisation.statuses])}
    named |= _forums_asked_after(case.route, structure)
    days = (each.from_day for each in organisation.statuses if each.forum in named and each.from_day <= day)
    return max((*days, case.latest_on))


def place_on(case: Case, route: Route) -> dict[str, bool]:
    """The guards of a chart that say which place the case takes on ``route``."""
    done = done_under(case, route)
    steps: dict[str, StepName] = {
        "preparation_stands": "prepare",
        "leadership_stands": "leadership",
        "politics_stands": "political",
    }
    return {
        guard: bool(route.bodies(step)) and set(route.bodies(step)) <= set(done[step]) for guard, step in steps.items()
    }


def _joined(case: Case, routed: Routed) -> Route:
    """The new route, with the steps that are completed as they were taken."""
    completed = [
        step
        for step in STEPS
        if step != "anchoring" and case.route.bodies(step) and (step in case.waived or not case.bodies_owed(step))
    ]
    if not completed:
        return routed.route
    last = STEPS.index(completed[-1])
    kept = {step: case.route.bodies(step) for step in STEPS[: last + 1]}
    override = case.route.override if last >= STEPS.index("political") else routed.route.override
    return replace(routed.route, **kept, may_prepare=case.route.may_prepare, override=override)


def _forums_asked_after(route: Route, structure: Structure) -> frozenset[str]:
    """The forums that must be dormant, or active, for the route's rule to be the one that holds."""
    rule = structure.rule_named(route.rule)
    return frozenset((*rule.dormant, *rule.active)) if rule is not None else frozenset()


def _by_those_awake(case: Case, organisation: Organisation, rules: Rulebook, day: date) -> Route | None:
    """The route by the rule for the forums that are dormant on ``day``; None where it is the same, or there is none."""
    try:
        new = rerouted(case, setting_on(organisation, case.structure, day), rules).route
    except Refusal:
        return None
    return new if new.rule != case.route.rule else None


def _as_its_rule_has_it(route: Route, structure: Structure, named: Mapping[str, str]) -> Route:
    """The route without those who stand in; as it is where nothing else than they can be told to be in the place."""
    rule = structure.rule_named(route.rule)
    if (
        rule is None
        or rule.report_to is None
        or "$" in "".join((rule.report_to, *rule.report_also_to, *rule.follow_up))
    ):
        return route
    plain = replace(route, report_to=rule.report_to, report_also_to=rule.report_also_to, follow_up=rule.follow_up)
    return plain if route in {plain, answered_for(plain, named)} else route
