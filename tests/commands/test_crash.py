"""Killed at any moment: what was acknowledged is there, and what was not is there whole or not at all."""

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO

import pytest

from tests.commands.claims import contents
from tests.commands.streams_of_commands import Acknowledged, Streams
from tests.office import REPOSITORY, Office

KILLS = 200

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="SIGKILL is how POSIX ends a process between two instructions"
)


@contextlib.contextmanager
def working(office: Office, *fault: str) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-m", "tests.commands.stream_of_commands", str(office.folder), *fault]
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, cwd=REPOSITORY, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def read(lines: IO[str], count: int | None = None) -> Acknowledged:
    """What these many lines acknowledge, or all that are left; a line cut off by the kill acknowledges nothing."""
    told: Acknowledged = []
    while count is None or count > 0:
        line = lines.readline()
        if not line.endswith("\n"):
            break
        told += [(seq, kind) for seq, kind in json.loads(line)]
        count = None if count is None else count - 1
    return told


def lost(office: Office, acknowledged: Acknowledged) -> Acknowledged:
    """The acknowledged events the log does not have."""
    with contextlib.closing(sqlite3.connect(office.file)) as base:
        stored = set(base.execute("SELECT seq, kind FROM event"))
    return [event for event in acknowledged if event not in stored]


@pytest.mark.slow
def test_no_kill_loses_anything_acknowledged_or_leaves_anything_half_done(
    county: Office, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20260302)  # noqa: S311 - the moments of death, not a secret
    acknowledged: Acknowledged = []
    with Streams.on(county.folder) as streams:
        for kill in range(KILLS):
            acknowledged += streams.killed(chance)
            assert lost(county, acknowledged) == [], f"after kill {kill + 1}"
            told = county("audit", "verify")
            assert (told.code, told.json["findings"]) == (0, []), f"after kill {kill + 1}\n{told.transcript()}"
    assert len(acknowledged) > KILLS
    county.opened()
    assert county("audit", "verify", expect=0).json["events"] > len(acknowledged)
    record_property("kills_on_a_file", KILLS)
    record_property("kills_on_a_file_acknowledged_events", len(acknowledged))


@pytest.mark.parametrize("acts_before", [0, 4], ids=["while opening", "while sending out"])
def test_an_act_written_in_two_transactions_is_caught_half_done(county: Office, acts_before: int) -> None:
    """The negative control: the log written, what is kept beside it not yet."""
    with working(county, "in-two") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        for _ in range(acts_before):
            _let_pass(process)
        _await_between(process.stdout)
        process.kill()
    told = county("audit", "verify", expect=3).json
    assert {finding["case"] for finding in told["findings"]} == {"SAM-2026-0001"}


def test_an_act_acknowledged_before_it_is_written_is_caught_lost(county: Office) -> None:
    """The other negative control: the promise is made, the transaction is not done."""
    before = contents(county.file)
    with working(county, "too-early") as process:
        assert process.stdout is not None
        acknowledged = read(process.stdout, 1)
        _await_between(process.stdout)
        process.kill()
    assert acknowledged
    assert lost(county, acknowledged) == acknowledged
    assert contents(county.file) == before


def _let_pass(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdin is not None
    _await_between(process.stdout)
    process.stdin.write("\n")
    process.stdin.flush()


def _await_between(lines: IO[str]) -> None:
    for line in iter(lines.readline, ""):
        if line == "between\n":
            return
    pytest.fail("the stream ended before it came to a transaction")
