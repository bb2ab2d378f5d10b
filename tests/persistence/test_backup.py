"""A copy made while others write holds all that had been acknowledged, is verified, and can be worked on."""

import contextlib
import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.streams_of_commands import Acknowledged
from tests.commands.test_crash import read
from tests.office import REPOSITORY, Office, uncounted
from tests.persistence.conftest import FILE
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import TEXT, sent
from tests.torture import times


@pytest.fixture
def office(isolated: None, county: Keeping, tmp_path: Path) -> Office:
    """The command on that database."""
    found = Office(tmp_path / "kopior")
    found.folder.mkdir()
    found.url = county.url
    return found


@contextlib.contextmanager
def at_work(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that works on cases and acknowledges each command."""
    argv = [sys.executable, "-m", "tests.commands.stream_of_commands", url]
    with subprocess.Popen(argv, cwd=REPOSITORY, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def missing(acknowledged: Acknowledged, copy: Path) -> Acknowledged:
    """The acknowledged events that the copy does not have."""
    with contextlib.closing(sqlite3.connect(copy)) as base:
        stored = set(base.execute("SELECT seq, kind FROM event"))
    return [event for event in acknowledged if event not in stored]


@pytest.mark.slow
def test_copies_made_under_load_miss_nothing_acknowledged_and_can_be_restored(county: Keeping, office: Office) -> None:
    acknowledged: Acknowledged = []
    with at_work(county.url) as process:
        assert process.stdout is not None
        for number in range(times(2, 40)):
            acknowledged += read(process.stdout, 3)
            copy = office.folder / f"{number}.db"
            told = office("backup", copy, expect=0).json
            assert process.poll() is None
            assert missing(acknowledged, copy) == []
            assert told["events"] >= len(acknowledged)
            assert (told["size_bytes"], told["sha256"]) == (copy.stat().st_size, digest(copy))
            check_restored(copy, told, office.folder / f"{number}")
    assert acknowledged


def check_restored(copy: Path, told: dict[str, object], folder: Path) -> None:
    """Written back from the copy, the database holds, continues the checkpoint, and can be worked on."""
    folder.mkdir()
    restored = Office(folder)
    from_copy = Office(folder)
    from_copy.url = f"sqlite:///{copy.as_posix()}"
    from_copy("backup", restored.file, expect=0)
    kept = restored.paper(str(told["checkpoint"]))
    verified = restored("audit", "verify", "--checkpoint", kept, expect=0).json
    assert (verified["events"], verified["findings"], verified["tail"]) == (told["events"], [], "proven")
    restored.opened()
    restored("audit", "verify", expect=0)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("kind", [FILE])
def test_a_plain_copy_of_the_file_misses_what_was_acknowledged(county: Keeping, tmp_path: Path) -> None:
    """The negative control: while the database is in use, what was recorded last is in a second file."""
    with county.database.reading():
        ref = sent(county, TEXT)
        plain = tmp_path / "plain.db"
        shutil.copy(county.file, plain)
    acknowledged = [(record.seq, "case_opened") for record in county.store.stream(ref)[:1]]
    assert missing(acknowledged, plain) == acknowledged


def test_a_copy_has_every_row_of_every_table_as_it_is(county: Keeping, office: Office) -> None:
    sent(county, TEXT)
    copy = Keeping(office.folder)
    office("backup", copy.file, expect=0)
    with county.rows() as here, copy.rows() as there:
        for table in ("event", "rule_file", "text", "case_view", "duty", "flag", "outbox", "arendegang_layout"):
            query = (
                f'SELECT * FROM "{table}" ORDER BY 1, 2' if table != "arendegang_layout" else f"SELECT * FROM {table}"
            )
            assert list(map(tuple, here.execute(query).fetchall())) == there.execute(query).fetchall(), table
    assert copy.findings() == ()


@pytest.mark.parametrize("kind", [FILE])
def test_a_copy_that_does_not_hold_is_not_kept_and_replaces_nothing(county: Keeping, office: Office) -> None:
    sent(county, TEXT)
    with county.rows() as base:
        base.execute("UPDATE case_view SET title = 'annan'")
    copy = office.folder / "copy.db"
    for words in ((), ("--replace",)):
        assert office("backup", copy, *words, expect=3).error["code"] == "copy_broken"
        assert list(office.folder.iterdir()) == ([copy] if words else [])
        copy.write_text("gårdagens")
    assert copy.read_text() == "gårdagens"


@pytest.mark.parametrize("kind", [FILE])
def test_a_file_that_is_there_is_replaced_only_when_that_is_said(county: Keeping, office: Office) -> None:
    copy = office.paper("gårdagens")
    assert office("backup", copy, expect=65).error["code"] == "value_invalid"
    assert copy.read_text() == "gårdagens"
    office("backup", copy, "--replace", expect=0)
    assert missing([(1, "initialised")], copy) == []
    assert [each.name for each in office.folder.iterdir()] == [copy.name]


@pytest.mark.parametrize("kind", [FILE])
def test_a_database_in_use_is_never_written_over(county: Keeping, office: Office, tmp_path: Path) -> None:
    before = county.dump()
    assert office("backup", county.file, "--replace", expect=65).error["code"] == "value_invalid"
    (other := Office(tmp_path / "annan")).folder.mkdir()
    other.founded()
    with contextlib.closing(sqlite3.connect(other.file)) as open_elsewhere:
        open_elsewhere.execute("SELECT * FROM event").fetchone()
        assert "-wal" in office("backup", other.file, "--replace", expect=65).error["message"]
    assert county.dump() == before


@pytest.mark.parametrize("kind", [FILE])
@pytest.mark.parametrize("place", ["saknas/kopia.db", ".", "a\0b"])
def test_where_no_file_can_be_the_refusal_names_it_and_nothing_is_left(office: Office, place: str) -> None:
    before = sorted(office.folder.iterdir())
    assert office("backup", office.folder / place, expect=65).error["code"] == "value_invalid"
    assert sorted(office.folder.iterdir()) == before


@pytest.mark.parametrize("kind", [FILE])
@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX limits the size of a process's files")
def test_a_disk_that_is_too_small_for_the_copy_leaves_no_copy(county: Keeping, office: Office) -> None:
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); import cli; sys.exit(cli.main(sys.argv[1:]))"
    )
    argv = [sys.executable, "-c", script, *office.argv("backup", office.folder / "copy.db")]
    # What counts lines for coverage would write a file of its own, larger than there is room for.
    done = subprocess.run(argv, cwd=REPOSITORY, env=uncounted(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 69, done
    assert "Traceback" not in done.stderr
    assert list(office.folder.iterdir()) == []
