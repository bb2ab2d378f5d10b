"""One case on one page: what has been, where it stands, what is ahead."""

import re
from typing import Any

import pytest

from tests.commands.claims import Desk, refused
from tests.office import PARTIES, Office

LONG = "Överenskommelse om samverkan kring placerade barn och unga i Jämtlands län"


def told(office: Office, ref: str, today: str) -> dict[str, Any]:
    found: dict[str, Any] = office("case", "timeline", ref, today=today, expect=0).json
    return found


def ahead(office: Office, ref: str, today: str) -> list[tuple[str, str | None]]:
    return [(each["what"], each["on"]) for each in told(office, ref, today)["ahead"]]


def test_everything_recorded_stands_there_once_by_its_date_with_body_step_and_paragraph(county: Office) -> None:
    ref = county.opened()
    county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", "--minutes", "§ 3", expect=0)
    happened = told(county, ref, "2026-02-01")["happened"]
    history = county("case", "history", ref, expect=0).json
    assert sorted(row["seq"] for row in happened) == [row["seq"] for row in history]
    last = happened[-1]
    assert (last["on"], last["body"], last["step"], last["minutes"]) == ("2026-01-20", "au-barn-unga", "prepare", "§ 3")


def test_what_was_decided_earlier_and_reported_later_stands_in_its_place(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    for party, on in (("berg", "2026-05-20"), ("are", "2026-04-01")):
        office.adopts(ref, party, on=on)
    happened = told(office, ref, "2026-06-01")["happened"]
    assert [row["body"] for row in happened if row["kind"] == "answer_recorded"] == ["are", "berg"]
    assert [row["on"] for row in happened] == sorted(row["on"] for row in happened)


def test_ahead_of_a_case_with_the_forums_are_the_steps_that_remain_in_their_order(county: Office) -> None:
    ref = county.walked_to("prepared", not_before="2027-01-01", valid_to="2029-12-31")
    rows = told(county, ref, "2026-02-01")["ahead"]
    assert [(row["what"], row["on"]) for row in rows] == [
        ("leadership", None),
        ("political", None),
        ("dispatch", None),
        ("answer", None),
        ("take_effect_earliest", "2027-01-01"),
        ("spread", None),
        ("end", "2029-12-31"),
    ]
    assert rows[0]["by"] == ["ledningsforum"]
    assert rows[3]["by"] == list(PARTIES)
    later = county.walked_to("recommended_by_political_forum")
    assert [what for what, _ in ahead(county, later, "2026-03-01")][:2] == ["dispatch", "take_effect"]


def test_a_step_that_was_put_off_has_its_day_and_is_marked_when_it_has_passed(county: Office) -> None:
    ref = county.walked_to("prepared")
    until = ("--until", "2026-03-10", "--reason", "r", "--on", "2026-02-01")
    county("case", "postpone", ref, "--by", "ledningsforum", *until, expect=0)
    for today, overdue in (("2026-03-10", False), ("2026-03-11", True)):
        first = told(county, ref, today)["ahead"][0]
        assert (first["what"], first["on"], first["overdue"]) == ("leadership", "2026-03-10", overdue)


def test_ahead_of_a_case_with_the_parties_are_the_days_of_its_deadline(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    days = [("remind", "2026-05-25"), ("remind", "2026-06-15"), ("answer", "2026-06-22")]
    days += [("stall", "2026-06-23"), ("escalate", "2026-07-20")]
    rest = [("take_effect", None), ("spread", None)]
    assert ahead(office, ref, "2026-03-02") == [*days, *rest]
    assert ahead(office, ref, "2026-06-16") == [*days[2:], *rest]
    office("case", "answer-by", ref, "--date", "2026-09-30", "--reason", "r", "--on", "2026-06-16", expect=0)
    assert ahead(office, ref, "2026-06-16")[:3] == [
        ("remind", "2026-09-02"),
        ("remind", "2026-09-23"),
        ("answer", "2026-09-30"),
    ]
    meeting = ("--answer", "adjourned", "--on", "2026-06-17", "--next-meeting", "2026-09-16")
    office("case", "answer", ref, "--party", "are", *meeting, expect=0)
    assert ("meet", "2026-09-16") in ahead(office, ref, "2026-06-20")
    assert ("meet", "2026-09-16") not in ahead(office, ref, "2026-09-17")


def test_an_answer_that_is_owed_stays_ahead_after_its_day_and_is_marked(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, *PARTIES[1:])
    (row,) = [row for row in told(office, ref, "2026-12-01")["ahead"] if row["what"] == "answer"]
    assert (row["on"], row["by"], row["overdue"]) == ("2026-06-22", ["rjh"], True)
    office.adopts(ref, PARTIES[0], on="2026-09-01")
    assert [what for what, _ in ahead(office, ref, "2026-12-01")] == ["spread"]


def test_a_ratified_case_waits_for_its_day_and_one_without_effect_for_nothing(county: Office) -> None:
    ref = county.walked_to("ratified", valid_from="2026-09-01")
    assert ahead(county, ref, "2026-08-31")[0] == ("take_effect", "2026-09-01")
    shown = told(county, ref, "2026-09-01")
    assert (shown["now"]["state"], shown["ahead"][0]["what"]) == ("in_force", "spread")
    for state in ("withdrawn", "closed"):
        assert ahead(county, county.walked_to(state), "2026-12-01") == []


def test_now_counts_the_parties_and_tells_the_flags(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "rjh", "berg")
    office("sweep", today="2026-06-23", expect=0)
    now = told(office, ref, "2026-06-25")["now"]
    assert (now["parties"], now["waiting_for"]) == ({"adopted": 2, "waiting": 7}, list(PARTIES[2:]))
    assert {flag["party"] for flag in now["flags"]} == set(PARTIES[2:])
    assert all(flag["text"] for flag in now["flags"])


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_it_fits_the_page_and_colour_adds_nothing(
    county: Office, monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ref = county.walked_to("sent_to_parties", title=LONG, text=county.paper("ett"))
    for party in PARTIES[:4]:
        office = ("case", "answer", ref, "--party", party, "--answer", "adopts", "--minutes", "§ 9")
        county(*office, "--on", "2026-05-20", expect=0)
    county("sweep", today="2026-06-25", expect=0)
    plain = county("case", "timeline", ref, today="2026-06-25", lang=lang, json=False, expect=0).out
    assert max(map(len, plain.splitlines())) <= columns
    for day in ("2026-01-12", "2026-05-20", "2026-06-22 !", "2026-07-20"):
        assert any(line.strip().startswith(day) for line in plain.splitlines()), day
    # Four that answered alike on one day stand on one line.
    assert sum("2026-05-20" in line for line in plain.splitlines()) == 1
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = county("case", "timeline", ref, today="2026-06-25", lang=lang, json=False, expect=0).out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_a_case_there_is_none_of_is_refused_with_the_nearest(desk: Desk) -> None:
    office, _ref = desk("prepared")
    reply = refused(office, "case", "timeline", "SAM-2026-001", code="unknown_case", exit_code=66)
    assert reply.error["suggestion"] == "SAM-2026-0001"
