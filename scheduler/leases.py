"""What the clock asks of a lease, however it is kept."""

from datetime import datetime, timedelta
from typing import Protocol

from persistence.lease import Lease

#: The lease the clock runs under.
CLOCK = "clock"

#: How often the heart beats before its silence would be noticed: one late beat is no silence.
BEATS_AN_INTERVAL = 3

#: The interval when nobody says otherwise.
INTERVAL = timedelta(seconds=30)


class Leases(Protocol):
    """Hands out one lease. Kept as a row by ``persistence.lease.LeaseRow``; another may keep it as a lock besides."""

    def seen(self) -> Lease | None:
        """The lease as it stands; None when nobody ever took it."""
        ...

    def acquire(self, holder: str, now: datetime) -> Lease | None:
        """The lease under the next token if it is free or its holder has fallen silent; else None."""
        ...

    def renew(self, lease: Lease, now: datetime) -> Lease:
        """The lease with a new beat. Raises LeaseLost."""
        ...

    def release(self, lease: Lease, now: datetime) -> Lease:
        """The lease given back. Raises LeaseLost."""
        ...
