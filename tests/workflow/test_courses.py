"""Whatever is decided can be told again: every course, every part of it, and what is kept ready of it."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import groupby

import msgspec
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from msgspec.structs import replace

from machines.table import table
from tests.stored_events import stored
from tests.workflow.course import CONTEXT, COUNTY_LOG, FIRST_DAY, REF, Course, courses, revision
from workflow import acts
from workflow import organisation as organisations
from workflow.audit import Lawfulness
from workflow.chain import chain_findings
from workflow.decide import decide
from workflow.duties import duties, waiting_for
from workflow.events import kind_of
from workflow.evolve import evolve, fold
from workflow.facts import Particulars, Text
from workflow.flags import flags_on, next_check
from workflow.record import Record
from workflow.replay import known, replay
from workflow.rulebook import shipped_rules
from workflow.views import case_body, case_view

DAYS = st.dates(FIRST_DAY - timedelta(days=1), date(2028, 12, 31))


@given(courses())
def test_the_records_tell_the_case_again_and_so_does_every_beginning_of_them(course: Course) -> None:
    assert fold(course.records) == course.case
    told = None
    for number, record in enumerate(course.records, start=1):
        told = evolve(told, record)
        assert told == fold(course.records[:number])
        assert told.version == number
        assert told.state in table(told.chart).states
        event(told.state)


@given(courses(), DAYS)
def test_a_part_of_the_records_can_always_be_told_and_shown(course: Course, day: date) -> None:
    """As of a date and known at a time are subsets of the records that nobody decided in that order."""
    for part in (known(course.records, as_of=day), known(course.records, known_at=middle(course.records))):
        case = fold(part)
        if case is not None:
            json.dumps(case_body(case))
            assert replay(part)[-1].after == case.state


def middle(records: list[Record]) -> datetime | None:
    return records[len(records) // 2].recorded_at if records else None


@given(courses())
def test_a_view_is_plain_data_and_names_each_duty_once(course: Course) -> None:
    if course.case is None:
        return
    view = case_view(course.case)
    told = json.loads(json.dumps(case_body(course.case)))
    assert told == json.loads(msgspec.json.encode(view.body))
    assert len({(duty.body, duty.step) for duty in view.duties}) == len(view.duties)
    assert told["waiting_for"] == list(waiting_for(course.case))


@given(courses())
def test_a_case_waits_for_somebody_exactly_until_it_is_over(course: Course) -> None:
    if course.case is None:
        return
    own = [duty for duty in duties(course.case) if duty.step not in {"spread", "answer", "report", "anchor"}]
    assert course.case.is_over <= (own == [])
    assert course.case.is_over or duties(course.case)


@given(courses())
def test_what_was_decided_is_found_lawful_and_its_chain_whole(course: Course) -> None:
    rows = [stored(record) for record in course.records]
    assert list(chain_findings(rows)) == []
    lawfulness = Lawfulness(early(COUNTY_LOG.records), lambda _: shipped_rules().contents)
    assert lawfulness.judged(course.records).findings == []


@given(courses())
def test_the_case_that_was_decided_on_and_numbered_is_the_case_that_the_records_tell(course: Course) -> None:
    """That is why an audit need not apply to a case what it has just seen decided."""
    case = None
    for number, acted in groupby(course.records, key=lambda record: record.batch):
        records = list(acted)
        if case is not None and records[0].act is not None:
            decision = decide(case, records[0].act, replace(course.context, first_seq=number))
            assert decision.case == fold([*course.records[: case.version], *records])
        case = fold(course.records[: records[-1].version])


def early(records: list[Record]) -> list[Record]:
    """The county's records before any of a case: their numbers lie below the first."""
    return [replace(record, seq=record.seq - len(records)) for record in records]


@given(courses(), DAYS)
def test_the_calendar_brings_something_about_exactly_from_the_day_it_is_looked_for(course: Course, day: date) -> None:
    """What a sweep looks for, ``next_check``, leaves out nothing that looking at every case would find."""
    if course.case is None:
        return
    first = next_check(course.case)
    days = [day] if first is None else [day, first - timedelta(days=1), first, first + timedelta(days=30)]
    for each in days:
        brought = decide(course.case, acts.Check(on=each), CONTEXT).drafted
        assert bool(brought) == (first is not None and first <= each), each


@given(courses(), DAYS)
def test_a_check_leaves_nothing_to_do_on_its_day_and_raises_no_flag_twice(course: Course, day: date) -> None:
    if course.case is None:
        return
    course.ask(acts.Check(on=day))
    assert decide(course.case, acts.Check(on=day), CONTEXT).drafted == ()
    raised = [flag.key for flag in course.case.flags]
    assert len(set(raised)) == len(raised)
    assert {flag.key for flag in flags_on(course.case, day, CONTEXT.organisation)} <= set(raised)


@given(courses())
def test_a_flag_stands_only_for_a_party_that_owes_an_answer(course: Course) -> None:
    if course.case is None:
        return
    owing = {duty.body for duty in duties(course.case) if duty.step == "answer"}
    assert {flag.party for flag in course.case.flags if flag.party is not None} <= owing


@given(courses())
def test_a_refused_act_leaves_the_case_as_it_was(course: Course) -> None:
    before = course.case
    if before is None:
        return
    copy = fold(course.records)
    for act in (acts.Dispatch(on=FIRST_DAY), acts.Decide(on=FIRST_DAY, by="rsr"), acts.Check(on=FIRST_DAY)):
        course.ask(act)
    assert before == copy


@given(courses())
def test_what_a_forum_owes_it_can_do(course: Course) -> None:
    """The worklist and the rules agree: a step that is waited for is not refused as impossible."""
    case = course.case
    if case is None:
        return
    ways: dict[str, Callable[[str], acts.CaseAct]] = {
        "prepare": lambda body: acts.Prepare(on=case.latest_on, by=body),
        "recommend": lambda body: acts.Recommend(on=case.latest_on, by=body),
        "decide": lambda body: acts.Decide(on=case.latest_on, by=body),
        "dispatch": lambda _: acts.Dispatch(on=case.latest_on),
    }
    for duty in duties(case):
        if duty.step in ways:
            assert decide(case, ways[duty.step](duty.body), CONTEXT).drafted, duty


def test_a_new_text_takes_no_decision_of_an_earlier_stage_with_it() -> None:
    """The direction is decided before there is an agreement to write: a new text of the agreement leaves it."""
    course = Course()
    particulars = Particulars(structure="alternativ-2", in_force=date(2026, 9, 1), direction="samla", goals="färre")
    opening = acts.Open(
        ref=REF, on=FIRST_DAY, type="samverkansstruktur", title="Ny", text=Text(version=1), particulars=particulars
    )
    later = FIRST_DAY + timedelta(days=30)
    decided = acts.Decide(on=later, by="rsr")
    for act in (opening, decided, revision(later), decided):
        assert course.ask(act), act
    assert course.case is not None
    assert course.case.stages_done == ("direction", "agreement")
    assert course.case.state == "decided"


def test_a_case_does_not_begin_with_anything_but_its_opening() -> None:
    course = Course()
    assert not course.ask(acts.Check(on=FIRST_DAY))
    assert fold([]) is None
    with pytest.raises(TypeError, match="initialised"):
        evolve(None, COUNTY_LOG.records[0])


def test_the_organisation_is_told_by_every_beginning_of_its_records() -> None:
    records = COUNTY_LOG.records
    for number in range(len(records) + 1):
        told = organisations.fold(records[:number])
        assert told.version == number
        assert len(told.mailboxes) == sum(kind_of(record.event) == "mailbox_set" for record in records[:number])
    whole = organisations.fold(records)
    assert whole.structure_on(date(2026, 1, 1)) == "alternativ-1"
    assert whole.structure_on(date(1999, 1, 1)) is None
