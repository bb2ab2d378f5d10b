"""The register in and out: what is refused, tables that are read and written, lists, the year ahead."""

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.commands.claims import contents, refused
from tests.office import Office
from tests.register.tables import BILAGA

REPORT = "2025-01-13"


@pytest.fixture
def register(office: Office) -> Office:
    """Bilaga 1 in the register, under the report's own calendar with alternativ-1 from 2026."""
    office("init", "--adopt", "alternativ-1", "--from", "2026-01-01", expect=0)
    told = office("register", "import", expect=0).json
    assert told == {"added": 27, "unchanged": 0}
    return office


def listed(office: Office, day: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in office("register", "list", "--as-of", day, expect=0).json}


def test_a_document_or_a_party_nobody_knows_is_refused(register: Office) -> None:
    on = ("--on", REPORT)
    refused(register, "register", "show", "b1-99", code="unknown_document", exit_code=66)
    refused(register, "register", "revised", "b1-9x", code="unknown_document", exit_code=66)
    party = ("register", "notice", "b1-09", "--by", "kfjh", "--received", REPORT, *on)
    refused(register, *party, code=None, exit_code=65)


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


def test_the_reports_table_agrees_with_what_is_built_in_but_for_words_that_are_told_of(register: Office) -> None:
    before = register.copy_log_bytes()
    reply = register("register", "import", BILAGA, expect=0)
    assert reply.json == {"added": 0, "unchanged": 27}
    told = {word.strip("«».,") for word in reply.err.split() if word.startswith("b1-")}
    assert told == {"b1-10", "b1-14", "b1-17", "b1-26"}
    assert register.copy_log_bytes() == before
    other = register.folder / "annan.csv"
    other.write_text(BILAGA.read_text("utf-8").replace(";2030-12-31;", ";2031-12-31;"), encoding="utf-8")
    refused(register, "register", "import", other, code=None, exit_code=65)


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
