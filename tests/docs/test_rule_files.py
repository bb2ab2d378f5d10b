"""What docs/rule-files.md says of the rules across types: every code that is cited anywhere can be looked up."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.docs.transcript import ROOT
from tests.kept_files import kept_files
from workflow import case_types

PAGE = (ROOT / "docs" / "rule-files.md").read_text("utf-8")
RULES = ROOT / "workflow" / "rules"
_RULE = re.compile(r"(?<![\w-])X[0-9]{1,2}(?!\w)")
_READING = re.compile(r"(?<![\w.{-])[GQP][0-9]{1,2}(?!\.?\w)")


def told(page: str) -> dict[str, set[str]]:
    """The places in the report where each code of the page's table is to be found."""
    rows = re.findall(r"^\| (X[0-9]+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    return {code: set(places.split("; ")) for code, places in rows}


def cited_by_rules() -> dict[str, set[str]]:
    """The places that the sources in rule files give for each code."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    for file in RULES.rglob("*.toml"):
        for source in _sources(tomllib.loads(file.read_text("utf-8"))):
            places[source["rule"]].add(source["cite"])
    return places


def _sources(told: Any) -> Iterator[dict[str, str]]:
    if isinstance(told, dict):
        if {"cite", "rule"} <= told.keys():
            yield told
        told = list(told.values())
    for each in told if isinstance(told, list) else ():
        yield from _sources(each)


def unknown_in_the_project(cited: re.Pattern[str], known: set[str]) -> dict[str, set[str]]:
    """The codes that a file of text or code cites and that are not known, by file."""
    files = [file for file in kept_files() if file.suffix in {".py", ".md"}]
    found = {file: set(cited.findall(file.read_text("utf-8"))) - known for file in files}
    return {file.relative_to(ROOT).as_posix(): codes for file, codes in found.items() if codes}


def test_each_code_stands_in_the_table_with_the_places_that_the_rule_files_give_for_it() -> None:
    assert told(PAGE) == cited_by_rules()
    assert list(told(PAGE)) == [f"X{number}" for number in range(1, 17)]


def test_no_file_cites_a_rule_across_types_that_is_not_in_the_table() -> None:
    assert unknown_in_the_project(_RULE, set(told(PAGE))) == {}
    assert {"X9", "X12"} <= set().union(*unknown_in_the_project(_RULE, set()).values())


def test_no_file_cites_a_reading_that_is_not_kept_but_the_one_that_seeds_such_faults() -> None:
    readings = tomllib.loads((RULES / "readings.toml").read_text("utf-8"))["reading"]
    unknown = unknown_in_the_project(_READING, {each["id"] for each in readings})
    assert unknown == {"tests/seeded_rule_faults.py": {f"{kind}99" for kind in "GQ"}}


def test_the_types_that_code_knows_by_name_are_the_countys_and_the_page_tells_which() -> None:
    known = [value for name, value in vars(case_types).items() if name.isupper()]
    (told_of,) = re.findall(r"known to the code by name[^:]*: ([^.]*)\.", PAGE)
    assert re.findall(r"`([^`]+)`", told_of) == known
    county = tomllib.loads((RULES / "county.toml").read_text("utf-8"))
    assert set(known) <= {each["id"] for each in county["type"]}
