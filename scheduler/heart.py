"""One leadership: the jobs on their clock and the beat that tells the others, on APScheduler's thread."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Condition, Event, Thread

from apscheduler.events import (  # type: ignore[import-untyped]  # the library has no types
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    JobExecutionEvent,
    JobSubmissionEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor  # type: ignore[import-untyped]  # as above
from apscheduler.jobstores.base import JobLookupError  # type: ignore[import-untyped]  # as above
from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]  # as above
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # as above
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # as above

from persistence.lease import Lease, LeaseLost
from scheduler.jobs import ZONE, Job, every
from scheduler.leases import BEATS_AN_INTERVAL, Leases
from scheduler.performing import Performer
from scheduler.told import Tell, Told, in_one_line
from workflow.ports import Clock

_BEAT = "heartbeat"

#: Seconds of one piece of a wait.
_PIECE = 1.0

#: How long after a job was found still running it is asked again whether it can be begun.
_SOON = timedelta(seconds=1)

# What its threads say in the library's log is told as the rest is, or is nothing to be told.
logging.getLogger("apscheduler").addHandler(logging.NullHandler())

#: Said out loud: the library's own defaults throw a late job away.
_SAID = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class _Watched(BackgroundScheduler):  # type: ignore[misc]  # the library has no types
    """The library's scheduler, which remembers what its thread died of."""

    death: BaseException | None = None

    def _main_loop(self) -> None:
        try:
            super()._main_loop()
        except BaseException as fault:  # noqa: BLE001 - the thread ends here, and whoever watches it tells why
            self.death = fault

    @property
    def alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()


class _Onward(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Goes on from now. The library counts every time that was missed, and would be at it for minutes after a year."""

    def __init__(self, trigger: BaseTrigger) -> None:
        self._trigger = trigger

    def get_next_fire_time(self, previous: datetime, now: datetime) -> datetime | None:
        """The first time after ``previous``, or after ``now`` where that is later."""
        found: datetime | None = self._trigger.get_next_fire_time(max(previous, now), now)
        return found


class _NotBegun(logging.Handler):
    """Hears from the library's log alone that a job could not be handed to a thread, and tells it."""

    def __init__(self, clock: Clock, tell: Tell) -> None:
        super().__init__(logging.ERROR)
        self._clock = clock
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tells it under the name of the job that the record speaks of."""
        fault = record.exc_info[1] if record.exc_info else None
        error = in_one_line(fault) if fault is not None else " ".join(record.getMessage().split())
        spoken_of = record.args[0] if isinstance(record.args, tuple) and record.args else None
        job = getattr(spoken_of, "id", "?")
        self._tell(Told(event="failed", at=self._clock.now(), values={"job": job, "error": error}))


class Heart:
    """Runs jobs from ``start`` until ``stop``. It has stopped by itself when it is not ``alive``, or ``lost``."""

    def __init__(self, leases: Leases, lease: Lease, performer: Performer, clock: Clock, tell: Tell) -> None:
        self.lost = Event()
        self.tried_at = lease.beat_at
        self._leases = leases
        self._lease = lease
        self._performer = performer
        self._clock = clock
        self._tell = tell
        self._running = 0
        self._idle = Condition()
        self._times_set = 0
        self._stopping = False
        self._jobs: tuple[Job, ...] = ()
        self._overdue: set[str] = set()
        self._scheduler = _Watched()

    def start(self, jobs: Iterable[Job]) -> None:
        """Starts the clock: every job at once, and then by its trigger."""
        self._jobs = tuple(jobs)
        log = logging.Logger("clock")  # noqa: LOG001 - one heart's own, and gone with it
        log.addHandler(_NotBegun(self._clock, self._tell))
        self._scheduler.configure(
            logger=log,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(self._jobs)), _BEAT: ThreadPoolExecutor(1)},
            job_defaults=_SAID,
            timezone=ZONE,
            daemon=True,
        )
        self._scheduler.add_listener(self._skipped, EVENT_JOB_MAX_INSTANCES)
        self._scheduler.add_listener(self._broken, EVENT_JOB_ERROR)
        now = self._clock.now()
        beats = _Onward(every(self._lease.interval / BEATS_AN_INTERVAL))
        self._scheduler.add_job(
            self.beat, beats, id=_BEAT, name=_BEAT, next_run_time=now, executor=_BEAT, jobstore="default", **_SAID
        )
        for job in self._jobs:
            self._scheduler.add_job(
                self._perform, _Onward(job.trigger), args=(job,), id=job.name, name=job.name, next_run_time=now,
                executor="default", jobstore="default", **_SAID,
            )  # fmt: skip
        self._scheduler.start(paused=False)

    @property
    def alive(self) -> bool:
        """Whether the scheduler's thread lives."""
        return bool(self._scheduler.alive)

    @property
    def death(self) -> str:
        """What the scheduler's thread died of."""
        return in_one_line(self._scheduler.death) if self._scheduler.death is not None else "?"

    def beat(self) -> None:
        """Tells the others that the leader lives. A database out of reach is told; the next beat tries again."""
        self._overdue.discard(_BEAT)
        times_set = self._times_set
        now = self._clock.now()
        try:
            self._lease = self._leases.renew(self._lease, now)
        except LeaseLost:
            self._lose()
        except Exception as fault:  # noqa: BLE001 - the thread must outlive whatever the database does
            self._tell(Told(event="beat_failed", at=now, values={"error": in_one_line(fault)}))
        with self._idle:
            # A beat that was under way when the machine's clock was set began at a time that no longer counts: by it
            # the heart would look silent for as long as the clock was set forward.
            if times_set == self._times_set:
                self.tried_at = now

    def restart_jobs(self) -> None:
        """Runs everything now and counts on from here: the machine's clock has been set."""
        with self._idle:
            self._times_set += 1
            self.tried_at = now = self._clock.now()
        for name in (_BEAT, *(job.name for job in self._jobs)):
            self._scheduler.modify_job(name, next_run_time=now)

    def stop(self) -> None:
        """Starts nothing more, lets what runs come to its end while the heart beats on, and then stops."""
        if self.alive:
            for job in self._jobs:
                self._scheduler.remove_job(job.name)
        with self._idle:
            self._stopping = True
            # In pieces: on Windows a second Ctrl-C is heard only between them.
            while not self._idle.wait_for(lambda: self._running == 0, _PIECE):
                pass
        self._scheduler.shutdown(wait=True)

    def abandon(self) -> None:
        """Stops without waiting for what runs, or hangs. The lease runs out by itself."""
        self._stopping = True
        if self._scheduler.running:
            # By another: the library takes locks that its thread may hold, and waits for that thread itself.
            giving_up = Thread(target=self._scheduler.shutdown, kwargs={"wait": False}, daemon=True)
            giving_up.start()
            giving_up.join(_PIECE)

    def give_back(self) -> None:
        """Gives the lease back, unless it is lost. Raises the database's refusals."""
        try:
            self._lease = self._leases.release(self._lease, self._clock.now())
        except LeaseLost:
            self._lose()
        else:
            self._tell(Told(event="gave_back", at=self._clock.now(), values={"token": self._lease.token}))

    def _lose(self) -> None:
        with self._idle:
            if self.lost.is_set():
                return
            self.lost.set()
        self._tell(Told(event="lost", at=self._clock.now(), values={"token": self._lease.token}))

    def _perform(self, job: Job) -> None:
        with self._idle:
            # Handed to a thread before the stop and begun after it: the library waits for that thread while it holds
            # the lock under which it is asked for the next run, and the two would wait for each other for ever.
            if self._stopping:
                return
            self._running += 1
        self._overdue.discard(job.name)
        try:
            if not self.lost.is_set() and not self._performer.perform(job, lambda: self._next_run(job)):
                self._lose()
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()

    def _next_run(self, job: Job) -> datetime | None:
        waiting = self._scheduler.get_job(job.name)
        found: datetime | None = waiting.next_run_time if waiting is not None else None
        return found

    def _broken(self, event: JobExecutionEvent) -> None:
        """Not even what tells and writes down a job's faults could do so."""
        error = in_one_line(event.exception)
        self._tell(Told(event="failed", at=self._clock.now(), values={"job": event.job_id, "error": error}))

    def _skipped(self, event: JobSubmissionEvent) -> None:
        """A job is due and still runs: it is told once, and begun when it has come to its end."""
        now = self._clock.now()
        if event.job_id not in self._overdue:
            self._overdue.add(event.job_id)
            self._tell(Told(event="skipped", at=now, values={"job": event.job_id}))
        # Stopping takes the jobs away.
        with suppress(JobLookupError):
            self._scheduler.modify_job(event.job_id, next_run_time=now + _SOON)
