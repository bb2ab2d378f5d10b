"""What one durable transition costs through the whole engine, beside the limit and beside others doing it durably.

``python -m benchmarks.transition [ROUNDS]``, from the repository root. Every way carries the same case of twenty
events with nine guarded answers. A peer that is not installed is told of and left out.
"""

import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from itertools import count
from pathlib import Path

from benchmarks.course import EVENTS
from benchmarks.rounds import Turn, in_turn, machine, report, say

#: Each way by its name, and the module and function that know it.
WAYS = {
    "plain sqlite3": "plain",
    "Ärendegång": "product",
    "eventsourcing": "eventsourced",
    "SpiffWorkflow": "charted",
    "DBOS": "durable",
}

_CASES_A_TURN = 3


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        turns = {name: turn for name, module in WAYS.items() if (turn := _turn(Path(folder) / module, name, module))}
        say(machine())
        figures = in_turn(turns, rounds)
    report("One durable transition", "transition", figures, base="plain sqlite3")


def _turn(folder: Path, name: str, module: str) -> Turn | None:
    try:
        way: Callable[[Path], Callable[[int], object]] = getattr(import_module(f"benchmarks.peers.{module}"), module)
    except ImportError as fault:
        say(f"{name}: not installed ({fault}), left out")
        return None
    folder.mkdir()
    case, numbers = way(folder), count(1)

    def turn() -> int:
        for _ in range(_CASES_A_TURN):
            case(next(numbers))
        return _CASES_A_TURN * EVENTS

    return turn


if __name__ == "__main__":
    main()
