"""What an audit found is told to a person in their own language, and to a script as it always was."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

import translations
from commands.audit.found_words import found_words
from tests.commands.claims import Desk, unbroken
from tests.office import REPOSITORY, Office
from tests.persistence.homes import unlocked

#: What stands in the place of each value, where a sentence is made.
VALUES = {
    "kind": "trigger",
    "why": "rule r on",
    "told": "UNIQUE (a, b)",
    "last": "7",
    "first": "3",
    "refusal.code": "conflict",
}
_MADE = re.compile(r'yield \(?f?"([^"]+)"|(?:expected=|found=|_finding\(.*|where = )f?"([^"]+ [^"]+)"')
ENGLISH = re.compile(r"\b(is|missing|not|made|ours|record|records|the|that|hold|none|asks|act|without|false|such)\b")


def made_in(source: str) -> set[str]:
    """The sentences that a module makes, each with something in the place of its values."""
    found = {one or other for one, other in _MADE.findall((REPOSITORY / source).read_text("utf-8"))}
    return {re.sub(r"\{([^}]+)\}", lambda value: VALUES.get(value[1], "x"), each) for each in found}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell on one line, to be found whole."""
    monkeypatch.setenv("COLUMNS", "400")


def test_every_sentence_that_is_made_of_a_database_has_its_words() -> None:
    sentences = made_in("persistence/make.py") | made_in("persistence/postgresql.py")
    assert len(sentences) >= 6
    translations.use("sv")
    try:
        told = {each: found_words("integrity", each) for each in sentences}
    finally:
        translations.use("en")
    assert {each: words for each, words in told.items() if ENGLISH.search(words) or "databasen säger" in words} == {}


def one_trigger_less(office: Office) -> None:
    with closing(sqlite3.connect(office.file)) as base, base:
        base.execute("DROP TRIGGER event_no_update")


def one_index_more(office: Office) -> None:
    with closing(sqlite3.connect(office.file)) as base, base:
        base.execute("CREATE TRIGGER främmande AFTER INSERT ON duty BEGIN SELECT 1; END")


def one_record_spoilt(office: Office) -> None:
    with unlocked(office.file) as base:
        base.execute("UPDATE event SET bytes = x'00ff' WHERE seq = (SELECT max(seq) FROM event)")


SPOILT: dict[str, tuple[Callable[[Office], None], str, str]] = {
    "a trigger is gone": (one_trigger_less, "trigger event_no_update is missing", "event_no_update saknas"),
    "a trigger is too much": (one_index_more, "trigger främmande is not ours", "främmande hör inte hemma här"),
    "a record is none": (one_record_spoilt, "bytes that hold none", "byte som inte utgör någon"),
}


@pytest.mark.parametrize("damage", SPOILT)
def test_a_person_reads_the_finding_in_the_language_asked_for(desk: Desk, damage: str) -> None:
    office, _ = desk("initiated")
    spoil, english, swedish = SPOILT[damage]
    spoil(office)
    found = [each["found"] for each in office("audit", "verify", lang="sv", expect=3).json["findings"]]
    assert english in found, "a script reads what it always read"
    told = {
        lang: unbroken(office("audit", "verify", json=False, lang=lang, expect=3).out)
        for lang in translations.LANGUAGES
    }
    assert swedish in told["sv"]
    assert english in told["en"]
    assert english not in told["sv"]


def test_a_checkpoint_that_is_false_is_called_so_in_the_language_asked_for(desk: Desk) -> None:
    office, _ = desk("initiated")
    kept = office.folder / "kept.txt"
    office("audit", "checkpoint", kept, expect=0)
    origin, _, root = kept.read_text("utf-8").splitlines()
    kept.write_text(f"{origin}\n0\n{root}\n", encoding="utf-8")
    said = [
        unbroken(office("audit", "verify", "--checkpoint", kept, json=False, lang=lang, expect=3).out)
        for lang in ("sv", "en")
    ]
    assert "(kontrollpunkten är falsk)" in said[0]
    assert "(the checkpoint is false)" in said[1]
    assert "(the checkpoint is false)" not in said[0]
