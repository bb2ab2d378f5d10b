"""What an audit reads: the rows of the log as they are stored, and what is kept beside it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.checkpoints import stored_origin
from persistence.database import Database
from persistence.kept import kept_rows
from persistence.store import read_rule_set
from workflow.audit import Finding, StoredEvent
from workflow.bad_data import NoDatabase
from workflow.ports import View
from workflow.record import ORGANISATION
from workflow.refusals import HistoryBroken
from workflow.register.events import DocumentRegistered

#: How many rows are held at a time.
_AT_A_TIME = 1000

_BESIDE = (t.cases, t.documents, t.duties, t.flags, t.outbox)

#: The kind of record that a document's stream begins with.
_ENTRY = str(DocumentRegistered.__struct_config__.tag)


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
        for row in self._streamed(sa.select(t.events).order_by(t.events.c.seq)):
            yield _stored(row)

    def origin(self) -> str | None:
        """What the log calls itself; None when its first record no longer tells."""
        try:
            return stored_origin(self._connection)
        except (NoDatabase, HistoryBroken):
            return None

    def size(self) -> int:
        """How many rows the log has."""
        return self._connection.execute(sa.select(sa.func.count()).select_from(t.events)).scalar_one()

    def stream(self, name: str) -> list[StoredEvent]:
        """The rows of one stream, by version."""
        query = sa.select(t.events).where(t.events.c.stream == name).order_by(t.events.c.version, t.events.c.seq)
        return [_stored(row) for row in self._connection.execute(query)]

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

    def missing_texts(self, digests: Sequence[tuple[int, str, str]]) -> list[Finding]:
        """Texts the log names, by sequence number, case and digest, that are not kept."""
        kept = set(self._connection.execute(sa.select(t.texts.c.digest)).scalars())
        return [
            Finding(seq=seq, case=case, check="text", expected=digest, found="–")
            for seq, case, digest in digests
            if digest not in kept
        ]

    def views(self, view: View | None, ref: str) -> list[Finding]:
        """Where what is kept ready of a case or a document differs from what its records make of it."""
        wanted = kept_rows(view) if view else {}
        findings: list[Finding] = []
        for table in _BESIDE:
            rows = self._connection.execute(sa.select(table).where(table.c.ref == ref))
            kept = sorted(_plain(dict(row._mapping)) for row in rows)  # noqa: SLF001 - SQLAlchemy's documented name
            rebuilt = sorted(_plain(row) for row in wanted.get(table, ()))
            findings.extend(_differences(str(table.name), ref, rebuilt, kept))
        return findings

    def _streamed(self, query: sa.Select[Any]) -> Iterator[Any]:
        """Rows as they come, however many there are: on a server, by a cursor that it keeps."""
        yield from self._connection.execute(query, execution_options={"yield_per": _AT_A_TIME})

    def strangers(self, refs: set[str]) -> list[Finding]:
        """Rows kept of cases and documents that the log does not know."""
        findings: list[Finding] = []
        for table in _BESIDE:
            known = self._connection.execute(sa.select(table.c.ref).distinct()).scalars()
            found = sorted(set(known) - refs)
            findings.extend(
                Finding(seq=None, case=ref, check=str(table.name), expected="–", found=ref) for ref in found
            )
        return findings


@contextmanager
def inspecting(database: Database) -> Iterator[Inspection]:
    """An inspection of one state of the database. Raises NoDatabase or DatabaseUnavailable."""
    with database.reading() as connection:
        yield Inspection(connection, database)


def _stored(row: Any) -> StoredEvent:
    return StoredEvent(
        seq=row.seq,
        stream=row.stream,
        version=row.version,
        kind=row.kind,
        on_date=row.on_date,
        recorded_at=row.recorded_at,
        content=_bytes(row.bytes),
        hash=_bytes(row.hash),
    )


def _bytes(value: object) -> bytes:
    """What is stored, or nothing where a damaged file has no bytes at all: no hash is that of nothing."""
    return value if isinstance(value, bytes) else b""


def _plain(row: Mapping[str, object]) -> str:
    """A row in one form, whatever the order of keys inside its JSON."""
    told = {key: _parsed(value) if key == "body" and isinstance(value, str) else value for key, value in row.items()}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)


def _parsed(value: str) -> object:
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _differences(check: str, ref: str, rebuilt: list[str], kept: list[str]) -> Iterator[Finding]:
    wanted = [row for row in rebuilt if row not in kept]
    strange = [row for row in kept if row not in rebuilt]
    for expected, found in zip_longest(wanted, strange, fillvalue="–"):
        yield Finding(seq=None, case=ref, check=check, expected=expected, found=found)
