"""The scenarios of the parties' answers with their own dates, asked afterwards: what was so on which day."""

from typing import Any

import pytest

from tests.office import PARTIES, Office

REST = tuple(party for party in PARTIES if party != "harjedalen")
SAID = ("--organ", "socialnämnden, delegation", "--minutes", "§ 9")


@pytest.fixture
def sent(isolated: None, furnished: Office, tmp_path: Any) -> tuple[Office, str]:
    """Given an ök that was sent to nine mailboxes on 2025-02-10, under the temporary structure."""
    office = furnished.copied_to(tmp_path)
    ref = office.opened(group="vuxna", on="2025-01-07", text=office.paper("ett"))
    sent_again(office, ref, "2025-01-13", "2025-01-27", "2025-02-10")
    return office, ref


def sent_again(office: Office, ref: str, prepared: str, recommended: str, dispatched: str) -> None:
    office("case", "prepare", ref, "--by", "fredagsgruppen", "--on", prepared, expect=0)
    office("case", "recommend", ref, "--by", "svom", "--on", recommended, expect=0)
    office("case", "dispatch", ref, "--on", dispatched, expect=0)


def as_of(office: Office, ref: str, day: str) -> dict[str, Any]:
    """As it is shown; and what is told again from the first record ends there too."""
    shown: dict[str, Any] = office("case", "show", ref, "--as-of", day, expect=0).json
    assert office("audit", "replay", ref, "--as-of", day, expect=0).json["state"] == shown["state"]
    return shown


def bound(office: Office, ref: str, day: str) -> list[str]:
    """The parties the case's text bound on the day; each is asked for itself."""
    told = {party: office("party", "show", party, "--as-of", day, expect=0).json["bound"] for party in PARTIES}
    return [party for party, rows in told.items() if any(row["case"] == ref for row in rows)]


def test_46_and_47_nine_approve_the_last_one_late(sent: tuple[Office, str]) -> None:
    office, ref = sent
    office.adopts(ref, *REST, on="2025-05-20")
    office.adopts(ref, "harjedalen", on="2025-06-18")
    before = as_of(office, ref, "2025-06-01")
    assert (before["state"], before["waiting_for"], before["answer_by"]) == (
        "sent_to_parties",
        ["harjedalen"],
        "2025-06-02",
    )
    assert sum(each["state"] == "adopted" for each in before["parties"]) == 8
    assert bound(office, ref, "2025-06-17") == []
    after = as_of(office, ref, "2025-06-18")
    assert (after["ratified_on"], after["in_force_from"], after["state"]) == ("2025-06-18", "2025-06-18", "in_force")
    assert [each["party"] for each in after["parties"] if each["late"]] == ["harjedalen"]
    assert bound(office, ref, "2025-06-18") == list(PARTIES)


def test_50_and_51_one_declines_and_a_new_text_asks_all_nine_anew(sent: tuple[Office, str]) -> None:
    office, ref = sent
    office.adopts(ref, "are", "krokom", on="2025-03-10")
    declined = ("--answer", "declines", "--reason", "kostnaden är inte utredd", "--on", "2025-03-17")
    office("case", "answer", ref, "--party", "berg", *declined, expect=0)
    assert {row["body"] for row in office("worklist", expect=0).json if row["step"] == "revise_or_close"} == {"svom"}
    office("case", "revise", ref, "--text", office.paper("två"), "--on", "2025-03-24", expect=0)
    sent_again(office, ref, "2025-03-25", "2025-03-31", "2025-04-07")
    office.adopts(ref, *PARTIES, on="2025-05-05")
    assert as_of(office, ref, "2025-03-16")["state"] == "sent_to_parties"
    stopped = as_of(office, ref, "2025-03-17")
    assert (stopped["state"], stopped["text"]["version"]) == ("not_ratified", 1)
    assert {each["party"]: each["text_version"] for each in stopped["parties"] if each["answer"]} == {
        "are": 1,
        "krokom": 1,
        "berg": 1,
    }
    asked = as_of(office, ref, "2025-04-07")
    assert (asked["state"], asked["text"]["version"]) == ("sent_to_parties", 2)
    assert {(each["state"], each["answer"]) for each in asked["parties"]} == {("waiting", None)}
    assert bound(office, ref, "2025-05-04") == []
    assert bound(office, ref, "2025-05-05") == list(PARTIES)


def test_53_and_56_the_organ_is_kept_as_said_and_the_same_again_is_nothing_new(sent: tuple[Office, str]) -> None:
    office, ref = sent
    said = ("case", "answer", ref, "--party", "are", *SAID, "--on", "2025-03-10", "--answer")
    office(*said, "adopts", expect=0)
    log = office.copy_log_bytes()
    assert office(*said, "adopts", expect=0).json["events"] == []
    assert office(*said, "declines", expect=1).error["code"] == "already_answered"
    assert office.copy_log_bytes() == log
    (row,) = [each for each in as_of(office, ref, "2025-03-10")["parties"] if each["party"] == "are"]
    assert (row["organ"], row["minutes"], row["decided_on"]) == ("socialnämnden, delegation", "§ 9", "2025-03-10")
    told = [each for each in office("case", "timeline", ref, expect=0).json["happened"] if each["body"] == "are"]
    assert [(each["on"], each["minutes"], each["kind"]) for each in told] == [("2025-03-10", "§ 9", "answer_recorded")]


def test_a_replay_as_of_a_day_ends_where_the_case_is_shown_to_have_stood(sent: tuple[Office, str]) -> None:
    """A refusal that a rättelse took back never was one, on its own day either; its record is told all the same."""
    office, ref = sent
    answer = ("case", "answer", ref, "--party", "krokom", "--answer", "declines", "--reason", "misstag", *SAID)
    office(*answer, "--on", "2025-03-17", expect=0)
    believed = office("audit", "replay", ref, "--as-of", "2025-03-17", expect=0).json
    assert (believed["state"], as_of(office, ref, "2025-03-17")["state"]) == ("not_ratified", "not_ratified")
    corrected = ("case", "correct", ref, "--party", "krokom", "--answer", "adopts", "--reason", "felskrivet", *SAID)
    office(*corrected, "--on", "2025-03-18", expect=0)
    known = office("audit", "replay", ref, "--as-of", "2025-03-17", expect=0).json
    assert (known["state"], as_of(office, ref, "2025-03-17")["state"]) == ("sent_to_parties", "sent_to_parties")
    assert known["steps"] == believed["steps"]
    told = office("audit", "replay", ref, "--as-of", "2025-03-17", json=False, lang="en", expect=0)
    assert "stands at: sent to the parties" in told.out
    assert "led to: not ratified" in told.err
