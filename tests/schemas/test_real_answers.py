"""What a script may rely on is published as JSON Schemas, and the real answers are held against them."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from machines.table import CHARTS, table
from tests.office import PARTIES, Office
from tests.schemas.hearing import ONLY_REFUSED, TODAY, look
from tests.schemas.shapes import OTHERS, Checked, commands, faults, references, shape_of, shapes, validator
from workflow.ahead import Coming
from workflow.duties import DutyStep
from workflow.events import CaseEvent
from workflow.facts import Answer, FlagKind, Severity
from workflow.refusals import REFUSALS
from workflow.register.events import DocumentEvent
from workflow.register.facts import DocumentFlagKind
from workflow.register.standing import STATUS
from workflow.register.view import DocumentStep
from workflow.rule_tables import Evidence
from workflow.worklist import URGENCIES


def test_every_command_has_a_published_shape_and_no_shape_lacks_its_command() -> None:
    assert shapes().keys() == commands() | OTHERS


@pytest.mark.parametrize("name", sorted(shapes()))
def test_every_shape_is_a_schema_that_names_itself_and_refers_only_to_what_is_there(name: str) -> None:
    schema = shapes()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"{name}.json"
    assert schema["title"].strip()
    registry: Registry[Any] = Registry().with_resources(
        (f"{each}.json", Resource.from_contents(contents)) for each, contents in shapes().items()
    )
    for reference in references(schema):
        registry.resolver(f"{name}.json").lookup(reference)


def test_no_definition_is_published_that_no_shape_uses() -> None:
    used = {reference.rpartition("/")[2] for schema in shapes().values() for reference in references(schema)}
    assert shapes()["definitions"]["$defs"].keys() - used == set()


def closed(name: str) -> set[str]:
    return set(shapes()["definitions"]["$defs"][name]["enum"])


def test_the_closed_sets_are_those_of_the_product() -> None:
    of_cases = CHARTS.keys() - {"ratification", "document"}
    assert closed("chart") == of_cases
    assert closed("state") == {state for chart in of_cases for state in table(chart).states}
    assert closed("party_state") == set(table("ratification").states)
    assert closed("answer") == set(get_args(Answer))
    assert closed("duty") == {*get_args(DutyStep), *get_args(DocumentStep)}
    assert closed("document_state") == set(table("document").states)
    assert closed("document_status") == set(STATUS.values())
    assert closed("severity") == set(get_args(Severity))
    assert closed("urgency") == set(URGENCIES)
    ahead = shapes()["case-timeline"]["properties"]["ahead"]["items"]["properties"]["what"]["enum"]
    assert set(ahead) == {each for literals in get_args(Coming) for each in get_args(literals)}
    assert closed("evidence") == set(get_args(Evidence))
    assert closed("kind") == {kind.__struct_config__.tag for kind in (*get_args(CaseEvent), *get_args(DocumentEvent))}
    assert closed("flag_kind") >= {*get_args(FlagKind), *get_args(DocumentFlagKind)}
    assert closed("error_code") >= {refusal.code for refusal in REFUSALS} | {"usage", "aborted", "internal_error"}
    assert set(shapes()["diagram"]["properties"]["chart"]["enum"]) == CHARTS.keys()


@pytest.mark.parametrize("state", table("agreement").states)
def test_in_every_state_every_answer_is_of_its_shape(checked: Checked, state: str) -> None:
    ref = checked.walked_to(state)
    assert checked.show(ref)["state"] == state
    look(checked, ref)
    checked("sweep", today=TODAY, expect=0)
    look(checked, ref)


def test_every_command_was_heard(answers: dict[str, list[Any]]) -> None:
    assert answers.keys() == commands() - ONLY_REFUSED | {"error"}


def test_a_new_office_answers_in_the_published_shape_from_the_first_command(isolated: None, tmp_path: Path) -> None:
    office = Checked(tmp_path)
    assert office("case", "list").code
    office.founded()
    for words in (("case", "list"), ("worklist",), ("flag", "list"), ("party", "matrix"), ("audit", "replay")):
        assert office(*words, expect=0).json == []
    assert office("audit", "verify", expect=0).json["findings"] == []


def test_each_answer_shown_by_the_demo_is_of_the_shape_of_its_own_command(answers: dict[str, list[Any]]) -> None:
    steps = [step for step in answers["demo"][0]["steps"] if step["output"] is not None]
    assert steps
    for step in steps:
        words = tuple(step["command"].split()[1:])
        assert faults(shape_of(words), step["output"]) == [], step["command"]


def test_a_shape_is_printed_as_it_is_published_by_either_name(office: Office) -> None:
    for words in (("schema", "case-next"), ("schema", "case", "next"), ("schema", "Case-Next")):
        for as_json in (True, False):
            assert json.loads(office(*words, json=as_json, expect=0).out) == shapes()["case-next"]
    rows = office("schema", expect=0).json
    assert {row["name"] for row in rows} == shapes().keys()
    assert {row["command"].replace(" ", "-", 1) for row in rows if row["command"]} == commands()
    told = office("schema", json=False, expect=0).out
    assert all(name in told for name in shapes())


def test_an_unknown_shape_is_refused_with_the_nearest(office: Office) -> None:
    reply = office("schema", "case", "nxt", expect=65)
    assert (reply.error["code"], reply.error["suggestion"]) == ("value_invalid", "case-next")
    assert not office.file.exists()


def test_an_answer_of_another_shape_is_not_let_pass(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the office that checks."""
    monkeypatch.setitem(shapes()["party-list"]["items"]["properties"], "mailbox", {"type": "integer"})
    validator.cache_clear()
    with pytest.raises(AssertionError, match=r"party-list at \$\[0\]\.mailbox"):
        checked("party", "list")
    monkeypatch.undo()
    validator.cache_clear()
    assert len(checked("party", "list", expect=0).json) == len(PARTIES)
