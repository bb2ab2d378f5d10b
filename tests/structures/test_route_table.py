"""A structure's whole table: every rule and every refusal once, nothing left out, readable on a screen."""

from typing import Any

import pytest

from tests.office import Office
from tests.rule_data import load

STRUCTURES = sorted(load().structures)
STEPS = ("may_prepare", "prepare", "leadership", "political", "anchoring", "anchoring_duty", "decide")
AFTERWARDS = ("report_also_to", "inform", "spread_via", "follow_up")


def rows(office: Office, structure: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office("route", "table", "--structure", structure, expect=0).json
    return found


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_table_has_a_row_for_every_rule_and_every_refusal_as_the_file_says_them(
    county: Office, structure: str
) -> None:
    file = load().structures[structure]
    told = rows(county, structure)
    entries = [*file.get("rule", []), *file.get("refusal", [])]
    assert [row["rule"] for row in told] == [entry["id"] for entry in entries]
    for row, entry in zip(told, entries, strict=True):
        assert row["types"] == entry["type"]
        assert row["kind"] == ("refusal" if "code" in entry else "rule")
        assert row["code"] == entry.get("code")
        assert [each["quote"] for each in row["sources"]] == [each.get("quote", "") for each in entry["sources"]]
        assert row["readings"] == entry.get("reading", [])
        for key in (*STEPS, *AFTERWARDS):
            assert row[key] == entry.get(key, []), (row["rule"], key)
        for key in ("report_to", "ratify", "agenda_part"):
            assert row[key] == entry.get(key), (row["rule"], key)


CONDITIONS = (
    *("group", "level", "sectors_with", "sectors_without", "lifted", "variant", "for", "giver", "receiver"),
    *("addressee", "active", "dormant", "parameter_set", "parameter_unset", "otherwise"),
)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_conditions_of_a_row_are_those_of_the_file_and_no_others(county: Office, structure: str) -> None:
    file = load().structures[structure]
    entries = {each["id"]: each for each in (*file.get("rule", []), *file.get("refusal", []))}
    for row in rows(county, structure):
        assert row["conditions"] == {
            key: entries[row["rule"]][key] for key in CONDITIONS if key in entries[row["rule"]]
        }


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_person_reads_the_table_in_a_hundred_columns(
    county: Office, structure: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    printed = county("route", "table", "--structure", structure, json=False, lang=lang, expect=0).out
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 100
    rule, course = {"sv": ("Regel", "Gång"), "en": ("Rule", "Course")}[lang]
    heading = next(line for line in lines if line.split()[:2] == [rule, course])
    # A long id is broken where its column ends: put together again, it is whole.
    second = heading.index(course)
    first_column = "".join("".join(line[:second].split()) for line in lines)
    codes = {line[second:].split()[0] for line in lines if line[second:].strip()}
    for row in rows(county, structure):
        assert row["rule"] in first_column
        assert row["code"] is None or row["code"] in codes


def test_a_refusal_tells_its_reason_in_the_language_asked_for(county: Office) -> None:
    words = ("route", "table", "--structure", "alternativ-2")
    reasons = {lang: county(*words, lang=lang, expect=0).json for lang in ("sv", "en")}
    refusals = {lang: [row["because"] for row in told if row["kind"] == "refusal"] for lang, told in reasons.items()}
    assert all(refusals["sv"] + refusals["en"])
    assert refusals["sv"] != refusals["en"]


def test_a_structure_nobody_knows_is_refused_with_the_nearest(county: Office) -> None:
    reply = county("route", "table", "--structure", "alternativ-9", expect=65)
    assert (reply.error["code"], reply.error["suggestion"]) == ("unknown_structure", "alternativ-3")
