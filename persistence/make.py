"""Whether a database is still made as we make one: its tables, their keys, and what is set off by a change.

A key that was dropped lets a row stand twice; a view in a table's place, or a trigger of somebody's own, can show one
thing to an audit and another to whoever works. What belongs to none of our tables is nobody's business here.
"""

from collections.abc import Container, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence.append_only import APPEND_ONLY
from persistence.layout import make, marker
from persistence.tables import metadata

_MADE = sa.text("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")

_OURS = frozenset({*metadata.tables, marker.name})

#: What something is and what it is called, and how it was told to be made.
Made = dict[tuple[str, str], str]


#: What each of our tables must have to be read as one.
COLUMNS = {
    str(table.name): frozenset(str(column.name) for column in table.columns)
    for table in (*metadata.sorted_tables, marker)
}


def lacking(there: Container[tuple[str, str]]) -> frozenset[str]:
    """The tables that are not among these, or lack a column that is read."""
    return frozenset(table for table in COLUMNS if _lost(table, there))


def _lost(table: str, there: Container[tuple[str, str]]) -> list[str]:
    return sorted(name for name in COLUMNS[table] if (table, name) not in there)


def columns_in_file(connection: Connection) -> set[tuple[str, str]]:
    """Each table of ours, and each of its columns."""
    return {
        (table, column.lower())
        for table in COLUMNS
        for (column,) in connection.execute(_COLUMNS_IN_FILE, {"name": table})
    }


def columns_on_server(connection: Connection) -> set[tuple[str, str]]:
    """The same."""
    return {(table, column) for table, column in connection.execute(_COLUMNS_ON_SERVER, {"names": sorted(_OURS)})}


# What only bears a table's name is not read: nobody knows what else that would set off.
_COLUMNS_IN_FILE = sa.text(
    """
    SELECT name FROM pragma_table_xinfo(:name)
    WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = :name)
    """
)
_COLUMNS_ON_SERVER = sa.text(
    """
    SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relname = ANY(:names) AND relkind = 'r' AND pg_table_is_visible(attrelid) AND attnum > 0 AND NOT attisdropped
    """
)


def differences_in_file(connection: Connection) -> Iterator[str]:
    """What is lacking, what is too much, and what is made in another way than in a new file; a line each."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as anew:
        make(anew)
        wanted = _made(anew)
    engine.dispose()
    found = _made(connection)
    for kind, name in sorted({*wanted, *found}):
        if (kind, name) not in found:
            yield f"{kind} {name} is missing"
        elif (kind, name) not in wanted:
            yield f"{kind} {name} is not ours"
        elif found[kind, name] != wanted[kind, name]:
            yield f"{kind} {name} is not made as ours"


def differences_on_server(connection: Connection) -> Iterator[str]:
    """The same, of a server that an auditor can only look at: keys, and whatever else could change or hide a row."""
    names = {"names": sorted(_OURS)}
    for table, why in connection.execute(_IN_THE_WAY, names):
        yield f"{why} {table} is not ours"
    there = columns_on_server(connection)
    tables = {table for table, _ in there}
    for table in sorted(_OURS - tables):
        yield f"table {table} is missing"
    for table in sorted(_OURS & tables):
        yield from (f"column {name} of table {table} is missing" for name in _lost(table, there))
    found = {(table, told.replace('"', "")) for table, told in connection.execute(_KEYS, names)}
    for table, told in sorted(_keys() - found):
        yield f"{told} of table {table} is missing"
    if connection.execute(_AT_WORK).scalar() != _FUNCTION_BODY:
        yield "trigger event_append_only is not at work"


# What stands in a table's place, and what the server would do beside, or instead of, what it is asked to.
_IN_THE_WAY = sa.text(
    """
    WITH ours AS (SELECT oid, relname, relkind FROM pg_class WHERE relname = ANY(:names) AND pg_table_is_visible(oid))
    SELECT relname, 'relation' FROM ours WHERE relkind NOT IN ('r', 'i')
    UNION ALL
    SELECT rulename || ' on ' || relname, 'rule' FROM pg_rewrite JOIN ours ON ours.oid = ev_class WHERE relkind = 'r'
    UNION ALL
    SELECT polname || ' on ' || relname, 'policy' FROM pg_policy JOIN ours ON ours.oid = polrelid
    UNION ALL
    SELECT tgname || ' on ' || relname, 'trigger' FROM pg_trigger JOIN ours ON ours.oid = tgrelid
    WHERE NOT tgisinternal AND (relname, tgname) <> ('event', 'event_append_only')
    ORDER BY 1, 2
    """
)
_KEYS = sa.text(
    """
    SELECT relname, pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE relname = ANY(:names) AND pg_table_is_visible(conrelid) AND contype IN ('p', 'u')
    """
)
_AT_WORK = sa.text(
    """
    SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relname = 'event' AND pg_table_is_visible(tgrelid) AND tgname = 'event_append_only'
    AND tgenabled IN ('O', 'A')
    """
)
_FUNCTION_BODY = APPEND_ONLY["postgresql"][0].split("$$")[1]


def _keys() -> set[tuple[str, str]]:
    """Each table and what makes its rows unique, in the server's words."""
    keys = {sa.PrimaryKeyConstraint: "PRIMARY KEY", sa.UniqueConstraint: "UNIQUE"}
    return {
        (table.name, f"{keys[type(each)]} ({', '.join(column.name for column in each.columns)})")
        for table in (*metadata.sorted_tables, marker)
        for each in table.constraints
        if isinstance(each, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
    }


def _made(connection: Connection) -> Made:
    """What belongs to our tables, and whatever bears the name of one; without the blanks between the words."""
    ours = (row for row in connection.execute(_MADE) if _OURS & {row[1].lower(), row[2].lower()})
    return {(kind, name): "".join(sql.replace('"', "").split()) for kind, name, _, sql in ours}
