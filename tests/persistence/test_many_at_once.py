"""Many at work at the same time, and some of them killed: nothing acknowledged is lost, and the log has no gap."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.commands.streams_of_commands import Streams
from tests.office import REPOSITORY, Office
from tests.persistence.conftest import SERVER
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import TEXT, sent
from tests.torture import LONG, times

#: How many write at once, and how many pairs of commands each: one on a case of all, one on a case of its own.
WRITERS = (8, 32) if LONG else (8,)
PAIRS, KILLS = times(2, 50), times(8, 200)


def process(module: str, *words: object) -> subprocess.Popen[str]:
    """A process of its own that does not begin before it is told to."""
    argv = [sys.executable, "-m", module, *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, cwd=REPOSITORY, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")


def log(kept: Keeping) -> list[Any]:
    with kept.rows() as base:
        return list(base.execute("SELECT seq, kind, stream, version FROM event ORDER BY seq").fetchall())


def whole(kept: Keeping) -> list[Any]:
    """The log, numbered without gaps over all and in each stream, and nothing found against it."""
    stored = log(kept)
    assert [seq for seq, *_ in stored] == list(range(1, len(stored) + 1))
    for stream in {row[2] for row in stored}:
        versions = [row[3] for row in stored if row[2] == stream]
        assert versions == list(range(1, len(versions) + 1))
    assert kept.findings() == ()
    return stored


@pytest.mark.slow
@pytest.mark.parametrize("writers", WRITERS)
def test_who_write_at_once_lose_nothing_on_one_case_or_on_many(
    county: Keeping, writers: int, record_property: Callable[[str, object], None]
) -> None:
    ref = sent(county, TEXT)
    before = len(log(county))
    # However long a busy machine lets one of them wait for the others.
    url = make_url(county.url).update_query_dict({"timeout": "600"}).render_as_string(hide_password=False)
    at_once = [process("tests.persistence.writing_at_once", url, ref, one, PAIRS) for one in range(writers)]
    for each in at_once:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    done = [(*each.communicate(), each.returncode) for each in at_once]
    assert [(code, err) for _, err, code in done] == [(0, "")] * writers
    told = [json.loads(line) for out, _, _ in done for line in out.splitlines()]
    assert len(told) == writers * PAIRS * 2
    opened = [each["ref"] for each in told if each["ref"] != ref]
    assert len(set(opened)) == len(opened) == writers * PAIRS
    acknowledged = [(event["seq"], event["kind"], each["ref"]) for each in told for event in each["events"]]
    assert sorted(acknowledged) == [tuple(row[:3]) for row in whole(county)[before:]]
    record_property(f"commands_of_{writers}_writers_at_once", len(told))


@pytest.mark.parametrize("kind", [SERVER])
def test_of_two_secretaries_who_record_different_answers_one_is_told(county: Keeping, tmp_path: Path) -> None:
    ref = sent(county, TEXT)
    office = Office(tmp_path)
    office.url = county.url
    seen = office.show(ref)["version"]
    said = ("case", "answer", ref, "--party", "are", "--on", "2026-04-20", "--if-version", seen, "--answer")
    both = [office.spawn(*said, answer) for answer in ("adopts", "declines")]
    done = [(*each.communicate(), each.returncode) for each in both]
    assert sorted(code for *_, code in done) == [0, 75], done
    (refusal,) = (err for _, err, code in done if code == 75)
    assert '"conflict"' in refusal
    assert [kind for _, kind, *_ in whole(county)].count("answer_recorded") == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is how POSIX ends a process between two instructions")
@pytest.mark.parametrize("kind", [SERVER])
def test_who_is_killed_at_work_on_a_server_leaves_nothing_half_done(
    county: Keeping, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20260302)  # noqa: S311 - the moments of death, not a secret
    acknowledged = []
    with Streams.on(county.url) as streams:
        for kill in range(KILLS):
            acknowledged += streams.killed(chance)
            # What the server is still doing for who is gone is done when the next one has the lock.
            with county.database.writing():
                stored = whole(county)
            assert set(acknowledged) <= {(seq, kind) for seq, kind, *_ in stored}, f"after kill {kill + 1}"
    assert len(acknowledged) > KILLS
    record_property("kills_on_a_server", KILLS)
    record_property("kills_on_a_server_acknowledged_events", len(acknowledged))
