"""What the page for auditors says of the record and the chain; its script is run on histories good and bad."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from tests.docs.test_reference import named, rows
from tests.docs.transcript import ROOT, fences
from tests.office import Office
from tests.persistence.homes import unlocked
from workflow.events import CaseEvent
from workflow.organisation_events import OrganisationEvent
from workflow.record import Record
from workflow.register.events import DocumentEvent

PAGE = (ROOT / "docs" / "history-format.md").read_text("utf-8")
SCRIPT = next("\n".join(fence.lines) for fence in fences(PAGE) if fence.file == "check_chain.py")

TAMPERED = {
    "a byte of a record": (
        "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '2026-02-10', '2026-02-11') AS BLOB)"
        " WHERE stream <> 'organisation'"
    ),
    "a record's hash": "UPDATE event SET hash = zeroblob(32) WHERE seq = 4",
    "a record taken out": "DELETE FROM event WHERE seq = 4",
    "two records exchanged": (
        "UPDATE event SET seq = 1000 WHERE seq = 4;"
        "UPDATE event SET seq = 4 WHERE seq = 5;"
        "UPDATE event SET seq = 5 WHERE seq = 1000"
    ),
    "a record repeated": (
        "INSERT INTO event SELECT (SELECT max(seq) + 1 FROM event), stream, 99, kind, on_date, recorded_at, bytes, hash"
        " FROM event WHERE seq = 4"
    ),
}


@pytest.fixture
def history(office: Office) -> Office:
    office.founded()
    office("case", "prepare", office.opened(), "--by", "au-barn-unga", "--on", "2026-02-10", expect=0)
    return office


def check(office: Office) -> subprocess.CompletedProcess[str]:
    """The page's script, run on a database by an interpreter that sees nothing of the product."""
    script = office.folder / "check_chain.py"
    script.write_text(SCRIPT, encoding="utf-8")
    words = [sys.executable, "-I", "-X", "utf8", str(script), str(office.file)]
    return subprocess.run(words, cwd=office.folder, capture_output=True, encoding="utf-8", check=False)


def tamper(file: Path, statements: str) -> None:
    with unlocked(file) as base:
        base.executescript(statements)
        assert base.total_changes


def test_the_script_finds_no_fault_in_a_history_that_holds(history: Office) -> None:
    done = check(history)
    assert done.returncode == 0, done.stdout
    assert f"{len(history.copy_log_bytes())} records, 0 faults" in done.stdout


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_the_script_and_the_audit_both_find_what_was_tampered_with(history: Office, statement: str) -> None:
    tamper(history.file, statement)
    done = check(history)
    assert done.returncode == 3, done.stdout
    assert "does not hold" in done.stdout
    history("audit", "verify", expect=3)


def test_a_tail_cut_off_is_not_seen_as_the_page_says(history: Office) -> None:
    tamper(history.file, "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    assert check(history).returncode == 0


def test_every_field_of_a_record_is_described() -> None:
    told = [name for row in rows(PAGE, "field") for name in named(row[0])]
    assert told == list(Record.__struct_fields__)


def test_every_kind_of_event_is_described() -> None:
    told = {kind for table in tables("kind") for row in table for kind in named(row[0])}
    assert told == {
        str(each.__struct_config__.tag)
        for each in (*get_args(CaseEvent), *get_args(OrganisationEvent), *get_args(DocumentEvent))
    }


def tables(heading: str) -> list[list[list[str]]]:
    """Every table of the page with this first heading."""
    parts = PAGE.split(f"| {heading} |")[1:]
    return [rows(f"| {heading} |{part}", heading) for part in parts]


def test_a_record_is_written_in_the_order_of_the_table(history: Office) -> None:
    for content in history.copy_log_bytes():
        keys = list(msgspec.json.decode(content))
        assert keys == [name for name in Record.__struct_fields__ if name in keys]
