"""What a script may rely on: the exit code says what kind of no it was."""

import contextlib
import sqlite3

import pytest

from tests.commands.claims import Desk, refused
from tests.office import Office
from tests.persistence.homes import unlocked

OPEN = ("case", "open", "--type", "ök", "--title", "Placerade barn", "--group", "barn-unga", "--on", "2026-01-12")


def test_0_says_done(county: Office) -> None:
    reply = county(*OPEN)
    assert (reply.code, reply.err) == (0, "")
    assert reply.json["ref"] == "SAM-2026-0001"


def test_1_says_refused_by_a_rule(desk: Desk) -> None:
    office, ref = desk("initiated")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05")
    refused(office, *words, code="preparation_missing", exit_code=1)


def test_2_says_wrong_usage(desk: Desk) -> None:
    office, ref = desk("initiated")
    refused(office, "case", "recommend", ref, "--on", "2026-02-05", code=None, exit_code=2)


def test_3_says_that_the_history_does_not_hold(desk: Desk) -> None:
    office, _ = desk("prepared")
    with unlocked(office.file) as base:
        base.execute("UPDATE event SET bytes = CAST(bytes || x'20' AS BLOB) WHERE seq = (SELECT max(seq) FROM event)")
    reply = office("audit", "verify")
    assert reply.code == 3, reply.transcript()
    assert reply.json["findings"]


def test_65_says_bad_data(county: Office) -> None:
    refused(county, *OPEN, "--valid-from", "2026-02-30", code="date_invalid", exit_code=65)


def test_66_says_no_such_case(county: Office) -> None:
    refused(county, "case", "show", "SAM-2026-0099", code="unknown_case", exit_code=66)


def test_69_says_that_the_database_is_out_of_reach(county: Office) -> None:
    """Another program holds the file for writing; looking still works, and so does everything once it lets go."""
    county.url += "?timeout=0.1"
    with contextlib.closing(sqlite3.connect(county.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reply = county(*OPEN)
        assert (reply.code, reply.error["code"]) == (69, "database_unavailable"), reply.transcript()
        other.execute("ROLLBACK")
    assert county("case", "list", expect=0).json == []
    county(*OPEN, expect=0)


def test_75_says_that_somebody_else_got_there_first(desk: Desk) -> None:
    office, ref = desk("prepared")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05", "--if-version", 1)
    refused(office, *words, code="conflict", exit_code=75)


def test_78_says_that_a_setting_is_wrong(office: Office) -> None:
    office.url = "nosuchdatabase://somewhere/else"
    refused(office, "case", "list", code="config_invalid", exit_code=78)
    assert list(office.folder.iterdir()) == []


@pytest.mark.parametrize("words", [("--help",), ("case", "--help"), ("case", "open", "--help"), ("--version",)])
def test_asking_for_help_is_done_and_not_refused(county: Office, words: tuple[str, ...]) -> None:
    reply = county(*words, json=False)
    assert (reply.code, reply.err) == (0, ""), reply.transcript()
    assert reply.out.strip()
