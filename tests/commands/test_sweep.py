"""A party that has not answered is told of once, on the first day after its time has run out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.commands.claims import Desk, contents, refused
from tests.office import PARTIES, Office

ASKED_BY = "2026-06-22"  # 112 days after the dispatch of 2026-03-02
DAY_AFTER = "2026-06-23"


def swept(office: Office, today: str, *words: str) -> dict[str, Any]:
    told: dict[str, Any] = office("sweep", *words, today=today, expect=0).json
    assert told["today"] == today
    return told


def parties(flags: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(flag["party"] for flag in flags)


def test_nothing_is_stalled_while_there_is_time_to_answer(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    log = office.copy_log_bytes()
    for today in ("2026-03-02", "2026-05-24"):
        told = swept(office, today)
        assert (told["raised"], told["cleared"], told["standing"]) == ([], [], 0)
    assert office.copy_log_bytes() == log
    for today in ("2026-05-25", "2026-06-21", ASKED_BY):
        assert {flag["kind"] for flag in swept(office, today)["raised"]} <= {"ratification_reminder"}


def test_each_silent_party_is_reminded_twice_and_the_letters_wait_in_the_outbox(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "berg", "are")
    silent = sorted(set(PARTIES) - {"berg", "are"})
    for today in ("2026-05-25", "2026-06-15"):
        told = swept(office, today)
        assert sorted(each["party"] for each in told["reminded"]) == silent
        assert {(each["case"], each["answer_by"]) for each in told["reminded"]} == {(ref, ASKED_BY)}
        assert swept(office, today)["reminded"] == []
    assert swept(office, ASKED_BY)["reminded"] == []
    kinds = [row["kind"] for row in office("case", "history", ref, expect=0).json]
    assert kinds.count("reminded") == 2 * len(silent)


def test_what_has_been_late_for_four_weeks_is_escalated_and_put_before_the_forum(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    assert swept(office, "2026-07-19")["raised"] == []
    raised = swept(office, "2026-07-20")["raised"]
    assert {(flag["kind"], flag["severity"], flag["due"]) for flag in raised} == {
        ("ratification_escalated", "high", ASKED_BY)
    }
    assert parties(raised) == sorted(PARTIES)
    assert all(who.startswith("samverkansledare-") for flag in raised for who in flag["assigned_to"])
    rows = office("worklist", "politiskt-forum", today="2026-07-20", expect=0).json
    assert [(row["case"], row["step"]) for row in rows] == [(ref, "follow_up_recommendations")]


def test_a_case_whose_forums_are_all_dormant_is_flagged_until_one_of_them_wakes(office: Office) -> None:
    """The route of 004 §5.2 leads to Barnarenan alone, and Barnarenan sleeps (reading G3)."""
    office("init", expect=0)
    day = "2023-09-15"
    opening = ("case", "open", "--type", "overenskommelse", "--title", "Barn", "--group", "barn-unga")
    ref = office(*opening, today=day, expect=0).json["ref"]
    office("case", "prepare", ref, "--by", "samreko-hsi", today=day, expect=0)
    assert swept(office, "2023-09-30")["raised"] == []
    (flag,) = swept(office, "2023-10-02")["raised"]
    assert (flag["kind"], flag["case"], flag["due"], flag["party"]) == ("no_active_forum", ref, "2023-10-01", None)
    assert swept(office, "2023-10-03")["raised"] == []
    office("forum", "status", "barnarenan", "--active", "--from", "2023-12-01", "--reason", "igen", today="2023-12-01")
    assert [each["kind"] for each in swept(office, "2023-12-02")["cleared"]] == ["no_active_forum"]


def test_each_silent_party_is_flagged_once_however_often_the_sweep_runs(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "berg", "are")
    told = swept(office, DAY_AFTER)
    assert parties(told["raised"]) == sorted(set(PARTIES) - {"berg", "are"})
    assert told["standing"] == 7
    log = office.copy_log_bytes()
    for today in (DAY_AFTER, "2026-06-24", "2026-07-19"):
        again = swept(office, today)
        assert (again["raised"], again["cleared"], again["standing"]) == ([], [], 7)
    assert office.copy_log_bytes() == log


def test_a_flag_says_what_whose_since_when_and_who_should_act(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    for flag in swept(office, DAY_AFTER)["raised"]:
        assert (flag["kind"], flag["case"], flag["due"]) == ("ratification_stalled", ref, ASKED_BY)
        assert flag["severity"] == "warning"
        assert flag["assigned_to"]
        assert all(isinstance(one, str) and one for one in flag["assigned_to"])
        assert flag["text"].strip()


def test_answering_clears_the_flag_and_no_other(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    office.adopts(ref, "krokom", on="2026-06-25")
    assert "krokom" not in parties(office.show(ref, today="2026-06-25")["flags"])
    assert len(office("flag", "list", today="2026-06-25", expect=0).json) == 8
    assert swept(office, "2026-06-26")["standing"] == 8
    told = [row["kind"] for row in office("case", "history", ref, expect=0).json]
    assert (told.count("flag_raised"), told.count("flag_cleared")) == (9, 1)


@pytest.mark.parametrize("answer", ["adjourned", "remitted"])
def test_an_answer_that_settles_nothing_does_not_stop_the_clock(desk: Desk, answer: str) -> None:
    office, ref = desk("sent_to_parties")
    said = ("--party", "krokom", "--answer", answer, "--on", "2026-06-01")
    office("case", "answer", ref, *said, expect=0)
    assert "krokom" in parties(swept(office, DAY_AFTER)["raised"])


@pytest.mark.parametrize("answer", ["adopts", "adopts-with-reservation", "declines", "not-now"])
def test_a_party_that_has_said_anything_final_is_not_stalled(desk: Desk, answer: str) -> None:
    office, ref = desk("sent_to_parties")
    said = ("--party", "krokom", "--answer", answer, "--on", "2026-06-01", "--reason", "efter votering")
    office("case", "answer", ref, *said, expect=0)
    assert "krokom" not in parties(swept(office, DAY_AFTER)["raised"])


def test_a_new_deadline_clears_the_flags_and_arms_them_anew(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    moved = ("case", "answer-by", ref, "--date", "2026-09-30", "--reason", "sommaruppehåll", "--on", "2026-06-24")
    office(*moved, today="2026-06-24", expect=0)
    assert swept(office, "2026-06-24")["standing"] == 0
    assert office.show(ref, today="2026-06-24")["flags"] == []
    assert swept(office, "2026-09-30")["raised"] == []
    again = swept(office, "2026-10-01")["raised"]
    assert (parties(again), {flag["due"] for flag in again}) == (sorted(PARTIES), {"2026-09-30"})


@pytest.mark.parametrize("verb", ["withdraw", "close"])
def test_the_end_of_a_case_clears_its_flags(desk: Desk, verb: str) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    by = ("--by", "politiskt-forum") if verb == "close" else ()
    office("case", verb, ref, *by, "--reason", "frågan har fallit", "--on", "2026-06-25", expect=0)
    assert office("flag", "list", expect=0).json == []
    assert swept(office, "2026-07-01")["standing"] == 0


def test_a_new_text_version_clears_the_flags_of_the_old_one(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    office("case", "revise", ref, "--text", office.paper("ny"), "--on", "2026-06-25", expect=0)
    assert office("flag", "list", expect=0).json == []


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    before = contents(office.file)
    told = swept(office, DAY_AFTER, "--dry-run")
    assert contents(office.file) == before
    assert told["raised"] == swept(office, DAY_AFTER)["raised"]


def test_a_day_that_has_not_come_is_only_for_a_dry_run(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    later = str(date.today() + timedelta(days=400))  # noqa: DTZ011 - far beyond every time zone
    refused(office, "sweep", code="date_in_future", exit_code=65, today=later)
    before = contents(office.file)
    raised = swept(office, later, "--dry-run")["raised"]
    assert len([flag for flag in raised if flag["kind"] == "ratification_stalled"]) == 9
    assert contents(office.file) == before


def test_the_sweep_records_that_a_case_took_effect_on_its_day_and_only_once(county: Office) -> None:
    ref = county.walked_to("ratified", valid_from="2026-09-01")
    assert county.show(ref, today="2026-08-31")["state"] == "ratified"
    swept(county, "2026-08-31")
    assert "took_effect" not in _kinds(county, ref)
    swept(county, "2026-09-03")
    swept(county, "2026-09-04")
    told = [row for row in county("case", "history", ref, expect=0).json if row["kind"] == "took_effect"]
    assert [row["on"] for row in told] == ["2026-09-01"]
    shown = county.show(ref, today="2026-09-03")
    assert (shown["state"], shown["in_force_from"]) == ("in_force", "2026-09-01")


def _kinds(office: Office, ref: str) -> list[str]:
    return [row["kind"] for row in office("case", "history", ref, expect=0).json]


def test_flags_are_listed_by_kind(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    assert office("flag", "list", expect=0).json == []
    swept(office, DAY_AFTER)
    rows = office("flag", "list", "--kind", "ratification_stalled", expect=0).json
    assert rows == office("flag", "list", expect=0).json
    assert parties(rows) == sorted(PARTIES)
    assert {row["case"] for row in rows} == {ref}
    refused(office, "flag", "list", "--kind", "ratification_staled", code=None, exit_code=2)


def test_no_flag_and_no_silence_changes_a_partys_answer(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    before = office.show(ref, today="2026-11-20")
    swept(office, "2026-11-20")
    after = office.show(ref, today="2026-11-20")
    assert after["state"] == before["state"] == "sent_to_parties"
    assert after["waiting_for"] == before["waiting_for"]
    assert [(row["party"], row["state"]) for row in after["parties"]] == [(party, "waiting") for party in PARTIES]


def test_after_sweeping_the_log_still_proves_everything(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    swept(office, DAY_AFTER)
    office.adopts(ref, *PARTIES, on="2026-06-30")
    swept(office, "2026-07-01")
    assert office("audit", "verify", expect=0).json["findings"] == []
    assert office.show(ref)["state"] == "in_force"


def test_two_sweeps_at_once_raise_no_flag_twice(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    running = [office.spawn("sweep", today=DAY_AFTER) for _ in range(3)]
    ended = [(process.communicate(), process.returncode) for process in running]
    assert {code for _, code in ended} <= {0, 75}, ended
    swept(office, DAY_AFTER)
    assert len(office("flag", "list", expect=0).json) == 9
    log = b"\n".join(office.copy_log_bytes())
    assert log.count(b'"flag_raised"') == 9
