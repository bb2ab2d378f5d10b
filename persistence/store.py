"""The log and what is kept ready beside it: one act, one transaction."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.case_index import CaseIndex
from persistence.checkpoints import keep_subtrees, stored_checkpoint
from persistence.database import Database
from persistence.documents import DocumentIndex
from persistence.kept import write_view
from persistence.lease import Fence, require_lease
from persistence.prepared import Prepared
from persistence.rule_sets import read_rule_set
from workflow.checkpoint import Checkpoint
from workflow.events import kind_of
from workflow.ports import Batch, Clock, Keep, StreamMoved, View, Writings
from workflow.record import NO_RECORD, Record, decode, digest, encode
from workflow.refusals import HistoryBroken

#: What every act asks and writes: made once, since making a statement takes longer than carrying it out.
_OF_STREAM = Prepared(
    sa.select(t.events.c.seq, t.events.c.bytes)
    .where(t.events.c.stream == sa.bindparam("stream"))
    .order_by(t.events.c.version)
)
_ADD = Prepared(sa.insert(t.events), t.events)


@cache
def _where_it_stands(streams: int) -> Prepared:
    """The last record's number and hash, and the version of so many streams, in one question."""
    versions = [
        sa.select(sa.func.max(t.events.c.version)).where(t.events.c.stream == sa.bindparam(f"stream_{number}"))
        for number in range(streams)
    ]
    asked = (version.scalar_subquery().label(f"version_{number}") for number, version in enumerate(versions))
    return Prepared(sa.select(t.events.c.seq, t.events.c.hash, *asked).order_by(t.events.c.seq.desc()).limit(1))


class _Standing(NamedTuple):
    """The number and the hash of the log's last record."""

    seq: int
    previous: str


class SqlStore(CaseIndex, DocumentIndex):
    """A store in a database; see workflow.ports.Store."""

    def __init__(self, database: Database, clock: Clock, fence: Fence | None = None) -> None:
        """With a ``fence`` nothing is written once another has taken the lease over."""
        self.database = database
        self._clock = clock
        self._fence = fence

    def stream(self, name: str) -> Sequence[Record]:
        """The records of a stream, in order; empty when there are none. Raises HistoryBroken."""
        with self.database.reading() as connection:
            return _records_of(connection, name)

    def append(self, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        """Numbers, chains and writes the events and the view ``keep`` makes of them, or nothing at all.

        Raises StreamMoved when a stream is not at the version the batch was decided on, and LeaseLost behind a fence.
        """
        written: list[tuple[Record, ...]] = []

        def keeping(records: Sequence[Record]) -> View | None:
            written.append(tuple(records))
            return keep(records)

        self.append_all(lambda _streams: [(batch, keeping)])
        return written[0]

    def append_all(self, writings: Writings) -> None:
        """As ``append`` for one batch after the other, all in one transaction, or nothing at all.

        ``writings`` is called once, with what reads a stream as it stands by then.
        """
        with self.database.writing() as connection:
            if self._fence is not None:
                require_lease(connection, self._fence)
            for batch, keep in writings(lambda name: _records_of(connection, name)):
                standing = _required(connection, {batch.stream: batch.expected, **batch.unless_moved})
                records = self._write_records(connection, batch, standing)
                _write_bytes(connection, t.texts, batch.attachments)
                _write_bytes(connection, t.rule_files, batch.rule_files)
                view = keep(records)
                if view is not None:
                    write_view(connection, view, is_new=batch.expected == 0, before=batch.before)

    def _write_records(self, connection: Connection, batch: Batch, standing: _Standing) -> tuple[Record, ...]:
        seq, previous = standing
        recorded_at = self._clock.now()
        records: list[Record] = []
        rows = []
        for offset, drafted in enumerate(batch.drafted, start=1):
            record = Record(
                seq=seq + offset,
                stream=batch.stream,
                version=batch.expected + offset,
                batch=seq + 1,
                on=drafted.on,
                recorded_at=recorded_at,
                actor=batch.actor,
                rules=batch.rules,
                previous=previous,
                state=drafted.state,
                act=batch.act if offset == 1 else None,
                event=drafted.event,
            )
            content = encode(record)
            previous = digest(content)
            records.append(record)
            rows.append(event_row(record, content))
        _ADD.carry_out_each(connection, rows)
        keep_subtrees(connection, seq, seq + len(rows))
        return tuple(records)

    def checkpoint(self) -> Checkpoint:
        """The log as it stands, to be held to later. Raises NoDatabase or HistoryBroken."""
        with self.database.reading() as connection:
            return stored_checkpoint(connection)

    def login(self) -> str | None:
        """Who is connected, as the database itself knows them; None where it has no logins."""
        return self.database.login

    def logins(self, names: Collection[str]) -> frozenset[str] | None:
        """Which of the names are logins of the database; None where it has no logins."""
        return self.database.logins(names)

    def rule_set(self, digest: str) -> Mapping[str, bytes]:
        """The files of a rule set kept in the database. KeyError when it is not there."""
        with self.database.reading() as connection:
            return read_rule_set(connection, digest)


def _records_of(connection: Connection, name: str) -> list[Record]:
    return [_record(seq, content) for seq, content in _OF_STREAM.rows(connection, {"stream": name})]


def _record(seq: int, content: bytes) -> Record:
    try:
        return decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise HistoryBroken(seq=seq, why=str(fault)) from None


def event_row(record: Record, content: bytes) -> dict[str, object]:
    """The row of the log that holds ``content``: its bytes, their hash, and the columns repeated from them."""
    return {
        "seq": record.seq,
        "stream": record.stream,
        "version": record.version,
        "kind": kind_of(record.event),
        "on_date": record.on.isoformat(),
        "recorded_at": record.recorded_at.isoformat(),
        "bytes": content,
        "hash": hashlib.sha256(content).digest(),
    }


def _required(connection: Connection, expected: Mapping[str, int]) -> _Standing:
    """Where the log stands. Raises StreamMoved unless every stream is at the version expected of it."""
    named = {f"stream_{number}": stream for number, stream in enumerate(expected)}
    rows = _where_it_stands(len(expected)).rows(connection, named)
    row = rows[0] if rows else None
    versions = row[2:] if row is not None else [0] * len(expected)
    for (stream, version), found in zip(expected.items(), versions, strict=True):
        if (found or 0) != version:
            raise StreamMoved(stream)
    return _Standing(0, NO_RECORD) if row is None else _Standing(row[0], row[1].hex())


def _write_bytes(connection: Connection, table: sa.Table, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        known = connection.execute(sa.select(table.c.digest).where(table.c.digest == name)).scalar()
        if known is None:
            connection.execute(sa.insert(table), {"digest": name, "content": content})
