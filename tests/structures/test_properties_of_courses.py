"""What a step taken, and what a new structure, may do to the steps of the others."""

from datetime import date

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.structures.matters import LAST_DAY, calendars, courses, founded, openings
from tests.workflow.course import Course
from workflow import acts
from workflow.case import Case
from workflow.decide import decide
from workflow.duties import duties
from workflow.errors import Refusal
from workflow.events import Rerouted
from workflow.route import STEPS, StepName

Possible = frozenset[tuple[StepName, str]]


def recording(step: StepName, body: str, on: date) -> acts.CaseAct:
    """The act by which a body takes its step."""
    if step == "anchoring":
        return acts.Anchor(on=on, network=body)
    if step == "decide":
        return acts.Decide(on=on, by=body, relies_on="SAM-2021-0001")
    return acts.Prepare(on=on, by=body) if step == "prepare" else acts.Recommend(on=on, by=body)


def answers(case: Case) -> dict[str, object]:
    """What every party has said, or been asked."""
    return {party: (standing.state, standing.answer) for party, standing in case.parties.items()}


def possible(course: Course, case: Case, on: date) -> Possible:
    """Every step of the route that could be recorded on the day, each with its body."""
    found = set[tuple[StepName, str]]()
    for step in STEPS:
        for body in (*case.route.bodies(step), *(case.route.anchoring_duty if step == "anchoring" else ())):
            try:
                decide(case, recording(step, body, on), course.context)
            except Refusal:
                continue
            found.add((step, body))
    return frozenset(found)


@given(courses(calendars(), openings()), st.data())
def test_taking_a_step_takes_no_step_from_anybody_else(course: Course, data: st.DataObject) -> None:
    """Monotone: what one body records may open ways, never close one for another body."""
    before = course.case
    if before is None:
        return
    on = before.latest_on
    could = possible(course, before, on)
    assume(could)
    step, body = data.draw(st.sampled_from(sorted(could)))
    assert course.ask(recording(step, body, on))
    assert course.case is not None
    event(f"{step} of {course.case.chart}")
    lost = {each for each in could - possible(course, course.case, on) if each[1] != body}
    assert lost == set(), (step, body, course.case.state)


MOVES = [(date(2024, 9, 30), date(2024, 10, 1), None), (date(2025, 12, 31), date(2026, 1, 2), "alternativ-1")]
MOVES += [(date(2025, 12, 31), date(2026, 1, 2), "alternativ-2")]


@pytest.mark.parametrize(("last", "change", "goes_on"), MOVES, ids=["tillfallig", "alternativ-1", "alternativ-2"])
@given(data=st.data())
def test_a_new_structure_leaves_what_is_done_and_changes_only_who_does_the_rest(
    data: st.DataObject, last: date, change: date, goes_on: str | None
) -> None:
    """Reading G39."""
    days = st.dates(date(last.year, 3, 1), last)
    course = data.draw(courses(st.just(founded(goes_on)), openings(days)))
    before = course.case
    assume(before is not None)
    assert before is not None
    assume(before.latest_on <= last)
    records = list(course.records)
    course.ask(acts.Check(on=change))
    after = course.case
    assert after is not None
    assert course.records[: len(records)] == records
    moved = [each.event for each in course.records[len(records) :] if isinstance(each.event, Rerouted)]
    event(f"{before.chart}: {before.state}" if moved else "stays")
    assert len(moved) <= 1
    assert (after.text, after.dispatched, after.answer_by) == (before.text, before.dispatched, before.answer_by)
    # The same look at the day may remind the parties: what they have answered stays.
    assert answers(after) == answers(before)
    # A decision that some had taken and others not is taken anew by those the new route names.
    undecided = {"decide"} if moved and before.bodies_owed("decide") else set()
    standing = set(STEPS) - undecided
    prepared = {body for body in before.may_prepared if body in after.route.prepare}
    for step in standing:
        added = set(after.done[step]) - set(before.done[step])
        assert {body: after.done[step][body] for body in before.done[step]} == {**before.done[step]}, step
        assert added <= (prepared if step == "prepare" else set()), step
    assert set(before.stages_done) == set(after.stages_done)
    # What is anchored stays recorded; whether a network still has to be asked is for the new route to say.
    complete = [step for step in STEPS if before.route.bodies(step) and not before.bodies_owed(step)]
    for step in set(complete) - {"anchoring"}:
        assert after.bodies_done(step) == before.bodies_done(step), step
        assert after.bodies_owed(step) == ()
    if not moved:
        assert after.route == before.route
    else:
        assert after.structure == (goes_on or "tillfallig")


@given(courses(st.just(founded("alternativ-1")), openings(st.dates(date(2025, 1, 1), date(2025, 12, 31)))))
def test_every_matter_that_is_not_over_can_go_on_in_the_new_structure(course: Course) -> None:
    """No case is left behind: after the change somebody still has something to do, in one of the structures."""
    course.ask(acts.Check(on=LAST_DAY))
    if course.case is None or course.case.is_over:
        return
    assert duties(course.case)
