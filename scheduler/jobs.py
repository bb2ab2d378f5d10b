"""What the clock does, and when: each job is one small object, and all of them stand in one list."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # the library has no types
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # as above
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # as above
from msgspec import Struct
from msgspec.structs import replace

from persistence.outbox import Outbox
from scheduler.outbox import OUTBOX, Left, Sender, send_due
from scheduler.sweep import SWEEP, counted, sweep
from workflow.engine import Engine

#: The county's time: a day begins when it begins there.
ZONE = "Europe/Stockholm"


class Job(Struct, frozen=True, kw_only=True):
    """``work(engine, day)`` does what is due on ``day`` and gives what came of it, counted by name; no name: nothing.

    It may be run at any moment and any number of times: what was done is not done again. It is run once when
    leadership begins, and then whenever ``trigger`` says. ``led``: only the leader may write what comes of it.
    """

    name: str
    trigger: BaseTrigger
    work: Callable[[Engine, date], Mapping[str, int]]
    led: bool = True


def sweep_job(minute: int) -> Job:
    """The sweep, every hour at ``minute`` past: soon after midnight, and in both nights when clocks are changed."""
    return Job(name=SWEEP, trigger=hourly(minute), work=lambda engine, day: counted(sweep(engine, day)))


def outbox_job(outbox: Outbox, sender: Callable[[date], Sender], is_to_stop: Callable[[], bool]) -> Job:
    """The letters that are due, every minute; ``sender`` says who sends them on a day, and which way.

    It is no leader's alone: a letter is claimed before it is sent, and what became of it is the claimant's to record,
    though another lead by then. Once ``is_to_stop``, it ends with the letter in hand; the rest stay due.
    """
    left: list[Left] = []

    def work(engine: Engine, day: date) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        with closing(send_due(engine, outbox, replace(sender(day), left=left))) as fates:
            for fate in fates:
                counts[fate.outcome] += 1
                if is_to_stop():
                    break
        return dict(counts)

    return Job(name=OUTBOX, trigger=minutely(), work=work, led=False)


def hourly(minute: int) -> CronTrigger:
    """Every hour at ``minute`` past."""
    return CronTrigger(
        year="*", month="*", day="*", hour="*", minute=minute, second=0, timezone=ZONE, start_date=None, jitter=None
    )


def minutely() -> CronTrigger:
    """Every minute, on the minute."""
    return CronTrigger(
        year="*", month="*", day="*", hour="*", minute="*", second=0, timezone=ZONE, start_date=None, jitter=None
    )


def every(interval: timedelta) -> IntervalTrigger:
    """Again and again after ``interval``."""
    return IntervalTrigger(seconds=interval.total_seconds(), timezone=ZONE, jitter=None)
