"""What can happen to the rows of a database behind the product's back."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from persistence.kept import KEPT
from persistence.tables import metadata
from tests.persistence.homes import Rows
from tests.persistence.keeping import Keeping, run

Everything = dict[str, list[tuple[object, ...]]]
Damage = Callable[[Keeping], object]

TABLES = [table.name for table in KEPT]


def everything(kept: Keeping) -> Everything:
    """Every row of every table."""
    with kept.rows() as base:
        found = {name: run(base, "SELECT * FROM {table}", table=name).fetchall() for name in metadata.tables}
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def other(value: Any, column: sa.Column[Any]) -> Any:
    """Another value that the column would hold."""
    if isinstance(value, bytes):
        middle = len(value) // 2
        return value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :]
    if isinstance(value, int):
        return value + 1000 if column.primary_key or column.name == "version" else value + 1
    if value is None:
        return 7 if isinstance(column.type, sa.Integer) else "2026-01-01"
    if not value:
        return "0"
    letter = next(place for place, sign in enumerate(value) if sign.isalnum())
    return value[:letter] + ("0" if value[letter] != "0" else "1") + value[letter + 1 :]


def changed(owned: Keeping, table: str, name: str, place: str) -> Any:
    """Puts another value into the first or the last row, and gives the one that was there."""
    with owned.rows() as base:
        where, key = row_of(base, table, place)
        names = {"table": table, "column": name}
        value = run(base, f"SELECT {{column}} FROM {{table}} WHERE {where}", *key, **names).fetchone()[0]
        new = other(value, metadata.tables[table].columns[name])
        run(base, f"UPDATE {{table}} SET {{column}} = ? WHERE {where}", new, *key, **names)
    return value


def row_of(base: Rows, table: str, place: str) -> tuple[str, tuple[Any, ...]]:
    """The condition that only the first or the last row meets, and its values."""
    names = [f'"{column.name}"' for column in metadata.tables[table].primary_key]
    order = ", ".join(f"{name} {'ASC' if place == 'first' else 'DESC'}" for name in names)
    key = run(base, f"SELECT {', '.join(names)} FROM {{table}} ORDER BY {order} LIMIT 1", table=table).fetchone()
    return " AND ".join(f"{name} = ?" for name in names), key


ADDED = {
    "event": "SELECT (SELECT max(seq) + 1 FROM event), stream, 99, kind, on_date, recorded_at, bytes, hash",
    "case_view": "SELECT 'SAM-2026-0099', type, title, age_group, REST",
    "document_view": "SELECT 'annan', type, title, age_group, REST",
    "duty": "SELECT ref, 'are', 'prepare', NULL",
    "flag": "SELECT ref, kind, 'annan', text_version, due, severity, assigned_to",
    "outbox": "SELECT '<annan>', ref, party, address, about, text_version, queued_on, queued_seq, state, since, why",
    "text": "SELECT 'annan', content",
    "rule_file": "SELECT 'annan', content",
}


def put_in(owned: Keeping, table: str) -> None:
    """Puts a row more into a table."""
    view = metadata.tables[table if table in {"case_view", "document_view"} else "event"]
    rest = ", ".join(column.name for column in list(view.columns)[4:])
    with owned.rows() as base:
        run(base, f"INSERT INTO {{table}} {ADDED[table].replace('REST', rest)} FROM {{table}} LIMIT 1", table=table)


def taken_out(table: str, place: str) -> Damage:
    def take(kept: Keeping) -> None:
        with kept.rows() as base:
            where, key = row_of(base, table, place)
            run(base, f"DELETE FROM {{table}} WHERE {where}", *key, table=table)

    return take


def emptied(table: str) -> Damage:
    def empty(kept: Keeping) -> None:
        with kept.rows() as base:
            run(base, "DELETE FROM {table}", table=table)

    return empty


def of_a_stranger(table: str) -> Damage:
    def give(kept: Keeping) -> None:
        with kept.rows() as base:
            where, key = row_of(base, table, "first")
            run(base, f"UPDATE {{table}} SET ref = 'SAM-1999-0001' WHERE {where}", *key, table=table)

    return give


def letters_changed_hands(kept: Keeping) -> None:
    """Letters of the first case under the second's name, and the other way about."""
    with kept.rows() as base:
        other = "CASE ref WHEN 'SAM-2026-0001' THEN 'SAM-2026-0002' ELSE 'SAM-2026-0001' END"
        base.execute(f"UPDATE outbox SET ref = {other}")


DAMAGES: dict[str, Damage] = {
    **{f"{table} {place} taken out": taken_out(table, place) for table in TABLES for place in ("first", "last")},
    **{f"{table} emptied": emptied(table) for table in TABLES},
    **{f"{table} put in": lambda kept, table=table: put_in(kept, table) for table in TABLES},  # type: ignore[misc]  # bound early
    **{f"{table} of a stranger": of_a_stranger(table) for table in TABLES},
    "letters changed hands": letters_changed_hands,
}
