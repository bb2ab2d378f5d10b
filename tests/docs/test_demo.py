"""The demo tells a year with the commands a person would write, on any console, and leaves nothing behind."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from commands.demo import StoryNotOver, require_over
from commands.demo_script import LAST_DAY, STORY, TEXT, TEXT_NAME
from tests.conftest import isolate
from tests.docs.transcript import Shell, neutral, tidy
from tests.office import REPOSITORY, Office

LINES = [line for scene in STORY for line in scene.lines]
CODES = [scene.code for scene in STORY for _ in scene.lines]
DATES = [date.fromisoformat(found) for line in LINES for found in re.findall(r"\d{4}-\d\d-\d\d", line)]

#: In the environment of a demo run as a process: nothing that widens, colours or encodes what it says.
BARE = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", "LANGUAGE": ""}


Stories = Callable[[str], str]


@pytest.fixture
def rooms(isolated: None, tmp_path: Path) -> tuple[Path, Path]:
    """A folder to stand in, and the folder that temporary files are made in, both empty."""
    here, temporary = tmp_path / "here", tmp_path / "tmp"
    here.mkdir()
    temporary.mkdir()
    return here, temporary


def run(rooms: tuple[Path, Path], *words: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """The demo as a process of its own: nothing has been imported, nothing looked up before it begins."""
    here, temporary = rooms
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    return subprocess.run(
        [sys.executable, "-m", "cli", *words, "demo"],
        cwd=here,
        env={**os.environ, **BARE, **places, "PYTHONPATH": str(REPOSITORY), **settings},
        capture_output=True,
        check=False,
    )


def told(done: subprocess.CompletedProcess[bytes], encoding: str = "utf-8") -> str:
    """What it told; it went well and said nothing beside its story."""
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == b""
    return done.stdout.decode(encoding).replace("\r\n", "\n")


def unbroken(story: str) -> str:
    """The story without the line breaks of a console."""
    return " ".join(story.split())


def commands(story: str) -> list[str]:
    return [line.removeprefix("$ arendegang ") for line in story.splitlines() if line.startswith("$ ")]


def answers(story: str) -> list[list[str]]:
    """The lines that follow each command, up to the next."""
    parts = re.split(r"^\$ .*$", story, flags=re.MULTILINE)[1:]
    return [[neutral(line) for line in tidy(part)] for part in parts]


@pytest.fixture(scope="session")
def left() -> dict[str, list[Path]]:
    """What each story has left behind where it was told."""
    return {}


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory, left: dict[str, list[Path]]) -> Stories:
    """What it tells in ``sv``, in ``en`` and in ``json``: each told once, when it is first asked for."""
    known: dict[str, str] = {}

    def story(form: str) -> str:
        if form not in known:
            folder = tmp_path_factory.mktemp(form)
            rooms = folder / "here", folder / "tmp"
            for room in rooms:
                room.mkdir()
            with pytest.MonkeyPatch.context() as monkeypatch:
                isolate(monkeypatch, folder)
                known[form] = told(run(rooms, *(("--json",) if form == "json" else ("--lang", form))))
            left[form] = [file for room in rooms for file in room.iterdir()]
        return known[form]

    return story


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_command_is_printed_and_answers_the_same_when_a_person_writes_it(
    stories: Stories, tmp_path: Path, lang: str
) -> None:
    story = stories(lang)
    assert commands(story) == LINES
    shell = Shell(tmp_path, lang, settings={"ARENDEGANG_DB": "sqlite:///again.db", "ARENDEGANG_ACTOR": "samordnare"})
    (tmp_path / TEXT_NAME).write_text(TEXT, encoding="utf-8", newline="\n")
    for line, code, shown in zip(LINES, CODES, answers(story), strict=True):
        written = [
            neutral(each).replace("again.db", "<folder>/demo.db") for each in tidy(shell.run(f"arendegang {line}"))
        ]
        said = [each.replace(" outbox:", " <folder>/outbox:") for each in written]
        assert shell.code == code, line
        assert shown[: len(said)] == said, line


def test_the_whole_story_is_told_in_the_language_asked_for(stories: Stories) -> None:
    swedish, english = (unbroken(stories(lang)) for lang in ("sv", "en"))
    assert [scene.told for scene in STORY if scene.told not in english] == []
    assert [scene.told for scene in STORY if scene.told in swedish] == []
    assert swedish.count("Väntar på:") == english.count("Waiting for:") > 9


def test_a_refused_step_is_shown_with_its_reason_and_its_exit_code(stories: Stories) -> None:
    (refused,) = [shown for shown, code in zip(answers(stories("en")), CODES, strict=True) if code]
    assert refused[0].startswith("leadership_recommendation_missing: ")
    assert "Ledningsforum" in refused[0]
    assert "(exit code 1)" in refused


def test_the_story_has_what_it_promises(stories: Stories) -> None:
    steps = json.loads(stories("json"))["steps"]
    of = {step["command"]: step["output"] for step in steps}
    assert [step["command"] for step in steps] == [f"arendegang {line} --json" for line in LINES]
    assert [step["exit_code"] for step in steps] == CODES
    assert [step["error"]["code"] for step in steps if step["error"]] == ["leadership_recommendation_missing"]
    sweeps = [step["output"] for step in steps if " sweep " in f" {step['command']} "]
    # Who is late; and of the document that the last sweep brings into force, what still has to be said.
    assert [[(flag["kind"], flag["party"]) for flag in swept["raised"]] for swept in sweeps] == [
        [("ratification_stalled", "krokom")],
        [],
        [("follow_up_period_missing", None)],
    ]
    assert sweeps[-1]["took_effect"] == ["SAM-2026-0001"]
    states = {party["party"]: party for party in of["arendegang party matrix --today 2026-10-01 --json"][0]["parties"]}
    assert len(states) == 9
    assert [party for party, standing in states.items() if standing["late"]] == ["krokom"]
    assert {standing["state"] for standing in states.values()} == {"adopted"}
    assert of["arendegang case show SAM-2026-0001 --as-of 2026-05-20 --json"]["state"] == "sent_to_parties"
    assert of["arendegang case show SAM-2026-0001 --today 2026-10-01 --json"]["state"] == "in_force"
    letters = of["arendegang outbox list --json"]
    assert [letter["state"] for letter in letters] == ["sent"] * 9
    verified = of["arendegang audit verify --checkpoint checkpoint.txt --json"]
    assert (verified["findings"], verified["tail"]) == ([], "proven")


@pytest.mark.parametrize("form", ["sv", "json"])
def test_nothing_is_left_behind(stories: Stories, left: dict[str, list[Path]], form: str) -> None:
    stories(form)
    assert left[form] == []


def test_json_is_one_document_that_says_nothing_is_kept(stories: Stories) -> None:
    assert json.loads(stories("json"))["kept"] is False


def test_no_date_of_the_story_lies_after_its_last_day() -> None:
    assert max(DATES) == LAST_DAY
    assert {day.year for day in DATES} == {2026}


def test_a_clock_before_the_last_day_is_refused_and_the_last_day_is_not() -> None:
    require_over(LAST_DAY)
    with pytest.raises(StoryNotOver) as refused:
        require_over(date(2026, 9, 30))
    assert refused.value.exit_code == 65
    assert "2026-10-01" in str(refused.value)
    assert "2026-09-30" in str(refused.value)


def test_a_database_named_is_made_and_stays(rooms: tuple[Path, Path]) -> None:
    here, temporary = rooms
    story = told(run(rooms, "--db", "sqlite:///kept.db", "--lang", "en"))
    assert f"The database stays: sqlite:///{(here / 'kept.db').as_posix()}" in story
    assert sorted(file.name for file in here.iterdir()) == ["kept.db", "outbox"]
    assert len(list((here / "outbox").glob("*.eml"))) == 9
    assert list(temporary.iterdir()) == []
    shell = Shell(here, "en", settings={"ARENDEGANG_DB": "sqlite:///kept.db"})
    assert json.loads(shell.run("arendegang case show SAM-2026-0001 --json"))["state"] == "in_force"
    assert json.loads(shell.run("arendegang audit verify --json"))["findings"] == []


@pytest.mark.parametrize("what", ["a database of ours", "any file", "a folder"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["told", "json"])
def test_a_place_that_is_taken_is_refused_and_left_as_it_was(office: Office, what: str, form: tuple[str, ...]) -> None:
    if what == "a database of ours":
        office.founded()
    elif what == "any file":
        office.file.write_bytes(b"mine")
    else:
        office.file.mkdir()
    before = office.file.read_bytes() if office.file.is_file() else list(office.file.iterdir())
    reply = office(*form, "demo", json=False, expect=65)
    assert reply.out == ""
    assert "value_invalid" in reply.err
    assert "ärenden.sqlite" in reply.err
    assert (office.file.read_bytes() if office.file.is_file() else list(office.file.iterdir())) == before
    assert [file.name for file in office.folder.iterdir()] == [office.file.name]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_without_a_file_is_refused(office: Office, url: str) -> None:
    reply = office("--db", url, "demo", json=False, expect=78)
    assert reply.err.startswith("config_invalid: ")


def test_the_offices_own_database_is_no_place_for_a_story(
    office: Office, monkeypatch: pytest.MonkeyPatch, rooms: tuple[Path, Path]
) -> None:
    """The setting ARENDEGANG_DB names it; only the option asks for the story to be told somewhere."""
    office.founded()
    before = office.copy_log_bytes()
    told(run(rooms, ARENDEGANG_DB=office.url))
    assert office.copy_log_bytes() == before


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["told", "json"])
def test_a_step_that_fails_stops_the_story_with_its_exit_code(rooms: tuple[Path, Path], form: tuple[str, ...]) -> None:
    here, temporary = rooms
    (here / "file").write_text("in the way", encoding="utf-8")
    done = run(rooms, *form, "--lang", "en", "--db", f"sqlite:///{(here / 'file' / 'x.db').as_posix()}")
    assert done.returncode == 69, done.stdout + done.stderr
    said = done.stderr.decode()
    if form:
        assert done.stdout == b""
        assert json.loads(said)["error"]["code"] == "demo_stopped"
    assert f"«arendegang {LINES[0]}» gave exit code 69, not 0" in said
    assert done.stdout.count(b"$ arendegang ") == (0 if form else 1)
    assert list(temporary.iterdir()) == []


def test_without_a_folder_for_temporary_files_it_says_so(rooms: tuple[Path, Path]) -> None:
    """Python takes the folder it stands in when it finds no other: then the story is told there, or refused."""
    here, temporary = rooms
    temporary.rmdir()
    done = run(rooms, "--lang", "en")
    assert done.returncode in {0, 69}
    assert b"Traceback" not in done.stdout + done.stderr
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_sixty_columns_are_enough(rooms: tuple[Path, Path], lang: str) -> None:
    """Tables and the story's own words keep to them; a command stays on one line, to be copied."""
    story = told(run(rooms, "--lang", lang, COLUMNS="60"))
    lines = story.splitlines()
    tables = [line for line in lines if line.startswith(" ") and not line.startswith("  ARENDEGANG_")]
    assert tables
    assert [line for line in tables if len(line) > 60] == []
    assert {scene.told for scene in STORY if len(scene.told) > 60} & set(lines) == set()
    assert commands(story) == LINES


def test_no_color_means_no_colours(rooms: tuple[Path, Path]) -> None:
    coloured = re.compile(rb"\x1b\[(?:\d+;)*(?:[34][0-8]|9[0-7])[;m]")
    assert coloured.search(run(rooms, FORCE_COLOR="1", NO_COLOR="").stdout)
    assert not coloured.search(run(rooms, FORCE_COLOR="1", NO_COLOR="1").stdout)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_no_console_encoding_breaks_the_story(rooms: tuple[Path, Path], encoding: str) -> None:
    story = told(run(rooms, "--lang", "sv", PYTHONIOENCODING=encoding), encoding)
    assert len(commands(story)) == len(LINES)
    if encoding != "ascii":
        assert commands(story) == LINES


def test_every_line_can_be_pasted_into_any_shell() -> None:
    """Double quotes are the only ones that bash, PowerShell and cmd read alike; nothing in them is special there."""
    for line in LINES:
        assert shlex.split(line, posix=True) == [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert not set("'`$!%^&|<>\\") & set(line)
