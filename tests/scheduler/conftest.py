"""Nine letters to be sent, made once and copied."""

from pathlib import Path

import pytest

from tests.persistence.homes import FileHomes
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import sent


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
