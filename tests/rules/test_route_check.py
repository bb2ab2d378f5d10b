"""The check of a rule set finds nothing in what is shipped, and everything that is seeded, where it was seeded."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office, Reply

HERE = Path(__file__).resolve().parent
SMALL = HERE / "small"
SHIPPED = Path(__file__).resolve().parents[2] / "workflow" / "rules"
FAULTS: dict[str, list[dict[str, str]]] = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))

Seeded = dict[str, str]


def seeded(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("fault", [pytest.param(each, id=each["claim"]) for each in FAULTS[kind]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small county's rule files, to do damage to."""
    shutil.copytree(SMALL, tmp_path / "rules")
    return tmp_path / "rules"


def damage(folder: Path, fault: Seeded) -> int:
    """Does the damage, and tells the line that must be named for it."""
    place = folder / fault["file"]
    text = place.read_text(encoding="utf-8")
    begin = text.index(fault.get("after", ""))
    assert fault["old"] in text[begin:], "there is nothing to damage"
    place.write_text(text[:begin] + text[begin:].replace(fault["old"], fault["new"], 1), encoding="utf-8")
    return line_of(folder, fault)


def line_of(folder: Path, fault: Seeded) -> int:
    """The line that must be named, in the files as they are now."""
    told = (folder / fault.get("at_file", fault["file"])).read_text(encoding="utf-8")
    behind = fault.get("at_after", fault.get("after", "") if "at_file" not in fault else "")
    return told.count("\n", 0, told.index(fault["at"], told.index(behind))) + 1


def assert_told(fault: Seeded, line: int, findings: list[dict[str, Any]]) -> None:
    wanted = (fault.get("at_file", fault["file"]), fault["check"], line)
    told = [each["message"] for each in findings if (each["file"], each["check"], each["line"]) == wanted]
    assert any(fault.get("names", "") in each for each in told), (wanted, findings)


def checked(office: Office, folder: Path, expect: int) -> Reply:
    return office("route", "check", "--rules", folder, expect=expect)


# --- what is shipped -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_shipped_rules_hold_in_every_matter_on_every_date_and_in_every_course(
    office: Office, record_property: Any
) -> None:
    report = office("route", "check").json
    assert report["findings"] == []
    assert report["combinations"] > 900_000
    assert report["courses"] > 60
    assert report["steps"] > 150_000
    for count in ("combinations", "courses", "states", "steps"):
        record_property(f"route_check_{count}", report[count])


@pytest.mark.slow
def test_the_rules_in_force_are_those_of_the_database(office: Office) -> None:
    office.founded()
    told = office("route", "check")
    assert told.json["findings"] == []
    assert told.err == ""


def test_a_small_county_s_own_rules_hold(office: Office) -> None:
    report = checked(office, SMALL, expect=0).json
    assert report["findings"] == []
    assert (report["combinations"], report["courses"]) == (4896, 12)


# --- what is seeded --------------------------------------------------------------------------------------------------


@seeded("unreadable")
def test_a_file_that_is_no_rules_is_refused_with_file_and_line(fault: Seeded, office: Office, folder: Path) -> None:
    line = damage(folder, fault)
    error = checked(office, folder, expect=78).error
    assert error["code"] == "rules_invalid"
    assert error["message"].startswith(f"{fault['file']}:{line}: ")
    assert fault["names"] in error["message"]


@pytest.mark.slow
@seeded("fault")
def test_a_fault_is_found_in_the_right_file_on_the_right_line(fault: Seeded, office: Office, folder: Path) -> None:
    line = damage(folder, fault)
    assert_told(fault, line, checked(office, folder, expect=1).json["findings"])


@pytest.mark.slow
def test_every_one_of_many_faults_in_the_shipped_rules_is_found(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(SHIPPED, folder)
    for fault in FAULTS["shipped"]:
        damage(folder, fault)
    findings = checked(office, folder, expect=1).json["findings"]
    for fault in FAULTS["shipped"]:
        assert_told(fault, line_of(folder, fault), findings)


def test_there_are_enough_kinds_of_faults() -> None:
    kinds = {each["check"] for each in FAULTS["fault"]}
    assert len(kinds) >= 24
    assert len(FAULTS["unreadable"]) >= 8
