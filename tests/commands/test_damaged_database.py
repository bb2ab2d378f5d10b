"""A damaged database: «audit verify» and «audit rebuild» tell what is wrong, and everything else says to look there."""

import contextlib
import sqlite3

import pytest

from tests.commands.claims import contents, refused
from tests.office import Office

WITHOUT_KEY = (
    "PRAGMA writable_schema = 1; "
    "UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE (stream, version)', 'CHECK (1)') WHERE name = 'event'"
)

#: What somebody can do to a file with a tool of their own, and a command that then meets it.
MADE_OTHERWISE = {
    "a table gone": ("DROP TABLE outbox", ("outbox", "list")),
    "the log gone": ("DROP TABLE event", ("audit", "export", "log.jsonl")),
    "the mark of the layout gone": ("DROP TABLE arendegang_layout", ("case", "list")),
    "a column under another name": ("ALTER TABLE flag RENAME COLUMN due TO d2", ("flag", "list")),
    "a schema that cannot be": (WITHOUT_KEY, ("case", "list")),
}


@pytest.fixture
def file(county: Office) -> Office:
    """A county whose database lies in one file."""
    with contextlib.closing(sqlite3.connect(county.file)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return county


def found_by(office: Office, verb: str) -> set[str]:
    """The checks that tell of something, by a command that ends with 3 and leaves the file as it is."""
    before = office.file.read_bytes()
    reply = office("audit", verb, expect=3)
    assert (reply.err, office.file.read_bytes()) == ("", before), reply.transcript()
    assert office("audit", verb, json=False, lang="sv", expect=3).out
    return {each["check"] for each in reply.json["findings"]}


@pytest.mark.parametrize("way", MADE_OTHERWISE)
def test_what_is_made_otherwise_is_a_finding_to_an_audit_and_damage_to_who_meets_it(file: Office, way: str) -> None:
    statements, words = MADE_OTHERWISE[way]
    with contextlib.closing(sqlite3.connect(file.file)) as base:
        base.executescript(statements)
    assert found_by(file, "verify") == found_by(file, "rebuild") == {"integrity"}
    reply = refused(file, *words, code="database_unavailable", exit_code=69)
    assert "audit verify" in reply.error["hint"]
    assert "docs/backup.md" in reply.error["hint"]


@pytest.mark.parametrize("length", [100, 4096, 200_000])
def test_a_file_that_was_cut_off_is_a_finding_to_an_audit_and_damage_to_whoever_meets_it(
    file: Office, length: int
) -> None:
    file.file.write_bytes(file.file.read_bytes()[:length])
    assert found_by(file, "verify") == found_by(file, "rebuild") == {"integrity"}
    for words in (("case", "list"), ("sweep",), ("init",)):
        reply = refused(file, *words, code="database_unavailable", exit_code=69)
        assert "audit verify" in reply.error["hint"]


def test_no_checkpoint_is_said_to_hold_of_a_log_that_cannot_be_read(file: Office) -> None:
    kept = file.folder / "post.txt"
    file("audit", "checkpoint", kept, expect=0)
    file.file.write_bytes(file.file.read_bytes()[:200_000])
    told = file("audit", "verify", "--checkpoint", kept, expect=3).json
    assert (told["events"], told["tail"]) == (0, "unproven")
    assert [each["holds"] for each in told["checkpoints"]] == [False]


def test_a_whole_file_is_neither(file: Office) -> None:
    """The negative control."""
    assert file("audit", "verify", expect=0).json["findings"] == []
    before = contents(file.file)
    file("case", "list", expect=0)
    assert contents(file.file) == before
