"""What a person reads: in two languages, on any terminal, in any encoding. What a script reads: JSON alone."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.commands.claims import Desk
from tests.office import PARTIES, REPOSITORY, Office

QUESTIONS = [
    ("case", "list"),
    ("case", "show", "REF"),
    ("case", "history", "REF"),
    ("case", "next", "REF"),
    ("case", "timeline", "REF"),
    ("worklist",),
    ("party", "list"),
    ("party", "matrix"),
    ("party", "show", "åre"),
    ("structure", "list"),
    ("structure", "show", "alternativ-1"),
    ("structure", "calendar"),
    ("route", "explain", "--type", "ök", "--group", "vuxna", "--on", "2026-03-01"),
    ("flag", "list"),
    ("sweep", "--dry-run"),
    ("audit", "verify"),
    ("audit", "replay", "REF"),
    ("diagram", "agreement"),
]
SAME_IN_BOTH = {("diagram", "agreement")}
TABLES = {words for words in QUESTIONS if words[:2] in {("case", verb) for verb in ("list", "show", "history", "next")}}
TABLES |= {
    ("case", "timeline", "REF"),
    ("worklist",),
    ("party", "list"),
    ("party", "matrix"),
    ("party", "show", "åre"),
    ("structure", "list"),
    ("structure", "calendar"),
    ("audit", "replay", "REF"),
}
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


def asked(words: tuple[str, ...], ref: str) -> tuple[str, ...]:
    return tuple(ref if word == "REF" else word for word in words)


def run(office: Office, *words: str, env: dict[str, str], lang: str = "sv") -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own whose environment is this one's with ``env`` on top."""
    argv = [sys.executable, "-m", "cli", *office.argv(*words, today="2026-06-25", lang=lang, json=False)]
    around = {key: value for key, value in os.environ.items() if key not in {"PYTHONUTF8", "PYTHONIOENCODING"}}
    return subprocess.run(argv, cwd=REPOSITORY, env={**around, **env}, capture_output=True, check=False)


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_json_is_one_document_and_nothing_else(desk: Desk, words: tuple[str, ...]) -> None:
    office, ref = desk("sent_to_parties")
    reply = office(*asked(words, ref), today="2026-06-25", expect=0)
    json.loads(reply.out)
    assert reply.out.endswith("\n")
    assert reply.err == ""


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_a_person_is_answered_in_the_language_asked_for(desk: Desk, words: tuple[str, ...]) -> None:
    office, ref = desk("sent_to_parties")
    said = [office(*asked(words, ref), today="2026-06-25", json=False, lang=lang, expect=0) for lang in ("sv", "en")]
    assert all(reply.out.strip() for reply in said)
    assert words in SAME_IN_BOTH or said[0].out != said[1].out
    assert not any(reply.out.lstrip().startswith(("{", "[")) for reply in said)


def test_json_is_the_same_in_both_languages(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    for words in QUESTIONS:
        said = [office(*asked(words, ref), today="2026-06-25", lang=lang, expect=0).out for lang in ("sv", "en")]
        same = [_untold(json.loads(out)) for out in said]
        assert same[0] == same[1], words


def _untold(value: object) -> object:
    """The value without the sentences: those are for people and follow the language."""
    if isinstance(value, dict):
        return {key: _untold(one) for key, one in value.items() if key not in {"text", "because", "why", "told"}}
    return [_untold(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_sixty_columns_are_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    office, ref = desk("sent_to_parties")
    out = office(*asked(words, ref), today="2026-06-25", json=False, lang="sv", expect=0).out
    assert out.strip()
    if words in TABLES:
        assert [line for line in out.splitlines() if len(line) > 60] == []
    if words in {("case", "show", "REF"), ("worklist",)}:
        assert [party for party in PARTIES if party not in out.casefold()] == []


def test_no_color_means_no_colour(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where colours are forced upon what is no terminal, NO_COLOR leaves none; without it there are some."""
    office, ref = desk("sent_to_parties")
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = [words for words in QUESTIONS if _has_colour(office, asked(words, ref))]
    assert coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert [words for words in QUESTIONS if _has_colour(office, asked(words, ref))] == []
    monkeypatch.delenv("FORCE_COLOR")
    plain = [office(*asked(words, ref), today="2026-06-25", json=False, expect=0).out for words in QUESTIONS]
    assert [out for out in plain if "\x1b" in out] == []


def _has_colour(office: Office, words: tuple[str, ...]) -> bool:
    return COLOUR.search(office(*words, today="2026-06-25", json=False, expect=0).out) is not None


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "utf-8"])
@pytest.mark.parametrize(
    "words", [("case", "show", "REF"), ("case", "list"), ("case", "show", "SAM-2026-0999")], ids=" ".join
)
def test_no_console_encoding_breaks_what_is_said(desk: Desk, words: tuple[str, ...], encoding: str) -> None:
    office, ref = desk("sent_to_parties")
    done = run(office, *asked(words, ref), env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    said = (done.stdout + done.stderr).decode(encoding)
    assert done.returncode == (66 if "SAM-2026-0999" in words else 0), said
    assert "Traceback" not in said
    assert said.strip()
    if encoding != "ascii" and done.returncode == 0:
        assert "Överenskommelse" in said


def test_a_title_no_console_can_write_is_shown_all_the_same(county: Office) -> None:
    county.opened(title="Överenskommelse הסכם 🧒")
    done = run(county, "case", "list", env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "Överenskommelse" in done.stdout.decode("cp1252")


@pytest.mark.parametrize(("locale", "told"), [("sv_SE.UTF-8", "sv"), ("en_GB.UTF-8", "en"), ("C", "en")])
def test_without_being_told_the_language_is_the_locales(county: Office, locale: str, told: str) -> None:
    env = {"LC_ALL": locale, "LANG": locale, "LANGUAGE": "", "PYTHONIOENCODING": "utf-8"}
    outs = []
    for lang in ((), ("--lang", told)):
        argv = [sys.executable, "-m", "cli", "--db", county.url, *lang, "structure", "calendar"]
        done = subprocess.run(argv, cwd=REPOSITORY, env={**os.environ, **env}, capture_output=True, check=True)
        outs.append(done.stdout)
    assert outs[0] == outs[1]
