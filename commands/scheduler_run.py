"""scheduler run: the checks on a clock, until stopped."""

import json
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any, NoReturn

import click

from commands.clock import SystemClock
from commands.console import emit_json, remark
from commands.params import option
from commands.post import letterhead_options, sender
from commands.scheduler_words import told_in_words
from commands.session import Session
from persistence.lease import LeaseRow
from persistence.outbox import Outbox
from scheduler.clock import Office, run_clock
from scheduler.jobs import Job, outbox_job, sweep_job
from scheduler.leases import CLOCK, INTERVAL
from scheduler.outbox import Sender
from scheduler.told import Told
from translations import translate as _
from workflow.errors import N_
from workflow.local_time import county_time

_BROKEN = 70
_INTERRUPTED = 130
_PIECE = 1.0

#: What asks a process to stop: Ctrl-C, a service manager, a terminal that is closed, and Ctrl-Break on Windows.
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


@click.command(help=_(N_("Run the checks on a clock until stopped. Of several processes one leads, the others wait.")))
@option(
    "--interval",
    type=click.IntRange(1, 3600),
    default=int(INTERVAL.total_seconds()),
    show_default=True,
    metavar="SECONDS",
    help=N_("How long it may take until others know that the clock has stopped."),
)
@option(
    "--sweep-minute",
    type=click.IntRange(0, 59),
    default=5,
    show_default=True,
    metavar="MINUTE",
    help=N_("The minute of every hour at which the sweep is run."),
)
@letterhead_options
@click.pass_obj
def run(session: Session, /, interval: int, sweep_minute: int, **post: Any) -> int:
    """Runs the clock; 0 when it was asked to stop, 70 when its heart failed."""
    if session.asked_today is not None:
        raise click.UsageError(_(N_("The clock goes by the real date: leave out --today.")))
    whoever = partial(sender, session, post)
    whoever(session.today)  # a way to send that there is not is told now, and not every minute
    session.database.let_go_between()
    length = timedelta(seconds=interval)
    holder = f"{platform.node()}:{os.getpid()}"
    office = Office(
        database=session.database,
        leases=LeaseRow(session.database, CLOCK, length),
        clock=SystemClock(),
        interval=length,
        holder=holder,
        actor=session.actor,
        tell=_as_json if session.as_json else _in_words,
    )
    try:
        with asked_to_stop() as stop:
            end = run_clock(office, jobs(sweep_minute, Outbox(session.database), whoever, stop.is_set), stop)
    except KeyboardInterrupt:
        _leave(_INTERRUPTED)
    if end == "silent":
        _leave(_BROKEN)
    if session.as_json:
        emit_json({"holder": holder, "end": end})
    return _BROKEN if end == "died" else 0


def jobs(
    sweep_minute: int, outbox: Outbox, whoever: Callable[[date], Sender], is_to_stop: Callable[[], bool]
) -> list[Job]:
    """Everything the clock does besides beating."""
    return [sweep_job(sweep_minute), outbox_job(outbox, whoever, is_to_stop)]


def _leave(code: int) -> NoReturn:
    """Ends the process now: the interpreter's own end would wait for what hangs, or for a job that was cut short."""
    sys.stderr.flush()
    os._exit(code)


class Asked:
    """Whether somebody has asked the process to stop. May be set from a signal's handler, which an Event may not."""

    def __init__(self) -> None:
        self._said: SimpleQueue[None] = SimpleQueue()
        self._is_set = False

    def set(self) -> None:
        """Asks it to stop."""
        self._said.put(None)

    def is_set(self) -> bool:
        """Whether it was asked."""
        return self._is_set or not self._said.empty()

    def wait(self, timeout: float) -> bool:
        """Waits at most ``timeout`` seconds for it; whether it was asked."""
        # In short pieces: on Windows Ctrl-C is heard only between them.
        while timeout > 0 and not self._is_set:
            with suppress(Empty):
                self._said.get(timeout=min(timeout, _PIECE))
                self._is_set = True
            timeout -= _PIECE
        return self._is_set


@contextmanager
def asked_to_stop() -> Iterator[Asked]:
    """Set when somebody asks the process to stop. Asked once more, it stops as any other command does."""
    asked = Asked()
    before: dict[int, Any] = {}

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()
        # Also where Ctrl-C was ignored, as in what a shell has begun with «&».
        _restore({**before, signal.SIGINT: signal.default_int_handler})

    for each in _SIGNALS:
        if signal.getsignal(each) is signal.SIG_IGN and each is not signal.SIGINT:
            # As nohup has it: it is to outlive its terminal. A shell's «&» ignores Ctrl-C without meaning that.
            continue
        before[each] = signal.signal(each, ask)
    try:
        yield asked
    finally:
        _restore(before)


def _restore(handlers: dict[int, Any]) -> None:
    for each, handler in handlers.items():
        signal.signal(each, handler)


def _as_json(told: Told) -> None:
    line = {"event": told.event, "at": told.at.isoformat(), **told.values}
    remark(json.dumps(line, ensure_ascii=True))
    sys.stderr.flush()


def _in_words(told: Told) -> None:
    remark(f"{county_time(told.at)}  {told_in_words(told)}")
    sys.stderr.flush()
