"""The pages that are made from the code, or that say again what the code says, agree with it."""

import re
from pathlib import Path

import pytest

from commands.index import NOUNS, VERBS
from tests.architecture import HOMES, MAY_IMPORT
from tests.docs import reference
from tests.docs.transcript import ROOT, documents

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def rows(text: str, heading: str) -> list[list[str]]:
    """The rows of the table whose first heading is this one, cell by cell."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def named(cell: str) -> set[str]:
    """What stands between backticks in a cell."""
    return set(re.findall(r"`([^`]+)`", cell))


def test_the_reference_of_commands_is_what_the_commands_say() -> None:
    assert reference.PLACE.read_text("utf-8") == reference.written(), "python -m tests.docs.renew writes it anew"


def test_the_reference_has_every_command() -> None:
    text = reference.PLACE.read_text("utf-8")
    verbs = [f"{noun} {verb}" for noun, (entries, _help) in NOUNS.items() for verb in entries]
    assert [each for each in [*verbs, *VERBS] if f"# arendegang {each}\n" not in text] == []


def test_the_rooms_are_those_of_the_architecture_test() -> None:
    drawn = {next(iter(named(row[0]))): row for row in rows(ARCHITECTURE, "room")}
    assert drawn.keys() == MAY_IMPORT.keys()
    for room, allowed in MAY_IMPORT.items():
        assert named(drawn[room][2]) == allowed, room


def test_the_libraries_stand_in_the_rooms_they_are_kept_to() -> None:
    told = {library: next(iter(named(row[0]))) for row in rows(ARCHITECTURE, "room") for library in named(row[3])}
    assert told.keys() == HOMES.keys()
    for library, room in told.items():
        assert any(place.startswith(room) for place in HOMES[library]), library


def test_the_files_the_architecture_names_exist() -> None:
    places = {each for each in named(ARCHITECTURE) if re.fullmatch(r"[\w./-]+\.(py|md)|\w+/(\w+/)*", each)}
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_every_link_to_a_file_of_ours_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_every_link_to_a_heading_finds_it(document: Path) -> None:
    for file, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text("utf-8")):
        target = document.parent / file if file else document
        assert heading in anchors(target.read_text("utf-8"))


def anchors(text: str) -> set[str]:
    """What the headings of a document are linked to by."""
    headings = [line.lstrip("# ") for line in text.split("\n") if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
