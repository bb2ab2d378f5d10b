"""A clock run in this process, step by step: nothing waits for time to pass, only for what is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # the library has no types

from persistence.lease import Lease, LeaseRow
from scheduler.clock import End, Office, run_clock
from scheduler.heart import Heart
from scheduler.jobs import Job, hourly
from scheduler.leases import CLOCK, Leases
from scheduler.performing import Performer
from scheduler.told import Told
from tests.persistence.keeping import Keeping, StoppedClock
from workflow.engine import Engine

INTERVAL = timedelta(seconds=30)

#: Seconds after which a test that waits for something that never happens is failed instead of hanging.
_NEVER = 60

Step = Callable[[], None]


class Heard:
    """Everything a clock has told, and a way to wait for it."""

    def __init__(self, hook: Mapping[str, Step] | None = None) -> None:
        self.told: list[Told] = []
        self._hook = hook or {}
        self._more = threading.Condition()

    def __call__(self, told: Told) -> None:
        with self._more:
            self.told.append(told)
            self._more.notify_all()
        self._hook.get(told.event, lambda: None)()

    @property
    def events(self) -> list[str]:
        return [told.event for told in self.told]

    def of(self, event: str, **values: object) -> list[Told]:
        """What was told of an event, with these values among others."""
        return [told for told in list(self.told) if told.event == event and values.items() <= told.values.items()]

    def until(self, event: str, times: int = 1, **values: object) -> None:
        with self._more:
            assert self._more.wait_for(lambda: len(self.of(event, **values)) >= times, _NEVER), self.told


class Script:
    """Asks to stop when its steps are done: each wait takes the next one."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)

    def is_set(self) -> bool:
        return not self._steps

    def wait(self, timeout: float) -> bool:
        assert timeout > 0
        if not self._steps:
            return True
        self._steps.pop(0)()
        return False


class Running:
    """A county whose clock is run; its time stands until it is set, and begins an hour before the real one."""

    def __init__(self, county: Keeping) -> None:
        self.county = county
        self.clock = StoppedClock(datetime.now(UTC) - timedelta(hours=1))
        self.row = LeaseRow(county.database, CLOCK, INTERVAL)
        self.heard = Heard()

    def office(self, leases: Leases | None = None) -> Office:
        return Office(
            database=self.county.database,
            leases=leases or self.row,
            clock=self.clock,
            interval=INTERVAL,
            holder="här:1",
            actor="klockan",
            tell=self.heard,
        )

    def run(self, jobs: Iterable[Job], *steps: Step, leases: Leases | None = None) -> End:
        return run_clock(self.office(leases), list(jobs), Script(*steps))

    def heart(self, jobs: Iterable[Job], kind: type[Heart] = Heart) -> Heart:
        """A heart that beats, with nobody who watches it."""
        lease = self.taken("här:1")
        performer = Performer(self.county.database, self.clock, "klockan", lease, self.heard)
        heart = kind(self.row, lease, performer, self.clock, self.heard)
        heart.start(jobs)
        return heart

    def taken(self, holder: str) -> Lease:
        """The lease, taken by somebody now."""
        lease = self.row.acquire(holder, self.clock.moment)
        assert lease is not None
        return lease

    def passed(self, time: timedelta) -> Step:
        """A step in which time passes."""

        def step() -> None:
            self.clock.moment += time

        return step


class Deadly(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """A trigger that kills the thread that asks it for the next moment."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        raise MemoryError(f"nothing after {previous} at {now}")


def awaited(event: threading.Event) -> None:
    """Waits for an event that is sure to come; fails the test when it does not."""
    assert event.wait(_NEVER)


def thread_is_dead() -> None:
    """A step that waits until the scheduler's thread has ended."""
    for thread in threading.enumerate():
        if thread.name == "APScheduler":
            thread.join(_NEVER)
            assert not thread.is_alive()


def job(
    name: str = "prov", work: Callable[[Engine, date], Mapping[str, int]] | None = None, trigger: BaseTrigger = None
) -> Job:
    """A job that counts one each time it is run, unless it is told to do something else."""
    return Job(name=name, trigger=trigger or hourly(5), work=work or (lambda _engine, _day: {"raised": 1}))
