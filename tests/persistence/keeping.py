"""A store of its own for each test: a real database, and a clock that stands where it is set."""

import itertools
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from persistence.database import Database
from persistence.inspection import inspecting
from persistence.store import SqlStore
from persistence.verification import verify
from tests.office import PARTIES, copy_base
from tests.persistence.homes import FileHome, Home, Rows
from tests.server import OWNER
from workflow import acts
from workflow.chain import Finding
from workflow.decide.draft import Drafted
from workflow.engine import Engine
from workflow.events import Closed
from workflow.facts import Text
from workflow.merkle import SUBTREE
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
    """A database in its home, its store, and an engine on it."""

    def __init__(self, home: Home | Path) -> None:
        """``home`` may be a folder to have a file in."""
        self.home: Home = FileHome(home) if isinstance(home, Path) else home
        self.url = self.home.url
        self.database = Database(self.url)
        self.clock = StoppedClock()
        self.store = SqlStore(self.database, self.clock)

    @cached_property
    def engine(self) -> Engine:
        """The way in. Who acts is the login; in a file somebody who is called as the owner on a server is."""
        return Engine(self.store, self.clock, self.store.login() or OWNER)

    def founded(self) -> "Keeping":
        """The county in alternativ-1, every party with a mailbox."""
        self.database.create()
        first = date(2026, 1, 1)
        begun = acts.Initialise(on=first, origin="prov", adopt="alternativ-1", adopt_from=first)
        self.engine.initialise(begun)
        for party in PARTIES:
            self.engine.organise(acts.SetMailbox(on=first, party=party, address=f"brev@{party}.example"))
        return self

    def grown(self, records: int = SUBTREE) -> "Keeping":
        """The same with so many records at least: a party that moves its mailbox to and fro."""
        first, address = date(2026, 1, 1), itertools.cycle(("post@are.example", "brev@are.example"))
        while self.store.checkpoint().size < records:
            self.engine.organise(acts.SetMailbox(on=first, party="are", address=next(address)))
        return self

    def letting_go(self) -> "Keeping":
        """The same, closing its file after each unit of work: for tests that copy it, or lay another in its place."""
        self.database.let_go_between()
        return self

    def copied_to(self, folder: Path) -> "Keeping":
        """A second one that begins where this one, a file, stands now."""
        twin = Keeping(folder)
        copy_base(self.file, twin.file)
        return twin

    def opened(self, **given: object) -> str:
        """The reference of a new case."""
        told = {"type": "overenskommelse", "title": "Placerade barn", "group": "barn-unga", "text": Text(version=1)}
        case = self.engine.open(acts.Open(on=DAY, **{**told, **given})).case  # type: ignore[arg-type]  # what is given may be anything
        assert case is not None
        return case.ref

    @property
    def file(self) -> Path:
        """The file it is in."""
        assert isinstance(self.home, FileHome)
        return self.home.file

    @property
    def on_server(self) -> bool:
        """Whether it is on a server."""
        return not isinstance(self.home, FileHome)

    def rows(self) -> AbstractContextManager[Rows]:
        """The database as anybody may open it."""
        return self.home.rows()

    def dump(self) -> str:
        """Everything it holds."""
        return self.home.dump()

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


def run(base: Rows, statement: str, *values: object, **names: str) -> Any:
    """Carry out a statement in which tables and columns stand in braces."""
    return base.execute(statement.format(**{name: f'"{said}"' for name, said in names.items()}), values)
