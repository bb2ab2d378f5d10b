"""What an audit reads: the rows of the log as they are stored, and what is kept beside it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.beside import Row
from persistence.checkpoints import checkpoint_of_bytes, kept_subtrees, stored_origin
from persistence.database import Database
from persistence.judging import Bundle, Stored
from persistence.kept import KEPT
from persistence.store import read_rule_set
from workflow.bad_data import NoDatabase
from workflow.chain import Finding, StoredEvent
from workflow.checkpoint import Checkpoint
from workflow.record import ORGANISATION
from workflow.refusals import HistoryBroken
from workflow.register.events import DocumentRegistered

#: How many rows are held at a time.
_AT_A_TIME = 1000

#: The highest number that a row can have.
_LAST_NUMBER = 2**63 - 1

#: The kind of record that a document's stream begins with.
_ENTRY = str(DocumentRegistered.__struct_config__.tag)

#: How many cases are held at a time; fewer, if a person is to see how far an audit has come.
_CASES_AT_A_TIME = 200
_BUNDLES_AT_LEAST = 20


class Inspection:
    """Reads one state of the database for as long as it is open."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._connection = connection
        self._database = database

    def integrity(self) -> list[Finding]:
        """What the database says of itself."""
        said = self._database.integrity(self._connection)
        return [Finding(seq=None, case=None, check="integrity", expected="ok", found=line) for line in said]

    def events(self) -> Iterator[StoredEvent]:
        """Every row of the log, by sequence number."""
        yield from _stored(self._streamed(sa.select(t.events).order_by(t.events.c.seq)))

    def origin(self) -> str | None:
        """What the log calls itself; None when its first record no longer tells."""
        try:
            return stored_origin(self._connection)
        except (NoDatabase, HistoryBroken):
            return None

    def checkpoint(self) -> Checkpoint:
        """The log as it stands, counted over every record. Raises NoDatabase or HistoryBroken."""
        return checkpoint_of_bytes(self._connection)

    def subtrees(self) -> dict[int, bytes]:
        """The hashes that are kept of the log's tree, by number."""
        return kept_subtrees(self._connection)

    def size(self) -> int:
        """How many rows the log has."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(t.events)).scalar_one()

    def stream(self, name: str) -> list[StoredEvent]:
        """The rows of one stream, by version."""
        query = sa.select(t.events).where(t.events.c.stream == name).order_by(t.events.c.version, t.events.c.seq)
        return list(_stored(self._connection.execute(query)))

    def contents_at(self, numbers: Collection[int]) -> dict[int, bytes]:
        """The bytes of the records with these numbers, where there are such."""
        # A record may call itself any number; a database has none beyond these.
        wanted, found = sorted(each for each in numbers if 0 < each <= _LAST_NUMBER), dict[int, bytes]()
        for begin in range(0, len(wanted), _AT_A_TIME):
            values = {"numbers": wanted[begin : begin + _AT_A_TIME]}
            found.update((seq, _bytes(content)) for seq, content in self._connection.execute(_NUMBERED, values))
        return found

    def streams(self) -> list[str]:
        """The names of all streams."""
        return list(
            self._connection.execute(sa.select(t.events.c.stream).distinct().order_by(t.events.c.stream)).scalars()
        )

    def document_ids(self) -> list[str]:
        """The ids of all documents of the register."""
        query = sa.select(t.events.c.stream).where(t.events.c.kind == _ENTRY).distinct().order_by(t.events.c.stream)
        return list(self._connection.execute(query).scalars())

    def case_refs(self) -> list[str]:
        """The references of all cases."""
        others = {ORGANISATION, *self.document_ids()}
        return [name for name in self.streams() if name not in others]

    def rule_set(self, digest: str) -> Mapping[str, bytes]:
        """The files of a rule set. KeyError when a part is not there."""
        return read_rule_set(self._connection, digest)

    def contents(self) -> list[Finding]:
        """Every kept file that is not what its name says it is."""
        findings: list[Finding] = []
        for table in (t.rule_files, t.texts):
            for name, content in self._streamed(sa.select(table.c.digest, table.c.content)):
                found = hashlib.sha256(_bytes(content)).hexdigest()
                if found != name:
                    findings.append(Finding(seq=None, case=None, check=str(table.name), expected=name, found=found))
        return findings

    def missing_texts(self, named: Sequence[tuple[int, str, str]]) -> list[Finding]:
        """Texts the log names, by sequence number, case and digest, that are not kept."""
        digests = {digest for _, _, digest in named}
        query = sa.select(t.texts.c.digest).where(t.texts.c.digest.in_(digests))
        kept = set(self._connection.execute(query).scalars()) if digests else set()
        return [
            Finding(seq=seq, case=case, check="text", expected=digest, found="–")
            for seq, case, digest in named
            if digest not in kept
        ]

    def rule_files(self) -> dict[str, bytes]:
        """Every kept rule file and manifest, by its digest."""
        rows = self._streamed(sa.select(t.rule_files.c.digest, t.rule_files.c.content))
        # A damaged file may hold something else there.
        return {digest: content for digest, content in rows if isinstance(content, bytes)}

    def bundle_ends(self) -> list[str]:
        """Where each bundle of cases ends: with that case, and the last, an empty string, with whatever there is."""
        query = sa.select(t.events.c.stream).where(t.events.c.stream != ORGANISATION).distinct()
        cases = self._connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
        size = max(1, min(_CASES_AT_A_TIME, cases // _BUNDLES_AT_LEAST))
        refs = (ref for (ref,) in self._streamed(query.order_by(t.events.c.stream)))
        ends = [ref for place, ref in enumerate(refs, start=1) if place % size == 0 and ref]
        return [*(ends[:-1] if cases % size == 0 else ends), ""]

    def bundle(self, after: str | None, upto: str) -> Bundle:
        """The cases and documents after the one and up to the other, and everything kept of them.

        None: from the very first, whatever it is called. An empty string: to the last.
        """
        records: dict[str, list[Stored]] = {}
        name, of_name = None, list[Stored]()
        for stream, seq, content in self._at_once(*_between(_RECORDS, t.events.c.stream, after, upto)):
            if stream != name:
                name, of_name = stream, records.setdefault(stream, [])
            of_name.append((seq, _bytes(content)))
        return Bundle(records, {table.name: self._beside(table, after, upto) for table in KEPT})

    def _beside(self, table: sa.Table, after: str | None, upto: str) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        place = list(table.columns).index(table.c.ref)
        for row in self._at_once(*_between(_BESIDE[table], table.c.ref, after, upto)):
            rows.setdefault(row[place], []).append(tuple(row))
        return rows

    def _streamed(self, query: sa.Select[Any]) -> Iterator[Any]:
        """Rows as they come, however many there are: on a server, by a cursor that it keeps."""
        yield from self._connection.execute(query, execution_options={"yield_per": _AT_A_TIME})

    def _at_once(self, query: sa.Select[Any], values: Mapping[str, str | None]) -> Sequence[Any]:
        """All rows there are, as the driver gives them: to make others of them takes longer than to read them."""
        with self._connection.execute(query, values) as found:
            return found.cursor.fetchall()


@contextmanager
def inspecting(database: Database) -> Iterator[Inspection]:
    """An inspection of one state of the database. Raises NoDatabase or DatabaseUnavailable."""
    with database.reading() as connection:
        yield Inspection(connection, database)


# Made once: making a statement takes longer than carrying it out.
_RECORDS = (
    sa.select(t.events.c.stream, t.events.c.seq, t.events.c.bytes)
    .where(t.events.c.stream != ORGANISATION)
    .order_by(t.events.c.stream, t.events.c.version, t.events.c.seq)
)
_NUMBERED = sa.select(t.events.c.seq, t.events.c.bytes).where(
    t.events.c.seq.in_(sa.bindparam("numbers", expanding=True))
)
_BESIDE = {table: sa.select(table).order_by(table.c.ref) for table in KEPT}


def _between(
    query: sa.Select[Any], column: sa.Column[Any], after: str | None, upto: str
) -> tuple[sa.Select[Any], dict[str, str | None]]:
    """The question about what lies there, and its values."""
    if after is not None:
        query = query.where(column > sa.bindparam("after"))
    return (query.where(column <= sa.bindparam("upto")) if upto else query), {"after": after, "upto": upto}


def _stored(rows: Iterable[Any]) -> Iterator[StoredEvent]:
    for seq, stream, version, kind, on_date, recorded_at, content, digest in rows:
        yield StoredEvent(seq, stream, version, kind, on_date, recorded_at, _bytes(content), _bytes(digest))


def _bytes(value: object) -> bytes:
    """What is stored, or nothing where a damaged file has no bytes at all: no hash is that of nothing."""
    return value if isinstance(value, bytes) else b""
