"""A sweep costs what is due and not what exists: everything it asks the database is found by an index."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.sweep import sweep
from tests.driver_taps import tapped
from tests.persistence.keeping import Keeping, run
from tests.persistence.worked_on import ASKED_BY, worked_on
from workflow import acts

DAY = ASKED_BY + timedelta(days=40)
#: What grows with the years. The others have a row or a few.
GROWING = ("event", "case_view", "document_view", "duty", "flag", "outbox", "text")

Asked = list[tuple[str, Any]]


@pytest.fixture
def busy(tmp_path: Path) -> Keeping:
    """An office with cases that are due for everything a sweep looks for, and a forum that is dormant."""
    keeping = worked_on(Keeping(tmp_path).founded())
    dormant = acts.SetForumStatus(
        on=date(2026, 1, 1), forum="ledningsforum", status="dormant", from_day=ASKED_BY, reason="vilar"
    )
    keeping.engine.organise(dormant)
    return keeping


@contextmanager
def listening() -> Iterator[Asked]:
    """Every statement that is carried out meanwhile."""
    asked: Asked = []

    with tapped(None, before=lambda words, values: asked.append((words, values))):
        yield asked


def read_through(keeping: Keeping, asked: Asked) -> set[str]:
    """The statements for which the database would read all of a table or of an index that grows."""
    found: set[str] = set()
    with keeping.rows() as base:
        assert isinstance(base, sqlite3.Connection)
        for statement, values in asked:
            if not statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                continue
            plan = base.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            steps = {step.split(" USING ")[0] for *_, step in plan}
            if steps & {f"SCAN {table}" for table in GROWING} and not _last_of_the_log(statement):
                found.add(statement)
    return found


def _last_of_the_log(statement: str) -> bool:
    """The one question that reads a growing table from its end and stops at the first row."""
    return "FROM event ORDER BY event.seq DESC" in " ".join(statement.split())


def test_a_sweep_reads_no_table_through(busy: Keeping) -> None:
    with listening() as asked:
        found = sweep(busy.engine, DAY)
    assert found.raised
    assert len(asked) > 20
    assert read_through(busy, asked) == set()


@pytest.mark.parametrize(
    "index", ["case_view_next_check", "case_view_open", "case_view_type", "duty_body", "flag_kind"]
)
def test_without_any_of_its_indexes_a_sweep_would(busy: Keeping, index: str) -> None:
    """The negative control: each index serves questions of its own."""
    with listening() as asked:
        sweep(busy.engine, DAY)
    with busy.rows() as base:
        run(base, f"DROP INDEX {index}")
    assert read_through(busy, asked)
