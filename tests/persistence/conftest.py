"""Stores for a test to write to."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import worked_on


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """A database with its tables and nothing in them."""
    kept = Keeping(tmp_path)
    kept.database.create()
    return kept


@pytest.fixture
def county(tmp_path: Path) -> Keeping:
    """A database with the county in alternativ-1."""
    return Keeping(tmp_path).founded()


@pytest.fixture(scope="session")
def used(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A database in the middle of the work, never to be written to: something stands in every table."""
    return worked_on(Keeping(tmp_path_factory.mktemp("used")).founded())


@pytest.fixture
def copied(used: Keeping, tmp_path: Path) -> Callable[[], Keeping]:
    """Copies of that database, each its own; the log of a copy can be changed as its owner could change it."""

    def copy() -> Keeping:
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        twin = Keeping(folder)
        with used.rows() as here, contextlib.closing(sqlite3.connect(twin.file)) as there:
            here.backup(there)
        with twin.rows() as base:
            for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                base.execute(f"DROP TRIGGER {trigger}")
        return twin

    return copy


@pytest.fixture
def owned(copied: Callable[[], Keeping]) -> Keeping:
    """One such copy."""
    return copied()
