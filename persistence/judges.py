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


#: How many verdicts are held for their turn; so much further than the reader do the others get.
_AHEAD = 16


def processes_for(records: int) -> int:
    """How many processes pay for a log of that length, beside the one that reads: one a processor that nobody uses."""
    if records < _WORTH_IT:
        return 0
    # Two that share a processor take longer than one alone. Not every system tells how busy it is.
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(0, round((os.cpu_count() or 1) - busy) - 1)


class Judges:
    """Hands bundles to whoever is free, this process included, and gives the verdicts in the order of the bundles."""

    def __init__(
        self,
        organisation: Sequence[Stored],
        rule_files: Mapping[str, bytes],
        processes: int,
        bundles: Iterable[Bundle],
    ) -> None:
        """``processes`` are begun at once, and are given ``bundles`` as soon as they are ready for them."""
        self._own = Judge(organisation, rule_files)
        self._others = [_Other(self._own, organisation, rule_files) for _ in range(processes)]
        self._bundles = enumerate(bundles)
        self._found: dict[int, Verdict] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for other in self._others:
            other.dismiss()

    def keep_busy(self) -> None:
        """Gives the next bundle to whoever waits for one; to be called now and then by who does something else."""
        for other in self._others:
            if len(self._found) < _AHEAD and other.is_free(self._found):
                numbered = next(self._bundles, None)
                if numbered is not None:
                    other.take(*numbered, self._found)

    def judged(self) -> Iterator[Verdict]:
        """A verdict for each bundle. What a process that has died was given is judged here."""
        told = 0
        self.keep_busy()
        for number, bundle in self._bundles:
            self._found[number] = self._own.judged(bundle, self.keep_busy)
            while told in self._found:
                yield self._found.pop(told)
                told += 1
        for other in self._others:
            other.finish(self._found)
        yield from (self._found[number] for number in sorted(self._found))


class _Other:
    """A process that judges one bundle at a time. It ends with this one, whatever this one dies of."""

    def __init__(self, own: Judge, organisation: Sequence[Stored], rule_files: Mapping[str, bytes]) -> None:
        self._own = own
        self._founding: object = (organisation, rule_files)
        self._given: tuple[int, Bundle] | None = None
        spawning = multiprocessing.get_context("spawn")
        self._line, theirs = spawning.Pipe()
        self._process: SpawnProcess = spawning.Process(target=_judge_on, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._lives, self._ready = True, False

    def is_free(self, found: dict[int, Verdict]) -> bool:
        """Whether it waits for a bundle; a verdict that it has ready is put with those found. Waits for nothing."""
        if self._lives and not self._ready and self._has_said():
            # Told only now: what is told to a process that still begins is waited with.
            self._ready = self._heard() is not _NOTHING and self._told(self._founding)
        if self._given is not None and self._has_said():
            self.finish(found)
        return self._lives and self._ready and self._given is None

    def take(self, number: int, bundle: Bundle, found: dict[int, Verdict]) -> None:
        """Gives it a bundle; one that it cannot take is judged here."""
        self._given = (number, bundle)
        if not self._told(bundle):
            self.finish(found)

    def finish(self, found: dict[int, Verdict]) -> None:
        """Waits for its verdict, if it has something to judge."""
        if self._given is None:
            return
        (number, bundle), self._given = self._given, None
        verdict = self._heard() if self._lives else _NOTHING
        found[number] = verdict if isinstance(verdict, Verdict) else self._own.judged(bundle)

    def dismiss(self) -> None:
        """Ends it."""
        self._line.close()
        self._process.terminate()
        self._process.join()

    def _has_said(self) -> bool:
        try:
            return self._line.poll()
        except OSError:
            return True

    def _heard(self) -> object:
        try:
            return self._line.recv()
        except (EOFError, OSError):
            self._lives = False
            return _NOTHING

    def _told(self, something: object) -> bool:
        try:
            self._line.send(something)
        except OSError:
            self._lives = False
        return self._lives


def _judge_on(line: Connection) -> None:
    """What the process does until nobody is left at the other end."""
    # An interruption is the reader's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        line.send(_READY)
        organisation, rule_files = line.recv()
        judge = Judge(organisation, rule_files)
        while True:
            line.send(judge.judged(line.recv()))
    except (EOFError, OSError):
        # Nobody listens any more.
        return


_READY = "ready"
_NOTHING = object()
