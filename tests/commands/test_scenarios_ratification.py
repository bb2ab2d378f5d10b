"""From the mailboxes to the day it binds: what each answer does, and whose answer is still owed."""

from typing import Any

import pytest

from tests.commands.claims import Desk, kinds, refused
from tests.office import PARTIES, Office

REST = tuple(party for party in PARTIES if party != "harjedalen")


def sent_in_february(office: Office, **options: Any) -> str:
    """Scenario 46 a year later: sent 2026-02-09, to be answered by 2026-06-01."""
    ref = office.opened(on="2026-01-12", **options)
    for verb, body, on in (
        ("prepare", "au-barn-unga", "2026-01-20"),
        ("recommend", "ledningsforum", "2026-01-30"),
        ("recommend", "politiskt-forum", "2026-02-06"),
    ):
        office("case", verb, ref, "--by", body, "--on", on, expect=0)
    office("case", "dispatch", ref, "--on", "2026-02-09", expect=0)
    return ref


def party_of(shown: dict[str, Any], party: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in shown["parties"] if one["party"] == party)
    return found


def test_the_last_of_nine_adoptions_ratifies_and_a_late_one_is_marked_late(county: Office) -> None:
    """Scenario 46."""
    ref = sent_in_february(county)
    county.adopts(ref, *REST, on="2026-05-20")
    last = ("case", "answer", ref, "--party", "Härjedalen", "--answer", "adopts", "--on", "2026-06-18")
    assert county(*last, expect=0).json["state"] == "in_force"
    shown = county.show(ref)
    assert (shown["answer_by"], shown["in_force_from"], shown["waiting_for"]) == ("2026-06-01", "2026-06-18", [])
    assert [one["party"] for one in shown["parties"] if one["late"]] == ["harjedalen"]
    assert {one["state"] for one in shown["parties"]} == {"adopted"}
    assert party_of(shown, "berg")["decided_on"] == "2026-05-20"


def test_what_all_have_adopted_binds_from_valid_from_when_that_day_is_later(county: Office) -> None:
    """Scenario 46, «the later of 2026-06-18 and valid_from»."""
    ref = sent_in_february(county, valid_from="2026-09-01")
    county.adopts(ref, *REST, on="2026-05-20")
    last = ("case", "answer", ref, "--party", "harjedalen", "--answer", "adopts", "--on", "2026-06-18")
    assert county(*last, today="2026-06-18", expect=0).json["state"] == "ratified"
    assert county.show(ref, today="2026-08-31")["state"] == "ratified"
    shown = county.show(ref, today="2026-09-01")
    assert (shown["state"], shown["in_force_from"]) == ("in_force", "2026-09-01")


def test_eight_of_nine_is_not_ratified(county: Office) -> None:
    """Scenario 47."""
    ref = sent_in_february(county)
    county.adopts(ref, *REST, on="2026-05-20")
    shown = county.show(ref, today="2026-06-01")
    assert (shown["state"], shown["waiting_for"]) == ("sent_to_parties", ["harjedalen"])
    assert sum(one["state"] == "adopted" for one in shown["parties"]) == 8
    waiting = county("case", "list", "--waiting-for", "harjedalen", expect=0).json
    assert [row["ref"] for row in waiting] == [ref]
    assert county("case", "list", "--waiting-for", "berg", expect=0).json == []


def test_one_no_stops_the_matter_and_leaves_the_other_answers_where_they_are(county: Office) -> None:
    """Scenario 50."""
    ref = sent_in_february(county)
    county.adopts(ref, "are", "krokom", on="2026-04-01")
    said = ("--party", "berg", "--answer", "declines", "--on", "2026-04-10", "--reason", "kostnaden är inte utredd")
    assert county("case", "answer", ref, *said, expect=0).json["state"] == "not_ratified"
    shown = county.show(ref)
    assert (party_of(shown, "berg")["state"], party_of(shown, "berg")["answer"]) == ("declined", "declines")
    for party in ("are", "krokom"):
        assert (party_of(shown, party)["state"], party_of(shown, party)["text_version"]) == ("adopted", 1)
    assert ref in {row.get("case") for row in county("worklist", "politiskt-forum", expect=0).json}
    assert "kostnaden är inte utredd" in county("case", "history", ref, expect=0).out


def test_a_new_text_version_asks_all_nine_again_and_old_answers_count_for_nothing(desk: Desk) -> None:
    """Scenario 51."""
    office, ref = desk("not_ratified")
    text = office.paper("version två")
    revised = ("case", "revise", ref, "--text", text, "--reason", "kostnaden utredd", "--on", "2026-05-04")
    assert office(*revised, expect=0).json["state"] == "initiated"
    for verb, body, on in (
        ("prepare", "au-barn-unga", "2026-05-06"),
        ("recommend", "ledningsforum", "2026-05-11"),
        ("recommend", "politiskt-forum", "2026-05-18"),
    ):
        office("case", verb, ref, "--by", body, "--on", on, expect=0)
    office("case", "dispatch", ref, "--on", "2026-05-20", expect=0)
    shown = office.show(ref, today="2026-05-20")
    assert (shown["state"], shown["text"]["version"], shown["answer_by"]) == ("sent_to_parties", 2, "2026-09-09")
    assert {(one["state"], one["answer"]) for one in shown["parties"]} == {("waiting", None)}
    old = ("case", "answer", ref, "--party", "are", "--answer", "adopts", "--on", "2026-05-25", "--text-version", 1)
    refused(office, *old, code="text_version_outdated", exit_code=1)
    office.adopts(ref, *PARTIES, on="2026-06-01")
    assert office.show(ref)["in_force_from"] == "2026-06-01"


def test_the_organ_that_decided_is_kept_as_the_party_says_it(county: Office) -> None:
    """Scenario 53."""
    ref = sent_in_february(county)
    said = ("--party", "are", "--answer", "adopts", "--organ", "socialnämnden, delegation", "--minutes", "§ 9")
    county("case", "answer", ref, *said, "--on", "2026-04-01", "--reported", "2026-04-07", expect=0)
    row = party_of(county.show(ref), "are")
    assert (row["organ"], row["minutes"]) == ("socialnämnden, delegation", "§ 9")
    assert (row["decided_on"], row["reported_on"]) == ("2026-04-01", "2026-04-07")


def test_the_same_answer_twice_is_one_answer_and_another_is_refused(desk: Desk) -> None:
    """Scenario 56."""
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "berg", "--organ", "kommunstyrelsen", "--on", "2026-04-20")
    first = office(*words, "--answer", "adopts", today="2026-04-21", expect=0)
    log = office.copy_log_bytes()
    again = office(*words, "--answer", "adopts", today="2026-04-21", expect=0)
    assert (kinds(again), again.json["version"]) == ([], first.json["version"])
    assert office.copy_log_bytes() == log
    refused(office, *words, "--answer", "declines", code="already_answered", exit_code=1, today="2026-04-21")


def test_a_rattelse_counts_and_both_answers_stay_in_the_history(desk: Desk) -> None:
    """Scenario 56, the way out that the refusal names."""
    office, ref = desk("sent_to_parties")
    answer = ("case", "answer", ref, "--party", "berg", "--answer", "adopts", "--on", "2026-04-20")
    office(*answer, expect=0)
    correct = ("case", "correct", ref, "--party", "berg", "--answer", "not-now", "--on", "2026-04-20")
    office(*correct, "--reason", "protokollet lästes fel", expect=0)
    shown = office.show(ref)
    assert (party_of(shown, "berg")["state"], shown["state"]) == ("not_now", "not_ratified")
    history = office("case", "history", ref, expect=0)
    assert "adopts" in history.out
    assert "protokollet lästes fel" in history.out


@pytest.mark.parametrize("first", ["declines", "not-now"])
def test_a_party_that_said_no_may_adopt_later_and_the_matter_goes_on(desk: Desk, first: str) -> None:
    """Reading G8: as if it had done so at once; late when dated after answer_by."""
    office, ref = desk("sent_to_parties")
    office.adopts(ref, *REST)
    said = ("case", "answer", ref, "--party", "harjedalen", "--answer")
    assert office(*said, first, "--on", "2026-04-20", expect=0).json["state"] == "not_ratified"
    assert office(*said, "adopts", "--on", "2026-09-01", expect=0).json["state"] == "in_force"
    shown = office.show(ref)
    assert (shown["in_force_from"], party_of(shown, "harjedalen")["late"]) == ("2026-09-01", True)
