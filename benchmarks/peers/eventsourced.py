"""eventsourcing on SQLite: an aggregate read back for each step, and saved."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.peers.plain import STATES, steps


class Matter(Aggregate):
    """A case: its state, and who has answered."""

    @event("Opened")
    def __init__(self) -> None:
        self.place = 0
        self.answers: dict[str, str] = {}

    def take(self, step: int, party: str | None) -> None:
        """The step, if it may be taken."""
        if STATES[self.place] != STATES[step] or (party is not None and party in self.answers):
            raise ValueError(step)
        self.taken(step, party)

    @event("Taken")
    def taken(self, step: int, party: str | None) -> None:
        """Applied when it is taken and whenever it is told again."""
        self.place = step + 1
        if party is not None:
            self.answers[party] = "adopts"


def settings(file: Path) -> dict[str, str]:
    """Where the events are kept."""
    return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)}


def eventsourced(folder: Path) -> Callable[[int], UUID]:
    """One durable save a step."""
    app: Application[UUID] = Application(settings(folder / "eventsourced.db"))

    def case(_: int) -> UUID:
        matter = Matter()
        app.save(matter)
        for step, party in steps():
            kept: Matter = app.repository.get(matter.id)
            kept.take(step, party)
            app.save(kept)
        return matter.id

    return case


def read_back(folder: Path) -> Callable[[], int]:
    """Every one of a hundred aggregates told again from its events."""
    case = eventsourced(folder)
    written = [case(number) for number in range(100)]
    app: Application[UUID] = Application(settings(folder / "eventsourced.db"))

    def turn() -> int:
        return sum(app.repository.get(each).version for each in written)

    return turn
