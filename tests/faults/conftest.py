"""Where the faults of acts are tried."""

from pathlib import Path

import pytest

from tests.persistence.keeping import Keeping


@pytest.fixture
def made(tmp_path: Path) -> Keeping:
    """A database with its tables and nothing in them."""
    kept = Keeping(tmp_path)
    kept.database.create()
    return kept
