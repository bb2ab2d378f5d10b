"""A sweep for a day that has been says what it did not look at: what is recorded later is not gone back behind."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.office import Office

ENTERED = ("2026-03-01", "2026-05-01")


@pytest.fixture
def office(isolated: None, furnished: Office, tmp_path: Path) -> Office:
    """A register of which a part was entered on each of two days."""
    office, whole = furnished.copied_to(tmp_path), tmp_path / "hela.json"
    source = furnished.copied_to(tmp_path / "elsewhere")
    source("register", "import", expect=0)
    source("register", "export", whole, "--format", "json", expect=0)
    part = tmp_path / "del.json"
    part.write_text(json.dumps(json.loads(whole.read_text("utf-8"))[:9]), "utf-8")
    office("register", "import", part, "--on", ENTERED[0], expect=0)
    office("register", "import", "--on", ENTERED[1], expect=0)
    return office


def latest_days(office: Office) -> Iterator[str]:
    """The day of the latest record of each document, as the log itself tells it."""
    latest: dict[str, str] = {}
    for record in map(json.loads, office.copy_log_bytes()):
        if record["stream"].startswith("b1-"):
            latest[record["stream"]] = max(record["on"], latest.get(record["stream"], ""))
    yield from latest.values()


def passed_over(office: Office, today: str, *words: str) -> int:
    """How many the sweep says it passed over, in JSON and in words alike."""
    told = office("sweep", *words, today=today, expect=0).json["passed_over"]
    said = office("sweep", *words, today=today, json=False, expect=0).out
    assert (told["text"] is None) == (told["documents"] == 0)
    assert (told["text"] or "passed over") in said if told["documents"] else "passed over" not in said
    assert str(told["documents"]) in (told["text"] or "0")
    return int(told["documents"])


def test_documents_entered_after_the_day_are_told_of_and_nothing_is_written(office: Office) -> None:
    log = office.copy_log_bytes()
    for words in ((), ("--dry-run",)):
        assert passed_over(office, "2026-02-28", *words) == 27
    assert office.copy_log_bytes() == log
    swedish = office("sweep", today="2026-02-28", json=False, lang="sv", expect=0).out
    assert "27" in swedish.splitlines()[-1]
    assert "2026-02-28" in swedish.splitlines()[-1]


def test_how_many_is_what_the_log_says_by_any_day_and_what_was_found_later_counts_too(office: Office) -> None:
    days = ("2026-02-28", *ENTERED, "2026-04-30", "2026-05-02", "2026-08-01")
    counted = set()
    for swept in (None, "2026-04-30", "2026-08-01", date.today()):  # noqa: DTZ011 - whatever day it is, it has come
        if swept is not None:
            office("sweep", today=swept, expect=0)
        for today in days:
            wanted = sum(latest > today for latest in latest_days(office))
            assert passed_over(office, today, "--dry-run") == wanted
            counted.add(wanted)
    assert counted >= {0, 18, 27}
    assert len(counted) > 3


def test_for_today_and_for_a_day_to_come_nothing_is_passed_over(office: Office) -> None:
    assert office("sweep", expect=0).json["passed_over"] == {"documents": 0, "text": None}
    assert passed_over(office, "2060-01-01", "--dry-run") == 0
