"""What a sweep costs with a hundred newly stalled ratifications, in a small county's database and in a large one.

``python -m benchmarks.sweeping [FEW [MANY [ROUNDS]]]``, from the repository root; 10 000 and 100 000 cases unless said.

Each database is made of one lived case, written again and again under other references straight into the tables that
are kept ready: that is all a sweep reads of the cases that are not due. The log holds nothing of them, and an audit
would say so. A fifth of them are open and wait for an answer in the years to come. The hundred that stall are lived
to the last record.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.county_log import NOON, Noon, Rows, founded, write_cases
from benchmarks.course import DAYS
from benchmarks.rounds import Figure, machine, report, say, timed
from persistence import tables as t
from persistence.database import Database
from persistence.store import SqlStore
from scheduler.sweep import sweep
from workflow.engine import Engine
from workflow.local_time import real_day

STALLED = 100

#: How far the hundred have come: sent to the parties, and answered by the first two of nine.
_UNTIL = 8

_AT_A_TIME = 20_000
_ONE_OPEN_IN = 5


def main() -> None:
    """Prints the table."""
    few, many, rounds = (*map(int, sys.argv[1:4]), *(10_000, 100_000, 5)[len(sys.argv) - 1 :])
    say(machine())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        offices = {f"{cases:,} cases": _office(Path(folder) / f"{cases}.db", cases, rounds) for cases in (few, many)}
        taken: dict[str, list[Figure]] = {name: [] for name in offices}
        for number in range(rounds):
            for name, database in offices.items():
                engine, day = _on_the_eve(database, number)
                taken[name].append(timed(partial(_swept, engine, day)))
    figures = {name: sorted(one)[len(one) // 2] for name, one in taken.items()}
    report(f"A sweep that finds {STALLED} newly stalled cases", "case", figures, base=next(iter(figures)))


def _office(file: Path, cases: int, rounds: int) -> Database:
    """A database in which a hundred cases stall on one day for each round, a week apart."""
    database = founded(file)
    write_cases(
        database, (_number(place, number) for number in range(rounds) for place in range(STALLED)), until=_UNTIL
    )
    with database.writing() as connection:
        for table in (t.cases, t.duties, t.outbox):
            for rows in _copied(connection, table, cases):
                connection.execute(sa.insert(table), rows)
    return database


def _copied(connection: sa.Connection, table: sa.Table, cases: int) -> Iterator[Rows]:
    """The rows of one case under as many other references."""
    ref = connection.execute(sa.select(t.cases.c.ref).limit(1)).scalar_one()
    models = [dict(row) for row in connection.execute(sa.select(table).where(table.c.ref == ref)).mappings()]
    rows: Rows = []
    for number in range(cases):
        rows.extend(_copy(table, model, number) for model in models)
        if len(rows) >= _AT_A_TIME:
            yield rows
            rows = []
    if rows:
        yield rows


def _copy(table: sa.Table, model: dict[str, Any], number: int) -> dict[str, Any]:
    row = model | {"ref": f"SAM-2001-{number:07d}"}
    if table is t.cases:
        is_open = number % _ONE_OPEN_IN == 0
        later = (real_day(NOON) + timedelta(days=30 + number % 3000)).isoformat()
        row |= {"is_open": int(is_open), "next_check": later if is_open else None}
    if table is t.outbox:
        row |= {"message_id": f"<{number}.{model['message_id'][1:]}", "state": "sent"}
    return row


def _number(place: int, number: int) -> int:
    """A case of the round, by the numbers that begin on the same day (benchmarks/course.py)."""
    return 7 * number + DAYS * place


def _on_the_eve(database: Database, number: int) -> tuple[Engine, date]:
    """The day on which the round's hundred stall, once all that was due before it has been seen to."""
    engine = Engine(SqlStore(database, Noon()), Noon(), "samordnare")
    asked_by = engine.case(f"SAM-2026-{number * STALLED + 1:04d}").answer_by
    if asked_by is None:
        raise ValueError(number)
    sweep(engine, asked_by)
    return engine, asked_by + timedelta(days=1)


def _swept(engine: Engine, day: date) -> int:
    found = {ref for ref, flag in sweep(engine, day).raised if flag.kind == "ratification_stalled"}
    if len(found) != STALLED:
        raise ValueError(len(found))
    return STALLED


if __name__ == "__main__":
    main()
