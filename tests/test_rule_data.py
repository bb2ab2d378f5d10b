"""The shipped rule files hold together, say where they come from, and every check of that can fail."""

import copy
import re
import tomllib
from pathlib import Path

import pytest

from tests.rule_data import RuleData, load, reading_faults, source_faults, tables, unsourced
from tests.rule_data_names import id_faults, name_faults, reference_faults
from tests.rule_data_routes import body_faults, coverage_faults
from tests.seeded_rule_faults import SEEDED, Check, Damage

SHIPPED = load()
GUIDE = Path(__file__).resolve().parents[1] / "docs" / "rule-files.md"


@pytest.fixture
def faulty() -> RuleData:
    """A copy of the shipped data to do damage to."""
    return copy.deepcopy(SHIPPED)


@pytest.mark.parametrize(
    "check",
    [source_faults, unsourced, reading_faults, id_faults, name_faults, reference_faults, coverage_faults, body_faults],
)
def test_the_shipped_rules_have_no_fault_that(check: Check) -> None:
    assert list(check(SHIPPED)) == []


def test_every_cross_type_rule_is_the_source_of_some_route() -> None:
    named = {each["rule"] for _, each in tables(SHIPPED) if "cite" in each and "rule" in each}
    assert named == {f"X{number}" for number in range(1, 17)}


def test_the_copies_of_the_documents_name_no_person_and_no_address() -> None:
    for text in SHIPPED.documents.values():
        assert "@" not in text
        assert not re.search(r"Tfn|\(C\)|\d{3}-\d{6}", text)
        assert "[namn]" in text


def test_no_day_stands_in_a_structure_file() -> None:
    for place, each in tables(SHIPPED):
        if place.startswith("structures/"):
            assert not [value for value in each.values() if hasattr(value, "isoformat")], place


# --- the guide to the files ----------------------------------------------------------------------------------------


def _keys(data: RuleData) -> set[str]:
    return {key for _, each in tables(data) for key in each} - {"format"}


def _undescribed(data: RuleData, guide: str) -> set[str]:
    return {key for key in _keys(data) if not re.search(rf"`\[*{key}\]*`|`{key} = |`\[\[rule\.{key}\]\]`", guide)}


def test_the_guide_describes_every_key_the_files_use(faulty: RuleData) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert _undescribed(SHIPPED, guide) == set()
    faulty.entry("nuvarande", "rule", "s0-policy")["colour"] = "red"
    assert _undescribed(faulty, guide) == {"colour"}


def test_the_guide_s_own_structure_stands_every_check_but_that_of_its_invented_source(faulty: RuleData) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    structure = tomllib.loads(example)
    faulty.files["structures/lansforum.toml"] = structure
    for check in (unsourced, id_faults, name_faults, reference_faults, coverage_faults, body_faults):
        assert list(check(faulty)) == []
    structure["rule"].pop()
    assert any("nothing answers" in fault for fault in coverage_faults(faulty))


# --- seeded faults ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("check", "damage"), SEEDED)
def test_a_seeded_fault_is_seen(check: Check, damage: Damage, faulty: RuleData) -> None:
    expected = damage(faulty)
    found = list(check(faulty))
    assert any(expected in fault for fault in found), found[:5]
