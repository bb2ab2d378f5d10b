"""One job carried out: under the leader's lease, written down, told, and never the end of the clock."""

from collections.abc import Callable
from datetime import datetime

from persistence.clock_runs import RunBook
from persistence.database import Database
from persistence.lease import Fence, Lease, LeaseLost
from persistence.store import SqlStore
from scheduler.jobs import Job
from scheduler.told import Tell, Told, in_one_line
from workflow.engine import Engine
from workflow.errors import Refusal
from workflow.local_time import real_day
from workflow.ports import Clock


class Performer:
    """Carries out jobs as the leader that holds ``lease``."""

    def __init__(self, database: Database, clock: Clock, actor: str, lease: Lease, tell: Tell) -> None:
        self._database = database
        self._clock = clock
        self._actor = actor
        self._fence: Fence = lease.fence
        self._tell = tell
        self.book = RunBook(database, lease.fence)

    def perform(self, job: Job, next_run: Callable[[], datetime | None]) -> bool:
        """Runs the job for the day it is now. False when the lease is lost and nothing more may be done.

        Whatever else goes wrong is told and written down, as far as the database can be reached.
        """
        try:
            self._run(job, next_run)
            self.book.planned(job.name, next_run())
        except LeaseLost:
            return False
        except Exception as fault:  # noqa: BLE001 - a job that fails is no reason for the others not to be run
            return self._failed(job, fault, next_run)
        return True

    def _run(self, job: Job, next_run: Callable[[], datetime | None]) -> None:
        started = self._clock.now()
        day = real_day(started)
        self.book.begun(job.name, started, next_run())
        # A new one each time: what the last one remembers of the organisation may have changed.
        fence = self._fence if job.led else None
        engine = Engine(SqlStore(self._database, self._clock, fence), self._clock, self._actor)
        outcome = job.work(engine, day)
        ended = self._clock.now()
        self.book.done(job.name, started, ended, day, outcome)
        if outcome:
            self._tell(Told(event="done", at=ended, values={"job": job.name, "outcome": dict(outcome)}))

    def _failed(self, job: Job, fault: Exception, next_run: Callable[[], datetime | None]) -> bool:
        now = self._clock.now()
        error = in_one_line(fault)
        self._tell(Told(event="failed", at=now, values={"job": job.name, "error": error}))
        try:
            self.book.failed(job.name, now, error)
            self.book.planned(job.name, next_run())
        except LeaseLost:
            return False
        except Refusal as refusal:
            self._tell(Told(event="unrecorded", at=now, values={"job": job.name, "error": in_one_line(refusal)}))
        return True
