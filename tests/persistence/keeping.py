"""A store of its own for each test: a real file, and a clock that stands where it is set."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from persistence.database import Database
from persistence.inspection import inspecting
from persistence.store import SqlStore
from persistence.verification import verify
from tests.office import PARTIES
from workflow import acts
from workflow.audit import Finding
from workflow.decide.draft import Drafted
from workflow.engine import Engine
from workflow.events import Closed
from workflow.facts import Text
from workflow.ports import Batch
from workflow.record import Event, Record
from workflow.views import CaseView

NOON = datetime(2036, 1, 1, 12, tzinfo=UTC)
DAY = date(2026, 1, 12)


class StoppedClock:
    """Shows one moment until it is set to another."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        return self.moment


class Keeping:
    """A database in a folder, its store, and an engine on it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ärenden.sqlite"
        self.url = f"sqlite:///{self.file.as_posix()}"
        self.database = Database(self.url)
        self.clock = StoppedClock()
        self.store = SqlStore(self.database, self.clock)
        self.engine = Engine(self.store, self.clock, "samordnare")

    def founded(self) -> "Keeping":
        """The county in alternativ-1, every party with a mailbox."""
        self.database.create()
        first = date(2026, 1, 1)
        begun = acts.Initialise(on=first, origin="prov", adopt="alternativ-1", adopt_from=first)
        self.engine.initialise(begun)
        for party in PARTIES:
            self.engine.organise(acts.SetMailbox(on=first, party=party, address=f"brev@{party}.example"))
        return self

    def opened(self, **given: object) -> str:
        """The reference of a new case."""
        told = {"type": "overenskommelse", "title": "Placerade barn", "group": "barn-unga", "text": Text(version=1)}
        case = self.engine.open(acts.Open(on=DAY, **{**told, **given})).case  # type: ignore[arg-type]  # what is given may be anything
        assert case is not None
        return case.ref

    @contextlib.contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """The file as anybody with SQLite may open it."""
        with contextlib.closing(sqlite3.connect(self.file)) as base, base:
            yield base

    def dump(self) -> str:
        """Everything the file holds."""
        with self.rows() as base:
            return "\n".join(base.iterdump())

    def findings(self) -> tuple[Finding, ...]:
        """What an audit finds."""
        with inspecting(self.database) as inspection:
            return verify(inspection).findings


def facts(*reasons: str) -> tuple[Drafted, ...]:
    """Facts to be recorded; what they mean is of no matter to a store."""
    told: list[Event] = [Closed(by="svom", reason=reason) for reason in reasons]
    return tuple(Drafted(on=DAY, event=event, state="closed") for event in told)


def batch(stream: str, expected: int, *reasons: str, **more: object) -> Batch:
    """One act that adds these to a stream."""
    act = acts.Close(on=DAY, by="svom", reason="; ".join(reasons))
    given = {"actor": "samordnare", "rules": "0" * 64, "drafted": facts(*reasons or ("en",))}
    return Batch(stream=stream, expected=expected, act=act, **{**given, **more})  # type: ignore[arg-type]  # what is given may be anything


def nothing(_: Sequence[Record]) -> CaseView | None:
    """Nothing is kept beside the records."""
    return None


def run(base: sqlite3.Connection, statement: str, *values: object, **names: str) -> sqlite3.Cursor:
    """Carry out a statement in which tables and columns stand in braces."""
    return base.execute(statement.format(**{name: f'"{said}"' for name, said in names.items()}), values)
