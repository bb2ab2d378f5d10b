"""Whatever statement of an act the database fails at, the act is undone as a whole, and the refusal says why."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
import sqlalchemy as sa

from persistence.database import Database
from tests.commands.claims import contents
from tests.driver_taps import tapped
from tests.faults.every_act import Deed, story
from tests.faults.stored import stored
from tests.faults.test_crash_points import TwiceCommitting
from tests.office import Office
from tests.persistence.keeping import Keeping
from tests.torture import LONG, times
from workflow import acts
from workflow.permission import FOLLOWING
from workflow.refusals import DatabaseUnavailable
from workflow.register.acts import DocumentAct

#: What SQLite says when the disk fails it, or somebody else is in its way, and what a person is told.
FAULTS = {
    "disk I/O error": "the disk does not do as it is asked.",
    "database or disk is full": "the disk is full.",
    "database is locked": "another program is writing to it.",
}


#: As a rule every eleventh statement, at length every one.
EVERY = times(11, 1)


class Failing:
    """Fails at the n-th statement, counted over everything that is asked; commits count as well."""

    def __init__(self, number: int, fault: str) -> None:
        self._number, self._fault = number, fault
        self.passed = 0

    def __call__(self, *_: Any) -> None:
        self.passed += 1
        if self.passed == self._number:
            raise sqlite3.OperationalError(self._fault)


@contextmanager
def failing(database: Database | None, failure: Failing) -> Iterator[Failing]:
    """What one database is asked, or any, passes there."""
    with tapped(database, before=failure):
        yield failure


def chosen(kept: Keeping) -> Iterator[tuple[Deed, bool]]:
    """Every act of the story, and whether it is tried: as a rule the first of each kind, at length all of them."""
    tried: set[type[acts.Act]] = set()
    for deed in story(kept):
        yield deed, LONG or deed.kind not in tried
        tried.add(deed.kind)
    assert tried == {*get_args(acts.CaseAct), *get_args(acts.OrganisationAct), *get_args(DocumentAct)} - {*FOLLOWING}


def test_an_act_that_fails_at_any_statement_is_undone_as_a_whole(
    made: Keeping, record_property: Callable[[str, object], None]
) -> None:
    failed = 0
    for deed, is_tried in chosen(made):
        failed += failing_everywhere(made, deed) if is_tried else 0
        deed.do(made.engine)
    assert made.findings() == ()
    record_property("statements_failed_at", failed)


def failing_everywhere(made: Keeping, deed: Deed) -> int:
    """Fails an act at its first statement, its second, and so on up to its last; gives how often it failed."""
    before = stored(made.file)
    failed = 0
    last = statements_of(made, deed)
    # Briefly, each kind begins at another place: together they have it everywhere, and the commit always.
    for number in {*range(1 + last % EVERY, last, EVERY), last}:
        for fault in itertools.islice(itertools.cycle(FAULTS), number, number + times(1, len(FAULTS))):
            kept = Keeping(made.home)
            with failing(kept.database, Failing(number, fault)), pytest.raises(DatabaseUnavailable) as refusal:
                deed.do(kept.engine)
            assert refusal.value.values["why"] == FAULTS[fault]
            assert stored(made.file) == before, f"{deed.kind.__name__}: {fault} at statement {number}"
            failed += 1
    return failed


def statements_of(made: Keeping, deed: Deed) -> int:
    """How many statements the act takes, counted on a copy."""
    with TemporaryDirectory() as folder:
        copy = made.copied_to(Path(folder))
        with failing(copy.database, Failing(0, "")) as count:
            deed.do(copy.engine)
    return count.passed


def test_a_command_that_meets_a_failing_disk_at_any_statement_says_so(sent_out: Office) -> None:
    office = sent_out
    said = ("case", "answer", "SAM-2026-0001", "--party", "are", "--answer", "adopts", "--on", "2026-04-20")
    before = contents(office.file)
    for number, fault in enumerate(itertools.cycle(FAULTS), 1):
        failure = Failing(number, fault)
        with failing(None, failure):
            reply = office(*said)
        if failure.passed < number:
            assert reply.code == 0, reply.transcript()
            assert number > 10
            return
        assert (reply.code, reply.error["code"]) == (69, "database_unavailable"), reply.transcript()
        assert "Traceback" not in reply.err
        assert contents(office.file) == before


@pytest.fixture
def sent_out(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    office = furnished.copied_to(tmp_path / "sent")
    office.walked_to("sent_to_parties")
    return office


def test_a_file_that_may_not_grow_is_a_full_disk_and_nothing_else(
    made: Keeping, record_property: Callable[[str, object], None]
) -> None:
    """SQLite's own word for it, at whatever statement it runs out of pages."""
    full = 0
    for deed, is_tried in chosen(made):
        for more in range(times(1, 6)) if is_tried else ():
            before = stored(made.file)
            kept = Keeping(made.home)
            sa.event.listen(kept.database._engine, "connect", partial(_may_grow, more))  # noqa: SLF001 - as elsewhere
            try:
                deed.do(kept.engine)
            except DatabaseUnavailable as refusal:
                full += 1
                assert refusal.values["why"] == FAULTS["database or disk is full"]  # noqa: PT017 - it may also succeed
                assert stored(made.file) == before
            else:
                # What is known of the organisation is asked anew: another has acted.
                made.engine = Keeping(made.home).engine
                break
        else:
            deed.do(made.engine)
    assert full
    assert made.findings() == ()
    record_property("times_the_disk_was_full", full)


def _may_grow(more: int, raw: Any, _: object) -> None:
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages + more}")


def test_a_store_that_commits_twice_is_caught_half_done(made: Keeping) -> None:
    """The negative control: what fails just after the log was written leaves what is kept beside it behind."""
    for deed in story(made):
        kept = Keeping(made.home)
        kept.engine.store = TwiceCommitting(kept.database, kept.clock)
        with (
            failing(kept.database, Failing(statements_of(made, deed) + 1, "disk I/O error")),
            pytest.raises(DatabaseUnavailable),
        ):
            deed.do(kept.engine)
        if deed.kind is acts.Open:
            assert {finding.case for finding in made.findings()} == {"SAM-2026-0001"}
            return
