"""A process that works on cases until it is killed, and acknowledges each command that came back.

``python -m tests.commands.stream_of_commands FOLDER|URL [in-two|too-early]``. One line on standard output for each
acknowledged command. With a seeded fault it stops at ``between`` and waits, so that it can be killed just there.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from persistence.kept import write_view
from persistence.store import SqlStore
from tests.office import Office, Reply
from workflow.events import kind_of
from workflow.ports import Batch
from workflow.record import Record
from workflow.views import CaseView

Keep = Callable[[Sequence[Record]], CaseView | None]


def say(line: str) -> None:
    """To the parent process, past the office that keeps what its command prints."""
    print(line, file=sys.__stdout__, flush=True)


def tell(events: list[tuple[int, str]]) -> None:
    say(json.dumps(events))


def stop_here() -> None:
    say("between")
    sys.stdin.readline()


class Acknowledging(Office):
    """Tells of every command that was carried out, after it has come back."""

    def __call__(self, *words: Any, **options: Any) -> Reply:
        reply = super().__call__(*words, **options)
        told = reply.json if reply.code == 0 else None
        if isinstance(told, dict) and "events" in told:
            tell([(event["seq"], event["kind"]) for event in told["events"]])
        return reply


def append_in_two(whole: Callable[..., tuple[Record, ...]]) -> Callable[..., tuple[Record, ...]]:
    """The seeded fault of two transactions: first the log, then what is kept beside it."""

    def append(store: SqlStore, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        owed = []

        def put_off(records: Sequence[Record]) -> CaseView | None:
            owed.append(keep(records))
            return None

        records = whole(store, batch, put_off)
        stop_here()
        with store.database.writing() as connection:
            for kept in owed:
                if kept is not None:
                    write_view(connection, kept)
        return records

    return append


def acknowledge_too_early(whole: Callable[..., tuple[Record, ...]]) -> Callable[..., tuple[Record, ...]]:
    """The seeded fault of a promise before the deed: told of inside the transaction."""

    def append(store: SqlStore, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        def tell_and_keep(records: Sequence[Record]) -> CaseView | None:
            tell([(record.seq, kind_of(record.event)) for record in records])
            stop_here()
            return keep(records)

        return whole(store, batch, tell_and_keep)

    return append


FAULTS = {"in-two": append_in_two, "too-early": acknowledge_too_early}


def main(place: str, fault: str | None = None) -> None:
    if fault is not None:
        SqlStore.append = FAULTS[fault](SqlStore.append)  # type: ignore[method-assign]  # the planted defect
    work(place)


def work(place: str) -> NoReturn:
    """One case after the other, from its opening to the day it is in force."""
    office = Acknowledging(Path(place))
    if "://" in place:
        office.url = place
    while True:
        office.walked_to("in_force")


if __name__ == "__main__":
    main(*sys.argv[1:])
