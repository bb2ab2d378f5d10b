"""What is published of the rules is what the rules are: the tables of routes, and the format of rule files."""

import json
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.rule_data import RULES
from tests.structures.own_rules import TENTH, example_structure, shipped
from tests.structures.published import FORMATS, ROUTES, SCHEMAS, routes, schema

ANEW = "python -m tests.structures.published writes it anew"
KINDS = {f"{each}.toml": each for each in ("county", "register", "readings", "permissions")}
FILES = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.toml"))


def faults(text: str, kind: str) -> list[str]:
    """What a rule file holds that its published format does not allow. Dates are read as JSON has them."""
    read = json.loads(json.dumps(tomllib.loads(text), default=str))
    published: dict[str, Any] = json.loads((SCHEMAS / f"rule-file-{kind}.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(published).iter_errors(read)]


def test_the_tables_of_routes_are_those_of_the_rule_files() -> None:
    assert ROUTES.read_text(encoding="utf-8") == routes(), ANEW


@pytest.mark.parametrize("name", FORMATS)
def test_the_published_format_is_the_one_that_is_read(name: str) -> None:
    assert (SCHEMAS / f"{name}.json").read_text(encoding="utf-8") == schema(name), ANEW


@pytest.mark.parametrize("file", FILES)
def test_every_shipped_rule_file_is_of_the_published_format(file: str) -> None:
    assert faults((RULES / file).read_text(encoding="utf-8"), KINDS.get(file, "structure")) == []


def test_the_example_of_the_how_to_is_of_the_published_format() -> None:
    assert faults(example_structure(), "structure") == []
    assert faults(shipped("county.toml", more=TENTH), "county") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sectors_without =", "sector_without =", "sector_without"),
        ("enabled = true", 'enabled = "ja"', "ja"),
        ("format = 1", "format = 2", "2"),
        ('evidence = "text"', 'evidence = "hearsay"', "hearsay"),
        ('mandate = ["political"]', 'mandate = ["politics"]', "politics"),
        ('status = "planned"\n', "", "status"),
    ],
)
def test_the_published_format_knows_a_misspelt_key_and_a_value_that_cannot_be(old: str, new: str, told: str) -> None:
    text = example_structure()
    assert old in text
    found = faults(text.replace(old, new, 1), "structure")
    assert any(told in fault for fault in found), found
