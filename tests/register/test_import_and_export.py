"""A register goes in whole or not at all, comes out again, and goes in once more without a change."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.claims import contents
from tests.office import Office

TODAY = "2026-11-20"
HEAD = "id;title;type;group;validity_text;valid_from;valid_to\n"


@pytest.fixture
def register(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    return furnished.copied_to(tmp_path / "register")


def imported(office: Office, *words: str | Path, expect: int = 0) -> dict[str, int]:
    counts: dict[str, int] = office("register", "import", *words, today=TODAY, expect=expect).json
    return counts


def test_importing_twice_changes_nothing(register: Office) -> None:
    assert imported(register) == {"added": 27, "unchanged": 0}
    before = contents(register.file)
    assert imported(register) == {"added": 0, "unchanged": 27}
    assert contents(register.file) == before


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_written_can_be_imported_again_here_and_elsewhere(register: Office, tmp_path: Path, kind: str) -> None:
    elsewhere = register.copied_to(tmp_path / "elsewhere")
    imported(register)
    register("register", "confirm", "b1-12", "--valid-to", "2027-06-30", today=TODAY, expect=0)
    register("register", "confirm", "b1-10", "--open-ended", "--forum", "svom", today=TODAY, expect=0)
    file = tmp_path / f"register.{kind}"
    register("register", "export", file, "--format", kind, today=TODAY, expect=0)
    assert imported(register, file) == {"added": 0, "unchanged": 27}
    assert imported(elsewhere, file) == {"added": 27, "unchanged": 0}
    rows = [office("register", "list", today=TODAY, expect=0).json for office in (register, elsewhere)]
    kept = ("id", "title", "type", "status", "valid_from", "term_ends", "renewals", "owner", "statutory")
    assert [{key: row[key] for key in kept} for row in rows[0]] == [{key: row[key] for key in kept} for row in rows[1]]


def test_one_fault_in_the_last_row_and_nothing_is_entered(register: Office) -> None:
    good = "".join(f"d-{n};Avtal {n};avtal;vuxna;2026-;2026-01-01;\n" for n in range(50))
    file = register.paper(f"{HEAD}{good}d-99;Fel;avtal;vuxna;2026-;31/13 2024;\n")
    before = contents(register.file)
    reply = register("register", "import", file, today=TODAY, expect=65)
    assert "52" in reply.error["message"]
    assert contents(register.file) == before


def test_a_document_that_stands_there_with_another_entry_stops_the_whole_import(register: Office) -> None:
    imported(register, register.paper(f"{HEAD}d-1;Avtal;avtal;vuxna;2026-;2026-01-01;\n"))
    before = contents(register.file)
    two = register.paper(f"{HEAD}d-2;Nytt;avtal;vuxna;2026-;2026-01-01;\nd-1;Annat;avtal;vuxna;2026-;2026-01-01;\n")
    reply = register("register", "import", two, today=TODAY, expect=65)
    assert (reply.error["code"], "d-1" in reply.error["message"]) == ("value_invalid", True)
    assert contents(register.file) == before


@pytest.mark.parametrize("taken", ["organisation", "SAM-2026-0001", "Ett id"])
def test_an_id_that_is_no_documents_is_refused(register: Office, taken: str) -> None:
    register.opened()
    before = contents(register.file)
    file = register.paper(f"{HEAD}{taken};Avtal;avtal;vuxna;2026-;2026-01-01;\n")
    assert register("register", "import", file, today=TODAY, expect=65).error["code"] == "value_invalid"
    assert contents(register.file) == before


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(spoilt=st.binary(max_size=60), place=st.integers(0, 400))
def test_whatever_a_file_holds_it_is_a_clean_import_or_a_clear_report(
    register: Office, spoilt: bytes, place: int
) -> None:
    rows = "".join(f"d-{n};Avtal {n};avtal;vuxna;2026-;2026-01-01;\n" for n in range(6))
    whole = (HEAD + rows).encode()
    file = register.paper(whole[:place] + spoilt + whole[place:])
    before = contents(register.file)
    reply = register("register", "import", file, today=TODAY)
    assert reply.code in {0, 65}, reply.transcript()
    assert "Traceback" not in reply.err
    if reply.code:
        assert contents(register.file) == before
        assert reply.error["message"]


def test_a_first_day_to_come_is_left_out_of_the_list_and_said_so(register: Office) -> None:
    imported(register, register.paper(f"{HEAD}d-1;Avtal;avtal;vuxna;2030-;2030-01-01;\n"))
    reply = register("register", "list", today=TODAY, expect=0)
    assert reply.json == []
    assert "1" in reply.err
    assert [row["id"] for row in register("register", "list", "--as-of", "2030-01-01", expect=0).json] == ["d-1"]
