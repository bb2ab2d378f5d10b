"""The lease: which process may act alone just now, and the fence that stops whoever once was it."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Row

from persistence import tables as t
from persistence.database import Database


class Fence(Struct, frozen=True):
    """What a write is made under: it is refused when the lease ``name`` no longer carries ``token``."""

    name: str
    token: int


class Lease(Struct, frozen=True, kw_only=True):
    """A lease as it stands. ``holder`` is None once it is given back; ``interval`` is what it lasts from each beat."""

    name: str
    holder: str | None
    token: int
    interval: timedelta
    taken_at: datetime
    beat_at: datetime

    @property
    def fence(self) -> Fence:
        """The fence of whoever holds it."""
        return Fence(self.name, self.token)

    def alive(self, now: datetime) -> bool:
        """Whether somebody holds it, and has said so within its interval.

        A beat further ahead of ``now`` than that is of a clock since set back: nobody may wait for it to come.
        """
        return self.holder is not None and abs(now - self.beat_at) < self.interval


class LeaseLost(Exception):
    """Another has taken the lease over; nothing was written."""


class LeaseRow:
    """A lease kept as a row; each change is one writing transaction. Moments are given, in UTC."""

    def __init__(self, database: Database, name: str, interval: timedelta) -> None:
        """``interval`` is in whole seconds."""
        self.database = database
        self.name = name
        self.interval = interval

    def seen(self) -> Lease | None:
        """The lease as it stands; None when nobody ever took it."""
        with self.database.reading() as connection:
            return _read(connection, self.name)

    def acquire(self, holder: str, now: datetime) -> Lease | None:
        """The lease, under the next token, if it is free or its holder has fallen silent; else None."""
        with self.database.writing() as connection:
            standing = _read(connection, self.name)
            if standing is not None and standing.alive(now):
                return None
            before = standing.token if standing is not None else 0
            taken = Lease(
                name=self.name, holder=holder, token=before + 1, interval=self.interval, taken_at=now, beat_at=now
            )
            return taken if _put(connection, taken, before) else None

    def renew(self, lease: Lease, now: datetime) -> Lease:
        """The lease with a new beat. Raises LeaseLost when it is no longer the holder's."""
        return self._changed(lease, replace(lease, beat_at=now))

    def release(self, lease: Lease, now: datetime) -> Lease:
        """The lease given back, free for the next. Raises LeaseLost when it is no longer the holder's."""
        return self._changed(lease, replace(lease, holder=None, beat_at=now))

    def _changed(self, lease: Lease, to: Lease) -> Lease:
        # A token comes again where an older copy of the database has been put in its place: then the moment tells.
        given = _row(lease)
        held = [t.leases.c[name] == given[name] for name in ("name", "token", "holder", "taken_at")]
        held.append(t.leases.c.holder.is_not(None))
        with self.database.writing() as connection:
            if connection.execute(sa.update(t.leases).where(*held).values(_row(to))).rowcount != 1:
                raise LeaseLost(lease.name)
        return to


def require_lease(connection: Connection, fence: Fence) -> None:
    """Raises LeaseLost unless the lease is held under this token; till the transaction ends nobody can take it over."""
    query = sa.select(t.leases.c.token, t.leases.c.holder).where(t.leases.c.name == fence.name)
    row = connection.execute(query.with_for_update(read=True)).one_or_none()
    if row is None or row.token != fence.token or row.holder is None:
        raise LeaseLost(fence.name)


def _read(connection: Connection, name: str) -> Lease | None:
    row = connection.execute(sa.select(t.leases).where(t.leases.c.name == name)).one_or_none()
    return _lease(row) if row is not None else None


def _put(connection: Connection, lease: Lease, before: int) -> bool:
    """Writes the lease in place of the one with the token ``before``, 0 for none; False when that is gone."""
    if before == 0:
        connection.execute(sa.insert(t.leases).values(_row(lease)))
        return True
    same = (t.leases.c.name == lease.name, t.leases.c.token == before)
    return connection.execute(sa.update(t.leases).where(*same).values(_row(lease))).rowcount == 1


def _lease(row: Row[tuple[object, ...]]) -> Lease:
    return Lease(
        name=row.name,
        holder=row.holder,
        token=row.token,
        interval=timedelta(seconds=row.interval_seconds),
        taken_at=datetime.fromisoformat(row.taken_at).astimezone(UTC),
        beat_at=datetime.fromisoformat(row.beat_at).astimezone(UTC),
    )


def _row(lease: Lease) -> dict[str, object]:
    return {
        "name": lease.name,
        "holder": lease.holder,
        "token": lease.token,
        "interval_seconds": int(lease.interval.total_seconds()),
        "taken_at": lease.taken_at.isoformat(),
        "beat_at": lease.beat_at.isoformat(),
    }
