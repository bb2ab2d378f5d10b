"""Offices that start in the middle of the work. Each state is walked to once a session; every test has its own copy."""

from pathlib import Path

import pytest

from tests.commands.claims import Desk
from tests.conftest import isolate
from tests.office import Office


@pytest.fixture(scope="session")
def walked(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    shelf: dict[tuple[str, str], tuple[Office, str]] = {}

    def at(state: str, group: str) -> tuple[Office, str]:
        if (state, group) not in shelf:
            office = furnished.copied_to(tmp_path_factory.mktemp(state))
            with pytest.MonkeyPatch.context() as monkeypatch:
                isolate(monkeypatch, office.folder)
                shelf[state, group] = (office, office.walked_to(state, group=group))
        return shelf[state, group]

    return at


@pytest.fixture
def county(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    """An office in alternativ-1 where every party has a mailbox and no case is open."""
    return furnished.copied_to(tmp_path)


@pytest.fixture
def desk(isolated: None, walked: Desk, tmp_path: Path) -> Desk:
    """``desk(state, group)``: an office of the test's own with one case in that state, and its reference."""

    def at(state: str, group: str = "barn-unga") -> tuple[Office, str]:
        office, ref = walked(state, group)
        return office.copied_to(tmp_path), ref

    return at
