"""What an audit reads: the rows of the log as they are stored, and what is kept beside it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.bundles import AT_A_TIME, Bundles, as_bytes
from persistence.checkpoints import checkpoint_of_bytes, kept_subtrees, stored_origin
from persistence.database import Database
from persistence.layout import marker, require
from persistence.make import COLUMNS
from persistence.rule_sets import read_rule_set
from workflow.bad_data import NoDatabase
from workflow.chain import Finding, StoredEvent
from workflow.checkpoint import Checkpoint
from workflow.errors import N_
from workflow.record import ORGANISATION
from workflow.refusals import HistoryBroken
from workflow.register.events import DocumentRegistered

#: The highest number that a row can have.
_LAST_NUMBER = 2**63 - 1

#: The kind of record that a document's stream begins with.
_ENTRY = str(DocumentRegistered.__struct_config__.tag)


class Inspection(Bundles):
    """Reads one state of the database for as long as it is open."""

    def __init__(self, connection: Connection, database: Database, lacking: Collection[str] = ()) -> None:
        """``lacking``: the tables that cannot be read. Of the log itself, a question to it then raises."""
        super().__init__(connection, lacking)
        self._database = database

    def told(self) -> AbstractContextManager[None]:
        """Turns what the database says of itself into a refusal."""
        return self._database.told()

    def integrity(self) -> list[Finding]:
        """What the database says of itself."""
        said = self._database.integrity(self.connection)
        return [Finding(seq=None, case=None, check="integrity", expected="ok", found=line) for line in said]

    def events(self) -> Iterator[StoredEvent]:
        """Every row of the log, by sequence number."""
        yield from _stored(self.streamed(sa.select(t.events).order_by(t.events.c.seq)))

    def origin(self) -> str | None:
        """What the log calls itself; None when its first record no longer tells."""
        try:
            return stored_origin(self.connection)
        except (NoDatabase, HistoryBroken):
            return None

    def checkpoint(self) -> Checkpoint:
        """The log as it stands, counted over every record. Raises NoDatabase or HistoryBroken."""
        return checkpoint_of_bytes(self.connection)

    def subtrees(self) -> dict[int, bytes]:
        """The hashes that are kept of the log's tree, by number. Raises where their table cannot be read."""
        return kept_subtrees(self.connection)

    def size(self) -> int:
        """How many rows the log has."""
        return self.connection.execute(sa.select(sa.func.count()).select_from(t.events)).scalar_one()

    def stream(self, name: str) -> list[StoredEvent]:
        """The rows of one stream, by version."""
        query = sa.select(t.events).where(t.events.c.stream == name).order_by(t.events.c.version, t.events.c.seq)
        return list(_stored(self.connection.execute(query)))

    def contents_at(self, numbers: Collection[int]) -> dict[int, bytes]:
        """The bytes of the records with these numbers, where there are such."""
        # A record may call itself any number; a database has none beyond these.
        wanted, found = sorted(each for each in numbers if 0 < each <= _LAST_NUMBER), dict[int, bytes]()
        for begin in range(0, len(wanted), AT_A_TIME):
            values = {"numbers": wanted[begin : begin + AT_A_TIME]}
            found.update((seq, as_bytes(content)) for seq, content in self.connection.execute(_NUMBERED, values))
        return found

    def streams(self) -> list[str]:
        """The names of all streams."""
        return list(
            self.connection.execute(sa.select(t.events.c.stream).distinct().order_by(t.events.c.stream)).scalars()
        )

    def document_ids(self) -> list[str]:
        """The ids of all documents of the register."""
        query = sa.select(t.events.c.stream).where(t.events.c.kind == _ENTRY).distinct().order_by(t.events.c.stream)
        return list(self.connection.execute(query).scalars())

    def case_refs(self) -> list[str]:
        """The references of all cases."""
        others = {ORGANISATION, *self.document_ids()}
        return [name for name in self.streams() if name not in others]

    def rule_set(self, digest: str) -> Mapping[str, bytes]:
        """The files of a rule set. KeyError when a part is not there."""
        return read_rule_set(self.connection, digest)

    def contents(self) -> list[Finding]:
        """Every kept file that is not what its name says it is."""
        findings: list[Finding] = []
        for table in (each for each in (t.rule_files, t.texts) if each.name not in self.lacking):
            for name, content in self.streamed(sa.select(table.c.digest, table.c.content)):
                found = hashlib.sha256(as_bytes(content)).hexdigest()
                if found != name:
                    findings.append(Finding(seq=None, case=None, check=str(table.name), expected=name, found=found))
        return findings

    def missing_texts(self, named: Sequence[tuple[int, str, str]]) -> list[Finding]:
        """Texts the log names, by sequence number, case and digest, that are not kept."""
        if t.texts.name in self.lacking:
            return []
        digests = {digest for _, _, digest in named}
        query = sa.select(t.texts.c.digest).where(t.texts.c.digest.in_(digests))
        kept = set(self.connection.execute(query).scalars()) if digests else set()
        return [
            Finding(seq=seq, case=case, check="text", expected=digest, found="–")
            for seq, case, digest in named
            if digest not in kept
        ]

    def rule_files(self) -> dict[str, bytes]:
        """Every kept rule file and manifest, by its digest."""
        if t.rule_files.name in self.lacking:
            return {}
        rows = self.streamed(sa.select(t.rule_files.c.digest, t.rule_files.c.content))
        # A damaged file may hold something else there.
        return {digest: content for digest, content in rows if isinstance(content, bytes)}


@contextmanager
def inspecting(database: Database) -> Iterator[Inspection]:
    """An inspection of one state of the database. Raises NoDatabase or DatabaseUnavailable."""
    with database.reading() as connection:
        yield Inspection(connection, database)


@contextmanager
def inspecting_as_found(database: Database) -> Iterator[Inspection]:
    """The same of a database that may lack tables, or columns of them: what is lacking is left out of what is told.

    Raises NoDatabase where there is nothing of ours, ConfigInvalid for another layout, or DatabaseUnavailable.
    """
    with database.looking() as connection:
        lacking = database.lacking(connection)
        if lacking >= COLUMNS.keys():
            raise NoDatabase(where=database.where, why=N_("it is empty."))
        if marker.name not in lacking:
            require(connection, database.where)
        yield Inspection(connection, database, lacking)


# Made once: making a statement takes longer than carrying it out.
_NUMBERED = sa.select(t.events.c.seq, t.events.c.bytes).where(
    t.events.c.seq.in_(sa.bindparam("numbers", expanding=True))
)


def _stored(rows: Iterable[Any]) -> Iterator[StoredEvent]:
    for seq, stream, version, kind, on_date, recorded_at, content, digest in rows:
        yield StoredEvent(seq, stream, version, kind, on_date, recorded_at, as_bytes(content), as_bytes(digest))
