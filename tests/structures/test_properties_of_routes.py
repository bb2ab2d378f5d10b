"""What holds of every matter under every calendar."""

import itertools

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.structures.matters import RULES, calendars, courses, openings
from tests.workflow.course import Course
from workflow import acts
from workflow.decide import decide
from workflow.decide.draft import Context
from workflow.decide.opening import matter_of, route_in_force
from workflow.duties import duties
from workflow.errors import Refusal
from workflow.events import StageDecided, StepTaken
from workflow.route import Route, StepName
from workflow.routing import Routed
from workflow.rulebook import Rulebook

NAMED_REFUSALS = {"route_undefined", "structure_disabled", "arena_not_designated", "document_incomplete"}
DORMANT = {"no_active_forum", "forum_dormant"}
FORUM_STEPS: tuple[StepName, ...] = ("prepare", "leadership", "political", "decide")


def answer(act: acts.Open, context: Context) -> Routed | str:
    """The route of what is opened, or the code of its refusal."""
    try:
        return route_in_force(matter_of(act, context.rules), act.on, context)
    except Refusal as refusal:
        return refusal.code


@given(calendars(), openings(), st.randoms())
def test_the_same_matter_has_the_same_route_however_it_is_asked(
    context: Context, act: acts.Open, random: object
) -> None:
    """Scenario 20, the first half: twice, with its sectors in another order, and by rules read anew."""
    found = answer(act, context)
    assert answer(act, context) == found
    assert answer(replace(act, sectors=act.sectors[::-1]), context) == found
    assert answer(act, replace(context, rules=Rulebook(RULES.contents))) == found


@given(calendars(), openings())
def test_every_matter_has_a_route_or_one_of_the_named_refusals(context: Context, act: acts.Open) -> None:
    found = answer(act, context)
    event(found if isinstance(found, str) else found.route.rule)
    assert isinstance(found, Routed) or found in NAMED_REFUSALS
    if isinstance(found, Routed):
        decide(None, act, context)


@given(calendars(most=12), openings())
def test_who_takes_a_step_of_a_route_is_a_forum_of_its_structure_with_the_mandate(
    context: Context, act: acts.Open
) -> None:
    found = answer(act, context)
    if isinstance(found, str):
        return
    structure = RULES.structure(found.structure)
    granted = {
        value: each.grants
        for each in structure.parameter
        for name, value in context.organisation.parameters.get(found.structure, {}).items()
        if name == each.id
    }
    for step in FORUM_STEPS:
        for body in found.route.bodies(step):  # steps by name
            if body == act.particulars.addressee:
                continue
            forum = structure.forum_named(body)
            assert forum is not None, (step, body)
            assert step in forum.mandate or act.type in granted.get(body, ()), (step, body)


@given(courses(calendars(most=12), openings()))
def test_no_forum_takes_a_step_while_it_is_dormant(course: Course) -> None:
    """Scenario 20, the second half."""
    organisation = course.context.organisation
    for record in course.records:
        if isinstance(record.event, (StepTaken, StageDecided)):
            asleep = record.event.by in organisation.dormant_on(record.on)
            assert not asleep, (record.event, record.on)


@given(courses(calendars(most=12), openings()))
def test_a_step_that_only_waits_for_a_dormant_forum_is_refused_for_that_reason(course: Course) -> None:
    """Whatever is owed by a forum that is dormant on the day is refused because it is, never for want of a word."""
    case = course.case
    if case is None:
        return
    asleep = course.context.organisation.dormant_on(case.latest_on)
    verbs = {"prepare": acts.Prepare, "recommend": acts.Recommend, "decide": acts.Decide}
    for duty in duties(case):
        if duty.body not in asleep or duty.step not in verbs:
            continue
        with pytest.raises(Refusal) as refused:
            decide(case, verbs[duty.step](on=case.latest_on, by=duty.body), course.context)
        event(refused.value.code)
        assert refused.value.code in DORMANT | NAMED_REFUSALS, (duty, case.state, case.route, case.opened)


def steps_in_any_order(route: Route) -> list[list[tuple[str, str]]]:
    """Every order in which the bodies of each step may take it."""
    columns = [[(step, body) for body in getattr(route, step)] for step in FORUM_STEPS]
    return [
        list(itertools.chain(*way)) for way in itertools.product(*(itertools.permutations(each) for each in columns))
    ]


def recording(step: str, body: str, act: acts.Open) -> acts.CaseAct:
    """The step of a body on the day the matter was opened."""
    kinds = {"prepare": acts.Prepare, "decide": acts.Decide}
    taken: acts.CaseAct = kinds.get(step, acts.Recommend)(on=act.on, by=body)
    return taken


@given(openings(types=("overenskommelse", "riktlinje", "handlingsplan", "stimulansmedel")), calendars(most=0))
def test_the_forums_of_a_step_may_take_it_in_any_order(act: acts.Open, context: Context) -> None:
    """Readings G5 and G19: all needed, any order, the same end."""
    ends = set()
    first = Course(context)
    if not first.ask(act) or first.case is None:
        return
    for way in steps_in_any_order(first.case.route):
        course = Course(context)
        course.ask(act)
        for network in first.case.route.anchoring:
            assert course.ask(acts.Anchor(on=act.on, network=network))
        taken = [course.ask(recording(step, body, act)) for step, body in way]
        assert course.case is not None
        ends.add((course.case.state, sum(taken)))
    assert len(ends) == 1, ends
