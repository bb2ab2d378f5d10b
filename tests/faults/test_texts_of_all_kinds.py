"""Whatever people write is stored as they wrote it, in one composed form, and two ways of writing it are one."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Literal

import pytest

from commands.index import NOUNS, VERBS
from commands.params import Line
from tests.faults.texts_of_all_kinds import TEXTS, laid, story
from tests.office import Office, Word
from tests.torture import LONG

Form = Literal["NFC", "NFD"]

#: Lines that are read and recorded nowhere, or are codes.
READ_ONLY = {("--known-at"), ("--rule")}

#: What differs from one log to the next, whatever is written.
_VARYING = re.compile(rb'"(recorded_at|previous|origin|checkpoint|sha256|message_id)":"[^"]*"')

by_kind = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)

#: As a rule all of them in one line; at length each by itself.
TOGETHER = TEXTS if LONG else {"all kinds": " · ".join(TEXTS.values())}


def told(office: Office, text: str, form: Form, commands: int = 100) -> list[bytes]:
    """The log after so many commands of the story, with this text in a form of Unicode; files have it in their name."""
    written = unicodedata.normalize(form, text)
    paper = laid(office, unicodedata.normalize(form, text[:40]) if sys.platform != "win32" else "en text")
    for words in islice(story(written, paper), commands):
        # An import explores every rule first; one is enough.
        if LONG or words[:2] != ("structure", "import"):
            office(*words, expect=0)
    office("audit", "verify", expect=0)
    return office.copy_log_bytes()


@pytest.fixture
def two(isolated: None, furnished: Office, tmp_path: Path) -> tuple[Office, Office]:
    """Two offices that start alike."""
    return furnished.copied_to(tmp_path / "en"), furnished.copied_to(tmp_path / "annan")


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_a_text_is_stored_composed_and_both_ways_of_writing_it_are_one(two: tuple[Office, Office], text: str) -> None:
    composed, taken_apart = told(two[0], text, "NFC"), told(two[1], text, "NFD")
    # The names of the files, and so their contents here, were taken apart as well; their digests are left out.
    assert [_VARYING.sub(b"", line) for line in composed] == [_VARYING.sub(b"", line) for line in taken_apart]
    for line in composed:
        assert unicodedata.is_normalized("NFC", line.decode())
    assert sum(text in value for line in composed for value in _values(json.loads(line))) > 60


def _values(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _values(each)


@by_kind
def test_a_text_comes_back_as_it_was_written(two: tuple[Office, Office], text: str) -> None:
    office, _ = two
    ref = office.opened(title=unicodedata.normalize("NFD", f"  {text}\u00a0"))
    assert office.show(ref)["title"] == text
    office("case", "withdraw", ref, "--reason", text, "--on", "2026-01-13", expect=0)
    assert text in office("audit", "replay", ref, expect=0).json["steps"][-1]["why"]
    shown = office("case", "history", ref, json=False, expect=0)
    assert "Traceback" not in shown.err


def _lines() -> Iterator[tuple[str, str, str]]:
    """Every place of a command line where a free text may stand."""
    verbs = [(noun, verb, place) for noun, (table, _) in NOUNS.items() for verb, (place, _) in table.items()]
    for noun, verb, place in [*verbs, *[("", verb, place) for verb, (place, _) in VERBS.items()]]:
        module, _, attribute = place.partition(":")
        for param in getattr(import_module(module), attribute).params:
            if isinstance(param.type, Line) and param.opts[0] not in READ_ONLY:
                yield (noun, verb, param.opts[0])


def test_the_story_says_a_text_wherever_one_can_be_said(two: tuple[Office, Office]) -> None:
    text = "TEXT"
    said = set()
    for noun, verb, *words in story(text, Path("TEXT")):
        said |= {(noun, verb, option) for option, word in pairwise(words) if word == text}
        said |= {(noun, verb, "name")} if words[0] == text else set()
    # The title is read by its own verb; the register's texts come from a file and have tests of their own.
    told = {each for each in _lines() if each[0] != "register"}
    assert told - said == set()


# --- names ----------------------------------------------------------------------------------------------------------

ARE = ("Åre", "A\u030are", "ÅRE", "åre\u00a0", "\u2003Åre", "Åre\u00a0kommun", "A\u030are  kommun")
NOT_ARE = {
    "a Cyrillic letter": "År\u0435",
    "a space of no width inside": "Å\u200bre",
    "an override of direction": "\u202eÅre",
    "another letter of the same look": "Ȧre",
    "emoji": "Åre👍",
}


@pytest.mark.parametrize("name", ARE, ids=ascii)
def test_a_name_is_found_however_it_is_spelt(two: tuple[Office, Office], name: str) -> None:
    office, _ = two
    assert office("party", "show", name, expect=0).json["party"] == "are"
    ref = office.opened(party=[name, "berg"])
    assert {each["party"] for each in office.show(ref)["parties"]} == {"are", "berg"}


@pytest.mark.parametrize("name", NOT_ARE.values(), ids=NOT_ARE)
def test_a_name_that_only_looks_like_another_is_nobodys(two: tuple[Office, Office], name: str) -> None:
    office, _ = two
    before = office.copy_log_bytes()
    words: tuple[Word, ...] = ("case", "open", "--type", "ök", "--group", "vuxna", "--title", "Prov", "--party", name)
    refusal = office(*words, expect=65)
    assert refusal.error["code"] in {"unknown_party", "value_invalid"}
    assert "Traceback" not in refusal.err
    assert office.copy_log_bytes() == before


def test_somebody_admitted_may_act_however_the_name_is_composed(two: tuple[Office, Office]) -> None:
    office, _ = two
    office("actor", "admit", "Åsa", "--role", "administrator", "--from", "2026-01-01", expect=0)
    for name, code in (("A\u030asa", 0), ("Åsa", 0), ("\u0410sa", 77), ("A\u030csa", 77)):
        reply = office("party", "mailbox", "are", f"{len(name)}{code}@are.example", actor=name)
        assert reply.code == code, reply.transcript()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="only here may a file have such a name")
@pytest.mark.parametrize("name", ["two\nlines.txt", "\u202efdp.txt", "\udce5.txt"], ids=ascii)
def test_a_text_whose_files_name_cannot_be_told_is_refused(two: tuple[Office, Office], name: str) -> None:
    office, _ = two
    before = office.copy_log_bytes()
    (paper := office.folder / name).write_bytes(b"text")
    words: tuple[Word, ...] = ("case", "open", "--type", "ök", "--group", "vuxna", "--title", "Prov", "--text", paper)
    refusal = office(*words, expect=65)
    assert refusal.error["code"] == "value_invalid"
    assert "--text" in refusal.error["message"]
    assert office.copy_log_bytes() == before


def test_a_store_that_kept_what_was_typed_would_be_caught(
    two: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr("commands.params.one_line", lambda _field, text, _longest: text)
    logs = told(two[0], "Åtgärd", "NFC", 3), told(two[1], "Åtgärd", "NFD", 3)
    assert len({tuple(_VARYING.sub(b"", line) for line in log) for log in logs}) == 2
