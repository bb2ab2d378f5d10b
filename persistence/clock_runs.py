"""The last run of each job: when it began and ended, what came of it, the last day it was done for, when it is next."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection, Row

from persistence import tables as t
from persistence.database import Database
from persistence.lease import Fence, require_lease
from workflow.local_time import real_day


class Run(Struct, frozen=True, kw_only=True):
    """The last run of a job. ``token`` is None when it was run by hand; ``done_for`` outlives runs that failed."""

    job: str
    token: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Mapping[str, int] | None = None
    error: str | None = None
    done_for: date | None = None
    next_run_at: datetime | None = None


class RunBook:
    """Where runs are written down; behind a ``fence`` only for as long as the lease is held. Moments are in UTC."""

    def __init__(self, database: Database, fence: Fence | None = None) -> None:
        self.database = database
        self._fence = fence

    def begun(self, job: str, now: datetime, next_run: datetime | None) -> None:
        """A run begins, and when the next one is planned for by then. Raises LeaseLost."""
        planned = _in_utc(next_run)
        self._write(job, started_at=now.isoformat(), ended_at=None, outcome=None, error=None, next_run_at=planned)

    def done(self, job: str, started: datetime, ended: datetime, day: date, outcome: Mapping[str, int]) -> None:
        """A run has ended well, for ``day``. Raises LeaseLost."""
        values = {
            "started_at": started.isoformat(),
            "ended_at": ended.isoformat(),
            "outcome": json.dumps(dict(outcome)),
        }
        with self._writing() as connection:
            query = sa.select(t.clock_runs.c.done_for).where(t.clock_runs.c.job == job)
            earlier = connection.execute(query).scalar() or ""
            # A day that has not come was written by a clock since set right: it is still to be done.
            done_for = max(day.isoformat(), earlier) if earlier <= real_day(ended).isoformat() else day.isoformat()
            self._put(connection, job, **values, error=None, done_for=done_for)

    def failed(self, job: str, now: datetime, error: str) -> None:
        """A run has ended in ``error``, one line. Raises LeaseLost."""
        self._write(job, ended_at=now.isoformat(), error=error)

    def planned(self, job: str, next_run: datetime | None) -> None:
        """When a job is run next. Raises LeaseLost."""
        self._write(job, next_run_at=_in_utc(next_run))

    def runs(self) -> tuple[Run, ...]:
        """The last run of every job there ever was, by name."""
        with self.database.reading() as connection:
            return tuple(_run(row) for row in connection.execute(sa.select(t.clock_runs).order_by(t.clock_runs.c.job)))

    def _write(self, job: str, **values: object) -> None:
        with self._writing() as connection:
            self._put(connection, job, **values)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.database.writing() as connection:
            if self._fence is not None:
                require_lease(connection, self._fence)
            yield connection

    def _put(self, connection: Connection, job: str, **values: object) -> None:
        told = {**values, "token": self._fence.token if self._fence is not None else None}
        same = sa.update(t.clock_runs).where(t.clock_runs.c.job == job)
        if connection.execute(same.values(told)).rowcount == 0:
            connection.execute(sa.insert(t.clock_runs).values({"job": job, **told}))


def _in_utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment is not None else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None


def _run(row: Row[tuple[object, ...]]) -> Run:
    return Run(
        job=row.job,
        token=row.token,
        started_at=_moment(row.started_at),
        ended_at=_moment(row.ended_at),
        outcome=json.loads(row.outcome) if row.outcome is not None else None,
        error=row.error,
        done_for=date.fromisoformat(row.done_for) if row.done_for is not None else None,
        next_run_at=_moment(row.next_run_at),
    )
