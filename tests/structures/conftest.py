"""Offices whose calendar is the whole of the report's: today's structure, the temporary one, and what may follow."""

from pathlib import Path

import pytest

from tests.conftest import isolate
from tests.office import PARTIES, Office
from tests.structures.own_rules import example_structure


@pytest.fixture
def county(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    """Today's structure, Barnarenan dormant from 2023-10-01, SVOM and BUZ from 2024-10-01, alternativ-1 from 2026."""
    return furnished.copied_to(tmp_path)


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that knows of no structure after the temporary one; to be copied."""
    folder = tmp_path_factory.mktemp("unchanged")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        office = Office(folder)
        office("init", expect=0)
        for party in PARTIES:
            office("party", "mailbox", party, f"registrator@{party}.example", expect=0)
        return office


@pytest.fixture
def before(isolated: None, unchanged: Office, tmp_path: Path) -> Office:
    """An office of the test's own in which no new structure has been decided on."""
    return unchanged.copied_to(tmp_path)


@pytest.fixture(scope="session")
def once_extended(unchanged: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """That office with a structure of the county's own, Länsforum; to be copied: a check of rules takes its time."""
    folder = tmp_path_factory.mktemp("extended")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        office = unchanged.copied_to(folder)
        day = "2026-11-20"
        office("structure", "import", office.paper(example_structure()), "--on", day, today=day, expect=0)
        return office


@pytest.fixture
def extended(isolated: None, once_extended: Office, tmp_path: Path) -> Office:
    """An office of the test's own that has brought Länsforum into force, as the last act."""
    return once_extended.copied_to(tmp_path)


@pytest.fixture
def second(isolated: None, tmp_path: Path) -> Office:
    """An office in which alternativ-2 follows the temporary arrangement."""
    office = Office(tmp_path)
    office("init", "--adopt", "alternativ-2", "--from", "2026-01-01", expect=0)
    for party in PARTIES:
        office("party", "mailbox", party, f"registrator@{party}.example", expect=0)
    return office
