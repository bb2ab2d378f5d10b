"""«audit rebuild» tells what it put right and of what, writes nothing where nothing differed, and refuses out loud."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.office import Office

Sent = tuple[Office, str]


def damaged(office: Office, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        for statement in statements:
            base.execute(statement)


def contents(office: Office) -> str:
    with contextlib.closing(sqlite3.connect(office.file)) as base:
        return "\n".join(base.iterdump())


TITLE = "UPDATE case_view SET title = 'annan'"
FORGED = ("DROP TRIGGER event_no_update", "UPDATE event SET bytes = x'7b7d' WHERE seq = 20")


def test_what_was_put_right_is_told_and_the_case_is_shown_as_it_was(sent: Sent) -> None:
    office, ref = sent
    shown = office.show(ref)
    damaged(office, TITLE, "UPDATE case_view SET body = '{}'", "DELETE FROM flag", "DELETE FROM duty")
    told = office("audit", "rebuild", expect=0).json
    assert told["refs"] == [ref]
    assert {each["table"]: each["changed"] for each in told["tables"]} == {"case_view": 1, "duty": 0}
    assert all(each["added"] for each in told["tables"] if each["table"] == "duty")
    assert office.show(ref) == shown
    assert office("audit", "verify", expect=0).json["findings"] == []
    assert office("worklist", expect=0).json


@pytest.mark.parametrize(
    ("lang", "done", "nothing"),
    [
        ("en", "Rows made anew from the log: 1.", "nothing was written"),
        ("sv", "Rader som gjorts om ur loggen: 1.", "inget har skrivits"),
    ],
)
def test_a_person_reads_what_was_done_and_then_that_nothing_was(sent: Sent, lang: str, done: str, nothing: str) -> None:
    office, ref = sent
    damaged(office, TITLE)
    first, then = (office("audit", "rebuild", json=False, lang=lang, expect=0).out for _ in range(2))
    assert (done in first, ref in first, nothing in first) == (True, True, False)
    assert (done in then, ref in then, nothing in then) == (False, False, True)


def test_a_log_that_does_not_hold_is_told_as_verify_tells_it_and_the_database_left_as_it_is(sent: Sent) -> None:
    office, _ref = sent
    damaged(office, *FORGED)
    before = contents(office)
    found = office("audit", "verify", expect=3).json
    reply = office("audit", "rebuild", expect=3)
    assert reply.json == {**found, "tables": [], "refs": []} | {
        "findings": [each for each in found["findings"] if each["check"] != "case_view"]
    }
    shown = office("audit", "rebuild", json=False, expect=3)
    assert "Nothing was made anew" in shown.err
    assert "evidence" in shown.err
    assert "hash" in shown.out
    assert contents(office) == before


def test_a_database_that_is_damaged_itself_is_told_to_be_restored(sent: Sent) -> None:
    office, _ref = sent
    damaged(
        office,
        "CREATE TABLE beside (ref TEXT, body TEXT, step TEXT, due TEXT) STRICT",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'duty') "
        "WHERE name = 'beside'",
    )
    damaged(office, "INSERT INTO beside VALUES ('SAM-2026-0001', 'rjh', 'spread', NULL)")
    shown = office("audit", "rebuild", json=False, expect=3)
    assert "restore a backup" in shown.err


def test_a_log_whose_end_was_cut_off_with_its_views_left_is_not_made_to_look_whole_when_a_checkpoint_is_given(
    sent: Sent, tmp_path: Path
) -> None:
    """What is kept then tells of more than the log does: the only sign of it that the database itself has."""
    office, _ref = sent
    kept = tmp_path / "kept.txt"
    office("audit", "checkpoint", kept, expect=0)
    damaged(office, "DROP TRIGGER event_no_delete", "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    before = contents(office)
    told = office("audit", "rebuild", "--checkpoint", kept, expect=3).json
    assert "checkpoint size" in {each["check"] for each in told["findings"]}
    assert (told["tables"], contents(office)) == ([], before)


def test_an_audit_says_what_mends_it_when_only_what_is_kept_beside_the_log_differs(sent: Sent) -> None:
    office, _ref = sent
    damaged(office, TITLE)
    assert "audit rebuild" in office("audit", "verify", json=False, expect=3).err
    damaged(office, *FORGED)
    assert "audit rebuild" not in office("audit", "verify", json=False, expect=3).err
