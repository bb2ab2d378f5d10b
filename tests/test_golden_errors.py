"""What every refusal says, word for word, in both languages: tests/golden/errors.sv.txt and errors.en.txt.

After a change that is meant: ``pytest tests/test_golden_errors.py --regenerate``, and read the difference.
"""

import contextlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from commands import failure
from commands.clock import SystemClock
from tests.office import Office, Word
from tests.refusal_examples import EXAMPLES, VALUES
from translations import LANGUAGES, use
from workflow.errors import Refusal
from workflow.local_time import real_day
from workflow.refusals import REFUSALS

GOLDEN = Path(__file__).parent / "golden"
CODES = [refusal.code for refusal in REFUSALS]
HEAD = "## "

Told = Callable[[type[Refusal], str], str]


def golden_file(language: str) -> Path:
    return GOLDEN / f"errors.{language}.txt"


def sections(text: str) -> dict[str, str]:
    """What stands in a golden file under each refusal's head."""
    parts = text.split(f"\n{HEAD}")[1:]
    return {part.split(" ", 1)[0]: f"{HEAD}{part}".rstrip("\n") for part in parts}


def written(found: dict[str, str]) -> str:
    """A golden file: every refusal there is, in the order of the code."""
    kept = [found[code] for code in CODES if code in found]
    return "\n\n".join(["What every refusal says; see tests/test_golden_errors.py.", *kept]) + "\n"


def normalised(text: str, office: Office) -> str:
    """The text without what differs from one run to the next: the folder, and the real day."""
    text = text.replace(str(real_day(SystemClock().now())), "TODAY")
    for folder in (office.folder.as_posix(), str(office.folder)):
        text = text.replace(folder, "FOLDER")
    return text.replace("FOLDER\\", "FOLDER/")


def as_typed(words: Iterable[Word]) -> str:
    return " ".join(f'"{word}"' if " " in str(word) else str(word) for word in words)


@pytest.fixture
def told(isolated: None, furnished: Office, tmp_path: Path) -> Told:
    """``told(refusal, language)``: the command line and what it says, or the sentence filled with sample values."""

    def tell(refusal: type[Refusal], language: str) -> str:
        head = f"{HEAD}{refusal.code} (exit {refusal.exit_code})"
        if refusal.code in VALUES:
            use(language)
            with contextlib.redirect_stderr(io.StringIO()) as err:
                assert failure.report(refusal(**VALUES[refusal.code]), as_json=False) == refusal.exit_code
            return f"{head}\n{err.getvalue()}".rstrip("\n")
        example = EXAMPLES[refusal.code]
        folder = tmp_path / language
        folder.mkdir()
        office = Office(folder) if example.empty else furnished.copied_to(folder)
        words = example.given(office)
        reply = office(*words, today=example.today, json=False, lang=language, expect=refusal.exit_code)
        assert reply.out == "", reply.transcript()
        return normalised(f"{head}\n$ arendegang {as_typed(words)}\n{reply.err}", office).rstrip("\n")

    return tell


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", REFUSALS, ids=CODES)
def test_a_refusal_says_what_it_has_always_said(
    told: Told, refusal: type[Refusal], language: str, pytestconfig: pytest.Config
) -> None:
    now = told(refusal, language)
    assert f"\n{refusal.code}: " in now
    file = golden_file(language)
    kept = sections(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if pytestconfig.getoption("regenerate"):
        file.write_text(written({**kept, refusal.code: now}), encoding="utf-8", newline="\n")
        return
    assert kept.get(refusal.code) == now, "see the head of this file"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_file_has_every_refusal_once_and_no_other(language: str) -> None:
    text = golden_file(language).read_text(encoding="utf-8")
    assert text.count(f"\n{HEAD}") == len(CODES)
    assert written(sections(text)) == text


def test_every_refusal_has_one_example_and_each_is_met_by_a_command_where_one_leads_to_it() -> None:
    assert EXAMPLES.keys() | VALUES.keys() == set(CODES)
    assert EXAMPLES.keys().isdisjoint(VALUES)


def test_no_refusal_says_the_same_in_both_languages() -> None:
    swedish, english = (sections(golden_file(language).read_text(encoding="utf-8")) for language in LANGUAGES)
    same = {code for code in swedish if swedish[code].rpartition("\n")[2] == english[code].rpartition("\n")[2]}
    assert same == set()
