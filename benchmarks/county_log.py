"""A county's years of work in one file, lawful to the last record, written in bulk.

Each act goes through the engine as anybody's does: decided, folded, chained. Only the store is another: it keeps the
cases under way in memory and hands their rows to SQLite by the thousand, so that a million records are written in
minutes. ``audit verify`` finds nothing to say against what it makes.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.course import EVENTS, PARTIES, course, opening
from persistence import tables as t
from persistence.checkpoints import keep_subtrees, stored_origin
from persistence.database import Database
from persistence.kept import KEPT, kept_rows
from persistence.store import SqlStore, event_row
from workflow import acts
from workflow.case import Case
from workflow.checkpoint import Checkpoint
from workflow.engine import Engine
from workflow.merkle import Tree
from workflow.ports import Batch, Keep, View, Writings
from workflow.record import ORGANISATION, Record, digest, encode
from workflow.register.following import born_as

#: When the office begins to record; each act takes a second more.
NOON = datetime(2036, 1, 1, 12, tzinfo=UTC)

#: Cases under way at a time: their records stand among each other in the log, as an office's do.
_SIDE_BY_SIDE = 40

_AT_A_TIME = 5000

Rows = list[dict[str, Any]]


class Noon:
    """A clock that stands still: the same log each time."""

    def now(self) -> datetime:
        """The moment."""
        return NOON


class BulkStore(SqlStore):
    """Writes in bulk what the engine asks it to write. Nobody else may use the database meanwhile."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Noon())
        self._streams: dict[str, list[Record]] = {}
        self._views: dict[str, View] = {}
        self._rows: Rows = []
        self._seq, self._previous = self._last()
        self._number = 0
        self._origin, self._tree = self._planted()

    def stream(self, name: str) -> Sequence[Record]:
        """The records of a stream; a case's only while it is under way."""
        if name == ORGANISATION and name not in self._streams:
            self._streams[name] = list(super().stream(name))
        return self._streams.get(name, ())

    def last_number(self, _: str) -> int:
        """How many cases have been opened."""
        return self._number

    def append(self, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        """Numbers and chains the batch's events, and holds them until they are many."""
        first, records = self._seq + 1, []
        for offset, drafted in enumerate(batch.drafted, start=1):
            record = Record(
                seq=first + offset - 1,
                stream=batch.stream,
                version=batch.expected + offset,
                batch=first,
                on=drafted.on,
                recorded_at=NOON + timedelta(seconds=first),
                actor=batch.actor,
                rules=batch.rules,
                previous=self._previous,
                state=drafted.state,
                act=batch.act if offset == 1 else None,
                event=drafted.event,
            )
            content = encode(record)
            self._previous, self._seq = digest(content), record.seq
            self._tree.add(content)
            self._rows.append(event_row(record, content))
            records.append(record)
        self._number += isinstance(batch.act, acts.Open)
        self._streams.setdefault(batch.stream, []).extend(records)
        view = keep(records)
        if view is not None:
            self._views[view.ref] = view
        return tuple(records)

    def append_all(self, writings: Writings) -> None:
        """As ``append`` for one batch after the other: a case's, and those of the documents it leads to."""
        for batch, keep in writings(self.stream):
            self.append(batch, keep)

    def forget(self, case: Case) -> None:
        """A case nothing more happens to: its records and its document's need not be held any longer."""
        del self._streams[case.ref]
        self._streams.pop(born_as(case), None)
        if len(self._rows) > _AT_A_TIME:
            self.flush()

    def flush(self) -> None:
        """Writes everything that is held."""
        views = tuple(self._views.values())
        if not self._rows:
            return
        with self.database.writing() as connection:
            connection.execute(sa.insert(t.events), self._rows)
            keep_subtrees(connection, self._seq - len(self._rows), self._seq)
            made = [kept_rows(view) for view in views]
            for table in KEPT:
                refs = [{"gone": view.ref} for view in views]
                connection.execute(sa.delete(table).where(table.c.ref == sa.bindparam("gone")), refs)
                rows = [row for each in made for row in each.get(table, ())]
                if rows:
                    connection.execute(sa.insert(table), rows)
        self._rows, self._views = [], {}

    def _last(self) -> tuple[int, str]:
        with self.database.reading() as connection:
            last = connection.execute(sa.select(t.events).order_by(t.events.c.seq.desc()).limit(1)).one()
        return last.seq, last.hash.hex()

    def _planted(self) -> tuple[str, Tree]:
        """The name of the log and the tree over what is in it already."""
        tree = Tree()
        with self.database.reading() as connection:
            for content in connection.execute(sa.select(t.events.c.bytes).order_by(t.events.c.seq)).scalars():
                tree.add(content)
            return stored_origin(connection), tree

    def checkpoint(self) -> Checkpoint:
        """Of what has been written so far; the tree grows with the log instead of being built anew each time."""
        return Checkpoint(origin=self._origin, size=self._tree.size, root=self._tree.root())


def founded(file: Path) -> Database:
    """A new database with the county in alternativ-1 and every party's mailbox."""
    database = Database(f"sqlite:///{file.as_posix()}")
    database.create()
    engine = Engine(SqlStore(database, Noon()), Noon(), "samordnare")
    first = date(2026, 1, 1)
    engine.initialise(acts.Initialise(on=first, origin="prov", adopt="alternativ-1", adopt_from=first))
    for party in PARTIES:
        engine.organise(acts.SetMailbox(on=first, party=party, address=f"brev@{party}.example"))
    return database


def write_cases(database: Database, numbers: Iterable[int], *, until: int = EVENTS) -> None:
    """Adds the courses of these numbers, whole; with ``until`` each ends with that event of its course."""
    store = BulkStore(database)
    engine = Engine(store, Noon(), "samordnare")
    under_way = (lived(engine, store, number, until) for number in numbers)
    for group in _grouped(under_way):
        still = group
        while still:
            still = [case for case in still if next(case, None) is not None]
    store.flush()


def lived(engine: Engine, store: BulkStore, number: int, until: int) -> Iterator[int]:
    """One case, act by act; gives its version after each."""
    case = engine.open(opening(number)).case
    for act in course(number):
        if case is None or case.version >= until:
            break
        yield case.version
        case = engine.handle(case.ref, act).case
    if case is not None:
        store.forget(case)


def _grouped(cases: Iterator[Iterator[int]]) -> Iterator[list[Iterator[int]]]:
    group: list[Iterator[int]] = []
    for case in cases:
        group.append(case)
        if len(group) == _SIDE_BY_SIDE:
            yield group
            group = []
    yield group


def main() -> None:
    """Makes FILE with the given number of cases: ``python -m benchmarks.county_log FILE CASES``."""
    write_cases(founded(Path(sys.argv[1])), range(int(sys.argv[2])))


if __name__ == "__main__":
    main()
