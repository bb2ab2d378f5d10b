"""The register through the command line: Bilaga 1 entered, and what the report's own documents come to.

Numbers are those of the scenarios the product is built to.
"""

from typing import Any

import pytest

from tests.commands.claims import refused as refused_with
from tests.office import PARTIES, Office, Word

#: The report's own day, on which its documents are counted.
REPORTED = "2025-01-13"
TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with alternativ-1 from 2026 and Bilaga 1 entered on the report's day; to be copied."""
    office = Office(tmp_path_factory.mktemp("entered")).with_mailboxes()
    office("register", "import", today=REPORTED, expect=0)
    return office


@pytest.fixture
def register(isolated: None, entered: Office, tmp_path: Any) -> Office:
    return entered.copied_to(tmp_path / "register")


def listed(office: Office, on: str) -> dict[str, dict[str, Any]]:
    rows = office("register", "list", "--as-of", on, expect=0).json
    return {row["id"]: row for row in rows}


def refused(office: Office, code: str, *words: Word, today: str = TODAY) -> None:
    """The rules refuse it, and nothing is written."""
    refused_with(office, *words, code=code, exit_code=1, today=today)


def with_status(office: Office, on: str, status: str) -> set[int]:
    return {int(each[3:]) for each, row in listed(office, on).items() if row["status"] == status}


def swept(office: Office, day: str) -> set[tuple[str, str]]:
    """The flags that a sweep of that day would leave standing, each with its document."""
    office("sweep", today=day, expect=0)
    flags = office("flag", "list", today=day, expect=0).json
    return {(flag["document"], flag["kind"]) for flag in flags if "document" in flag}


def test_59_on_the_reports_day_they_are_what_the_report_says(register: Office) -> None:
    assert with_status(register, REPORTED, "expired") == {3, 4, 5, 7, 8, 11, 27}
    assert with_status(register, REPORTED, "ambiguous") == {12, 13, 24}
    assert with_status(register, REPORTED, "undated") == {10}
    assert len(with_status(register, REPORTED, "in_force")) == 16


def test_60_a_term_holds_on_its_last_day_and_not_on_the_next(register: Office) -> None:
    rows = {3, 4, 7, 8, 27}
    assert rows <= with_status(register, "2024-12-31", "in_force")
    assert rows <= with_status(register, "2025-01-01", "expired")


def test_61_row_9_has_renewed_itself_ten_times(register: Office) -> None:
    row = listed(register, REPORTED)["b1-09"]
    assert (row["status"], row["term_ends"], row["renewals"]) == ("in_force", "2025-12-31", 10)
    assert row["last_notice_date"] == "2025-09-30"


def test_63_the_calendar_has_the_revisions_every_third_year(register: Office) -> None:
    found = {
        (year, row["document"])
        for year in range(2022, 2033)
        for row in register("register", "calendar", "--year", str(year), expect=0).json
        if row["what"] == "revision"
    }
    assert found == {(year, row) for year in (2025, 2028, 2031) for row in ("b1-15", "b1-17")}
    next_of = [listed(register, day)["b1-15"]["next_revision"] for day in ("2022-06-01", "2026-01-01", "2029-01-01")]
    assert next_of == ["2025-12-31", "2028-12-31", "2031-12-31"]
    assert "review_wanted" in listed(register, REPORTED)["b1-17"]["flags"]


def test_34_under_alternativ_1_the_new_forums_answer_for_what_the_old_ones_handled(register: Office) -> None:
    owners = {int(each[3:]): row["owner"] for each, row in listed(register, "2026-01-01").items()}
    politics = dict.fromkeys((2, 3, 4, 5, 6, 7, 8, 9, *range(11, 20), 22), "politiskt-forum")
    officers = dict.fromkeys((20, 21, 23, 24, 25, 26), "ledningsforum")
    assert owners == {1: "rsr", 10: None, 27: "gnus", **politics, **officers}


def test_65_and_66_row_26_ends_by_a_linked_successor_and_never_by_a_name(register: Office) -> None:
    assert listed(register, "2030-01-01")["b1-26"]["status"] == "in_force"
    name = "samverkansavtal för hälso- och sjukvård"
    table = register.paper(
        f"id;title;type;group;validity_text;valid_from\nnytt-avtal;{name};avtal;vuxna;2025- tills vidare;2025-01-01\n"
    )
    hinted = register("register", "import", table, "--on", TODAY, today=TODAY, expect=0)
    assert "b1-26" in hinted.err
    assert "nytt-avtal" in hinted.err
    assert listed(register, "2030-01-01")["b1-26"]["status"] == "in_force"
    register("register", "supersede", "b1-07", "--by", "nytt-avtal", "--on", TODAY, today=TODAY, expect=0)
    assert listed(register, "2024-12-31")["b1-26"]["status"] == "in_force"
    assert listed(register, "2025-01-01")["b1-26"]["status"] == "expired"
    assert listed(register, "2025-01-01")["b1-07"]["status"] == "superseded"
    assert register("audit", "verify", expect=0).json["findings"] == []


def test_what_waits_for_a_successor_is_none_itself_and_stops_none_when_it_is_over(register: Office) -> None:
    """Row 26 holds until row 7 is replaced; a document with the last day before its first would be the end of it."""
    said = ("register", "supersede", "b1-07", "--by")
    reply = register(*said, "b1-26", "--on", TODAY, today=TODAY, expect=65)
    assert reply.error["code"] == "value_invalid"
    assert "b1-07" in reply.error["message"]
    register("register", "supersede", "b1-26", "--by", "b1-25", "--on", TODAY, today=TODAY, expect=0)
    told = register(*said, "b1-25", "--on", TODAY, today=TODAY, expect=0).err
    assert "b1-26" in told
    rows = listed(register, TODAY)
    assert [rows[each]["status"] for each in ("b1-07", "b1-25", "b1-26")] == ["superseded", "in_force", "superseded"]
    assert register("audit", "verify", expect=0).json["findings"] == []


def test_68_an_extension_needs_a_case_on_the_documents_own_route(register: Office) -> None:
    refused(register, "extension_needs_route", "register", "extend", "b1-03", today=TODAY)
    begun = register.opened(group="alla", document="b1-03", valid_to="2027-12-31")
    reply = register("register", "extend", "b1-03", "--case", begun, today=TODAY, expect=1)
    assert reply.error["code"] == "extension_needs_route"
    assert ("political_recommendation_missing", "politiskt-forum") in reply.missing
    other = register.walked_to("in_force", group="vuxna", valid_to="2027-12-31")
    refused(register, "extension_needs_route", "register", "extend", "b1-03", "--case", other, today=TODAY)


def test_a_case_that_is_ratified_extends_its_document_and_only_once(register: Office) -> None:
    ref = register.walked_to("in_force", group="alla", document="b1-03", valid_to="2027-12-31")
    said = ("register", "extend", "b1-03", "--case", ref, "--on", TODAY)
    register(*said, today=TODAY, expect=0)
    row = listed(register, TODAY)["b1-03"]
    assert (row["status"], row["term_ends"]) == ("in_force", "2027-12-31")
    assert listed(register, "2025-06-01")["b1-03"]["status"] == "expired"
    again = register(*said, today=TODAY, expect=0)
    assert again.json["events"] == []
    assert ref in again.err


def test_69_what_the_law_demands_is_not_ended_without_a_successor(register: Office) -> None:
    refused(register, "statutory_protected", "register", "assess", "b1-15", "--end", today=TODAY)
    words = ("case", "open", "--type", "ök", "--title", "Upphör", "--document", "b1-15", "--aim", "terminate")
    refused(register, "statutory_protected", *words, "--on", "2026-01-12")
    ref = register.walked_to("in_force", group="barn-unga", document="b1-14", aim="terminate")
    assert listed(register, TODAY)["b1-14"]["status"] == "terminated"
    ended = register("register", "show", "b1-14", today=TODAY, expect=0).json
    assert [each["kind"] for each in ended["history"]].count("termination_decided") == 1
    assert any(ref in each["text"] for each in ended["history"])


def test_70_an_area_under_statute_without_an_agreement_is_the_gravest_flag(register: Office) -> None:
    raised = register("sweep", today=REPORTED, expect=0).json["raised"]
    gravest = {flag["document"] for flag in raised if flag["severity"] == "highest"}
    assert gravest == {"b1-03", "b1-04", "b1-08"}
    assert {flag["kind"] for flag in raised if flag["severity"] == "highest"} == {"expired_statutory"}


@pytest.mark.parametrize(("received", "ends"), [("2025-09-30", "2025-12-31"), ("2025-10-01", "2026-12-31")])
def test_73_and_74_notice_counts_by_the_day_it_was_received(register: Office, received: str, ends: str) -> None:
    said = ("register", "notice", "b1-09", "--by", "Ragunda", "--received", received)
    reply = register(*said, today=TODAY, expect=0)
    assert ("2025" in reply.err) is (ends == "2026-12-31")
    again = register(*said, today=TODAY, expect=0)
    assert again.json["events"] == []
    assert again.err.strip(), "a silent no-op is a lie"
    told = register("register", "show", "b1-09", today=TODAY, expect=0).json
    assert [each["ends_on"] for each in told["notices"]] == [ends]
    assert listed(register, f"{int(ends[:4]) + 1}-01-01")["b1-09"]["status"] == "terminated"
    assert listed(register, ends)["b1-09"]["status"] == "in_force"


def test_75_a_party_that_leaves_alone_ends_nothing_for_the_others(register: Office) -> None:
    said = ("register", "notice", "b1-09", "--by", "ragunda", "--received", "2025-06-01")
    register(*said, "--scope", "party", today=TODAY, expect=0)
    assert listed(register, "2026-06-01")["b1-09"]["status"] == "in_force"
    shown = register("register", "show", "b1-09", "--as-of", "2026-06-01", expect=0).json
    assert set(shown["parties"]) - set(shown["bound"]) == {"ragunda"}
    register(*said, "--scope", "agreement", today=TODAY, expect=0)
    assert listed(register, "2026-06-01")["b1-09"]["status"] == "terminated"


def test_78_a_document_without_a_rule_for_notice_is_given_none(register: Office) -> None:
    said = ("register", "notice", "b1-15", "--by", "ragunda", "--received", "2025-06-01")
    refused(register, "notice_rule_missing", *said, today=TODAY)


def test_80_a_yearly_follow_up_is_due_until_new_years_eve_and_overdue_the_day_after(register: Office) -> None:
    register("register", "follow-up", "b1-14", "--by", "barnarenan", "--on", "2023-11-05", today=TODAY, expect=0)
    flags = {day: set(listed(register, day)["b1-14"]["flags"]) for day in ("2024-12-31", "2025-01-01")}
    assert {"follow_up_due"} == flags["2024-12-31"] & {"follow_up_due", "follow_up_overdue"}
    assert "follow_up_overdue" in flags["2025-01-01"]


def test_85_the_forum_whose_follow_up_counts_follows_the_kind_of_document(register: Office) -> None:
    day = ("--on", "2022-05-02")
    said = ("register", "follow-up", "b1-14", "--by", "SamReKo HSI", *day)
    refused(register, "follow_up_wrong_forum", *said, today=TODAY)
    register("register", "follow-up", "b1-20", "--by", "samreko-hsi", *day, today=TODAY, expect=0)


def test_row_10_takes_no_step_before_it_is_confirmed_and_then_every_one(register: Office) -> None:
    for words in (("follow-up", "b1-10", "--by", "svom"), ("revised", "b1-10"), ("assess", "b1-10", "--keep")):
        refused(register, "document_incomplete", "register", *words, today=TODAY)
    opening = ("case", "open", "--type", "avtal", "--title", "Tandvård", "--document", "b1-10", "--on", "2026-01-12")
    refused(register, "document_incomplete", *opening)
    register("register", "confirm", "b1-10", "--open-ended", "--forum", "politiskt-forum", today=TODAY, expect=0)
    register("register", "assess", "b1-10", "--keep", today=TODAY, expect=0)
    route = register(*opening, expect=0).json["route"]
    assert (route["leadership"], route["political"]) == (["ledningsforum"], ["politiskt-forum"])


INCOMPLETE = {
    "vuxna;;2024-;": ("--level political|officers --forum FORUM", {"level_required", "forum_unknown"}),
    "vuxna;;2024-;svom": ("--level political|officers", {"level_required"}),
    ";officers;2024-;svom": ("--group GROUP", {"group_required"}),
    "vuxna;officers;;svom": ("--valid-to DATE|--open-ended", {"validity_unknown"}),
}


@pytest.mark.parametrize("row", INCOMPLETE)
def test_an_entry_that_lacks_something_is_told_what_and_by_which_option(register: Office, row: str) -> None:
    heading = "id;title;type;group;level;validity_text;recommending_forums\n"
    register("register", "import", register.paper(f"{heading}h-1;Plan;handlingsplan;{row}\n"), expect=0)
    said = ("register", "follow-up", "h-1", "--by", "politiskt-forum")
    reply = refused_with(register, *said, code="document_incomplete", exit_code=1, today=TODAY)
    options, lacking = INCOMPLETE[row]
    assert reply.error["hint"].endswith(f"«register confirm h-1 {options}».")
    assert reply.missing == {(code, "h-1") for code in lacking}
    asked = {"GROUP": "vuxna", "political|officers": "officers", "FORUM": "politiskt-forum", "--valid-to DATE|": ""}
    for words, answer in asked.items():
        options = options.replace(words, answer)
    register("register", "confirm", "h-1", *options.split(), today=TODAY, expect=0)
    register(*said, today=TODAY, expect=0)


def test_a_document_nobody_answers_for_is_told_to_need_a_forum(register: Office) -> None:
    path = register.paper("id;title;type;group;validity_text\nh-1;Plan;handlingsplan;vuxna;2024-\n")
    register("register", "import", path, expect=0)
    register("register", "confirm", "h-1", "--level", "officers", today=TODAY, expect=0)
    said = ("register", "follow-up", "h-1", "--by", "politiskt-forum")
    reply = refused_with(register, *said, code="follow_up_wrong_forum", exit_code=1, today=TODAY)
    assert reply.missing == {("forum_unknown", "h-1")}
    assert "register confirm h-1 --forum" in reply.error["hint"]


def test_a_party_that_has_left_is_told_so_and_who_remains(register: Office) -> None:
    said = ("register", "notice", "b1-09", "--by", "ragunda", "--on", TODAY)
    register(*said, "--received", "2025-06-01", "--scope", "party", today=TODAY, expect=0)
    again = (*said, "--received", "2026-06-01")
    reply = refused_with(register, *again, code="not_a_party", exit_code=65, today=TODAY)
    assert "no longer" in reply.error["message"]
    remaining = reply.error["hint"].removeprefix("The parties that remain are: ").rstrip(".").split(", ")
    assert remaining == [party for party in PARTIES if party != "ragunda"]


def test_a_successor_is_looked_for_as_what_it_is_written_as(register: Office) -> None:
    ref = register.opened()
    for by, code, near in (
        ("SAM-2024-0009", "unknown_case", None),
        (ref.lower(), "unknown_case", ref),
        ("b1-99", "unknown_document", "b1-19"),
    ):
        said = ("register", "supersede", "b1-03", "--by", by)
        reply = refused_with(register, *said, code=code, exit_code=66, today=TODAY)
        assert reply.error["suggestion"] == near
    register("register", "supersede", "b1-03", "--by", "B1-04", "--from", "2025-01-01", today=TODAY, expect=0)


def test_an_unknown_document_is_answered_with_the_nearest(register: Office) -> None:
    reply = register("register", "show", "b1-9", expect=66)
    assert (reply.error["code"], reply.error["suggestion"]) == ("unknown_document", "b1-09")
    assert (
        register("route", "explain", "--type", "avtal", "--document", "b1-9", expect=66).error["suggestion"] == "b1-09"
    )
    assert register("register", "show", "9", expect=0).json["id"] == "b1-09"


def test_a_case_for_another_group_than_its_documents_is_opened_and_told_of(register: Office) -> None:
    words = ("case", "open", "--type", "riktlinje", "--title", "Barnhälsoteam", "--document", "b1-19", "--on", TODAY)
    told = "b1-19 is of the group Barn och unga: the case goes the way of Vuxna"
    assert told in register(*words, "--group", "vuxna", expect=0).err
    assert "is of the group" not in register(*words, "--group", "barn-unga", expect=0).err
    assert "is of the group" not in register(*words, expect=0).err


def test_what_people_read_has_names_and_what_programs_read_has_ids(register: Office) -> None:
    ref = register.opened(type="overenskommelse", group="vuxna")
    told = register("case", "show", ref, json=False, lang="sv", expect=0).out
    assert "Överenskommelse · Vuxna · Hälso- och sjukvård · Socialtjänst" in " ".join(told.split())
    assert register.show(ref)["sectors"] == ["halso-och-sjukvard", "socialtjanst"]
    told = register("register", "show", "b1-15", json=False, lang="sv", expect=0).out
    assert "Överenskommelse · Barn och unga" in told
    assert register("register", "show", "b1-15", expect=0).json["type"] == "overenskommelse"
    asked = ("route", "explain", "--type", "handlingsplan", "--level", "officers", "--group", "vuxna")
    given = ("--structure", "alternativ-2", "--sector", "skola")
    refusal = register(*asked, *given, lang="sv")
    assert (refusal.code, "Handlingsplan · Vuxna · Skola · tjänstepersonsnivå" in refusal.error["message"]) == (1, True)


def test_what_ended_long_ago_is_not_said_to_end(register: Office) -> None:
    shown = register("register", "show", "b1-11", lang="sv", today=TODAY, expect=0).json
    told = {flag["kind"]: flag["text"] for flag in shown["flags"]}
    assert told["successor_unknown"] == "b1-11 (sista dag 2021-12-31): inget dokument är känt som efterträdare."


def test_the_worklist_and_the_flags_hold_cases_and_documents_together(register: Office) -> None:
    assert ("b1-03", "expired_statutory") in swept(register, TODAY)
    register.walked_to("sent_to_parties")
    rows = register("worklist", today=TODAY, expect=0).json
    assert {"case" in row for row in rows} == {True, False}
    assert {row["document"] for row in rows if row.get("document")} >= {"b1-03", "b1-10", "b1-12"}
    assert rows[0]["urgency"] == "highest"


def test_after_alternativ_1_starts_each_document_handed_down_is_assessed_once(register: Office) -> None:
    assert not {kind for _document, kind in swept(register, "2025-12-31")} & {"assessment_missing"}
    asked = {document for document, kind in swept(register, "2026-01-01") if kind == "assessment_missing"}
    assert "b1-14" in asked
    said = ("register", "assess", "b1-14", "--keep", "--by", "politiskt-forum", "--on", "2026-01-02")
    register(*said, today="2026-01-02", expect=0)
    assert ("b1-14", "assessment_missing") not in swept(register, "2026-01-02")


def test_two_sweeps_of_one_day_raise_nothing_twice_and_the_audit_finds_nothing(register: Office) -> None:
    assert register("sweep", today=TODAY, expect=0).json["raised"]
    again = register("sweep", today=TODAY, expect=0).json
    assert (again["raised"], again["cleared"]) == ([], [])
    assert register("audit", "verify", expect=0).json["findings"] == []
