"""A file that is not made as ours is found, before anything in it is believed; and what is nobody's business is not."""

import re
import sqlite3
from collections.abc import Callable

import pytest

from persistence.tables import metadata
from tests.persistence.conftest import FILE, SERVER
from tests.persistence.homes import FileHome
from tests.persistence.keeping import Keeping
from workflow.refusals import ConfigInvalid

KEYED = sorted(metadata.tables)


@pytest.fixture
def kind() -> str:
    """A file, where nothing else is said."""
    return FILE


def made(base: sqlite3.Connection, name: str) -> str:
    return str(base.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def remade(base: sqlite3.Connection, table: str, change: Callable[[str], str]) -> None:
    """The table with all its rows, indexes and triggers, made in another way."""
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    beside = [sql for (sql,) in base.execute(query, (table,)).fetchall()]
    statement = change(made(base, table))
    base.execute(f"ALTER TABLE {table} RENAME TO before")
    for (name,) in base.execute(
        "SELECT name FROM sqlite_master WHERE tbl_name = 'before' AND sql IS NOT NULL"
    ).fetchall():
        if name != "before":
            base.execute(f"DROP {'TRIGGER' if name.startswith('event_no') else 'INDEX'} {name}")
    base.execute(statement)
    base.execute(f"INSERT INTO {table} SELECT * FROM before")
    base.execute("DROP TABLE before")
    for sql in beside:
        base.execute(sql)


def without_keys(statement: str) -> str:
    without = re.sub(r",\s*(PRIMARY KEY|UNIQUE) \([^)]*\)", "", statement)
    assert without != statement
    return without


def base_of(owned: Keeping) -> sqlite3.Connection:
    assert isinstance(owned.home, FileHome)
    return sqlite3.connect(owned.home.file, isolation_level=None)


def said(owned: Keeping) -> set[str]:
    return {each.found for each in owned.findings() if each.check == "integrity"}


@pytest.mark.parametrize("table", KEYED)
def test_a_key_dropped_is_found_and_so_is_a_row_that_then_stands_twice(owned: Keeping, table: str) -> None:
    base = base_of(owned)
    remade(base, table, without_keys)
    assert f"table {table} is not made as ours" in said(owned)
    base.execute("DROP TRIGGER event_no_replace")
    doubled = base.execute(f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1").rowcount
    base.close()
    beside = table in {"case_view", "document_view", "duty", "flag", "outbox"}
    assert doubled or not beside
    assert not beside or table in {each.check for each in owned.findings()}


def test_a_table_made_anew_in_the_same_way_is_the_same(owned: Keeping) -> None:
    """The negative control."""
    base = base_of(owned)
    for table in KEYED:
        remade(base, table, lambda statement: statement)
        remade(base, table, lambda statement: statement.replace("\t", "   ").replace("TABLE ", "TABLE  "))
    base.close()
    assert owned.findings() == ()


@pytest.mark.parametrize(
    ("statements", "finding"),
    [
        (["DROP TRIGGER event_no_update"], "trigger event_no_update is missing"),
        (["DROP INDEX duty_body"], "index duty_body is missing"),
        (
            ["CREATE TRIGGER Mitt AFTER INSERT ON event BEGIN UPDATE case_view SET title = 'min'; END"],
            "trigger Mitt is not ours",
        ),
        (["CREATE INDEX mitt ON flag (due)"], "index mitt is not ours"),
        (
            ["ALTER TABLE flag RENAME TO fler", "CREATE VIEW FLAG AS SELECT * FROM fler WHERE date() < '2030-01-01'"],
            "view FLAG is not ours",
        ),
        (["ALTER TABLE flag ADD COLUMN mitt TEXT"], "table flag is not made as ours"),
        (["DROP TABLE lease"], "table lease is missing"),
        (
            [
                "DROP TRIGGER event_no_delete",
                "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END",
            ],
            "trigger event_no_delete is not made as ours",
        ),
    ],
)
def test_what_is_lacking_too_much_or_another_is_told_by_its_name(
    owned: Keeping, statements: list[str], finding: str
) -> None:
    base = base_of(owned)
    for statement in statements:
        base.execute(statement)
    base.close()
    assert finding in said(owned)


def test_a_layout_that_is_no_number_is_none_we_know(owned: Keeping) -> None:
    base = base_of(owned)
    base.execute("DROP TABLE arendegang_layout")
    base.execute("CREATE TABLE arendegang_layout (version_num)")
    base.execute("INSERT INTO arendegang_layout VALUES (x'ff00')")
    base.close()
    with pytest.raises(ConfigInvalid, match="earlier layout"):
        owned.findings()


def test_what_belongs_to_none_of_our_tables_is_nobodys_business(owned: Keeping) -> None:
    """Tools that copy a file while others work keep tables of their own in it, and SQLite keeps its figures there."""
    base = base_of(owned)
    for statement in (
        "CREATE TABLE _copied (at TEXT PRIMARY KEY)",
        "CREATE VIEW mina AS SELECT * FROM flag",
        "ANALYZE",
    ):
        base.execute(statement)
    base.close()
    assert owned.findings() == ()


@pytest.mark.parametrize("kind", [SERVER])
def test_on_a_server_what_could_double_change_or_hide_a_row_is_told_by_its_name(owned: Keeping) -> None:
    """Whoever owns the tables can do all of it; each is undone before the next."""
    assert said(owned) == set()
    function = (
        "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title = 'min'; RETURN NEW; END $$",
        "CREATE TRIGGER mitt BEFORE INSERT ON case_view FOR EACH ROW EXECUTE FUNCTION mine()",
    )
    toothless = "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $${}$$"
    changes = {
        "PRIMARY KEY (ref, body, step) of table duty is missing": (
            ("ALTER TABLE duty DROP CONSTRAINT duty_pkey",),
            ("ALTER TABLE duty ADD PRIMARY KEY (ref, body, step)",),
        ),
        "trigger mitt on case_view is not ours": (function, ("DROP TRIGGER mitt ON case_view",)),
        "rule mitt on flag is not ours": (
            ("CREATE RULE mitt AS ON DELETE TO flag DO INSTEAD NOTHING",),
            ("DROP RULE mitt ON flag",),
        ),
        "policy mitt on outbox is not ours": (
            ("CREATE POLICY mitt ON outbox USING (false)", "ALTER TABLE outbox ENABLE ROW LEVEL SECURITY"),
            ("DROP POLICY mitt ON outbox", "ALTER TABLE outbox DISABLE ROW LEVEL SECURITY"),
        ),
        "relation flag is not ours": (
            (
                "ALTER TABLE flag RENAME TO fler",
                "CREATE VIEW flag AS SELECT * FROM fler",
                "GRANT ALL ON flag TO PUBLIC",
            ),
            ("DROP VIEW flag", "ALTER TABLE fler RENAME TO flag"),
        ),
        "trigger event_append_only is not at work": (
            (toothless.format(" BEGIN RETURN NULL; END "),),
            (toothless.format(" BEGIN RAISE EXCEPTION 'the log is append-only'; END "),),
        ),
    }
    for finding, (done, undone) in changes.items():
        for statements, expected in ((done, {finding}), (undone, set())):
            with owned.home.rows() as rows:
                for statement in statements:
                    rows.execute(statement)
            assert expected <= said(owned) if expected else said(owned) == set(), finding
