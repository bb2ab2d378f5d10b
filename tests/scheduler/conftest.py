"""Nine letters to be sent, made once and copied; and a clock to be run."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.persistence.homes import FileHomes
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import sent
from tests.scheduler.running import Running


@pytest.fixture(scope="session")
def nine_letters(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A case sent to its nine parties, never to be written to."""
    keeping = Keeping(tmp_path_factory.mktemp("letters")).founded()
    sent(keeping, "Överenskommelse\r\n".encode())
    return keeping


@pytest.fixture
def outbox(nine_letters: Keeping, tmp_path: Path) -> Keeping:
    """A copy of it for one test."""
    return Keeping(FileHomes(tmp_path).like(nine_letters.home))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A county with one case, late since June; afterwards no scheduler's thread is left."""
    county = Keeping(tmp_path).founded()
    sent(county, b"text")
    yield Running(county)
    assert "APScheduler" not in {thread.name for thread in threading.enumerate()}
