"""What the log proves: the same answer from every prefix of it, and a fault found where it is."""

import contextlib
import sqlite3
from collections.abc import Iterable
from typing import Any

import pytest

from tests.commands.claims import Desk, refused
from tests.office import PARTIES, Office, Reply
from tests.persistence.homes import unlocked

WALK: list[tuple[str, ...]] = [
    ("prepare", "--by", "au-barn-unga", "--on", "2026-01-20"),
    ("postpone", "--by", "ledningsforum", "--until", "2026-02-05", "--reason", "underlag saknas", "--on", "2026-01-30"),
    ("recommend", "--by", "ledningsforum", "--on", "2026-02-05"),
    ("return", "--by", "politiskt-forum", "--reason", "kostnaden", "--on", "2026-02-10"),
    ("recommend", "--by", "ledningsforum", "--on", "2026-02-12"),
    ("recommend", "--by", "politiskt-forum", "--on", "2026-02-20"),
    ("dispatch", "--on", "2026-03-02"),
    ("answer-by", "--date", "2026-06-30", "--reason", "sommaruppehåll", "--on", "2026-03-10"),
    *(("answer", "--party", party, "--answer", "adopts", "--on", "2026-04-20") for party in PARTIES[:5]),
    ("answer", "--party", "ragunda", "--answer", "adjourned", "--on", "2026-04-21"),
    ("answer", "--party", "ragunda", "--answer", "adopts", "--on", "2026-04-28"),
    ("answer", "--party", "stromsund", "--answer", "declines", "--on", "2026-04-29"),
    ("correct", "--party", "stromsund", "--answer", "adopts", "--on", "2026-04-29", "--reason", "fel protokoll"),
    *(("answer", "--party", party, "--answer", "adopts", "--on", "2026-07-01") for party in PARTIES[7:]),
]


def walk(office: Office) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """The case, and after each act: the time its last record was written, and the case as it was then shown."""
    ref = office.opened(on="2026-01-12")
    seen = []
    for verb, *options in [("",), *WALK]:
        if verb:
            office("case", verb, ref, *options, expect=0)
        written = office("case", "history", ref, expect=0).json[-1]["recorded_at"]
        seen.append((written, office.show(ref, today="2026-07-02")))
    return ref, seen


def test_every_prefix_of_the_log_gives_what_was_shown_at_that_point(county: Office) -> None:
    """Scenario 117."""
    ref, seen = walk(county)
    assert [shown["version"] for _, shown in seen] == sorted({shown["version"] for _, shown in seen})
    for written, then in seen:
        told = county("case", "show", ref, "--known-at", written, today="2026-07-02", expect=0).json
        assert {key: told[key] for key in then} == then
    assert seen[-1][1]["state"] == "in_force"
    assert county("audit", "verify", expect=0).json["findings"] == []


def test_replay_tells_every_record_of_the_case_in_order(county: Office) -> None:
    """Scenario 117, the whole of it by «audit replay»."""
    ref, _ = walk(county)
    told = county("audit", "replay", ref, expect=0)
    assert isinstance(told.json, (dict, list))
    human = county("audit", "replay", ref, json=False, expect=0).out
    for state in ("prepared", "recommended_by_leadership", "sent_to_parties", "not_ratified", "in_force"):
        assert state in told.out, state
    assert len(human.splitlines()) > len(WALK)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-01-19", "initiated"),
        ("2026-01-20", "prepared"),
        ("2026-02-05", "recommended_by_leadership"),
        ("2026-02-19", "recommended_by_leadership"),
        ("2026-02-20", "recommended_by_political_forum"),
        ("2026-03-02", "sent_to_parties"),
        ("2026-04-20", "in_force"),
    ],
)
def test_as_of_tells_where_the_case_stood_by_the_dates_in_the_minutes(desk: Desk, as_of: str, state: str) -> None:
    """Scenario 118: the day asked for decides, not the day of asking."""
    office, ref = desk("in_force")
    assert office("case", "show", ref, "--as-of", as_of, expect=0).json["state"] == state
    assert office("audit", "replay", ref, "--as-of", as_of, expect=0).json["state"] == state


def test_the_structure_in_force_follows_the_day_asked_for(county: Office) -> None:
    """Scenario 118: other rules on 2024-06-01, even with alternativ-1 adopted."""
    calendar = county("structure", "calendar", expect=0).json
    starts = {row["structure"]: row["from"] for row in calendar}
    assert starts["alternativ-1"] == "2026-01-01"
    assert starts["tillfallig"] == "2024-10-01"
    explain = ("route", "explain", "--type", "ök", "--group", "barn-unga", "--on")
    assert county(*explain, "2026-01-01", expect=0).json["structure"] == "alternativ-1"
    before = county(*explain, "2025-12-31")
    assert "ledningsforum" not in before.out, before.transcript()


def test_one_altered_byte_is_found_and_named(desk: Desk) -> None:
    """Scenario 119: verify names the first broken number and exits 3; replay does not tell the story as if it held."""
    office, ref = desk("in_force")
    seq = next(row["seq"] for row in office("case", "history", ref, expect=0).json if row["on"] == "2026-02-05")
    with unlocked(office.file) as base:
        (stored,) = base.execute("SELECT bytes FROM event WHERE seq = ?", (seq,)).fetchone()
        altered = bytes(stored).replace(b"2026-02-05", b"2026-02-06")
        assert altered != bytes(stored)
        base.execute("UPDATE event SET bytes = ? WHERE seq = ?", (altered, seq))
    assert min(findings(office)) == seq
    replayed = office("audit", "replay", ref)
    assert replayed.code == 3, replayed.transcript()
    assert str(seq) in replayed.out + replayed.err


def test_two_events_with_one_number_are_found(desk: Desk) -> None:
    """Scenario 120."""
    office, ref = desk("in_force")
    with unlocked(office.file) as base:
        columns = [row[1] for row in base.execute("PRAGMA table_info(event)")]
        base.execute("ALTER TABLE event RENAME TO event_before")
        base.execute(f"CREATE TABLE event AS SELECT {', '.join(columns)} FROM event_before")  # noqa: S608 - its own
        (seq,) = base.execute("SELECT max(seq) FROM event").fetchone()
        base.execute("INSERT INTO event SELECT * FROM event WHERE seq = ?", (seq,))
        base.execute("DROP TABLE event_before")
    assert seq in findings(office)
    assert office("audit", "replay", ref).code == 3


@pytest.mark.parametrize("position", ["first", "middle", "last but one"])
def test_a_missing_event_is_found(desk: Desk, position: str) -> None:
    """The sibling of scenario 120: a number that is not there."""
    office, _ = desk("in_force")
    with unlocked(office.file) as base:
        numbers = [row[0] for row in base.execute("SELECT seq FROM event ORDER BY seq")]
        seq = {"first": numbers[0], "middle": numbers[len(numbers) // 2], "last but one": numbers[-2]}[position]
        base.execute("DELETE FROM event WHERE seq = ?", (seq,))
    assert set(findings(office)) & {seq, seq + 1}


def test_a_read_model_that_says_otherwise_than_the_log_is_found(desk: Desk) -> None:
    """A changed value outside the log is as much a lie as one inside it: every table, every text column."""
    office, _ = desk("sent_to_parties")
    with contextlib.closing(sqlite3.connect(office.file)) as base:
        tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = [
            (table, row[1])
            for table in tables
            for row in base.execute(f"PRAGMA table_info({table})")
            if row[1] == "state" and base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - its own
        ]
    assert holding, tables
    for number, (table, column) in enumerate(holding):
        twin = office.copied_to(office.folder / f"twin-{number}")
        with unlocked(twin.file) as base:
            base.execute(f"UPDATE {table} SET {column} = 'withdrawn'")  # noqa: S608 - its own
        assert twin("audit", "verify").code == 3, (table, column)


def findings(office: Office) -> list[int]:
    """The sequence numbers «audit verify» finds fault with; it must exit 3 and say what it expected."""
    reply: Reply = office("audit", "verify", expect=3)
    found: Iterable[dict[str, Any]] = reply.json["findings"]
    assert all({"seq", "case", "check", "expected", "found"} <= one.keys() for one in found), reply.transcript()
    return [one["seq"] for one in found if one["seq"] is not None]


def test_the_second_of_two_coordinators_is_told_where_the_case_is_now(desk: Desk) -> None:
    """Scenario 134."""
    office, ref = desk("prepared")
    seen = office.show(ref)["version"]
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05", "--if-version", seen)
    now = office(*words, actor="första", expect=0).json["version"]
    reply = refused(office, *words, code="conflict", exit_code=75)
    assert str(now) in reply.error["message"]
    assert "leadership" in reply.error["message"]
