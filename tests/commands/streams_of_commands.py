"""Streams of commands, one after the other, each to be killed: children of a process that has loaded everything.

``python -m tests.commands.streams_of_commands FOLDER|URL``. Each line on standard input begins one; it tells the number
of its process, then what it acknowledges. When it has been killed, ``gone`` is said.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self

from tests.commands.stream_of_commands import say, work
from tests.office import REPOSITORY, uncounted

Acknowledged = list[tuple[int, str]]

_GONE = "gone\n"


class Streams:
    """The process seen from outside, and the one stream that is at work."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._at_work = 0

    @classmethod
    @contextmanager
    def on(cls, place: Path | str) -> Iterator[Self]:
        """Streams on the database in that folder, or at that URL."""
        argv = [sys.executable, "-m", __name__, str(place)]
        # Lines counted for coverage would be lost with whoever counted them.
        env, pipe = uncounted(), subprocess.PIPE
        with subprocess.Popen(argv, cwd=REPOSITORY, env=env, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
            try:
                yield cls(process)
            finally:
                process.kill()

    def killed(self, chance: random.Random) -> Acknowledged:
        """One more goes to work and dies at a moment drawn at random; everything it had acknowledged by then."""
        self.begin()
        told = self.acknowledged(chance.randrange(1, 16))
        self.let_work(chance.uniform(0, 0.06))
        return told + self.kill()

    def begin(self) -> None:
        """One more goes to work."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._at_work = int(self._lines.readline())

    def acknowledged(self, commands: int) -> Acknowledged:
        """What it tells of so many commands."""
        return [event for _ in range(commands) for event in _told(self._lines.readline())]

    def let_work(self, seconds: float) -> None:
        """Leaves it alone for so long: the moment of its death is to be none that it has told of."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=seconds)

    def kill(self) -> Acknowledged:
        """Kills it; what it had told by then and was not heard yet."""
        os.kill(self._at_work, signal.SIGKILL)
        left: Acknowledged = []
        for line in iter(self._lines.readline, _GONE):
            assert line, "the process that begins them has ended"
            if line.endswith(_GONE):
                # A line that was cut off by the kill acknowledges nothing.
                break
            left += _told(line)
        return left

    @property
    def _lines(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


def _told(line: str) -> Acknowledged:
    return [(seq, kind) for seq, kind in json.loads(line)]


def main(place: str) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            say(str(os.getpid()))
            work(place)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main(*sys.argv[1:])
