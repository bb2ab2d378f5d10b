"""Whoever reads has gone, or what is told cannot be written down: the command ends as it would have, or says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.claims import Desk
from tests.office import REPOSITORY, Office, Word
from tests.persistence.homes import unlocked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what a closed pipe says on Windows is another error")

#: Whatever buffers Python is asked to have between.
BUFFERS = ["", "1"]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no device here that is always full")


def begun(office: Office, *words: Word, out: int, buffers: str = "", lang: str = "en", **streams: int) -> list[str]:
    """The command with that for its standard output; its exit code, and what it said on standard error."""
    argv = [sys.executable, "-m", "cli", *office.argv(*words, today="2026-06-25", json=False, lang=lang)]
    env = {**os.environ, "PYTHONUNBUFFERED": buffers}
    given = {"stderr": subprocess.PIPE, **streams}
    done = subprocess.run(argv, cwd=REPOSITORY, env=env, stdout=out, encoding="utf-8", check=False, **given)  # type: ignore[call-overload]  # as it takes them
    return [str(done.returncode), done.stderr or ""]


def read_one_line_of(office: Office, *words: Word, buffers: str = "") -> list[str]:
    """The same into a pipe whose reader closes it after one line, with most of what is told still to come."""
    argv = [sys.executable, "-m", "cli", *office.argv(*words, json=False)]
    env = {**os.environ, "PYTHONUNBUFFERED": buffers}
    with subprocess.Popen(
        argv, cwd=REPOSITORY, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    return [str(process.returncode), said]


@pytest.fixture
def talkative(desk: Desk) -> tuple[Office, str]:
    """A case of which more is told than a pipe holds."""
    office, ref = desk("sent_to_parties")
    long = "en mycket lång anledning " * 70
    for day in range(1, 25):
        moved = ("--date", f"2026-09-{day:02}", "--reason", long, "--on", "2026-03-03")
        office("case", "answer-by", ref, *moved, expect=0)
    return office, ref


@pytest.mark.parametrize("buffers", BUFFERS)
def test_who_reads_one_line_of_much_gets_it_and_the_command_has_done_its_work(
    talkative: tuple[Office, str], buffers: str
) -> None:
    office, ref = talkative
    told = office("case", "history", ref, json=False, expect=0).out
    assert len(told) > 1 << 16, "more than a pipe holds"
    assert read_one_line_of(office, "case", "history", ref, buffers=buffers) == ["0", ""]


def test_findings_are_exit_3_though_nobody_reads_them_all(talkative: tuple[Office, str]) -> None:
    office, _ = talkative
    with unlocked(office.file) as base:
        base.execute("UPDATE event SET bytes = CAST(bytes || x'20' AS BLOB)")
    assert len(office("audit", "verify", json=False, expect=3).out) > 1 << 12
    assert read_one_line_of(office, "audit", "verify")[0] == "3"


@pytest.mark.parametrize(
    ("words", "code", "buffers"),
    [(("case", "list"), "0", ""), (("--help",), "0", "1"), (("case", "show", "x"), "66", "")],
)
def test_a_reader_who_had_gone_before_the_first_word_changes_no_exit_code(
    desk: Desk, words: tuple[str, ...], code: str, buffers: str
) -> None:
    office, _ = desk("initiated")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        found, said = begun(office, *words, out=writer, buffers=buffers)
        unheard, _ = begun(office, *words, out=writer, buffers=buffers, stderr=writer)
    finally:
        os.close(writer)
    assert (found, unheard) == (code, code)
    assert said.startswith("unknown_case") if code == "66" else not said


@needs_full
@pytest.mark.parametrize(
    ("words", "buffers", "lang"),
    [
        (("sweep",), "", "en"),
        (("sweep",), "1", "sv"),
        (("--help",), "", "sv"),
        (("--version",), "1", "en"),
        (("diagram", "agreement"), "", "en"),
    ],
)
def test_an_answer_that_finds_no_room_is_exit_69_and_one_clear_line(
    desk: Desk, words: tuple[str, ...], buffers: str, lang: str
) -> None:
    office, _ = desk("initiated")
    with FULL.open("wb") as full:
        code, said = begun(office, *words, out=full.fileno(), buffers=buffers, lang=lang)
    assert code == "69", said
    (line,) = said.splitlines()
    assert line.startswith("answer_lost: ")
    assert {"en": "the disk is full", "sv": "disken är full"}[lang] in line
    assert "report" not in line


@needs_full
def test_what_was_told_to_nobody_was_done_all_the_same(desk: Desk) -> None:
    office, ref = desk("initiated")
    with FULL.open("wb") as full:
        step = ("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20")
        assert begun(office, *step, out=full.fileno())[0] == "69"
        assert begun(office, "case", "show", "x", out=full.fileno(), stderr=full.fileno())[0] == "66"
    assert office.show(ref)["state"] == "prepared"


def test_a_stream_that_was_closed_before_takes_nothing_and_breaks_nothing(desk: Desk) -> None:
    """«>&-»: there is no standard output at all, and nothing that is opened later is written to in its place."""
    office, ref = desk("initiated")
    words = [sys.executable, "-m", "cli", *office.argv("case", "history", ref, json=False)]
    for shut in (">&-", "2>&-", ">&- 2>&-"):
        shell = ["sh", "-c", f'"$@" {shut}', "sh", *words]
        done = subprocess.run(shell, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert office("audit", "verify", expect=0).json["findings"] == []
