"""A sweep finds all that looking at every case would find, once, however many run and however often."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.sweep import sweep
from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import ASKED_BY, answered, sent
from tests.workflow.course import FIRST_DAY, Course, courses
from workflow import acts
from workflow.errors import Refusal
from workflow.events import FlagRaised
from workflow.facts import Flag
from workflow.refusals import Conflict
from workflow.register.events import DocumentFlagRaised

DAY_AFTER = ASKED_BY + timedelta(days=1)


@pytest.fixture
def county(tmp_path: Path) -> Keeping:
    """A database with the county in alternativ-1."""
    return Keeping(tmp_path).founded()


def test_a_second_sweep_of_the_same_day_writes_nothing(county: Keeping) -> None:
    ref = sent(county, b"text")
    first = sweep(county.engine, DAY_AFTER)
    assert [(case, flag.party) for case, flag in first.raised if isinstance(flag, Flag)] == [
        (ref, party) for party in PARTIES
    ]
    escalated = sweep(county.engine, DAY_AFTER + timedelta(days=100))
    assert {flag.kind for _, flag in escalated.raised} == {"ratification_escalated"}
    before = county.dump()
    for day in (DAY_AFTER, DAY_AFTER + timedelta(days=100), DAY_AFTER + timedelta(days=1000)):
        again = sweep(county.engine, day)
        assert (again.raised, again.cleared, again.took_effect, again.reminded) == ((), (), (), ())
    assert county.dump() == before


def test_a_dry_run_finds_the_same_and_writes_nothing(county: Keeping) -> None:
    ref = sent(county, b"text", parties=("rjh", "are"), valid_from=date(2026, 7, 1))
    answered(county, ref, {"rjh": "adopts", "are": "adopts"})
    sent(county, b"annan")
    before = county.dump()
    day = date(2026, 7, 1)
    foreseen = sweep(county.engine, day, dry_run=True)
    assert county.dump() == before
    assert foreseen == sweep(county.engine, day)
    assert foreseen.took_effect == (ref,)
    stalled = [flag.kind for _, flag in foreseen.raised if flag.kind == "ratification_stalled"]
    assert len(stalled) == len(PARTIES)
    # Also of the document that only comes to be when the case takes effect.
    assert [(name, flag.kind) for name, flag in foreseen.raised if name.startswith("dok-")] == [
        (f"dok-{ref.lower()}", "follow_up_period_missing")
    ]


def test_a_sweep_that_always_loses_gives_up_and_leaves_the_case_to_the_next(
    county: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who acts between every look and its deed: the sweep tells of nothing it did not do."""
    sent(county, b"text")
    before = county.dump()
    looks = []

    def lose(ref: str, _: date) -> Any:
        looks.append(ref)
        raise Conflict(what=ref, version=0, state="–")

    monkeypatch.setattr(county.engine, "check", lose)
    assert sweep(county.engine, DAY_AFTER).raised == ()
    assert 1 < len(looks) < 1000
    assert county.dump() == before


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(walked=st.lists(courses(most=30), min_size=1, max_size=4), day=st.dates(FIRST_DAY, date(2028, 12, 31)))
def test_a_sweep_finds_what_looking_at_every_case_finds(
    tmp_path_factory: pytest.TempPathFactory, walked: list[Course], day: date
) -> None:
    keeping = Keeping(tmp_path_factory.mktemp("sweep")).founded()
    refs = [ref for ref in (walked_again(keeping, course) for course in walked) if ref is not None]
    register = keeping.engine.register
    everywhere = {}
    documents = {each: register.document(each) for each in keeping.store.document_ids()}
    for case in map(keeping.engine.case, refs):
        foreseen = keeping.engine.foresee(case, day)
        everywhere[case.ref] = foreseen.drafted
        documents.update(keeping.engine.foresee_documents(case, foreseen, day))
    for name, document in documents.items():
        everywhere[name] = register.foresee(document, day).drafted
    raised = (FlagRaised, DocumentFlagRaised)
    wanted = [
        (ref, each.event.flag) for ref in everywhere for each in everywhere[ref] if isinstance(each.event, raised)
    ]
    found = sweep(keeping.engine, day)
    assert sorted(found.raised, key=str) == sorted(wanted, key=str)
    assert {ref for ref, drafted in everywhere.items() if drafted} == {
        *(ref for ref, _ in found.raised),
        *(ref for ref, _ in found.cleared),
        *(ref for ref, _ in found.reminded),
        *found.took_effect,
        *found.rerouted,
    }
    assert all(not keeping.engine.foresee(keeping.engine.case(ref), day).drafted for ref in refs)
    for document in map(register.document, keeping.store.document_ids()):
        assert not register.foresee(document, day).drafted
    # The texts of a course are names without content.
    assert [each for each in keeping.findings() if each.check != "text"] == []


def walked_again(keeping: Keeping, course: Course) -> str | None:
    """The same acts as in the course, on a case of this database; its reference."""
    asked = [record.act for record in course.records if record.act is not None]
    if not asked or not isinstance(asked[0], acts.Open):
        return None
    case = keeping.engine.open(asked[0]).case
    assert case is not None
    for act in asked[1:]:
        try:
            keeping.engine.handle(case.ref, act)  # type: ignore[arg-type]  # a course holds acts on cases only
        except Refusal as refusal:
            raise AssertionError(f"{act} was refused: {refusal}") from refusal
    return case.ref
