"""Whatever is changed in a database behind the product's back, the audit finds; and what it cannot find it says."""

from collections.abc import Callable
from typing import Any

import pytest

from persistence.tables import AT_WORK, metadata
from tests.persistence.conftest import FILE, SERVER
from tests.persistence.damaging import changed, put_in, row_of
from tests.persistence.keeping import Keeping, run

Copied = Callable[[], Keeping]

#: All but what a log of this length has none of: test_subtrees.py has a longer one.
JUDGED = [table for table in metadata.sorted_tables if table.name not in AT_WORK | {"subtree"}]
COLUMNS = [(table.name, column.name) for table in JUDGED for column in table.columns]
BESIDE = [table.name for table in JUDGED if table.name != "event"]
#: Tables whose findings carry their own name; the log's carry the name of what is wrong with it.
NAMED = {"case_view", "document_view", "duty", "flag", "outbox", "text", "rule_file"}


@pytest.fixture(params=[FILE])
def kind(request: pytest.FixtureRequest) -> str:
    """What an audit finds is found in the rows, wherever they lie; what names another kind below is run there too."""
    return str(request.param)


@pytest.mark.parametrize("kind", [FILE, SERVER])
def test_a_database_nobody_touched_has_no_findings(owned: Keeping) -> None:
    """The negative control of everything below."""
    assert owned.findings() == ()
    with owned.rows() as base:
        counts = {name: run(base, "SELECT count(*) FROM {table}", table=name).fetchone()[0] for name in BESIDE}
    assert all(counts.values()), counts


def noticed(owned: Keeping, table: str) -> bool:
    """Whether the audit finds something, and in the right place."""
    checks = {finding.check for finding in owned.findings()}
    return bool(checks) and (table not in NAMED or table in checks | {"rules"})


@pytest.mark.parametrize(("table", "name"), COLUMNS, ids=[".".join(each) for each in COLUMNS])
def test_a_value_changed_in_any_column_of_any_table_is_found(copied: Copied, table: str, name: str) -> None:
    for place in ("first", "last"):
        owned = copied()
        value = changed(owned, table, name, place)
        assert noticed(owned, table), f"{place} row: {value!r}"


@pytest.mark.parametrize("kind", [SERVER])
def test_a_value_changed_in_any_column_is_found_on_a_server_too(owned: Keeping) -> None:
    """One database for all of them: a new one for each would take longer than the audits."""
    for table, name in COLUMNS:
        query = f'SELECT * FROM "{table}"'
        with owned.rows() as base:
            kept = base.execute(query).fetchall()
        value = changed(owned, table, name, "first")
        assert noticed(owned, table), f"{table}.{name}: {value!r}"
        with owned.rows() as base:
            run(base, "DELETE FROM {table}", table=table)
            for row in kept:
                run(base, f"INSERT INTO {{table}} VALUES ({', '.join('?' * len(row))})", *row, table=table)
    assert owned.findings() == ()


@pytest.mark.parametrize(
    ("table", "name"),
    [(table, name) for table, name in COLUMNS if metadata.tables[table].columns[name].nullable],
)
def test_a_value_taken_away_is_found(owned: Keeping, table: str, name: str) -> None:
    with owned.rows() as base:
        statement = "UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL"
        assert run(base, statement, table=table, column=name).rowcount
    assert table in {finding.check for finding in owned.findings()}


def test_a_byte_flipped_in_any_record_is_found_with_its_number(copied: Copied) -> None:
    owned = copied()
    with owned.rows() as base:
        log = base.execute("SELECT seq, stream, bytes FROM event ORDER BY seq").fetchall()
    for seq, stream, content in log:
        place = sum(content) % len(content)
        flipped = content[:place] + bytes([content[place] ^ (1 << seq % 8)]) + content[place + 1 :]
        with owned.rows() as base:
            base.execute("UPDATE event SET bytes = ? WHERE seq = ?", (flipped, seq))
        found = [(each.seq, each.case) for each in owned.findings() if each.check == "hash"]
        assert found == [(seq, None if stream == "organisation" else stream)]
        with owned.rows() as base:
            base.execute("UPDATE event SET bytes = ? WHERE seq = ?", (content, seq))
    assert owned.findings() == ()


def test_every_place_of_one_record_is_as_well_guarded(owned: Keeping) -> None:
    with owned.rows() as base:
        seq, content = base.execute("SELECT seq, bytes FROM event WHERE kind = 'answer_recorded'").fetchone()
    for place in range(0, len(content), 37):
        with owned.rows() as base:
            base.execute(
                "UPDATE event SET bytes = ? WHERE seq = ?", (content[:place] + b"\xff" + content[place + 1 :], seq)
            )
        assert (seq, "hash") in {(each.seq, each.check) for each in owned.findings()}


@pytest.mark.parametrize("table", [table.name for table in JUDGED])
def test_a_row_taken_out_is_found(copied: Copied, table: str) -> None:
    for place in ("first", "last"):
        owned = copied()
        with owned.rows() as base:
            where, key = row_of(base, table, place)
            run(base, f"DELETE FROM {{table}} WHERE {where}", *key, table=table)
        assert owned.findings(), place


@pytest.mark.parametrize("table", BESIDE)
def test_a_table_emptied_is_found(owned: Keeping, table: str) -> None:
    with owned.rows() as base:
        run(base, "DELETE FROM {table}", table=table)
    assert owned.findings()


def test_any_record_taken_out_of_the_log_is_found(owned: Keeping) -> None:
    with owned.rows() as base:
        log = base.execute("SELECT * FROM event ORDER BY seq").fetchall()
    for row in log[:: max(1, len(log) // 12)]:
        with owned.rows() as base:
            base.execute("DELETE FROM event WHERE seq = ?", row[:1])
        found = owned.findings()
        assert row is log[-1] or {each.check for each in found} & {"sequence", "chain"}, row
        assert found, row
        with owned.rows() as base:
            base.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert owned.findings() == ()


@pytest.mark.parametrize("table", [table.name for table in JUDGED])
def test_a_row_put_in_is_found(owned: Keeping, table: str) -> None:
    put_in(owned, table)
    assert owned.findings()


def test_rows_of_a_case_that_the_log_does_not_know_are_found(owned: Keeping) -> None:
    for table in ("duty", "flag", "outbox", "case_view"):
        with owned.rows() as base:
            where, key = row_of(base, table, "first")
            run(base, f"UPDATE {{table}} SET ref = 'SAM-1999-0001' WHERE {where}", *key, table=table)
    strangers = {each.check for each in owned.findings() if each.case == "SAM-1999-0001"}
    assert strangers == {"duty", "flag", "outbox", "case_view"}


def test_two_records_that_changed_places_are_found(copied: Copied) -> None:
    for swapped in ("seq", "version", "bytes", "hash"):
        owned = copied()
        with owned.rows() as base:
            query = "SELECT seq, version, bytes, hash FROM event WHERE stream = 'SAM-2026-0001' ORDER BY seq LIMIT 2"
            names = ("seq", "version", "bytes", "hash")
            one, two = (dict(zip(names, row, strict=True)) for row in base.execute(query))
            aside: dict[str, Any] = {"seq": -1, "version": -1}
            for value, seq in (
                (aside.get(swapped, b""), one["seq"]),
                (one[swapped], two["seq"]),
                (two[swapped], -1 if swapped == "seq" else one["seq"]),
            ):
                run(base, "UPDATE event SET {column} = ? WHERE seq = ?", value, seq, column=swapped)
        assert owned.findings(), swapped


# --- what is kept by digest ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("spoil", [b"", b"\xff\xfe", b"no manifest", b"a  b  c\n"], ids=repr)
def test_a_kept_file_that_is_no_longer_what_its_name_says_is_found_and_breaks_nothing_else(
    owned: Keeping, spoil: bytes
) -> None:
    with owned.rows() as base:
        digests = [digest for (digest,) in base.execute("SELECT digest FROM rule_file").fetchall()]
    for digest in digests:
        with owned.rows() as base:
            query = "SELECT content FROM rule_file WHERE digest = ?"
            content = base.execute(query, (digest,)).fetchone()[0]
            base.execute("UPDATE rule_file SET content = ? WHERE digest = ?", (spoil, digest))
        found = {(each.check, each.expected) for each in owned.findings()}
        assert ("rule_file", digest) in found
        with owned.rows() as base:
            base.execute("UPDATE rule_file SET content = ? WHERE digest = ?", (content, digest))
    assert owned.findings() == ()


def test_a_text_that_a_record_names_and_nobody_keeps_is_found_with_its_record(owned: Keeping) -> None:
    with owned.rows() as base:
        base.execute("DELETE FROM text")
    missing = [each for each in owned.findings() if each.check == "text"]
    assert [each.case for each in missing] == ["SAM-2026-0001", "SAM-2026-0002", "SAM-2026-0003"]
    assert all(each.seq is not None for each in missing)
