"""No file that a command is asked to write takes the place of the database, by whatever name the database is meant."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click import Command

from commands.index import NOUNS, VERBS
from commands.root import root
from tests.commands.claims import Desk, contents, refused
from tests.office import Office

#: Every command that writes a file, by what it is called; REF, KEPT and FILE are put in.
WRITING: dict[str, tuple[str, ...]] = {
    "audit export": ("audit", "export", "FILE", "--replace"),
    "audit checkpoint": ("audit", "checkpoint", "FILE", "--replace"),
    "audit prove": ("audit", "prove", "REF", "--checkpoint", "KEPT", "--out", "FILE", "--replace"),
    "register export": ("register", "export", "FILE", "--replace"),
    "register calendar": ("register", "calendar", "--ics", "FILE", "--replace"),
    "backup": ("backup", "FILE", "--replace"),
}


def a_link(file: Path) -> Path:
    link = file.with_name("länk.db")
    link.symlink_to(file)
    return link


def a_second_name(file: Path) -> Path:
    other = file.with_name("annat namn.db")
    os.link(file, other)
    return other


def roundabout(file: Path) -> Path:
    return file.parent / ".." / file.parent.name / file.name


def beside(end: str) -> Callable[[Path], Path]:
    return lambda file: file.with_name(f"{file.name}{end}")


NAMES: dict[str, Callable[[Path], Path]] = {
    "its own name": lambda file: file,
    "a roundabout name": roundabout,
    "a link": a_link,
    "a second name on the disk": a_second_name,
    "its log": beside("-wal"),
    "its index": beside("-shm"),
    "its journal": beside("-journal"),
}


def asked(office: Office, words: tuple[str, ...], ref: str, file: Path) -> list[str]:
    kept = office.folder / "kept.txt"
    if not kept.exists():
        office("audit", "checkpoint", kept, expect=0)
    named = {"REF": ref, "KEPT": str(kept), "FILE": str(file)}
    return [named.get(word, word) for word in words]


def test_every_command_that_replaces_a_file_is_held_to_it() -> None:
    """Whoever adds one adds it here."""
    found = {name for name, command in _commands() if any(each.name == "replace" for each in command.params)}
    assert found == WRITING.keys()


def _commands() -> list[tuple[str, Command]]:
    group = root(NOUNS, VERBS)
    context = group.make_context("arendegang", ["schema"])
    found = []
    for noun, (verbs, _help) in NOUNS.items():
        under = group.get_command(context, noun)  # type: ignore[attr-defined]  # it is a group
        found += [(f"{noun} {verb}", under.get_command(context, verb)) for verb in verbs]
    return found + [(verb, group.get_command(context, verb)) for verb in VERBS]  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", WRITING)
def test_the_database_is_never_replaced(desk: Desk, command: str, name: str) -> None:
    office, ref = desk("prepared")
    words = asked(office, WRITING[command], ref, NAMES[name](office.file))
    before = {each.name for each in office.folder.iterdir()}
    # Held open by somebody else as well, so that its log lies beside it.
    with closing(sqlite3.connect(office.file)) as other:
        other.execute("SELECT count(*) FROM event").fetchone()
        refused(office, *words, code="value_invalid", exit_code=65, today=None)
    assert office("case", "show", ref, expect=0).json["ref"] == ref
    beside_it = {f"{office.file.name}{end}" for end in ("-wal", "-shm")}
    assert {each.name for each in office.folder.iterdir()} - beside_it <= before


@pytest.mark.parametrize("command", WRITING)
def test_a_link_that_the_database_was_reached_by_is_no_way_round(desk: Desk, command: str) -> None:
    office, ref = desk("prepared")
    link = a_link(office.file)
    office.url = f"sqlite:///{link.as_posix()}"
    refused(office, *asked(office, WRITING[command], ref, office.file), code="value_invalid", exit_code=65, today=None)
    assert link.is_symlink()


@pytest.mark.parametrize("command", WRITING)
def test_another_database_is_not_replaced_while_somebody_has_it_open(desk: Desk, command: str) -> None:
    office, ref = desk("prepared")
    other = office.copied_to(office.folder / "andra")
    words = asked(office, WRITING[command], ref, other.file)
    with closing(sqlite3.connect(other.file)) as opened:
        opened.execute("SELECT count(*) FROM event").fetchone()
        assert other.file.with_name(f"{other.file.name}-wal").exists()
        reply = refused(office, *words, code="value_invalid", exit_code=65, today=None)
    assert "in use" in reply.error["message"]
    assert contents(other.file) == contents(office.file)


@pytest.mark.parametrize("command", WRITING)
def test_any_other_file_is_replaced_when_that_is_asked_for(desk: Desk, command: str) -> None:
    """The control: the words are right, and what is refused above is refused for the database's sake."""
    office, ref = desk("prepared")
    other = office.paper("något helt annat")
    office(*asked(office, WRITING[command], ref, other), expect=0)
    assert not other.read_bytes().startswith("något".encode())
