"""How fast a whole history is audited, layer by layer, and what others need merely to tell theirs again.

``python -m benchmarks.audit [CASES [ROUNDS]]``, from the repository root. The log is written in bulk
(benchmarks/county_log.py) and is lawful. Memory is measured in a process of its own for each length of log.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.county_log import founded, write_cases
from benchmarks.course import EVENTS
from benchmarks.peers.plain import STATES, steps
from benchmarks.rounds import Turn, in_turn, machine, report, say
from persistence.database import Database
from persistence.inspection import Inspection, inspecting
from persistence.verification import verify
from workflow.chain import chain_findings, read_record
from workflow.evolve import fold
from workflow.register.document import document_in

_BROKEN = "a chain that was written in bulk does not hold"
_ITSELF = "verify: all of it, one process"


def main() -> None:
    """Prints the table."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - the second word
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = founded(Path(folder) / "county.db")
        write_cases(database, range(cases))
        helpers = max(1, (os.cpu_count() or 1) - 1)
        turns = {
            "the chain over the exact bytes": _of(database, _chain),
            "each case read and told again": _of(database, _told),
            _ITSELF: _of(database, lambda inspection: _verified(inspection, 0)),
            f"verify: with {helpers} helping": _of(database, lambda inspection: _verified(inspection, helpers)),
            "python-statemachine: sent again": _sent_again,
        }
        others = _others(Path(folder))
        say(machine())
        report(f"Audit of {cases * EVENTS:,} events", "event", in_turn(turns | others, rounds), base=_ITSELF)
    for size in (cases // 4, cases, cases * 4):
        say(f"memory at its highest, {size * EVENTS:>10,} events: {_highest(size)} MiB")


def _of(database: Database, work: Callable[[Inspection], int]) -> Turn:
    def turn() -> int:
        with inspecting(database) as inspection:
            return work(inspection)

    return turn


def _chain(inspection: Inspection) -> int:
    if any(chain_findings(inspection.events(), read_elsewhere=True)):
        raise ValueError(_BROKEN)
    return inspection.size()


def _told(inspection: Inspection) -> int:
    told, after = 0, None
    for upto in inspection.bundle_ends():
        for contents in inspection.bundle(after, upto).records.values():
            records = [record for _, content in contents if (record := read_record(content)) is not None]
            if document_in(records) is None:
                fold(records)
            told += len(contents)
        after = upto
    return told


def _verified(inspection: Inspection, processes: int) -> int:
    verified = verify(inspection, processes=processes)
    if verified.findings:
        raise ValueError(verified.findings[0])
    return verified.events


def _sent_again() -> int:
    """Each event of one case sent to the library's own machine, begun anew for the case; no bytes, no database."""
    from statemachine import State, StateMachine  # noqa: PLC0415 - only here

    states = {name: State(initial=name == STATES[0], final=name == STATES[-1]) for name in STATES}
    names = list(STATES)
    steps_of = {
        f"step_{number}": states[names[number]].to(states[names[number + 1]], cond="may") for number, _ in steps()
    }
    told = {**{name.replace("-", "_"): state for name, state in states.items()}, **steps_of, "may": lambda _self: True}
    chart = type("Sent", (StateMachine,), told)
    for _case in range(_SENT_CASES):
        machine_ = chart()
        for number, _ in steps():
            machine_.send(f"step_{number}")
    return _SENT_CASES * EVENTS


_SENT_CASES = 20


def _others(folder: Path) -> dict[str, Turn]:
    """Each aggregate read back from its events: told again, with nothing proved and nothing decided."""
    try:
        read_back: Callable[[Path], Turn] = import_module("benchmarks.peers.eventsourced").read_back
    except ImportError as fault:
        say(f"eventsourcing: not installed ({fault}), left out")
        return {}
    return {"eventsourcing: read back": read_back(folder)}


def _highest(cases: int) -> str:
    words = [sys.executable, "-m", "benchmarks.memory", str(cases)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
