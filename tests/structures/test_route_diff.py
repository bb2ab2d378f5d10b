"""What «route diff» tells beforehand is what then happens, for every case and every document."""

import shlex
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.structures.steps import explained, opened, sound, take, tried

TODAY = "2026-11-20"
FIRST = date(2025, 1, 10)
STEPS = ("recommend", "decide", "dispatch", "answer", "anchor", "prepare", "lift", "return", "override", "revise")

#: Mostly the step that leads furthest, now and then another.
PICKS = (0, 0, 0, 0, 0, 1, 2, 3, 7, 11)

GROUPS = ("barn-unga", "vuxna", "alla")
MATTERS: list[tuple[str, dict[str, Any]]] = [
    *[(kind, {"group": group}) for kind in ("ök", "avtal", "riktlinje", "rutin") for group in GROUPS],
    *[("handlingsplan", {"group": group, "level": level}) for group in GROUPS for level in ("political", "officers")],
    ("ök", {"group": "barn-unga", "sector": ["halso-och-sjukvard", "socialtjanst"]}),
    ("ök", {"group": "vuxna", "effect": "threshold:2"}),
    ("riktlinje", {"document": "b1-19"}),
    ("avtal", {"document": "b1-11"}),
    ("policy", {}),
    ("stimulansmedel", {"year": 2026, "amount": 9, "share": ["rjh=9"]}),
    ("uppdragsbeskrivning", {"for_": "fredagsgruppen"}),
    ("uppdrag", {"giver": "fredagsgruppen", "receiver": "lokala-samverkansarenor", "kind": "standing"}),
    ("revisionssvar", {"addressee": "hsn", "due": "2025-05-01", "audit": "Granskning"}),
]


def told(office: Office, before: str, after: str, on: str = TODAY) -> dict[str, Any]:
    """The answer of «route diff», its cases by reference and its documents by row."""
    found: dict[str, Any] = office("route", "diff", before, after, "--on", on, today=TODAY, expect=0).json
    cases = {each["ref"]: each for each in found["cases"]}
    return {**found, "cases": cases, "documents": {each["row"]: each for each in found["documents"]}}


def onwards(step: dict[str, Any]) -> int:
    """Puts the steps that lead onwards first, so that a low number of a pick is a case that goes far."""
    return STEPS.index(step["step"])


def one_step(office: Office, ref: str, day: date, pick: int) -> bool:
    """Take one of the steps that are possible on the day; whether there was one."""
    steps = office("case", "next", ref, today=day, expect=0).json["steps"]
    possible = sorted((each for each in steps if each["allowed"] and each["step"] in STEPS), key=onwards)
    if not possible:
        return False
    filled = {"DATE": str(day), "…": "skäl", "ANSWER": "adopts", "FILE": str(office.paper(f"text {day} {pick}"))}
    words = [filled.get(word, word) for word in shlex.split(possible[pick % len(possible)]["command"])[1:]]
    on = () if "--on" in words else ("--on", day)
    office(*words, *on, today=TODAY, expect=0)
    return True


def walked(office: Office, matter: tuple[str, dict[str, Any]], picks: list[int]) -> str:
    """A case of the temporary arrangement, taken as many steps as there are picks, as far as it goes."""
    kind, said = matter
    ref = opened(office, kind, **said, on=FIRST)
    for number, pick in enumerate(picks, start=1):
        if not one_step(office, ref, FIRST + timedelta(days=number), pick):
            break
    return ref


def decided(office: Office, structure: str) -> None:
    """RSR has decided that the structure comes into force on the first day of 2026."""
    said = {"in_force": "2026-01-01", "direction": "En väg in", "goals": "Jämlik vård i länet"}
    ref = opened(office, "samverkansstruktur", structure=structure, on="2025-02-01", **said)
    take(office, ref, "decide rsr 2025-03-01", "decide rsr 2025-11-15")


def changed(office: Office, structure: str) -> None:
    """The structure is adopted from the first day of 2026, and the sweep has run."""
    words = ("structure", "adopt", structure, "--from", "2026-01-01", "--minutes", "§ 7", "--on", "2025-11-20")
    office(*words, today=TODAY, expect=0)
    office("sweep", today=TODAY, expect=0)


def holds(office: Office, ref: str, foretold: dict[str, Any]) -> None:
    """The case stands as was told beforehand; where it was told it would be refused, its forums are refused so."""
    shown = office.show(ref, today=TODAY)
    for key in ("structure", "chart", "waiting_for"):
        assert shown[key] == foretold[key], (ref, key)
    for key in ("rule", "ratify", "report_to"):
        assert shown["route"][key] == foretold[key], (ref, key)
    owed = {step: set(shown["route"][step]) - set(shown["done"][step]) for step in foretold["remaining"]}
    for step, bodies in foretold["remaining"].items():
        assert set(bodies) <= owed[step], (ref, step)
    if foretold["refusal"] is not None:
        refused_with = foretold["refusal"]["code"]
        forums = [body for step in ("prepare", "leadership", "political", "decide") for body in shown["route"][step]]
        codes = {tried(office, ref, f"{verb} {forum} {TODAY}", TODAY).error["code"] for verb, forum in verbs(forums)}
        assert refused_with in codes, (ref, codes)


def verbs(forums: list[str]) -> list[tuple[str, str]]:
    return [(verb, forum) for forum in forums for verb in ("prepare", "recommend", "decide")]


@pytest.mark.slow
@pytest.mark.slow
@given(
    cases=st.lists(
        st.tuples(st.sampled_from(MATTERS), st.lists(st.sampled_from(PICKS), max_size=9)), min_size=2, max_size=5
    ),
    structure=st.sampled_from(("alternativ-1", "alternativ-1", "alternativ-2")),
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_what_is_told_of_a_change_of_structure_is_what_then_happens(
    isolated: None, unchanged: Office, cases: list[tuple[tuple[str, dict[str, Any]], list[int]]], structure: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = unchanged.copied_to(Path(folder) / "office")
        refs = [walked(office, matter, picks) for matter, picks in cases]
        decided(office, structure)
        foretold = told(office, "tillfallig", structure)
        open_ones = {ref for ref in refs if ref in foretold["cases"]}
        history = {ref: office("case", "history", ref, expect=0).json for ref in refs}
        changed(office, structure)
        for ref in refs:
            now = office("case", "history", ref, expect=0).json
            assert now[: len(history[ref])] == history[ref]
            rerouted = "rerouted" in [row["kind"] for row in now[len(history[ref]) :]]
            assert rerouted == (ref in open_ones and foretold["cases"][ref]["after"]["outcome"] == "rerouted")
        for ref in open_ones:
            event(f"{foretold['cases'][ref]['state']}: {foretold['cases'][ref]['after']['outcome']}")
            holds(office, ref, foretold["cases"][ref]["after"])
        afterwards = told(office, structure, structure)
        assert {row: each["before"] for row, each in afterwards["documents"].items()} == {
            row: each["after"] for row, each in foretold["documents"].items()
        }
        sound(office)


def test_a_case_is_told_with_the_forums_that_remain_under_either_structure(before: Office) -> None:
    ref = opened(before, "ök", "barn-unga", on="2025-01-10")
    take(before, ref, "prepare SRK 2025-02-01", "recommend svom 2025-03-01")
    found = told(before, "tillfallig", "alternativ-1")["cases"][ref]
    assert found["before"]["remaining"]["political"] == ["buz"]
    assert found["before"]["report_to"] == "svom"
    assert found["after"]["remaining"]["political"] == ["politiskt-forum"]
    assert found["after"]["remaining"]["leadership"] == []
    assert (found["after"]["outcome"], found["after"]["report_to"]) == ("rerouted", "politiskt-forum")
    assert found["changes"]


def test_a_case_without_a_route_there_is_told_with_the_refusal_it_would_meet(before: Office) -> None:
    ref = opened(before, "ök", "barn-unga", on="2025-01-10")
    money = opened(before, "stimulansmedel", year=2026, amount=9, share="rjh=9", on="2025-01-10")
    cases = told(before, "tillfallig", "alternativ-2")["cases"]
    assert cases[ref]["after"]["refusal"]["code"] == "route_undefined"
    assert "school" in cases[ref]["after"]["refusal"]["message"]
    assert cases[money]["after"]["refusal"]["code"] == "arena_not_designated"
    assert cases[ref]["before"]["refusal"] is None


def test_what_the_parties_have_stays_with_them_and_is_reported_to_the_heir(before: Office) -> None:
    """Reading G39, rule X12."""
    ref = opened(before, "ök", "vuxna", on="2025-01-10")
    take(before, ref, "prepare FG 2025-02-01", "recommend svom 2025-03-01", "dispatch 2025-03-02")
    found = told(before, "tillfallig", "alternativ-1")["cases"][ref]
    assert found["before"]["waiting_for"] == found["after"]["waiting_for"]
    assert (found["before"]["report_to"], found["after"]["report_to"]) == ("svom", "politiskt-forum")
    # Where the new structure has no route for it, that bars nothing: the parties answer all the same.
    school = opened(before, "ök", "barn-unga", on="2025-01-10")
    take(before, school, "prepare SRK 2025-02-01", "recommend svom 2025-03-01", "recommend buz 2025-03-01")
    take(before, school, "dispatch 2025-03-02")
    found = told(before, "tillfallig", "alternativ-2")["cases"][school]
    assert (found["after"]["outcome"], found["after"]["refusal"]) == ("as_it_is", None)


def test_a_case_that_is_over_is_no_part_of_the_answer(before: Office) -> None:
    ref = opened(before, "ök", "vuxna", on="2025-01-10")
    take(before, ref, "withdraw 2025-02-01")
    assert told(before, "tillfallig", "alternativ-1")["cases"] == {}


def test_asking_changes_nothing_and_the_same_structure_twice_differs_in_nothing(before: Office) -> None:
    opened(before, "ök", "alla", on="2025-01-10")
    stored = before.copy_log_bytes()
    found = told(before, "tillfallig", "tillfallig")
    assert [each["changes"] for each in found["cases"].values()] == [False]
    assert all(each["changes"] == {"route": False, "owner": False} for each in found["documents"].values())
    assert before.copy_log_bytes() == stored


def test_a_document_is_told_with_the_route_that_is_explained(county: Office) -> None:
    found = told(county, "nuvarande", "alternativ-1", on="2022-06-01")["documents"]
    assert len(found) == 27
    for row, each in found.items():
        for side, structure in (("before", "nuvarande"), ("after", "alternativ-1")):
            words = ("route", "explain", "--type", each["type"], "--document", f"b1-{row:02}", "--structure", structure)
            reply = county(*words, "--on", "2022-06-01")
            if each[side]["refusal"] is not None:
                assert reply.error["code"] == each[side]["refusal"]["code"]
            else:
                assert reply.json["rule"] == each[side]["route"]["rule"]
    guideline = explained(county, "riktlinje", document="b1-25", structure="alternativ-1", on="2022-06-01")
    assert found[25]["after"]["route"]["decide"] == guideline["decide"] == ["ledningsforum"]


def test_a_person_reads_it_in_a_hundred_columns_in_either_language(before: Office) -> None:
    ref = opened(before, "ök", "barn-unga", on="2025-01-10")
    for lang in ("sv", "en"):
        reply = before("route", "diff", "tillfallig", "alternativ-1", json=False, lang=lang, today=TODAY, expect=0)
        assert ref in reply.out
        assert max(map(len, reply.out.splitlines())) <= 100
