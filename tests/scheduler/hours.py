"""The clock's hours, lived through one moment after another without waiting, and what came of them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # the library has no types

from persistence.lease import LeaseRow
from scheduler.jobs import Job
from scheduler.leases import CLOCK
from scheduler.performing import Performer
from scheduler.told import Told
from tests.persistence.keeping import Keeping, StoppedClock
from tests.persistence.worked_on import sent
from workflow import acts

INTERVAL = timedelta(seconds=30)


def utc(text: str) -> datetime:
    """A moment, written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def fired(trigger: BaseTrigger, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments the trigger gives from ``begin`` to before ``end``, asked as the scheduler asks it."""
    moment = trigger.get_next_fire_time(None, begin)
    while moment < end:
        yield moment.astimezone(UTC)
        moment = trigger.get_next_fire_time(moment, moment)


def live(keeping: Keeping, job: Job, moments: Iterable[datetime]) -> list[Told]:
    """Runs the job at each moment, as the leader that took the lease at the first; what was told."""
    told: list[Told] = []
    performer = None
    clock = StoppedClock()
    for moment in moments:
        clock.moment = moment
        if performer is None:
            lease = LeaseRow(keeping.database, CLOCK, INTERVAL).acquire("här:1", moment)
            assert lease is not None
            performer = Performer(keeping.database, clock, "klockan", lease, told.append)
        assert performer.perform(job, lambda: None)
    return told


def asked_by(keeping: Keeping, day: date, parties: tuple[str, ...] = ("rjh", "are")) -> str:
    """A case sent to its parties, which are to answer by ``day``."""
    ref = sent(keeping, f"svar {day}".encode(), parties=parties)
    keeping.engine.handle(ref, acts.ChangeAnswerBy(on=date(2026, 3, 2), answer_by=day, reason="så beslutades"))
    return ref


def stalled(keeping: Keeping) -> dict[tuple[str, str], list[datetime]]:
    """By case and party: when it was recorded that the party is late, each time."""
    found: dict[tuple[str, str], list[datetime]] = {}
    for record in records(keeping):
        flag = record["event"].get("flag", {})
        if record["event"]["kind"] == "flag_raised" and flag["kind"] == "ratification_stalled":
            found.setdefault((record["stream"], flag["party"]), []).append(
                datetime.fromisoformat(record["recorded_at"])
            )
    return found


def doubled(keeping: Keeping) -> list[str]:
    """The flags of any kind that were raised again, word for word, without having been cleared."""
    standing: Counter[str] = Counter()
    again = []
    for record in records(keeping):
        event = record["event"]
        if event["kind"] in {"flag_raised", "flag_cleared"}:
            name = json.dumps([record["stream"], event["flag"]], sort_keys=True)
            standing[name] += 1 if event["kind"] == "flag_raised" else -1
            again += [name] if standing[name] > 1 else []
    return again


def records(keeping: Keeping) -> list[dict[str, Any]]:
    """The whole log."""
    with keeping.rows() as base:
        return [json.loads(content) for (content,) in base.execute("SELECT bytes FROM event ORDER BY seq")]
