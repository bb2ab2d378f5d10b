"""Offices that check what they answer, and all that was ever answered."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import isolate, uncounted
from tests.office import Office
from tests.schemas.hearing import (
    act_every_way,
    act_on_other_kinds,
    admit_actors,
    ask_everything_else,
    keep_the_register,
    send_letters,
    spoil,
)
from tests.schemas.shapes import Checked


@pytest.fixture
def checked(isolated: None, furnished: Office, tmp_path: Path) -> Checked:
    """An office with alternativ-1 and nine mailboxes that checks all it answers."""
    return Checked(furnished.copied_to(tmp_path / "checked").folder)


@pytest.fixture(scope="session")
def answers(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What every command has answered, by shape; each was checked when it was given."""
    folder = tmp_path_factory.mktemp("answers")
    with pytest.MonkeyPatch.context() as monkeypatch, uncounted():
        isolate(monkeypatch, folder)
        office = Checked(furnished.copied_to(folder).folder)
        act_every_way(office)
        ask_everything_else(office)
        send_letters(office)
        keep_the_register(office)
        act_on_other_kinds(office)
        admit_actors(office)
        spoil(office)
        story = Checked(tmp_path_factory.mktemp("story"))
        story("demo", expect=0)
    return {**office.answers, **story.answers}
