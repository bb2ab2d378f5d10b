"""Long work shows how far it has come: to a person at a terminal, and to nobody else."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.conftest import isolate
from tests.office import REPOSITORY, Office

pty = pytest.importorskip("pty", reason="this platform has no pseudo-terminals")

ENOUGH = 20
VERIFY = ("audit", "verify")
SWEEP = ("sweep", "--dry-run")
CONTROL = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


@pytest.fixture(scope="module")
def busy(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Twenty cases of the structure before: each sweep has them all to look at."""
    folder: Path = tmp_path_factory.mktemp("busy")
    office = furnished.copied_to(folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        for _ in range(ENOUGH):
            office.opened(on="2025-11-20")
    return office


def at_a_terminal(office: Office, *words: str, json: bool = False, **env: str) -> tuple[str, str]:
    """What the command writes to stdout, a pipe, and to stderr, a terminal."""
    ours, theirs = pty.openpty()
    argv = [sys.executable, "-m", "cli", *office.argv(*words, json=json, today="2026-02-02")]
    around = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR", "TERM"}}
    process = subprocess.Popen(
        argv,
        cwd=REPOSITORY,
        env={**around, "PYTHONUTF8": "1", "TERM": "xterm", **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    seen: list[bytes] = []
    reader = threading.Thread(target=_drain, args=(ours, seen))
    reader.start()
    out, _ = process.communicate()
    reader.join()
    os.close(ours)
    assert process.returncode == 0, b"".join(seen)
    return out.decode(), b"".join(seen).decode()


def _drain(terminal: int, seen: list[bytes]) -> None:
    # At its end a pseudo-terminal gives nothing, or an error, as the platform has it.
    try:
        while piece := os.read(terminal, 4096):
            seen.append(piece)
    except OSError:
        return


@pytest.mark.parametrize(("words", "what"), [(VERIFY, "Verifying cases"), (SWEEP, "Checking cases")])
def test_a_person_at_a_terminal_sees_a_bar_that_is_gone_afterwards(
    busy: Office, words: tuple[str, ...], what: str
) -> None:
    out, err = at_a_terminal(busy, *words)
    assert what in err
    assert "100%" in err
    assert "\x1b[2K" in err.rpartition(what)[2], "the bar is wiped out"
    assert what not in out
    assert "\x1b" not in out
    assert out == busy(*words, json=False, today="2026-02-02", expect=0).out


@pytest.mark.parametrize(
    ("json", "env"), [(True, {}), (False, {"NO_COLOR": "1"}), (False, {"TERM": "dumb"})], ids=["json", "plain", "dumb"]
)
def test_a_script_a_plain_console_and_a_dumb_one_are_spared(busy: Office, env: dict[str, str], *, json: bool) -> None:
    out, err = at_a_terminal(busy, *VERIFY, json=json, **env)
    assert (err, CONTROL.search(out)) == ("", None)


def test_where_stderr_is_no_terminal_nothing_is_written_to_it_and_no_bar_is_even_loaded(busy: Office) -> None:
    for words in (VERIFY, SWEEP):
        run = (
            "import sys, cli; code = cli.main(sys.argv[1:]); "
            "sys.exit('loaded' if 'rich.progress' in sys.modules else code)"
        )
        argv = [sys.executable, "-c", run, *busy.argv(*words, json=False, today="2026-02-02")]
        done = subprocess.run(argv, cwd=REPOSITORY, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_little_work_shows_no_bar(furnished: Office) -> None:
    assert at_a_terminal(furnished, *VERIFY)[1] == ""
