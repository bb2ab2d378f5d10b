"""The register through the command line: entered, listed as of a day, given notice on, followed up, replaced."""

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.commands.claims import contents, refused
from tests.office import PARTIES, Office

REPORT = "2025-01-13"
EXPIRED = {3, 4, 5, 7, 8, 11, 27}
AMBIGUOUS = {12, 13, 24}


@pytest.fixture
def register(office: Office) -> Office:
    """Bilaga 1 in the register, under the report's own calendar with alternativ-1 from 2026."""
    office("init", "--adopt", "alternativ-1", "--from", "2026-01-01", expect=0)
    told = office("register", "import", expect=0).json
    assert told == {"added": 27, "unchanged": 0}
    return office


def listed(office: Office, day: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in office("register", "list", "--as-of", day, expect=0).json}


def numbers(rows: dict[str, dict[str, Any]], status: str) -> set[int]:
    return {int(each.removeprefix("b1-")) for each, row in rows.items() if row["status"] == status}


def state(office: Office, document: str, day: str) -> tuple[str, str | None]:
    row = listed(office, day)[document]
    return row["status"], row["term_ends"]


def test_on_the_day_of_the_report_seven_had_expired_three_were_ambiguous_and_one_had_no_term(register: Office) -> None:
    """Scenario 59."""
    rows = listed(register, REPORT)
    assert (numbers(rows, "expired"), numbers(rows, "ambiguous")) == (EXPIRED, AMBIGUOUS)
    assert numbers(rows, "undated") == {10}
    assert numbers(rows, "in_force") == set(range(1, 28)) - EXPIRED - AMBIGUOUS - {10}


def test_five_lapsed_on_the_last_of_december_and_were_in_force_that_day(register: Office) -> None:
    """Scenario 60: tom is inclusive."""
    lapsing = {3, 4, 7, 8, 27}
    assert lapsing <= numbers(listed(register, "2024-12-31"), "in_force")
    assert lapsing <= numbers(listed(register, "2025-01-01"), "expired")


def test_row_9_renews_itself_and_row_15_is_revised_every_third_year(register: Office) -> None:
    """Scenarios 61 and 63."""
    row = listed(register, REPORT)["b1-09"]
    assert (row["status"], row["term_ends"], row["renewals"]) == ("in_force", "2025-12-31", 10)
    assert row["last_notice_date"] == "2025-09-30"
    due = {day: listed(register, day)["b1-15"]["next_revision"] for day in ("2022-06-01", "2026-01-01", "2029-01-01")}
    assert list(due.values()) == ["2025-12-31", "2028-12-31", "2031-12-31"]
    assert "review_wanted" in listed(register, REPORT)["b1-17"]["flags"]


def test_a_lapsed_area_under_statute_is_the_gravest_thing_there_is(register: Office) -> None:
    """Scenario 70."""
    register("sweep", expect=0)
    grave = [flag for flag in register("flag", "list", expect=0).json if flag["severity"] == "highest"]
    assert {(flag["kind"], flag["document"]) for flag in grave} == {
        ("expired_statutory", f"b1-{row:02}") for row in (3, 4, 8)
    }
    again = register("sweep", expect=0).json
    assert (again["raised"], again["cleared"]) == ([], [])
    assert register("audit", "verify", expect=0).json["findings"] == []


@pytest.mark.parametrize(
    ("received", "ends", "told"),
    [("2025-09-30", "2025-12-31", False), ("2025-10-01", "2026-12-31", True)],
)
def test_the_day_a_notice_was_received_decides_which_year_is_the_last(
    register: Office,
    received: str,
    ends: str,
    told: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Scenarios 73 and 74."""
    words = ("register", "notice", "9", "--by", "ragunda", "--received", received, "--on", received)
    reply = register(*words, today=received, expect=0)
    assert ("2025" in reply.err) == told, reply.transcript()
    after = str(int(ends[:4]) + 1) + "-01-01"
    assert listed(register, ends)["b1-09"]["status"] == "in_force"
    assert listed(register, after)["b1-09"]["status"] == "terminated"
    again = register(*words, today=received, expect=0)
    assert again.json["events"] == []
    assert again.err.strip(), "a silent no-op is a lie"


def test_a_party_may_leave_alone_and_the_others_stay(register: Office) -> None:
    """Scenario 75."""
    day = {"--received": "2025-06-01", "--on": "2025-06-02"}
    words = [word for pair in day.items() for word in pair]
    register("register", "notice", "b1-09", "--by", "ragunda", *words, "--scope", "party", expect=0)
    assert state(register, "b1-09", "2026-06-01") == ("in_force", "2026-12-31")
    shown = register("register", "show", "b1-09", "--as-of", "2026-06-01", expect=0).json
    assert set(shown["parties"]) == set(PARTIES)
    assert set(shown["bound"]) == set(PARTIES) - {"ragunda"}


def test_what_the_rules_forbid_is_refused_and_says_what_is_missing(register: Office) -> None:
    """Scenarios 68, 69, 78 and 85."""
    on = ("--on", REPORT)
    notice = ("register", "notice", "b1-15", "--by", "ragunda", "--received", REPORT, *on)
    refused(register, *notice, code="notice_rule_missing", exit_code=1)
    extend = ("register", "extend", "b1-03", *on)
    refused(register, *extend, code="extension_needs_route", exit_code=1)
    follow_up = ("register", "follow-up", "b1-15", "--by", "samreko-hsi", "--on", "2025-03-01")
    refused(register, *follow_up, code="follow_up_wrong_forum", exit_code=1)
    register("register", "follow-up", "b1-20", "--by", "samreko-hsi", "--on", "2025-03-01", expect=0)
    refused(register, "register", "follow-up", "b1-10", "--by", "svom", *on, code="document_incomplete", exit_code=1)
    refused(register, "register", "show", "b1-99", code="unknown_document", exit_code=66)
    refused(register, "register", "revised", "b1-9x", code="unknown_document", exit_code=66)
    party = ("register", "notice", "b1-09", "--by", "kfjh", "--received", REPORT, *on)
    refused(register, *party, code=None, exit_code=65)


def test_a_yearly_follow_up_is_due_on_the_last_day_of_the_year_and_overdue_the_day_after(register: Office) -> None:
    """Scenario 80: row 14, last followed up in November 2023."""
    by = ("--by", "svom", "--on", "2023-11-05")
    register("register", "follow-up", "b1-14", *by, expect=0)
    assert "follow_up_overdue" not in listed(register, "2024-12-31")["b1-14"]["flags"]
    assert "follow_up_overdue" in listed(register, "2025-01-01")["b1-14"]["flags"]


def test_row_26_ends_when_somebody_says_what_has_succeeded_row_7(register: Office) -> None:
    """Scenarios 65 and 66."""
    assert state(register, "b1-26", "2030-01-01") == ("in_force", None)
    heading = "id;titel;typ;grupp;validity_text;valid_from"
    successor = f"{heading}\nhemsjukvard-2025;Nytt avtal om hemsjukvård;avtal;vuxna;2025-;2025-01-01\n"
    path = register.folder / "nytt.csv"
    path.write_text(successor, encoding="utf-8")
    reply = register("register", "import", path, expect=0)
    assert state(register, "b1-26", "2030-01-01")[0] == "in_force", reply.transcript()
    register("register", "supersede", "b1-07", "--by", "hemsjukvard-2025", expect=0)
    assert listed(register, "2024-12-31")["b1-26"]["status"] == "in_force"
    assert listed(register, "2025-01-01")["b1-26"]["status"] != "in_force"
    assert register("audit", "verify", expect=0).json["findings"] == []


def test_importing_twice_changes_nothing_and_what_is_written_out_can_be_read_in(
    register: Office, tmp_path: Path
) -> None:
    before = register.copy_log_bytes()
    assert register("register", "import", expect=0).json == {"added": 0, "unchanged": 27}
    out = register.folder / "ut.csv"
    assert register("register", "export", out, expect=0).json["documents"] == 27
    assert register("register", "import", out, expect=0).json == {"added": 0, "unchanged": 27}
    assert register.copy_log_bytes() == before
    twin = Office(tmp_path / "annan")
    twin.folder.mkdir()
    twin("init", "--adopt", "alternativ-1", "--from", "2026-01-01", expect=0)
    assert twin("register", "import", out, expect=0).json == {"added": 27, "unchanged": 0}
    keys = ("id", "status", "valid_from", "term_ends", "renewals", "next_follow_up", "next_revision", "statutory")
    told = [[{key: row[key] for key in keys} for row in listed(each, REPORT).values()] for each in (register, twin)]
    assert told[0] == told[1]


def test_a_register_with_faults_is_told_of_every_one_and_nothing_of_it_is_entered(register: Office) -> None:
    path = register.folder / "fel.csv"
    path.write_text(
        "id;titel;typ;grupp;validity_text;valid_from\n"
        "a-1;Gott;avtal;vuxna;2025-;2025-01-01\n"
        "a-2;Dag som inte finns;avtal;vuxna;2025-;2025-02-30\n"
        "a-3;Okänd typ;avtall;vuxna;2025-;2025-01-01\n",
        encoding="utf-8",
    )
    before = contents(register.file)
    reply = register("register", "import", path, json=False, expect=65)
    assert "3" in reply.err
    assert "4" in reply.err
    assert "2025-02-30" in reply.err
    assert "avtall" in reply.err
    assert contents(register.file) == before


def test_the_year_ahead_is_told_in_order_and_as_a_calendar(register: Office) -> None:
    rows = register("register", "calendar", "--year", "2026", expect=0).json
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    by_day = defaultdict(set)
    for row in rows:
        by_day[row["date"]].add(row["document"])
    assert by_day["2026-09-30"] == {"b1-09"}
    assert "b1-21" in by_day["2026-12-31"]
    file = register.folder / "register.ics"
    register("register", "calendar", "--year", "2026", "--ics", file, expect=0)
    text = file.read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == len(rows)


def test_the_list_is_a_table_that_fits_and_a_table_a_script_can_read(register: Office) -> None:
    shown = register("register", "list", json=False, expect=0).out
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 100
    out = register.folder / "ut.csv"
    register("register", "export", out, expect=0)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";"))
    assert [row["id"] for row in rows] == [f"b1-{number:02}" for number in range(1, 28)]
