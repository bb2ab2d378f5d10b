"""What is urgent stands first: the worklist and the flags, through the command line."""

from typing import Any

import pytest

from tests.commands.claims import Desk, refused
from tests.office import Office
from workflow.worklist import URGENCIES as ORDER

ASKED_BY = "2026-06-22"


def row_of(office: Office, body: str, today: str) -> dict[str, Any]:
    (row,) = office("worklist", body, today=today, expect=0).json
    return dict(row)


@pytest.mark.parametrize(
    ("today", "urgency", "next_day"),
    [
        ("2026-03-02", "none", "2026-05-25"),
        ("2026-05-25", "info", "2026-05-25"),
        ("2026-05-26", "info", "2026-06-15"),
        ("2026-06-16", "warning", ASKED_BY),
        (ASKED_BY, "warning", ASKED_BY),
        ("2026-06-23", "warning", "2026-06-23"),
        ("2026-06-24", "warning", "2026-07-20"),
        ("2026-07-20", "high", "2026-07-20"),
        ("2026-07-21", "high", None),
    ],
)
def test_an_answer_grows_more_urgent_and_tells_the_next_day_that_matters(
    desk: Desk, today: str, urgency: str, next_day: str | None
) -> None:
    """112 days from 2026-03-02; reminders 28 and 7 days before, flags 1 and 28 days after."""
    office, _ = desk("sent_to_parties")
    row = row_of(office, "krokom", today)
    assert (row["due"], row["urgency"], row["next"]) == (ASKED_BY, urgency, next_day)


def test_an_adjourned_answer_has_the_partys_next_meeting_for_its_next_day(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    said = ("--answer", "adjourned", "--on", "2026-06-25", "--next-meeting", "2026-07-02")
    office("case", "answer", ref, "--party", "krokom", *said, expect=0)
    assert row_of(office, "krokom", "2026-06-26")["next"] == "2026-07-02"
    assert row_of(office, "krokom", "2026-07-03")["next"] == "2026-07-20"


def test_a_new_day_to_answer_by_moves_the_days_that_follow_from_it(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office("case", "answer-by", ref, "--date", "2026-09-30", "--reason", "r", "--on", "2026-06-01", expect=0)
    row = row_of(office, "krokom", "2026-06-24")
    assert (row["due"], row["urgency"], row["next"]) == ("2026-09-30", "none", "2026-09-02")


def test_the_worklist_is_sorted_by_urgency_and_by_day(county: Office) -> None:
    county.walked_to("recommended_by_leadership")
    moved = county.walked_to("sent_to_parties", party=["berg"])
    county.walked_to("sent_to_parties", party=["are", "berg"])
    county("case", "answer-by", moved, "--date", "2026-09-30", "--reason", "r", "--on", "2026-03-03", expect=0)
    rows = county("worklist", today="2026-06-25", expect=0).json
    places = [(ORDER.index(row["urgency"]), row["due"] or "~") for row in rows]
    assert places == sorted(places)
    assert [(row["case"], row["body"]) for row in rows if row["step"] == "answer"] == [
        ("SAM-2026-0003", "are"),
        ("SAM-2026-0003", "berg"),
        (moved, "berg"),
    ]


def test_a_flag_of_the_case_raises_the_urgency_and_one_of_another_party_does_not(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    office("sweep", today="2026-07-20", expect=0)
    before = row_of(office, "krokom", "2026-06-01")
    assert before["urgency"] == "high"
    flags = office("flag", "list", "--party", "krokom", expect=0).json
    assert {flag["severity"] for flag in flags} == {"high", "warning"}


def test_flags_are_listed_the_gravest_first_then_the_oldest(county: Office) -> None:
    first = county.walked_to("sent_to_parties", party=["berg", "are"])
    second = county.walked_to("sent_to_parties", party=["krokom"])
    county("case", "answer-by", second, "--date", "2026-05-11", "--reason", "r", "--on", "2026-03-03", expect=0)
    county("sweep", today="2026-06-23", expect=0)
    flags = county("flag", "list", today="2026-06-23", expect=0).json
    assert {flag["case"] for flag in flags} == {first, second}
    places = [(ORDER.index(flag["severity"]), flag["due"]) for flag in flags]
    assert places == sorted(places)
    assert len({severity for severity, _ in places}) > 1


def test_flags_are_asked_for_by_kind_by_party_and_by_whose_they_are(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    office("sweep", today="2026-07-20", expect=0)
    whole = office("flag", "list", expect=0).json
    asked = {
        ("--kind", "ratification_stalled"): [flag for flag in whole if flag["kind"] == "ratification_stalled"],
        ("--party", "Åre"): [flag for flag in whole if flag["party"] == "are"],
        ("--body", "politiskt forum"): [flag for flag in whole if "politiskt-forum" in flag["assigned_to"]],
        ("--kind", "ratification_stalled", "--party", "are"): [
            flag for flag in whole if (flag["kind"], flag["party"]) == ("ratification_stalled", "are")
        ],
        ("--kind", "expiring"): [],
    }
    for words, flags in asked.items():
        assert office("flag", "list", *words, expect=0).json == flags, words
        assert len(flags) < len(whole)
    assert all(flags for words, flags in asked.items() if words != ("--kind", "expiring"))
    refused(office, "flag", "list", "--party", "Sundsvall", code="unknown_party", exit_code=65)
    refused(office, "flag", "list", "--body", "ingen", code="unknown_forum", exit_code=65)


@pytest.mark.parametrize(
    ("lang", "says"), [("sv", "Ärendet tas upp igen 2026-09-16"), ("en", "meets again on 2026-09-16")]
)
def test_a_flags_sentence_says_when_a_party_that_put_it_off_meets_next(desk: Desk, lang: str, says: str) -> None:
    office, ref = desk("sent_to_parties")
    said = ("--answer", "remitted", "--on", "2026-06-10", "--next-meeting", "2026-09-16")
    office("case", "answer", ref, "--party", "krokom", *said, expect=0)
    office("sweep", today="2026-06-23", expect=0)
    told = {flag["party"]: flag["text"] for flag in office("flag", "list", lang=lang, expect=0).json}
    assert says in told["krokom"]
    assert [party for party, text in told.items() if says in text] == ["krokom"]


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_dates_and_references_stay_whole_on_a_narrow_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    office, ref = desk("sent_to_parties")
    lines = office("worklist", today="2026-06-25", lang="sv", json=False, expect=0).out.splitlines()
    rows = [line for line in lines if ASKED_BY in line]
    assert len(rows) == 9
    assert [line for line in rows if ref not in line] == []
    assert max(map(len, lines)) <= columns
    assert all("varning" in line and "2026-07-20" in line for line in rows) == (columns >= 80)


def test_the_help_says_how_the_worklist_is_sorted(office: Office) -> None:
    # In a process of its own: a command is made once, in the language of whoever asked first.
    out = " ".join(office.spawn("worklist", "--help").communicate()[0].split())
    assert "The most urgent comes first" in out
    assert "«Next» is the next day" in out
