"""What can be said of the clock from outside: a pure function of the lease, the last runs, and the moment."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from persistence.clock_runs import Run
from persistence.lease import Lease
from scheduler.leases import BEATS_AN_INTERVAL
from scheduler.sweep import SWEEP
from workflow.local_time import real_day

#: ``stale``: somebody holds the lease and is silent, be it that the process is gone or only its thread.
State = Literal["running", "stale", "stopped", "never"]


class Status(Struct, frozen=True, kw_only=True):
    """How the clock stands. ``lag`` is the time since the last beat; ``next_beat`` and next runs only while it runs.

    ``sweep`` is the last one, run by the clock, or by the command (by hand or by a timer); ``sweep_age``: since then.
    """

    state: State
    lease: Lease | None
    lag: timedelta | None
    next_beat: datetime | None
    swept_to: date | None
    days_unswept: int | None
    runs: tuple[Run, ...]
    sweep: Run | None = None
    sweep_age: timedelta | None = None

    def swept_within(self, longest: timedelta) -> bool:
        """Whether the last sweep ended, or began and still runs, at most so long ago, and did not fail.

        The day it ended on must have been swept: one for a day gone by is not enough. One that lies further ahead of
        the present than ``longest`` is of a clock since set back.
        """
        if self.sweep is None or self.sweep.error is not None or self.sweep_age is None or self.swept_to is None:
            return False
        ended = self.sweep.ended_at
        led_by = self.lease.token if self.lease is not None and self.state == "running" else None
        if ended is None and (led_by is None or self.sweep.token != led_by):
            # Whoever began it is no more.
            return False
        return abs(self.sweep_age) <= longest and (ended is None or self.swept_to >= real_day(ended))


def status_of(lease: Lease | None, runs: Iterable[Run], now: datetime, day: date) -> Status:
    """The clock as it stands at ``now``; days not yet swept are counted up to ``day``."""
    state = _state(lease, now)
    running = lease is not None and state == "running"
    # What a clock that has stopped once planned is not going to happen.
    told = tuple(run if running else replace(run, next_run_at=None) for run in runs)
    sweep = next((run for run in told if run.job == SWEEP), None)
    swept_to = sweep.done_for if sweep is not None else None
    looked_at = (sweep.ended_at or sweep.started_at) if sweep is not None else None
    return Status(
        state=state,
        lease=lease,
        lag=now - lease.beat_at if lease is not None else None,
        next_beat=lease.beat_at + lease.interval / BEATS_AN_INTERVAL if lease is not None and running else None,
        swept_to=swept_to,
        days_unswept=max((day - swept_to).days, 0) if swept_to is not None else None,
        runs=told,
        sweep=sweep,
        sweep_age=now - looked_at if looked_at is not None else None,
    )


def _state(lease: Lease | None, now: datetime) -> State:
    if lease is None:
        return "never"
    if lease.holder is None:
        return "stopped"
    return "running" if lease.alive(now) else "stale"
