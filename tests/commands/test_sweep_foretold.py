"""What a dry run tells is what would be: in conditional words, and with as many flags as would then stand."""

from pathlib import Path

import pytest

from scheduler.sweep import Found
from tests.commands.claims import Desk, contents
from tests.office import Office

#: Days on which something comes: reminders, the day after the one to answer by, escalation, and a year's turn.
DAYS = ("2026-05-25", "2026-06-23", "2026-07-20", "2026-11-20")


def busy(desk: Desk) -> Office:
    """A case at its parties, and a register that wants this and that."""
    office, _ = desk("sent_to_parties")
    office("register", "import", "--on", "2026-01-02", expect=0)
    return office


def standing(office: Office, day: str) -> tuple[int, int, int]:
    """What a dry run says would stand, what the sweep right after says, and how many flags are then listed."""
    before = contents(office.file)
    foretold = office("sweep", "--dry-run", today=day, expect=0).json
    assert contents(office.file) == before
    swept = office("sweep", today=day, expect=0).json
    return foretold["standing"], swept["standing"], len(office("flag", "list", today=day, expect=0).json)


def test_as_many_flags_would_stand_as_then_stand(desk: Desk) -> None:
    office = busy(desk)
    told = [standing(office, day) for day in DAYS]
    assert all(foretold == found == listed for foretold, found, listed in told), told
    assert len({found for _, found, _ in told}) > 1, "the days differ"


def test_flags_of_a_document_that_a_case_would_bring_about_are_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case comes into force on its day: its document is born, and what it replaces is not wanted any more."""
    office, _ = desk("initiated")
    office("register", "import", "--on", "2026-01-02", expect=0)
    office("sweep", today="2026-01-03", expect=0)
    coming = {"document": "b1-07", "aim": "replace", "valid_from": "2026-09-01"}
    office.walked_to("ratified", group="vuxna", type="avtal", **coming)
    standing(office, "2026-08-31")
    with monkeypatch.context() as uncounted:
        uncounted.setattr("scheduler.sweep._flags_more", lambda *_: 0)
        without = office("sweep", "--dry-run", today="2026-09-02", expect=0).json["standing"]
    foretold, found, listed = standing(office, "2026-09-02")
    assert foretold == found == listed
    assert without != found, "the control: they play a part here"


def test_what_stands_now_is_not_what_would_stand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the count as it is now would be found to be another."""
    office = busy(desk)
    monkeypatch.setattr(Found, "standing_after", lambda _, now: now)
    foretold, found, _ = standing(office, "2026-06-23")
    assert foretold < found


@pytest.mark.parametrize(
    ("lang", "would", "nothing"), [("en", "would", "Nothing was written"), ("sv", "skulle", "Ingenting skrevs")]
)
def test_a_dry_run_speaks_of_what_would_be_and_says_that_nothing_was_written(
    desk: Desk, tmp_path: Path, lang: str, would: str, nothing: str
) -> None:
    office = busy(desk)
    office.walked_to("ratified", valid_from="2026-05-20")
    said = office("sweep", "--dry-run", today="2026-05-25", json=False, lang=lang, expect=0).out
    lines = said.splitlines()
    assert len([line for line in lines if "SAM-2026-0001" in line]) >= 9
    assert [line for line in lines if line.strip() and would not in line] == []
    assert nothing in lines[-1]
    done = office("sweep", today="2026-05-25", json=False, lang=lang, expect=0).out
    assert not any(would in line for line in done.splitlines() if "SAM-2026" in line)
    assert nothing not in done
