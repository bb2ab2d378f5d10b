"""Takes the lease and gives it back, round after round, and prints each token it had.

``python -m tests.persistence.racing_for_a_lease URL whole|in-two ROUNDS``: says ``ready``, and begins at the first
line. In two is a seeded fault: it looks in one transaction and takes in another, with everybody's look in between.
"""

import sys
from datetime import UTC, datetime, timedelta

from persistence.database import Database
from persistence.lease import Lease, LeaseRow

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def say(what: object) -> None:
    print(what, file=sys.__stdout__, flush=True)


def race(leases: LeaseRow, rounds: int) -> None:
    held: Lease | None
    for _ in range(rounds):
        while (held := leases.acquire("den:1", NOW)) is None:
            pass
        say(held.token)
        leases.release(held, NOW)


def race_in_two(leases: LeaseRow) -> None:
    seen = leases.seen()
    say("ready")
    sys.stdin.readline()
    say((seen.token if seen else 0) + 1)


if __name__ == "__main__":
    _, url, how, count = sys.argv
    row = LeaseRow(Database(f"{url}?timeout=60"), "clock", timedelta(seconds=30))
    if how == "in-two":
        race_in_two(row)
    else:
        say("ready")
        sys.stdin.readline()
        race(row, int(count))
