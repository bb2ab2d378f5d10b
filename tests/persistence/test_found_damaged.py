"""A database that lacks a table, or of which a part cannot be read: an audit says so, and judges the rest."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence

import pytest

from persistence.make import COLUMNS
from persistence.rebuilding import rebuild
from persistence.tables import metadata
from persistence.verification import Verified, verify_as_found
from tests.persistence.conftest import FILE, SERVER
from tests.persistence.homes import FileHome
from tests.persistence.keeping import Keeping
from workflow.refusals import DatabaseDamaged, DatabaseUnavailable

TABLES = sorted(COLUMNS)


@contextlib.contextmanager
def otherwise(owned: Keeping, done: str, undone: str) -> Iterator[None]:
    """The database made in another way for a while."""

    def carried_out(statement: str) -> None:
        if isinstance(owned.home, FileHome):
            with contextlib.closing(sqlite3.connect(owned.home.file, isolation_level=None)) as base:
                base.execute(statement)
        else:
            with owned.home.rows() as base:
                base.execute(statement)

    carried_out(done)
    yield
    carried_out(undone)


def told(owned: Keeping) -> tuple[Verified, set[str]]:
    """What an audit says, and what of that is of the database itself."""
    verified = verify_as_found(owned.database)
    return verified, {each.found for each in verified.findings if each.check == "integrity"}


def test_any_table_that_is_gone_is_told_of_and_all_else_is_judged(owned: Keeping) -> None:
    whole, nothing = told(owned)
    assert (whole.findings, nothing) == ((), set())
    for table in TABLES:
        with otherwise(
            owned, f'ALTER TABLE "{table}" RENAME TO undanstoppad', f'ALTER TABLE undanstoppad RENAME TO "{table}"'
        ):
            verified, said = told(owned)
            assert f"table {table} is missing" in said
            assert {each.check for each in verified.findings} == {"integrity"}, table
            assert verified.events == (0 if table == "event" else whole.events), table
            before = owned.dump()
            assert (rebuild(owned.database).tables, owned.dump()) == ((), before)
    assert told(owned)[0] == whole


def test_any_column_under_another_name_is_told_of_and_all_else_is_judged(owned: Keeping) -> None:
    """One column of each table, another one for each."""
    whole, _ = told(owned)
    for place, table in enumerate(TABLES):
        names = sorted(COLUMNS[table])
        name = names[place % len(names)]
        way = f'ALTER TABLE "{table}" RENAME COLUMN'
        with otherwise(owned, f"{way} {name} TO annat", f"{way} annat TO {name}"):
            verified, said = told(owned)
            wanted = (
                f"column {name} of table {table} is missing"
                if owned.on_server
                else f"table {table} is not made as ours"
            )
            assert wanted in said
            assert {each.check for each in verified.findings} == {"integrity"}, table
            assert verified.events == (0 if table == "event" else whole.events), table
    assert told(owned)[0] == whole


def test_what_is_wrong_in_what_is_left_is_found_beside_what_is_gone(owned: Keeping) -> None:
    """The negative control: that a table is gone hides nothing else."""
    with owned.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan' WHERE ref = 'SAM-2026-0002'")
    with otherwise(owned, "ALTER TABLE outbox RENAME TO gömd", "ALTER TABLE gömd RENAME TO outbox"):
        assert {(each.check, each.case) for each in told(owned)[0].findings} == {
            ("integrity", None),
            ("case_view", "SAM-2026-0002"),
        }


def test_what_stands_in_the_place_of_a_table_is_told_of_and_not_read(owned: Keeping) -> None:
    """Whoever reads a stranger's view does what it says: here, to fail."""
    with otherwise(owned, "ALTER TABLE flag RENAME TO gömd", "ALTER TABLE gömd RENAME TO flag"):
        fails = (
            "CREATE VIEW flag AS SELECT ref, kind, party, text_version / 0 AS text_version, due, severity, assigned_to"
        )
        with otherwise(owned, f"{fails} FROM gömd", "DROP VIEW flag"):
            verified, said = told(owned)
    assert {each.check for each in verified.findings} == {"integrity"}
    assert said & {"view flag is not ours", "relation flag is not ours"}


@pytest.mark.parametrize("kind", [SERVER])
def test_a_question_that_fails_in_the_middle_ends_with_what_was_found_by_then(owned: Keeping) -> None:
    """The table goes while the audit is on its way: a server answers nothing more in that transaction."""

    def taken_away(ends: Sequence[str]) -> Iterator[str]:
        with owned.home.rows() as base:
            base.execute("ALTER TABLE outbox RENAME TO gömd")
        yield from ends

    whole, _ = told(owned)
    verified = verify_as_found(owned.database, taken_away)
    assert [each.check for each in verified.findings] == ["integrity"]
    assert "outbox" in verified.findings[0].found
    assert verified.events == whole.events


def test_a_table_that_is_gone_is_damage_to_whoever_asks_for_it(owned: Keeping) -> None:
    with (
        otherwise(owned, "ALTER TABLE flag RENAME TO gömd", "ALTER TABLE gömd RENAME TO flag"),
        pytest.raises(DatabaseDamaged) as refusal,
        owned.database.reading() as connection,
    ):
        connection.execute(metadata.tables["flag"].select())
    assert (refusal.value.code, refusal.value.exit_code) == ("database_unavailable", 69)
    assert "audit verify" in refusal.value.remedy


@pytest.fixture
def file(copied: Callable[[], Keeping]) -> Keeping:
    """A copy, at rest in one file."""
    owned = copied()
    with contextlib.closing(sqlite3.connect(owned.file)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return owned


@pytest.mark.parametrize("kind", [FILE])
def test_a_file_cut_off_anywhere_is_told_of(file: Keeping) -> None:
    content = file.file.read_bytes()
    for length in (100, 512, 4096, 4097, len(content) // 3, len(content) - 4096):
        file.file.write_bytes(content[:length])
        _, said = told(Keeping(file.file.parent))
        assert said, length
        assert rebuild(Keeping(file.file.parent).database).verified.findings
        assert file.file.stat().st_size == length


@pytest.mark.parametrize("kind", [FILE])
def test_a_page_that_was_overwritten_never_keeps_an_audit_from_telling_so(file: Keeping) -> None:
    """All but the first page, which says whose the file is. What lies on a page that nobody uses nobody misses."""
    content = file.file.read_bytes()
    pages, silent = len(content) // 4096, 0
    for page in range(1, pages, max(1, pages // 16)):
        file.file.write_bytes(content[: page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096 :])
        verified, _ = told(Keeping(file.file.parent))
        silent += not verified.findings
    assert silent <= 1


@pytest.mark.parametrize("kind", [FILE])
def test_a_database_that_somebody_holds_is_out_of_reach_and_not_damaged(file: Keeping) -> None:
    """The negative control: what may be another time is no finding."""
    held = Keeping(file.file.parent)
    held.database = type(held.database)(f"{held.home.url}?timeout=0.1")
    with contextlib.closing(sqlite3.connect(file.file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnavailable) as refusal:
            verify_as_found(held.database)
    assert not isinstance(refusal.value, DatabaseDamaged)
