"""A county in which some may act: who they are, and engines for each of them."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.persistence.keeping import Keeping
from workflow import acts
from workflow.engine import Engine
from workflow.organising import Done

FIRST = date(2026, 1, 1)
LEDNING, POLITIK = "ledningsforum", "politiskt-forum"


class County:
    """A founded county with one open case, its clock at noon of a day, and an administrator called Åsa."""

    def __init__(self, folder: Path, today: date) -> None:
        self.kept = Keeping(folder)
        self.today(today)
        self.kept.founded()
        self.ref = self.kept.opened(group="vuxna")
        self.engine("whoever").organise(
            acts.AdmitActor(on=FIRST, name="Åsa", role="administrator", from_day=FIRST, organisation="rjh")
        )

    def today(self, day: date) -> None:
        """From now on it is noon of that day."""
        self.kept.clock.moment = datetime.combine(day, time(12), UTC)

    def engine(self, actor: str, today: date | None = None) -> Engine:
        """The way in for somebody; ``today`` as the option has it."""
        return Engine(self.kept.store, self.kept.clock, actor, today)

    def admits(
        self, name: str, role: str, body: str | None = None, from_day: date = FIRST, until: date | None = None
    ) -> Done:
        """Åsa admits somebody."""
        act = acts.AdmitActor(on=FIRST, name=name, role=role, body=body, from_day=from_day, until=until)
        return self.engine("Åsa").organise(act)

    def removes(self, name: str) -> Done:
        """Åsa removes somebody, whatever they were."""
        return self.engine("Åsa").organise(acts.RemoveActor(on=FIRST, name=name))

    def puts_off(self, actor: str, until: date, today: date | None = None) -> Done:
        """Somebody records a bordläggning of au-vuxna."""
        act = acts.Postpone(on=date(2026, 1, 20), by="au-vuxna", until=until, reason="så beslutades")
        return self.engine(actor, today).handle(self.ref, act)

    def log(self) -> list[bytes]:
        """Every record, byte for byte."""
        with self.kept.rows() as base:
            return [bytes(row[0]) for row in base.execute("SELECT bytes FROM event ORDER BY seq").fetchall()]
