"""Cases and documents by the bundle, as they are stored: their records, and what is kept of them beside the log."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.beside import Row
from persistence.judging import Bundle, Stored
from persistence.kept import KEPT
from workflow.record import ORGANISATION

#: How many rows are held at a time.
AT_A_TIME = 1000

#: How many cases are held at a time; fewer, if a person is to see how far an audit has come.
CASES_AT_A_TIME = 200
_BUNDLES_AT_LEAST = 20


#: Given a question and its column of references: the question about some of them, and its values.
_Asked = Callable[[sa.Select[Any], sa.Column[Any]], tuple[sa.Select[Any], Mapping[str, object]]]


class Bundles:
    """Reads bundles by a connection, each as the database is when it is read."""

    def __init__(self, connection: Connection, lacking: Collection[str] = ()) -> None:
        """``lacking``: the tables that cannot be read; nothing is told of what they hold."""
        self.connection = connection
        self.lacking = lacking

    def bundle_ends(self) -> list[str]:
        """Where each bundle of cases ends: with that case, and the last, an empty string, with whatever there is."""
        query = sa.select(t.events.c.stream).where(t.events.c.stream != ORGANISATION).distinct()
        cases = self.connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
        size = max(1, min(CASES_AT_A_TIME, cases // _BUNDLES_AT_LEAST))
        refs = (ref for (ref,) in self.streamed(query.order_by(t.events.c.stream)))
        ends = [ref for place, ref in enumerate(refs, start=1) if place % size == 0 and ref]
        return [*(ends[:-1] if cases % size == 0 else ends), ""]

    def bundle(self, after: str | None, upto: str) -> Bundle:
        """The cases and documents after the one and up to the other, and everything kept of them.

        None: from the very first, whatever it is called. An empty string: to the last.
        """
        values = {"after": after, "upto": upto}
        return self._bundle(lambda query, column: (_between(query, column, after, upto), values))

    def bundle_of(self, refs: Sequence[str]) -> Bundle:
        """The cases and documents called so, and everything kept under these names; not more of them than fit."""
        called: sa.BindParameter[Any] = sa.bindparam("refs", expanding=True)
        return self._bundle(lambda query, column: (query.where(column.in_(called)), {"refs": refs}))

    def _bundle(self, asked: _Asked) -> Bundle:
        records: dict[str, list[Stored]] = {}
        name, of_name = None, list[Stored]()
        for stream, seq, content in self._at_once(*asked(_RECORDS, t.events.c.stream)):
            if stream != name:
                name, of_name = stream, records.setdefault(stream, [])
            of_name.append((seq, as_bytes(content)))
        return Bundle(
            records, {table.name: self._beside(table, asked) for table in KEPT if table.name not in self.lacking}
        )

    def _beside(self, table: sa.Table, asked: _Asked) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        place = list(table.columns).index(table.c.ref)
        for row in self._at_once(*asked(_BESIDE[table], table.c.ref)):
            rows.setdefault(row[place], []).append(tuple(row))
        return rows

    def streamed(self, query: sa.Select[Any]) -> Iterator[Any]:
        """Rows as they come, however many there are: on a server, by a cursor that it keeps."""
        yield from self.connection.execute(query, execution_options={"yield_per": AT_A_TIME})

    def _at_once(self, query: sa.Select[Any], values: Mapping[str, object]) -> Sequence[Any]:
        """All rows there are, as the driver gives them: to make others of them takes longer than to read them."""
        with self.connection.execute(query, values) as found:
            return found.cursor.fetchall()


# Made once: making a statement takes longer than carrying it out.
_RECORDS = (
    sa.select(t.events.c.stream, t.events.c.seq, t.events.c.bytes)
    .where(t.events.c.stream != ORGANISATION)
    .order_by(t.events.c.stream, t.events.c.version, t.events.c.seq)
)
_BESIDE = {table: sa.select(table).order_by(table.c.ref) for table in KEPT}


def _between(query: sa.Select[Any], column: sa.Column[Any], after: str | None, upto: str) -> sa.Select[Any]:
    """The question about what lies there."""
    if after is not None:
        query = query.where(column > sa.bindparam("after"))
    return query.where(column <= sa.bindparam("upto")) if upto else query


def as_bytes(value: object) -> bytes:
    """What is stored, or nothing where a damaged file has no bytes at all: no hash is that of nothing."""
    return value if isinstance(value, bytes) else b""
