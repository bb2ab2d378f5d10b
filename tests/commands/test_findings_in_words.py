"""Whoever reads the findings of an audit is told, once for each kind, what it is about."""

import re
from pathlib import Path

import pytest

from commands.audit.check_words import CHECKS, check_words
from tests.commands.claims import Desk
from tests.office import REPOSITORY
from tests.persistence.homes import unlocked

JUDGED = (REPOSITORY / "docs" / "history-format.md").read_text("utf-8")
_NAMED = re.compile(r'(?:check=|_finding\((?:(?:row|record|first|acted\[0\]), )?)f?"([a-z_]+(?: [a-z]+)?)')


def named_in(source: Path) -> set[str]:
    """The names that a module gives to findings."""
    return set(_NAMED.findall(source.read_text("utf-8")))


def test_every_check_has_its_words() -> None:
    sources = [*(REPOSITORY / "workflow").glob("*.py"), *(REPOSITORY / "persistence").glob("*.py")]
    sources += (REPOSITORY / "workflow" / "register").glob("*.py")
    named = {name for source in sources for name in named_in(source)}
    assert len(named) > 12
    # Of the one, that is what was expected in its place, and no check.
    assert {name for name in named if not check_words(name)} == {"a checkpoint"}
    told = JUDGED[JUDGED.index("## What `audit verify` judges") : JUDGED.index("## Rule sets")]
    assert {
        name for name in re.findall(r"\*\*([a-z_]+)", told) if name not in {each.split()[0] for each in CHECKS}
    } == set()


@pytest.mark.parametrize(("lang", "words"), [("sv", "Det som hålls färdigt"), ("en", "What is kept ready of a case")])
def test_the_words_stand_once_below_the_findings(desk: Desk, lang: str, words: str) -> None:
    office, _ = desk("sent_to_parties")
    with unlocked(office.file) as base:
        assert base.execute("UPDATE duty SET due = '2030-01-01'").rowcount > 1
    told = office("audit", "verify", json=False, lang=lang, expect=3).out
    assert told.count(words) == 1
    assert f"\nduty: {words}" in told
