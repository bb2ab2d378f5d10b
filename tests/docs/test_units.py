"""The files that start the clock elsewhere: they can be read, and what they start exists and takes those options."""

import configparser
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # the library has no types

from commands.index import NOUNS, VERBS
from commands.root import root
from tests.docs.transcript import ROOT

UNITS = ROOT / "docs" / "units"
FILES = sorted(UNITS.iterdir())
SERVICES, TIMERS = sorted(UNITS.glob("*.service")), sorted(UNITS.glob("*.timer"))

#: Commands that the files speak of before they are there; the moment one is, it must be taken out of here.
AWAITED: set[tuple[str, str]] = set()


def unit(path: Path) -> configparser.ConfigParser:
    """A unit file; a key that stands twice, or a line that is neither, is an error."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the keys are told apart by case
    parser.read_string(path.read_text("utf-8"))
    return parser


def commands(path: Path) -> list[list[str]]:
    """The words that follow our program's name on every line of a file that starts it."""
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not re.match(r"#|rem ", line))
    found = re.findall(r'(?:/arendegang|"arendegang\.exe)((?: [\w-]+)+)', text)
    return [shlex.split(words) for words in found]


def taken(words: list[str]) -> tuple[str, ...]:
    """Has the command line read, and nothing run; the noun and verb. Raises click.ClickException."""
    group = root(NOUNS, VERBS)
    context = group.make_context("arendegang", list(words), resilient_parsing=False)
    names: list[str] = []
    rest = [*context._protected_args, *context.args]  # noqa: SLF001 - where the library keeps what follows
    command: click.Command = group
    while isinstance(command, click.Group):
        name, found, rest = command.resolve_command(context, rest)
        assert name is not None
        assert found is not None
        names.append(name)
        command = found
    command.make_context(names[-1], rest, parent=context)
    return tuple(names)


def awaited(words: list[str]) -> bool:
    return tuple(word for word in words if not word.startswith("-"))[:2] in AWAITED


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "environment"], ids=lambda path: path.name)
def test_what_a_file_starts_exists_and_takes_these_options(path: Path) -> None:
    found = commands(path)
    assert found or path.suffix == ".timer"
    for words in found:
        assert "--no-input" in words
        if not awaited(words):
            assert taken(words)[-1] in words


def test_nothing_is_awaited_that_is_there() -> None:
    for noun, verb in AWAITED:
        assert verb not in NOUNS.get(noun, ({}, ""))[0], f"take {noun} {verb} out of AWAITED"


@pytest.mark.parametrize("wrong", ["scheduler runn", "scheduler run --soon", "sweeep", "--no-inpt sweep"])
def test_a_command_that_does_not_exist_is_noticed(wrong: str) -> None:
    """The negative control."""
    with pytest.raises(click.ClickException):
        taken(shlex.split(wrong))


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_says_what_it_needs(path: Path) -> None:
    found = unit(path)
    assert set(found.sections()) <= {"Unit", "Service", "Install"}
    assert found["Service"]["Type"] in {"exec", "oneshot"}
    assert found["Service"]["User"] != "root"
    assert found["Service"]["ExecStart"].startswith("/")
    assert "Description" in found["Unit"]


def test_the_clock_is_started_again_whenever_it_ends_of_itself_and_given_time_to_end() -> None:
    clock = unit(UNITS / "arendegang-clock.service")
    assert clock["Service"]["Restart"] == "on-failure"
    assert clock["Unit"]["StartLimitIntervalSec"] == "0"
    # 70 is how it ends when its heart has failed: that must never be among those that are left lying.
    assert set(clock["Service"]["RestartPreventExitStatus"].split()) == {"2", "66", "78"}
    assert int(clock["Service"]["TimeoutStopSec"]) >= 600
    assert clock["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_a_timer_has_its_service_and_a_moment_in_the_county_s_time(path: Path) -> None:
    found = unit(path)
    assert path.with_suffix(".service") in SERVICES
    assert found["Install"]["WantedBy"] == "timers.target"
    assert re.fullmatch(r"\*-\*-\* \*:(05|\*):00 Europe/Stockholm", found["Timer"]["OnCalendar"])


def test_cron_s_lines_are_lines_of_cron() -> None:
    lines = [line for line in (UNITS / "crontab").read_text("utf-8").splitlines() if not line.startswith("#")]
    when = [line.split(maxsplit=5)[:5] for line in lines if not re.match(r"[A-Z_]+=", line)]
    now = datetime(2026, 11, 22, 4, 0, 30, tzinfo=UTC)
    firsts = [
        CronTrigger.from_crontab(" ".join(fields), timezone="UTC").get_next_fire_time(None, now) for fields in when
    ]
    assert [(first.hour, first.minute) for first in firsts] == [(4, 5), (4, 1)]


def test_every_file_is_named_in_the_document() -> None:
    told = (ROOT / "docs" / "clock.md").read_text("utf-8")
    for path in (*SERVICES, *TIMERS):
        assert path.name in told or path.with_suffix(".timer").name in told
    for name in ("environment", "crontab", "windows-tasks.cmd"):
        assert f"docs/units/{name}" in told


def test_the_environment_of_the_units_sets_only_what_the_product_reads() -> None:
    known = {"ARENDEGANG_DB", "ARENDEGANG_ACTOR", "ARENDEGANG_LANG"}
    for path in (UNITS / "environment", UNITS / "crontab"):
        assert set(re.findall(r"^([A-Z_]+)=", path.read_text("utf-8"), re.MULTILINE)) == known
