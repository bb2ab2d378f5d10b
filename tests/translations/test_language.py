"""Which language a person is answered in: the option, the environment, the locale; and it is that one alone."""

import os
import subprocess
import sys

import pytest

from commands.console import filled
from tests.office import REPOSITORY, Office
from translations import LANGUAGES, use
from translations.check import read
from workflow.errors import N_, InBoth

USAGE = {"sv": "Användning: arendegang", "en": "Usage: arendegang"}

#: Prints the help of every noun and every verb there is.
ALL_HELP = """
import sys
import cli
from commands.index import NOUNS, VERBS
nouns = [(noun, *verb) for noun, (verbs, _) in NOUNS.items() for verb in [(), *((each,) for each in verbs)]]
for words in [(), *nouns, *((verb,) for verb in VERBS)]:
    assert cli.main(["--lang", sys.argv[1], *words, "--help"]) == 0, words
"""


def spoken(*argv: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Python on these words, with these settings and no other that chooses a language."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ARENDEGANG_"))}
    return subprocess.run(
        [sys.executable, *argv],
        cwd=REPOSITORY,
        env={**env, "PYTHONUTF8": "1", **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def answered(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return spoken("-m", "cli", *words, **settings)


@pytest.fixture
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "sv")
    use("sv")


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({}, "sv"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": ""}, "sv"),
        ({"LANG": "en_US.UTF-8", "ARENDEGANG_LANG": "sv"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "ARENDEGANG_LANG": "en"}, "en"),
    ],
    ids=str,
)
def test_without_an_option_the_setting_chooses_and_then_the_locale(settings: dict[str, str], language: str) -> None:
    done = answered("--help", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(USAGE[language])


@pytest.mark.parametrize(
    "words", [("--lang", "sv", "--help"), ("--lang=sv", "--help"), ("case", "--lang", "sv", "--help")], ids=" ".join
)
def test_the_option_chooses_before_all_else_wherever_it_stands(words: tuple[str, ...]) -> None:
    assert answered(*words, LANG="en_US.UTF-8", ARENDEGANG_LANG="en").stdout.startswith(USAGE["sv"])


@pytest.mark.parametrize(("locale", "told"), [("sv_SE.UTF-8", "Ogiltigt värde"), ("en_US.UTF-8", "Invalid value")])
def test_a_language_that_is_none_of_ours_is_refused_in_the_locales(locale: str, told: str) -> None:
    done = answered("case", "list", LANG=locale, ARENDEGANG_LANG="da")
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("words", "swedish", "english"),
    [
        (("case", "answer"), "Saknar argumentet 'REF'.", "Missing argument 'REF'."),
        (("case", "answer", "X"), "Saknar växeln '--party'.", "Missing option '--party'."),
        (("kase",), "Kommandot 'kase' finns inte.", "No such command 'kase'."),
        (("case", "list", "--colour"), "Växeln '--colour' finns inte.", "No such option '--colour'."),
        (("case", "list", "--state"), "Växeln '--state' kräver ett värde.", "Option '--state' requires an argument."),
        (("case", "show", "X", "Y"), "Oväntat extra argument (Y)", "Got unexpected extra argument (Y)"),
        (
            ("diagram", "x", "--format", "png"),
            "'png' är inte något av 'mermaid', 'svg'.",
            "'png' is not one of 'mermaid', 'svg'.",
        ),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_wrong_usage_is_told_in_the_language_asked_for(words: tuple[str, ...], swedish: str, english: str) -> None:
    for language, told in (("sv", swedish), ("en", english)):
        done = answered("--lang", language, *words)
        assert done.returncode == 2
        assert told in done.stderr


def test_all_help_is_in_one_language_down_to_the_librarys_own_words() -> None:
    helps = {language: spoken("-c", ALL_HELP, language) for language in LANGUAGES}
    assert [done.returncode for done in helps.values()] == [0, 0], helps
    swedish, english = (" ".join(done.stdout.split()) for done in helps.values())
    for told, said in (("Växlar:", "Options:"), ("Kommandon:", "Commands:"), ("[krävs]", "[required]")):
        assert told in swedish
        assert said in english
    assert swedish.count("Visa den här texten och avsluta.") == english.count("Show this message and exit.") > 30
    both = [(str(message.id), message.string) for message in read("sv") if isinstance(message.id, str)]
    assert [text for text, string in both if len(text.split()) > 2 and text != string and text in swedish] == []


@pytest.mark.parametrize(("language", "word"), [("sv", "antaget"), ("en", "adopted")])
def test_a_state_has_its_colour_in_every_language(
    office: Office, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    ref = office.with_mailboxes().walked_to("sent_to_parties")
    office.adopts(ref, "are")
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert f"\x1b[32m{word}" in office("case", "show", ref, json=False, lang=language, expect=0).out


def test_a_value_that_happens_to_be_a_message_is_left_as_it_is(swedish: None) -> None:
    assert filled(N_("{ref} is in force."), ref="in force") == "in force har trätt i kraft."
    assert filled(N_("{field}: {why}"), field="are", why="spread") == "are: spread"


def test_a_value_that_is_marked_is_told_in_the_readers_language_with_its_own_values(swedish: None) -> None:
    told = filled(N_("{field}: {why}"), field="--until", why=N_("it must be later than {on}."), on="2026-03-01")
    assert told == "--until: dagen måste vara senare än 2026-03-01."


def test_a_value_that_comes_in_both_languages_is_told_in_the_readers(
    swedish: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = InBoth("School has no route.", "Skolan saknar beslutsväg.")
    assert filled(N_("{field}: {why}"), field="–", why=both) == "–: Skolan saknar beslutsväg."
    use("en")
    assert filled(N_("{field}: {why}"), field="–", why=both) == "–: School has no route."
