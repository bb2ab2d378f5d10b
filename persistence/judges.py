"""Several processes that judge beside the one that reads: what they are given they judge alone, without a database."""

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Self

from persistence.judging import Bundle, Judge, Stored, Verdict

#: A log shorter than this is judged before another process has begun.
_WORTH_IT = 40_000


def processes_for(records: int) -> int:
    """How many processes pay for a log of that length, beside the one that reads."""
    return (os.cpu_count() or 1) - 1 if records >= _WORTH_IT else 0


class Judges:
    """Hands bundles to whoever is free, this process included, and gives the verdicts in the order of the bundles."""

    def __init__(self, organisation: Sequence[Stored], rule_files: Mapping[str, bytes], processes: int) -> None:
        """``processes`` are begun at once, that they may be ready when the first bundle is."""
        self._own = Judge(organisation, rule_files)
        self._others = [_Other(self._own, organisation, rule_files) for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for other in self._others:
            other.dismiss()

    def judged(self, bundles: Iterable[Bundle]) -> Iterator[Verdict]:
        """A verdict for each bundle. What a process that has died was given is judged here."""
        found: dict[int, Verdict] = {}
        told = 0
        for number, bundle in enumerate(bundles):
            if not any(other.takes(number, bundle, found) for other in self._others):
                found[number] = self._own.judged(bundle)
            while told in found:
                yield found.pop(told)
                told += 1
        for other in self._others:
            other.finish(found)
        yield from (found[number] for number in sorted(found))


class _Other:
    """A process that judges one bundle at a time. It ends with this one, whatever this one dies of."""

    def __init__(self, own: Judge, organisation: Sequence[Stored], rule_files: Mapping[str, bytes]) -> None:
        self._own = own
        self._given: tuple[int, Bundle] | None = None
        spawning = multiprocessing.get_context("spawn")
        self._line, theirs = spawning.Pipe()
        self._process: SpawnProcess = spawning.Process(target=_judge_on, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._lives = self._told((organisation, rule_files))

    def takes(self, number: int, bundle: Bundle, found: dict[int, Verdict]) -> bool:
        """Gives it the bundle if it waits for one; a verdict that it has ready is put with those found."""
        if self._given is not None and self._line.poll():
            self.finish(found)
        if self._given is not None or not self._lives:
            return False
        self._lives = self._told(bundle)
        self._given = (number, bundle) if self._lives else None
        return self._lives

    def finish(self, found: dict[int, Verdict]) -> None:
        """Waits for its verdict, if it has something to judge."""
        if self._given is None:
            return
        number, bundle = self._given
        self._given = None
        try:
            found[number] = self._line.recv()
        except (EOFError, OSError):
            self._lives = False
            found[number] = self._own.judged(bundle)

    def dismiss(self) -> None:
        """Ends it."""
        self._line.close()
        self._process.terminate()
        self._process.join()

    def _told(self, something: object) -> bool:
        try:
            self._line.send(something)
        except OSError:
            return False
        return True


def _judge_on(line: Connection) -> None:
    """What the process does until nobody is left at the other end."""
    # An interruption is the reader's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        organisation, rule_files = line.recv()
        judge = Judge(organisation, rule_files)
        while True:
            line.send(judge.judged(line.recv()))
    except (EOFError, OSError):
        # Nobody listens any more.
        return
