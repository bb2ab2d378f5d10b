"""A log as an office leaves it."""

from pathlib import Path

import pytest

from tests.audit.logs import Log
from tests.conftest import isolate
from tests.office import Office


@pytest.fixture(scope="session")
def real(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The records of an office with one case sent to its parties."""
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        office = furnished.copied_to(folder)
        office.walked_to("sent_to_parties")
        return office.copy_log_bytes()


@pytest.fixture
def sent(isolated: None, furnished: Office, tmp_path: Path) -> tuple[Office, str]:
    """An office of its own, and a case that was sent to its parties."""
    office = furnished.copied_to(tmp_path / "sent")
    return office, office.walked_to("sent_to_parties")
