"""What the verbs about structures answer is of the shape that is published for them."""

from typing import Any

import pytest

from tests.office import Office
from tests.rule_data import load
from tests.schemas.shapes import faults
from tests.structures.own_rules import example_structure
from tests.structures.steps import opened, take
from tests.structures.test_route_diff import MATTERS, TODAY, told

STRUCTURES = sorted(load().structures)


def of_its_shape(name: str, answer: Any) -> None:
    assert faults(name, answer) + faults(name, answer, strictly=False) == []


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_table_of_every_structure_is_of_the_published_shape(county: Office, structure: str) -> None:
    of_its_shape("route-table", county("route", "table", "--structure", structure, expect=0).json)


@pytest.mark.parametrize("after", ["alternativ-1", "alternativ-2", "alternativ-3", "halsam"])
def test_what_would_change_is_of_the_published_shape_for_every_kind_of_matter(before: Office, after: str) -> None:
    refs = [opened(before, kind, **said, on="2025-01-10") for kind, said in MATTERS]
    take(before, refs[0], "prepare SRK 2025-02-01")
    answer = before("route", "diff", "tillfallig", after, "--on", TODAY, today=TODAY, expect=0).json
    of_its_shape("route-diff", answer)
    outcomes = {each["after"]["outcome"] for each in answer["cases"]}
    # A structure that is only described, or waits for its board to be named, has a route for nothing.
    assert outcomes >= ({"rerouted", "refused"} if after in {"alternativ-1", "alternativ-2"} else {"refused"})


def test_an_import_is_of_the_published_shape_the_first_time_and_again(before: Office) -> None:
    place = before.paper(example_structure())
    for changed in (True, False):
        answer = before("structure", "import", place, "--on", TODAY, today=TODAY, expect=0).json
        assert answer["changed"] is changed
        of_its_shape("structure-import", answer)


def test_a_misspelt_key_of_these_answers_would_be_found(before: Office) -> None:
    """The negative control: the shapes are not open to anything."""
    found = told(before, "tillfallig", "alternativ-1")
    answer = {**found, "cases": list(found["cases"].values()), "documents": list(found["documents"].values())}
    of_its_shape("route-diff", answer)
    answer["documents"][0]["before"]["owner"] = answer["documents"][0]["before"].pop("owners")
    assert faults("route-diff", answer)
    row = before("route", "table", "--structure", "alternativ-1", expect=0).json[0]
    assert faults("route-table", [{**row, "conditions": {"groups": ["vuxna"]}}])
