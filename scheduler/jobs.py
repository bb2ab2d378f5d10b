"""What the clock does, and when: each job is one small object, and all of them stand in one list."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # the library has no types
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # as above
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # as above
from msgspec import Struct

from persistence.outbox import Outbox
from scheduler.outbox import OUTBOX, Sender, send_due
from scheduler.sweep import SWEEP, counted, sweep
from workflow.engine import Engine

#: The county's time: a day begins when it begins there.
ZONE = "Europe/Stockholm"


class Job(Struct, frozen=True, kw_only=True):
    """``work(engine, day)`` does what is due on ``day`` and gives what came of it, counted by name; no name: nothing.

    It may be run at any moment and any number of times: what was done is not done again. It is run once when
    leadership begins, and then whenever ``trigger`` says.
    """

    name: str
    trigger: BaseTrigger
    work: Callable[[Engine, date], Mapping[str, int]]


def sweep_job(minute: int) -> Job:
    """The sweep, every hour at ``minute`` past: soon after midnight, and in both nights when clocks are changed."""
    return Job(name=SWEEP, trigger=hourly(minute), work=lambda engine, day: counted(sweep(engine, day)))


def outbox_job(outbox: Outbox, sender: Callable[[date], Sender]) -> Job:
    """The letters that are due, every minute; ``sender`` says who sends them on a day, and which way.

    It is no leader's alone: a letter is claimed before it is sent, whoever sends.
    """

    def work(engine: Engine, day: date) -> Mapping[str, int]:
        return dict(Counter(fate.outcome for fate in send_due(engine, outbox, sender(day))))

    return Job(name=OUTBOX, trigger=minutely(), work=work)


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
