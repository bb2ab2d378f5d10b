"""What a rebuild leaves alone: all that is right, a log that does not hold, what others write, and half of anything."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import pytest
import sqlalchemy as sa

from persistence import anew
from persistence.database import Database
from persistence.rebuilding import rebuild
from tests.office import REPOSITORY, uncounted
from tests.persistence.conftest import FILE, SERVER
from tests.persistence.damaging import TABLES, Damage, changed, everything
from tests.persistence.keeping import Keeping
from tests.persistence.test_forgeries import another_answer, forged
from workflow import acts
from workflow.refusals import DatabaseUnavailable


def test_a_sound_database_is_left_as_it_is_even_while_another_writes(owned: Keeping) -> None:
    before = owned.dump()
    stood = owned.file.read_bytes() if not owned.on_server else b""
    with owned.database.writing():
        rebuilt = rebuild(Database(f"{owned.url}?timeout=0"))
    assert (rebuilt.verified.findings, rebuilt.tables, rebuilt.refs) == ((), (), ())
    assert rebuilt.verified.events > 50
    assert owned.dump() == before
    assert stood == (owned.file.read_bytes() if not owned.on_server else b"")


def one_row_wrong(kept: Keeping) -> None:
    with kept.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan'")


@pytest.mark.parametrize("kind", [FILE])
def test_only_rows_that_differ_are_written(owned: Keeping) -> None:
    with owned.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan' WHERE ref = 'SAM-2026-0003'")
        base.execute("DELETE FROM flag WHERE ref = 'SAM-2026-0001'")
    opened: list[sqlite3.Connection] = []
    sa.event.listen(owned.database._engine, "connect", lambda raw, _: opened.append(raw))  # noqa: SLF001 - to count
    tables = rebuild(owned.database).tables
    assert [each.table for each in tables] == ["case_view", "flag"]
    rows = sum(each.changed + each.added + each.removed for each in tables)
    # What is put in is first taken away, in case another has its place: of nothing, that counts as nothing.
    assert sum(raw.total_changes for raw in opened) == rows > 1


@pytest.mark.parametrize("kind", [SERVER])
def test_only_rows_that_differ_are_written_on_a_server(owned: Keeping) -> None:
    def writers() -> dict[str, str]:
        with owned.rows() as base:
            query = "SELECT '{table} ' || {table}::text, xmin::text FROM {table}"
            return {row: by for table in TABLES for row, by in base.execute(query.format(table=table)).fetchall()}

    before = writers()
    with owned.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan' WHERE ref = 'SAM-2026-0003'")
    rebuild(owned.database)
    after = writers()
    assert [row.split(",")[0] for row, by in after.items() if before[row] != by] == ["case_view (SAM-2026-0003"]


def a_byte(kept: Keeping) -> None:
    with kept.rows() as base:
        content = base.execute("SELECT bytes FROM event WHERE seq = 20").fetchone()[0]
        base.execute("UPDATE event SET bytes = ? WHERE seq = 20", (content[:-2] + b"x}",))


def without_texts(kept: Keeping) -> None:
    with kept.rows() as base:
        base.execute("DELETE FROM text")


def other_rules(kept: Keeping) -> None:
    with kept.rows() as base:
        base.execute("UPDATE rule_file SET content = ?", (b"annat",))


def without_the_end(kept: Keeping) -> None:
    with kept.rows() as base:
        base.execute("DELETE FROM event WHERE seq = 30")


AGAINST_THE_LOG: list[Damage] = [
    lambda kept: forged(kept, another_answer),
    a_byte,
    without_texts,
    other_rules,
    without_the_end,
]


@pytest.mark.parametrize("spoil", AGAINST_THE_LOG)
def test_a_log_that_does_not_hold_is_told_as_an_audit_tells_it_and_nothing_is_made_to_fit_it(
    owned: Keeping, spoil: Damage
) -> None:
    spoil(owned)
    one_row_wrong(owned)
    before = owned.dump()
    found = owned.findings()
    with owned.database.writing():
        rebuilt = rebuild(Database(f"{owned.url}?timeout=0"))
    assert rebuilt.verified.findings == tuple(each for each in found if each.check not in anew.MADE)
    assert rebuilt.verified.findings
    assert (rebuilt.tables, rebuilt.refs) == ((), ())
    assert owned.dump() == before


def test_a_fault_that_the_database_itself_tells_of_stops_it(owned: Keeping) -> None:
    one_row_wrong(owned)
    if owned.on_server:
        with Keeping(owned.home).rows() as base:
            base.execute("ALTER TABLE event DISABLE TRIGGER event_append_only")
    else:
        _lose_from_an_index(owned)
    before = everything(owned)
    rebuilt = rebuild(owned.database)
    assert "integrity" in {each.check for each in rebuilt.verified.findings}
    assert everything(owned) == before


def _lose_from_an_index(kept: Keeping) -> None:
    """A row of the worklist that its index does not have: put in by way of another table with the same pages."""
    with kept.rows() as base:
        base.execute("CREATE TABLE beside (ref TEXT, body TEXT, step TEXT, due TEXT) STRICT")
        base.execute("PRAGMA writable_schema = ON")
        page = "(SELECT rootpage FROM sqlite_schema WHERE name = 'duty')"
        base.execute(f"UPDATE sqlite_schema SET rootpage = {page} WHERE name = 'beside'")
    with kept.rows() as base:
        base.execute("INSERT INTO beside VALUES ('SAM-2026-0001', 'rjh', 'spread', NULL)")


# --- whoever writes meanwhile ---------------------------------------------------------------------------------------


def test_an_act_recorded_while_it_is_found_out_what_differs_is_neither_lost_nor_forgotten(owned: Keeping) -> None:
    one_row_wrong(owned)
    other = Keeping(owned.home)
    watched: list[int] = []

    def watch(ends: Sequence[str]) -> Sequence[str]:
        watched.append(len(ends))
        if len(watched) == 1:
            other.engine.handle(
                "SAM-2026-0001",
                acts.RecordAnswer(on=date(2026, 6, 23), party="ragunda", answer="adopts", organ="KS", minutes="§ 9"),
            )
        return ends

    before = len(owned.store.stream("SAM-2026-0001"))
    rebuilt = rebuild(owned.database, watch)
    assert len(watched) == 3
    assert len(owned.store.stream("SAM-2026-0001")) > before
    assert rebuilt.tables
    assert owned.findings() == ()


def test_a_log_spoilt_while_it_is_found_out_what_differs_is_seen_before_anything_is_written(owned: Keeping) -> None:
    one_row_wrong(owned)
    watched: list[str] = []

    def watch(ends: Sequence[str]) -> Sequence[str]:
        if not watched:
            watched.append(owned.dump())
            a_byte(owned)
            watched.append(owned.dump())
        return ends

    assert rebuild(owned.database, watch).verified.findings
    assert watched[0] != watched[1] == owned.dump()


def test_nobody_else_writes_between_the_judgement_and_the_writing(owned: Keeping) -> None:
    one_row_wrong(owned)
    refused: list[int] = []

    def watch(ends: Sequence[str]) -> Sequence[str]:
        try:
            with Database(f"{owned.url}?timeout=0").writing():
                refused.append(0)
        except DatabaseUnavailable:
            refused.append(1)
        return ends

    rebuild(owned.database, watch)
    assert refused == [0, 1, 1]


# --- what stops in the middle ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FILE])
def test_a_disk_that_is_full_in_the_middle_leaves_everything_as_it_was(owned: Keeping) -> None:
    """On a server, test_rights.py has a login that may do only half of it."""
    with owned.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan'")
        base.execute("DELETE FROM outbox")
    with contextlib.closing(sqlite3.connect(owned.file, isolation_level=None)) as whole:
        whole.execute("VACUUM")
        (pages,) = whole.execute("PRAGMA page_count").fetchone()
    before = owned.dump()
    database = Database(owned.url)
    full = f"PRAGMA max_page_count = {pages}"
    sa.event.listen(database._engine, "connect", lambda raw, _: raw.execute(full))  # noqa: SLF001 - its own disk
    with pytest.raises(DatabaseUnavailable, match="disk is full"):
        rebuild(database)
    assert owned.dump() == before
    assert [each.table for each in rebuild(owned.database).tables] == ["case_view", "outbox"]


KILLED = """
import os, signal, sys
from persistence import anew
from persistence.database import Database
from persistence.rebuilding import rebuild
put_right = anew.put_right

def put_right_and_die(connection, table, strange, lacking):
    put_right(connection, table, strange, lacking)
    if table.name == "flag":
        os.kill(os.getpid(), signal.SIGKILL)

anew.put_right = put_right_and_die
rebuild(Database(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is how POSIX ends a process between two instructions")
def test_who_is_killed_in_the_middle_leaves_everything_as_it_was(owned: Keeping) -> None:
    changed(owned, "case_view", "title", "first")
    changed(owned, "flag", "severity", "first")
    before = everything(owned)
    argv = [sys.executable, "-c", KILLED, owned.url]
    done = subprocess.run(argv, cwd=REPOSITORY, env=uncounted(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert everything(owned) == before
    rebuild(owned.database)
    assert owned.findings() == ()
