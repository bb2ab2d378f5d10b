"""The process that runs the clock: it waits for the lease, leads while it has it, and watches its own heart."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, Protocol

from msgspec import Struct

from persistence.database import Database
from persistence.lease import Lease
from scheduler.heart import Heart
from scheduler.jobs import Job
from scheduler.leases import Leases
from scheduler.performing import Performer
from scheduler.told import Tell, Told, in_one_line
from workflow.errors import Refusal
from workflow.ports import Clock

#: Seconds between two looks: at one's own heart, or at another's lease.
_LOOK = 1.0

#: What the machine's clock may move between two looks before it counts as set: an interval, but no less than a look
#: can take and no more than the shortest time between two runs of a job.
_LEAST_SET, _MOST_SET = timedelta(seconds=2 * _LOOK), timedelta(minutes=1)

#: How many intervals without even an attempt to beat make the process give itself up.
_PATIENCE = 2

#: How a leadership ends: asked to stop, overtaken by another, its thread dead, or its beats not coming.
End = Literal["stopped", "lost", "died", "silent"]


class Stop(Protocol):
    """Tells when to stop; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Waits at most ``timeout`` seconds for it; whether to stop."""
        ...


class Office(Struct, frozen=True, kw_only=True):
    """Where a clock works: on which database, as whom, by which clock, under which name, and who hears of it."""

    database: Database
    leases: Leases
    clock: Clock
    interval: timedelta
    holder: str
    actor: str
    tell: Tell

    def report(self, event: str, **values: object) -> None:
        """Tells that something happened, now."""
        self.tell(Told(event=event, at=self.clock.now(), values=values))


def run_clock(office: Office, jobs: Sequence[Job], stop: Stop) -> End:
    """Leads whenever the lease can be had, until asked to stop or until the heart fails; gives how it ended.

    Raises the database's refusals when it cannot be reached at the start; later they are told, and tried again.
    """
    office.leases.seen()
    office.report("started", holder=office.holder, interval=int(office.interval.total_seconds()))
    end: End = "stopped"
    waits_for: str | None = None
    while not stop.is_set():
        lease = _acquired(office)
        if isinstance(lease, Lease):
            waits_for = None
            end = _lead(office, lease, jobs, stop)
            if end in {"died", "silent"}:
                return end
        elif lease != waits_for:
            waits_for = lease
            office.report("waiting", why=lease)
        stop.wait(_LOOK)
    office.report("stopped")
    return "stopped"


def _acquired(office: Office) -> Lease | str:
    """The lease, or who or what keeps it from us."""
    now = office.clock.now()
    try:
        standing = office.leases.seen()
        # Looked at before it is asked for: asking is writing, and those who wait should be in nobody's way.
        if standing is not None and standing.alive(now):
            return standing.holder or "?"
        return office.leases.acquire(office.holder, now) or "?"
    except Refusal as refusal:
        return in_one_line(refusal)


def _lead(office: Office, lease: Lease, jobs: Sequence[Job], stop: Stop) -> End:
    performer = Performer(office.database, office.clock, office.actor, lease, office.tell)
    heart = Heart(office.leases, lease, performer, office.clock, office.tell)
    office.report("leading", token=lease.token)
    try:
        heart.start(jobs)
        end = _watched(office, heart, stop)
        if end == "silent":
            heart.abandon()
            return end
        heart.stop()
    except BaseException:
        # Asked a second time to stop, and now at once: the lease runs out by itself.
        heart.abandon()
        raise
    try:
        heart.give_back()
    except Refusal as refusal:
        office.report("beat_failed", error=in_one_line(refusal))
    return end


def _watched(office: Office, heart: Heart, stop: Stop) -> End:
    """Looks after the heart until something ends the leadership."""
    is_set = min(max(office.interval, _LEAST_SET), _MOST_SET)
    before = office.clock.now()
    while not stop.wait(_LOOK):
        now = office.clock.now()
        if heart.lost.is_set():
            return "lost"
        if not heart.alive:
            office.report("died", error=heart.death)
            return "died"
        if abs(now - before) >= is_set:
            # The library sleeps by another clock: without this it would sleep through what was set forward, and wait
            # for what was set back to come again.
            office.report("clock_set", seconds=int((now - before).total_seconds()))
            heart.restart_jobs()
        elif now - heart.tried_at > _PATIENCE * office.interval:
            office.report("silent", seconds=int((now - heart.tried_at).total_seconds()))
            return "silent"
        before = now
    return "stopped"
