"""Where the database should be: missing, somebody else's, held by somebody, or without room."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.claims import Desk, contents, refused
from tests.office import REPOSITORY, Office, Reply
from tests.persistence.homes import unlocked

OPEN = ("case", "open", "--type", "ök", "--group", "barn-unga", "--title", "Placerade barn", "--on", "2026-01-12")
COMMANDS = [
    ("case", "list"),
    OPEN,
    ("worklist",),
    ("party", "list"),
    ("party", "mailbox", "are", "a@are.example"),
    ("structure", "calendar"),
    ("sweep",),
    ("flag", "list"),
    ("audit", "verify"),
    ("audit", "replay"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_without_a_database_every_command_says_to_run_init(office: Office, words: tuple[str, ...]) -> None:
    reply = refused(office, *words, code="no_database", exit_code=66)
    assert "init" in reply.error["hint"]
    assert list(office.folder.iterdir()) == []


@pytest.mark.parametrize("words", [*COMMANDS, ("init",)], ids=" ".join)
def test_another_programs_database_is_left_alone(office: Office, words: tuple[str, ...]) -> None:
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, text TEXT)")
        base.execute("INSERT INTO event (text) VALUES ('någon annans')")
    before = contents(office.file)
    reply = office(*words)
    assert reply.code in {66, 69}, reply.transcript()
    assert reply.error["code"] in {"no_database", "database_unavailable"}
    assert contents(office.file) == before
    _points_elsewhere(reply)


@pytest.mark.parametrize("words", [*COMMANDS, ("init",)], ids=" ".join)
def test_a_file_that_is_no_database_is_left_alone(office: Office, words: tuple[str, ...]) -> None:
    office.file.write_text("Bästa kollegor,\n" * 400, encoding="utf-8")
    before = office.file.read_bytes()
    reply = office(*words)
    assert reply.code in {66, 69}, reply.transcript()
    assert reply.error["code"] in {"no_database", "database_unavailable"}
    assert office.file.read_bytes() == before
    _points_elsewhere(reply)


def _points_elsewhere(reply: Reply) -> None:
    """«init» would be refused there: nobody is told to try it."""
    assert "init" not in reply.error["hint"]
    assert "--db" in reply.error["hint"]


@pytest.mark.parametrize("words", [("init",), ("case", "list")], ids=" ".join)
def test_a_file_that_was_ours_and_is_damaged_is_not_to_be_created_anew(desk: Desk, words: tuple[str, ...]) -> None:
    office, _ = desk("initiated")
    office.file.write_bytes(b"\0" * 16 + office.file.read_bytes()[16:])
    for name in ("-wal", "-shm"):
        office.file.with_name(f"{office.file.name}{name}").unlink(missing_ok=True)
    _points_elsewhere(office(*words, expect=66))


def test_tables_of_ours_without_their_layout_are_not_to_be_created_anew(desk: Desk) -> None:
    office, _ = desk("initiated")
    with unlocked(office.file) as base:
        base.execute("DROP TABLE arendegang_layout")
    reply = office("init", expect=69)
    assert "init" not in reply.error["hint"]


@pytest.mark.parametrize("words", [("init",), ("case", "list")], ids=" ".join)
def test_a_folder_that_cannot_be_written_to_is_out_of_reach(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A path below an ordinary file is unwritable for everybody, root included."""
    (tmp_path / "fil").write_text("ingen mapp")
    office = Office(tmp_path / "fil" / "mapp")
    reply = office(*words)
    assert reply.code in {66, 69}, reply.transcript()
    assert "fil" in reply.error["message"]
    assert "Traceback" not in reply.err
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


def test_a_folder_in_the_place_of_the_file_is_out_of_reach(office: Office) -> None:
    office.file.mkdir()
    for words in (("init",), ("case", "list")):
        reply = office(*words)
        assert reply.code in {66, 69}, reply.transcript()
    assert list(office.file.iterdir()) == []


def test_a_file_nobody_may_write_to_is_out_of_reach(county: Office) -> None:
    county.file.chmod(0o444)
    if os.access(county.file, os.W_OK):
        pytest.skip("this user writes to every file whatever its mode")
    reply = county(*OPEN)
    assert (reply.code, reply.error["code"]) == (69, "database_unavailable"), reply.transcript()


@pytest.mark.parametrize("words", [OPEN, ("party", "mailbox", "are", "ny@are.example")], ids=" ".join)
def test_a_database_somebody_holds_is_out_of_reach_and_unchanged(county: Office, words: tuple[str, ...]) -> None:
    before = contents(county.file)
    county.url += "?timeout=0.1"
    with contextlib.closing(sqlite3.connect(county.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reply = county(*words)
        other.execute("ROLLBACK")
    assert (reply.code, reply.error["code"]) == (69, "database_unavailable"), reply.transcript()
    assert contents(county.file) == before
    assert county(*words).code == 0


def test_looking_is_possible_while_somebody_writes(county: Office) -> None:
    with contextlib.closing(sqlite3.connect(county.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert county("case", "list", expect=0).json == []
        assert county("audit", "verify", expect=0).json["findings"] == []
        other.execute("ROLLBACK")


@pytest.mark.parametrize("url", ["nosuchdatabase://here", "not a url", "sqlite+nonsense:///x.sqlite", "http://example"])
def test_a_database_address_we_cannot_use_is_a_wrong_setting(office: Office, url: str) -> None:
    office.url = url
    for words in (("case", "list"), ("init",)):
        refused(office, *words, code="config_invalid", exit_code=78)
    assert list(office.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX limits the size of a process's files")
def test_a_disk_that_fills_up_anywhere_in_an_act_leaves_it_undone_or_done(desk: Desk) -> None:
    """With ever more room for files: nothing at all, nothing at all, ..., everything."""
    office, ref = desk("recommended_by_political_forum")
    before = contents(office.file)
    ended = []
    for room in (0, 4096, 20_000, 32_768, 36_000, 40_000, 400_000):
        trial = office.copied_to(office.folder / str(room))
        done = dispatched_with(room, trial, ref)
        ended.append(done.returncode)
        assert "Traceback" not in done.stderr
        if done.returncode == 69:
            assert '"database_unavailable"' in done.stderr
            assert contents(trial.file) == before
        assert trial("audit", "verify", expect=0).json["findings"] == []
        assert trial("case", "dispatch", ref, "--on", "2026-03-02").code == (0 if done.returncode else 1)
        assert trial.show(ref)["state"] == "sent_to_parties"
    assert (ended[:4], ended[-1]) == ([69] * 4, 0)
    assert set(ended) == {0, 69}


def dispatched_with(room: int, office: Office, ref: str) -> subprocess.CompletedProcess[str]:
    """The dispatch by a process that can make no file larger than ``room``."""
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    argv = [sys.executable, "-c", script, *office.argv("case", "dispatch", ref, "--on", "2026-03-02")]
    # What coverage would write of this process has no room either.
    env = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    env |= {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(argv, cwd=REPOSITORY, env=env, capture_output=True, encoding="utf-8", check=False)


def test_init_twice_changes_nothing_and_says_so(county: Office) -> None:
    before = contents(county.file)
    for words in (("init",), ("init", "--adopt", "alternativ-1", "--from", "2026-01-01")):
        assert county(*words, expect=0).json is not None
        assert county(*words, json=False, expect=0).out.strip()
    assert contents(county.file) == before
