"""What the README says outside of its console blocks: exit codes, places, shells, make's targets."""

import os
import re
import subprocess
import sys
from pathlib import PurePosixPath
from typing import get_args

import platformdirs
import platformdirs.macos
import platformdirs.unix
import pytest

from commands.index import CASE, NOUNS
from commands.session import default_url
from tests.docs.test_reference import named, rows
from tests.docs.transcript import ROOT
from workflow.facts import Answer
from workflow.refusals import REFUSALS

README = (ROOT / "README.md").read_text("utf-8")

# Not refusals: done, wrong usage, a fault of the product, interrupted.
OTHER_CODES = {0, 2, 70, 130}


def test_the_exit_codes_are_those_the_product_has() -> None:
    told = {int(row[0]) for row in rows(README, "exit code")}
    assert told == {refusal.exit_code for refusal in REFUSALS} | OTHER_CODES


def folder(place: str) -> str:
    """The folder of a file in somebody's home, from there on."""
    return PurePosixPath(place.removeprefix("~")).parent.as_posix()


def test_the_database_lies_where_it_says(monkeypatch: pytest.MonkeyPatch, isolated: None) -> None:
    place = next(row[1] for row in rows(README, "what") if row[0].startswith("the database"))
    linux, macos, windows = (next(iter(named(part))) for part in place.split(";"))
    monkeypatch.setenv("HOME", "/someone")
    assert platformdirs.unix.Unix("arendegang", appauthor=False).user_data_path.as_posix() == f"/someone{folder(linux)}"
    assert (
        platformdirs.macos.MacOS("arendegang", appauthor=False).user_data_path.as_posix() == f"/someone{folder(macos)}"
    )
    assert windows == r"%LOCALAPPDATA%\arendegang\arendegang.db"
    here = platformdirs.user_data_path("arendegang", appauthor=False)
    assert default_url() == f"sqlite:///{(here / PurePosixPath(linux).name).as_posix()}"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))))
def test_every_target_of_make_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_two_commands_are_told() -> None:
    assert set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)) == {"demo", "test"}


def complete(**settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli"],
        cwd=ROOT,
        env={**os.environ, **settings, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("shell", "how"), rows(README, "shell"), ids=lambda cell: cell.split()[0])
def test_each_shell_is_given_a_script_by_what_its_row_says(shell: str, how: str, isolated: None) -> None:
    (asked,) = re.findall(r"_ARENDEGANG_COMPLETE ?= ?\"?(\w+)", how)[:1]
    assert asked == f"{shell.lower()}_source"
    done = complete(_ARENDEGANG_COMPLETE=asked)
    assert done.returncode == 0, done.stderr
    assert "arendegang" in done.stdout
    assert "_ARENDEGANG_COMPLETE" in done.stdout
    assert done.stderr == ""


OFFERED = {
    "arendegang ca": {noun for noun in NOUNS if noun.startswith("ca")},
    "arendegang case re": {verb for verb in CASE if verb.startswith("re")},
    "arendegang case recommend --b": {"--by"},
    "arendegang case answer --answer ad": {answer for answer in get_args(Answer) if answer.startswith("ad")},
}


@pytest.mark.parametrize(("words", "offered"), OFFERED.items(), ids=OFFERED)
def test_the_words_that_begin_so_are_offered(words: str, offered: set[str], isolated: None) -> None:
    number = str(len(words.split()) - 1)
    done = complete(_ARENDEGANG_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=number)
    assert {line.split(",")[1] for line in done.stdout.split()} == offered != set()
