"""Every kind of matter from its opening to its end: who must act, what may be done, and what is remembered of it."""

from pathlib import Path
from typing import get_args

import pytest

from machines.table import CHARTS, table
from tests.office import Office
from tests.structures.agreement import disagreements
from tests.structures.courses import COURSES, Course
from tests.structures.steps import events, explained, opened, sound, step
from workflow.register.events import DocumentEvent

#: Steps that only the body whose worklist says so can take; groups that may prepare are asked for nothing.
MUST = {"anchor", "recommend", "decide", "answer", "spread"}


#: What an act on a case brings about for the register, and its own history does not hold.
OF_DOCUMENTS = {str(kind.__struct_config__.tag) for kind in get_args(DocumentEvent)}


def listed(office: Office, ref: str, day: str) -> set[tuple[str, str]]:
    """Everybody on whose worklist the case stands, with what is asked of them."""
    rows = office("worklist", today=day, expect=0).json
    return {(row["body"], row["step"]) for row in rows if row.get("case") == ref}


def by_id(told: str) -> tuple[str, str, str]:
    """Verb, body and day of a step; the body by the id it is known by."""
    verb, *words = told.split()
    ids = {"SRK": "samreko-hsi", "FG": "fredagsgruppen", "LF": "ledningsforum", "PF": "politiskt-forum"}
    return (verb, "", words[0]) if verb == "dispatch" else (verb, ids.get(words[0], words[0]), words[1])


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_a_course_goes_from_state_to_state_and_everything_of_it_is_remembered(county: Office, course: Course) -> None:
    ref = opened(county, course.type, course.group, **course.said)
    told, over = ["case_opened"], False
    for words, state in course.steps:
        verb, body, day = by_id(words)
        asked = {each for each, _ in listed(county, ref, day)}
        assert asked or over, (words, "nobody is asked for anything")
        if verb in MUST:
            assert body in asked, (words, asked)
        reply = county(*step(ref, words), today=day, expect=0).json
        assert reply["state"] == state, words
        told += [each["kind"] for each in reply["events"] if each["kind"] not in OF_DOCUMENTS]
        over = state in table(course.chart).ends
    assert events(county, ref) == told
    shown = county.show(ref)
    assert (shown["chart"], shown["state"]) == (course.chart, course.steps[-1][1])
    assert over
    assert {each for _, each in listed(county, ref, "2026-11-20")} <= {"spread"}
    sound(county)


@pytest.mark.slow
@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_what_is_said_to_be_possible_is_and_what_is_not_is_refused_with_the_same_reason(
    county: Office, course: Course, tmp_path: Path
) -> None:
    """``case next`` against the commands themselves, at every new state of the course."""
    ref = opened(county, course.type, course.group, **course.said)
    seen = set()
    for words, _ in course.steps:
        _, _, day = by_id(words)
        shown = county.show(ref, today=day)
        standing = (shown["state"], str(shown["done"]), len(shown["waiting_for"]) == 1)
        if standing not in seen:
            seen.add(standing)
            faults = disagreements(county, ref, day, tmp_path / "twins")
            assert faults == [], "\n".join(faults)
        county(*step(ref, words), today=day, expect=0)
    faults = disagreements(county, ref, "2026-11-20", tmp_path / "twins")
    assert faults == [], "\n".join(faults)


def test_the_courses_walk_every_chart_and_every_type() -> None:
    walked = {course.chart for course in COURSES} | {"ratification", "structure-decision", "document"}
    assert walked == set(CHARTS)
    types = {course.type.replace("ö", "o") for course in COURSES}
    assert types >= {"riktlinje", "rutin", "handlingsplan", "gemensam-plan", "policy", "uppdragsbeskrivning"}
    assert types >= {"uppdrag", "stimulansmedel", "revisionssvar", "overenskommelse"}


@pytest.mark.parametrize("chart", sorted(CHARTS))
def test_every_chart_is_drawn_with_every_state_there_is(county: Office, chart: str) -> None:
    drawn = county("diagram", chart, expect=0).json["drawing"]
    assert [state for state in table(chart).states if state not in drawn] == []
    assert drawn.startswith("stateDiagram")


def test_what_is_decided_for_later_is_decided_until_its_day_and_in_force_from_then(county: Office) -> None:
    ref = opened(county, "handlingsplan", "vuxna", level="officers", valid_from="2026-07-01", on="2026-02-01")
    reply = county(*step(ref, "decide LF 2026-03-01"), today="2026-03-01", expect=0).json
    assert reply["state"] == "decided"
    assert county.show(ref, today="2026-06-30")["state"] == "decided"
    assert county.show(ref, today="2026-07-01")["state"] == "in_force"
    county("sweep", today="2026-07-02", expect=0)
    assert events(county, ref)[-1] == "took_effect"
    sound(county)


def test_under_a_joint_board_of_alternativ_3_the_board_decides_alone(before: Office) -> None:
    """Reading G28: the board is named, then the structure can be adopted."""
    structure = {"structure": "alternativ-3", "in_force": "2026-01-01", "direction": "En nämnd", "goals": "Ett beslut"}
    ref = opened(before, "samverkansstruktur", on="2025-02-01", **structure)
    for day in ("2025-03-01", "2025-11-01"):
        before(*step(ref, f"decide rsr {day}"), expect=0)
    adopt = ("structure", "adopt", "alternativ-3", "--from", "2026-01-01", "--minutes", "§ 7", "--on", "2025-11-20")
    assert before(*adopt).error["code"] == "structure_disabled"
    before("structure", "configure", "alternativ-3", "--board", "GNUS", "--on", "2025-11-19", expect=0)
    before(*adopt, expect=0)
    route = explained(before, "avtal", "alla", on="2026-02-01")
    assert (route["decide"], route["ratify"], route["chart"]) == (["gnus"], False, "joint-board")
    case = opened(before, "avtal", "alla", on="2026-02-01")
    assert before(*step(case, "decide gnus 2026-02-20"), expect=0).json["state"] == "in_force"
    sound(before)
