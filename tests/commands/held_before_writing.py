"""One command that stops when it has decided and not yet written, says ``between``, and waits for a line.

``python -m tests.commands.held_before_writing checked|unchecked ARGV…``. Unchecked is a seeded fault: it writes on top
of whatever version it finds, as a store would that does not look whether the stream has moved.
"""

import sys
from collections.abc import Callable, Sequence

from msgspec.structs import replace

import cli
from persistence.store import SqlStore
from workflow.ports import Batch
from workflow.record import Record
from workflow.views import CaseView

Keep = Callable[[Sequence[Record]], CaseView | None]


def held(whole: Callable[..., tuple[Record, ...]], *, checked: bool) -> Callable[..., tuple[Record, ...]]:
    def append(store: SqlStore, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        print("between", file=sys.__stdout__, flush=True)
        sys.stdin.readline()
        if not checked:
            batch = replace(batch, expected=len(store.stream(batch.stream)))
        return whole(store, batch, keep)

    return append


if __name__ == "__main__":
    SqlStore.append = held(SqlStore.append, checked=sys.argv[1] == "checked")  # type: ignore[method-assign]  # the planted defect
    sys.exit(cli.main(sys.argv[2:]))
