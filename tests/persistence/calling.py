"""Calling a database, and what is told when it does not answer as it should."""

import pytest

from persistence.database import Database
from workflow.errors import Refusal


def look(database: Database) -> None:
    with database.reading():
        pass


def fails(url: str) -> Refusal:
    """What a person is told who calls there; it never holds the password."""
    with pytest.raises(Refusal) as refusal:
        look(Database(url))
    told = f"{refusal.value} {refusal.value.values}"
    assert "hemlig" not in told
    return refusal.value
