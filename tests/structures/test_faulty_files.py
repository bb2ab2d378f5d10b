"""A rule file at fault is named as it was given, with the line, whatever program wrote it and however it is broken."""

import re
from pathlib import Path

import pytest

from tests.commands.claims import refused
from tests.office import Office
from tests.structures.own_rules import example_structure, laid, shipped

TODAY = "2026-11-20"
IMPORT = ("structure", "import")


def written(office: Office, content: bytes | str, name: str = "vårt utkast.toml") -> Path:
    place = office.folder / name
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def line_told(office: Office, place: Path, name: str) -> int:
    """The line that the refusal names after the file; the file is named first, as it was given."""
    message = refused(office, *IMPORT, place, code="rules_invalid", exit_code=78).error["message"]
    found = re.match(rf"{re.escape(name)}:(\d+): ", message)
    assert found is not None, message
    return int(found[1])


def line_of(text: str, mark: str) -> int:
    return text[: text.index(mark)].count("\n") + 1


@pytest.mark.parametrize("bracket", ["[]", "{}"])
@pytest.mark.parametrize("depth", [3000, 100_000])
def test_a_file_nested_without_end_is_refused_as_any_other(before: Office, bracket: str, depth: int) -> None:
    opening, closing = (bracket[0], bracket[1]) if bracket == "[]" else ("{a = ", "}")
    text = f"# djupt\na = {opening * depth}1{closing * depth}\n"
    assert line_told(before, written(before, text), "vårt utkast.toml") == 2


def test_a_file_saved_in_another_encoding_is_named_with_the_line_of_its_first_letter(before: Office) -> None:
    text = example_structure()
    place = written(before, text.encode("cp1252", errors="replace"))
    first = next(each for each in text if not each.isascii())
    assert line_told(before, place, place.name) == line_of(text, first)
    message = refused(before, *IMPORT, place, code="rules_invalid", exit_code=78).error["message"]
    assert "UTF-8" in message


@pytest.mark.slow
def test_a_byte_order_mark_is_read_over(before: Office) -> None:
    place = written(before, b"\xef\xbb\xbf" + example_structure().encode())
    told = before(*IMPORT, place, "--on", TODAY, today=TODAY, expect=0).json
    assert told["files"] == ["structures/lansforum.toml"]
    assert before("audit", "verify", expect=0).json["findings"] == []
    assert before(*IMPORT, place, "--on", TODAY, today=TODAY, expect=0).json["changed"] is False


def test_the_line_of_a_fault_is_that_of_the_file_with_its_mark(before: Office) -> None:
    text = example_structure().replace("sectors_without", "sector_without", 1)
    place = written(before, b"\xef\xbb\xbf" + text.encode())
    assert line_told(before, place, place.name) == line_of(text, "sector_without")


def test_what_is_in_use_is_named_with_its_line(before: Office) -> None:
    county = shipped("county.toml", ("from = 2024-10-01", "from = 2024-11-01"))
    place = written(before, county, "lan.toml")
    told = line_told(before, place, "lan.toml")
    tables = county.split("\n")
    assert tables[told - 1].startswith(("[[calendar]]", "[[forum_status]]", "structure", "forum"))
    assert 0 <= line_of(county, "from = 2024-11-01") - told < 5
    gone = shipped("county.toml", ('[[party]]\nid = "berg"', '[[organisation]]\nid = "berg"'))
    told = line_told(before, written(before, gone, "lan.toml"), "lan.toml")
    assert "[[party]]" in gone.split("\n")[max(0, told - 2) : told + 1]
    register = shipped("register.toml", ("exception = { lifted = true }", ""))
    told = line_told(before, written(before, register, "reg.toml"), "reg.toml")
    assert 'id = "b1-18"' in register.split("\n")[told - 1]


@pytest.mark.slow
def test_every_fault_of_a_file_is_named_by_the_name_it_was_given(before: Office) -> None:
    text = (
        example_structure()
        .replace('leadership = ["chefsforum"]', 'leadership = ["ingen"]')
        .replace('follow_up = ["lansforum"]', 'follow_up = ["heller-ingen"]')
    )
    place = written(before, text, "overlap.toml")
    reply = before(*IMPORT, place, "--on", TODAY, today=TODAY, json=False, expect=78)
    assert "structures/lansforum.toml" not in reply.err
    assert len(set(re.findall(r"overlap\.toml:\d+", reply.err))) >= 2
    folder = laid(before, mitt=text)
    reply = before(*IMPORT, folder, "--on", TODAY, today=TODAY, expect=78)
    assert reply.error["message"].startswith("mitt.toml:")


@pytest.mark.parametrize("day", ["2024-03-01", "2024-09-30"])
def test_a_database_does_not_begin_with_a_structure_that_another_would_follow(
    isolated: None, tmp_path: Path, day: str
) -> None:
    office = Office(tmp_path)
    reply = office("init", "--adopt", "alternativ-1", "--from", day, expect=1)
    assert reply.error["code"] == "structure_order"
    assert "2024-10-01" in reply.error["message"]
    assert "tillfallig" in reply.error["message"]
    told = office("init", "--adopt", "alternativ-1", "--from", "2024-10-01", expect=0).json
    assert told["created"]
    assert told["calendar"][-1] == {"structure": "alternativ-1", "from": "2024-10-01"}
    assert office("route", "explain", "--type", "ök", "--group", "vuxna", expect=0).json["structure"] == "alternativ-1"
