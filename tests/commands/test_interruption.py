"""Ctrl-C: the command ends at once, with the code a shell expects, and without a word about the inside."""

import contextlib
import io
import signal

import cli
from tests.office import Office


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
