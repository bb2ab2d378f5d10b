"""Statements that every act carries out: put into the database's own words once, and handed to its driver as they are.

The library would find the words anew each time, wrap what the driver answers and listen for faults, which takes several
times as long as the database does. What fails here fails with the driver's own fault: see ``Database.told``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

_NONE: Mapping[str, Any] = {}


class _Said(Struct, frozen=True):
    """A statement in words; the ``names`` of its values in their order, and those ``given`` with the statement."""

    words: str
    names: tuple[str, ...]
    given: Mapping[str, Any]

    def placed(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values in their order. Raises KeyError when one is missing."""
        if self.given:
            values = {**self.given, **values}
        return tuple([values[name] for name in self.names])


class Prepared:
    """A statement, by whichever database it is carried out."""

    def __init__(
        self, statement: sa.Select[Any] | sa.Insert | sa.Update | sa.Delete, sets: sa.Table | None = None
    ) -> None:
        """``sets``: the table all of whose columns an insert sets."""
        self._statement = statement
        self._sets = None if sets is None else [column.name for column in sets.columns]
        self._said: dict[str, _Said] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any] = _NONE) -> Sequence[Any]:
        """The rows that it finds, each with its values in order."""
        said, cursor = self._in_words_of(connection), connection.connection.cursor()
        connection.dialect.do_execute(cursor, said.words, said.placed(values))
        return cursor.fetchall()

    def carry_out(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it changed."""
        said, cursor = self._in_words_of(connection), connection.connection.cursor()
        connection.dialect.do_execute(cursor, said.words, said.placed(values))
        return cursor.rowcount

    def carry_out_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same for each of several."""
        said, cursor = self._in_words_of(connection), connection.connection.cursor()
        connection.dialect.do_executemany(cursor, said.words, [said.placed(row) for row in rows])

    def _in_words_of(self, connection: Connection) -> _Said:
        dialect = connection.dialect
        said = self._said.get(dialect.name)
        if said is None:
            made = self._statement.compile(dialect=dialect, column_keys=self._sets)
            given = {name: each.value for name, each in made.binds.items() if not each.required}
            said = self._said[dialect.name] = _Said(made.string, tuple(made.positiontup or ()), given)
        return said
