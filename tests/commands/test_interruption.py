"""Ctrl-C: the command ends at once, with the code a shell expects, and without a word about the inside."""

import contextlib
import io
import signal
from collections.abc import Iterator

import pytest

import cli
from tests.office import Office


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C is heard as at a console, also where the tests themselves run in the background and would not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Interrupting(io.StringIO):
    """A console at which somebody presses Ctrl-C as soon as anything is written."""

    def write(self, text: str) -> int:
        signal.raise_signal(signal.SIGINT)
        return super().write(text)


def test_an_interrupted_command_gives_130(county: Office) -> None:
    err = io.StringIO()
    with contextlib.redirect_stdout(Interrupting()), contextlib.redirect_stderr(err):
        code = cli.main(county.argv("party", "list", json=False))
    assert code == 130
    assert err.getvalue().strip() == ""


def test_an_interrupted_step_of_the_demo_stops_the_demo(county: Office) -> None:
    err = io.StringIO()
    with contextlib.redirect_stdout(Interrupting()), contextlib.redirect_stderr(err):
        code = cli.main(["--lang", "en", "demo"])
    assert code == 130
    assert "demo_stopped" not in err.getvalue()
