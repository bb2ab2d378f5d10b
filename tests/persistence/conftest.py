"""Stores for a test to write to."""

from pathlib import Path

import pytest

from tests.persistence.keeping import Keeping


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
