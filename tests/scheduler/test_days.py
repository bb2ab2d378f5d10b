"""Nothing missed and nothing doubled: when clocks are changed, when they are wrong, and when nobody was there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # the library has no types
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # as above

from scheduler.jobs import ZONE, hourly, sweep_job
from tests.persistence.keeping import Keeping
from tests.scheduler.hours import asked_by, doubled, fired, live, stalled, utc

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: The last day to answer, and the first sweep of the day after, in UTC, worked out by hand: five past midnight.
NIGHTS = {
    "clocks go forward": (date(2026, 3, 28), "2026-03-28T23:05"),
    "the night after": (date(2026, 3, 29), "2026-03-29T22:05"),
    "clocks go back": (date(2026, 10, 24), "2026-10-24T22:05"),
    "the night after that": (date(2026, 10, 25), "2026-10-25T23:05"),
    "into a 29 February": (date(2028, 2, 28), "2028-02-28T23:05"),
    "out of a 29 February": (date(2028, 2, 29), "2028-02-29T23:05"),
    "a February without one": (date(2027, 2, 28), "2027-02-28T23:05"),
    "a month of 30 days": (date(2026, 4, 30), "2026-04-30T22:05"),
    "a month of 31 days": (date(2026, 5, 31), "2026-05-31T22:05"),
    "the end of a year": (date(2026, 12, 31), "2026-12-31T23:05"),
}
YEARS = [(utc(f"{year}-01-01T00:00"), utc(f"{year + 1}-01-01T00:00")) for year in (2026, 2027, 2028)]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A county with one case for each of those days; never to be swept itself."""
    keeping = Keeping(tmp_path_factory.mktemp("days")).founded()
    for day, _first in NIGHTS.values():
        asked_by(keeping, day)
    return keeping


@pytest.fixture
def county(asked: Keeping, tmp_path: Path) -> Iterator[Keeping]:
    """A copy of it, in which nothing may have been raised twice in the end."""
    twin = asked.copied_to(tmp_path)
    yield twin
    assert doubled(twin) == []


def late_on(day: date) -> set[date]:
    """The days to answer by that are past on ``day``."""
    return {asked for asked, _ in NIGHTS.values() if asked < day}


def flagged(keeping: Keeping) -> set[date]:
    """The days to answer by of the cases that have been flagged, each exactly once for each of its parties."""
    found = stalled(keeping)
    assert all(len(moments) == 1 for moments in found.values()), found
    refs = {ref for ref, _party in found}
    assert {(ref, party) for ref in refs for party in ("rjh", "are")} == found.keys()
    days = [keeping.engine.case(ref).answer_by for ref in refs]
    assert None not in days
    return {day for day in days if day is not None}


def uneven(trigger: BaseTrigger, step: timedelta) -> list[tuple[datetime, datetime]]:
    """The places where one moment does not follow the last after exactly one step, over three years."""
    found = []
    for begin, end in YEARS:
        moments = list(fired(trigger, begin, end))
        assert moments
        found += [(here, then) for here, then in pairwise(moments) if then - here != step]
    return found


def test_the_sweep_is_due_every_hour_of_the_year_also_in_the_nights_when_clocks_are_changed() -> None:
    assert uneven(hourly(5), HOUR) == []
    for begin, end in YEARS:
        moments = list(fired(hourly(5), begin, end))
        assert len(moments) == (end - begin) // HOUR
        assert {moment.minute for moment in moments} == {5}


def test_a_day_has_as_many_sweeps_as_it_has_hours_and_the_first_just_after_midnight() -> None:
    zone = ZoneInfo(ZONE)
    local = [moment.astimezone(zone) for begin, end in YEARS for moment in fired(hourly(5), begin, end)]
    by_day: dict[date, list[datetime]] = {}
    for moment in local:
        by_day.setdefault(moment.date(), []).append(moment)
    whole = sorted(by_day)[1:-1]
    assert all((by_day[day][0].hour, by_day[day][0].minute) == (0, 5) for day in whole)
    odd = {day: len(by_day[day]) for day in whole if len(by_day[day]) != 24}
    assert odd == {
        **dict.fromkeys((date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)), 23),
        **dict.fromkeys((date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)), 25),
    }


def test_a_sweep_once_a_night_would_be_missed_when_clocks_are_changed() -> None:
    """The negative control: half past two is a time of day that one night does not have."""
    nightly = CronTrigger(hour=2, minute=30, timezone=ZONE)
    assert uneven(nightly, DAY)


@pytest.mark.parametrize(("day", "first"), NIGHTS.values(), ids=NIGHTS)
def test_a_party_is_late_from_the_first_sweep_of_the_day_after_and_not_an_hour_sooner(
    county: Keeping, day: date, first: str
) -> None:
    midnight = utc(first)
    live(county, sweep_job(5), fired(hourly(5), midnight - 3 * HOUR, midnight))
    assert flagged(county) == late_on(day)
    live(county, sweep_job(5), fired(hourly(5), midnight, midnight + 3 * HOUR))
    assert flagged(county) == late_on(day) | {day}
    of_this_day = [moments for (ref, _), moments in stalled(county).items() if county.engine.case(ref).answer_by == day]
    assert of_this_day == [[midnight], [midnight]]


def test_after_three_days_down_the_first_sweep_finds_all_that_has_come_meanwhile_once(county: Keeping) -> None:
    """Down from the Thursday night before clocks are changed to the Monday after."""
    live(county, sweep_job(5), fired(hourly(5), utc("2026-03-26T20:00"), utc("2026-03-26T23:00")))
    assert flagged(county) == set()
    before = mailed(county)
    back = utc("2026-03-30T06:17")
    (told,) = live(county, sweep_job(5), [back])
    assert told.event == "done"
    assert flagged(county) == {date(2026, 3, 28), date(2026, 3, 29)}
    live(county, sweep_job(5), fired(hourly(5), back, back + 3 * HOUR))
    assert flagged(county) == {date(2026, 3, 28), date(2026, 3, 29)}
    # A letter that asks to be answered by a day already past would help nobody.
    late = {ref for ref, _party in stalled(county)}
    assert {ref for ref, _ in mailed(county) - before} & late == set()
    assert {ref for ref, _ in before} >= late


def mailed(county: Keeping) -> set[tuple[str, str]]:
    """The letters, sent or to be sent, each with its case."""
    with county.rows() as base:
        return set(base.execute("SELECT ref, message_id FROM outbox"))


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["a day ahead", "a day behind"])
@pytest.mark.parametrize("night", ["clocks go forward", "clocks go back", "out of a 29 February", "the end of a year"])
def test_a_clock_that_is_a_day_wrong_for_a_while_loses_nothing_and_doubles_nothing(
    county: Keeping, night: str, off: timedelta
) -> None:
    midnight = utc(NIGHTS[night][1])
    moments = [
        *(midnight - 2 * HOUR, midnight - HOUR),
        *(midnight - HOUR + off, midnight + off, midnight + HOUR + off),
        *(midnight, midnight + HOUR, midnight + DAY),
    ]
    live(county, sweep_job(5), moments)
    assert flagged(county) == late_on(max(moment.astimezone(ZoneInfo(ZONE)).date() for moment in moments))


def test_a_flag_raised_twice_is_noticed(asked: Keeping, tmp_path: Path) -> None:
    """The negative control of what is looked for after every test here: the same record under another number."""
    county = asked.copied_to(tmp_path)
    live(county, sweep_job(5), [utc("2026-03-30T06:17")])
    assert doubled(county) == []
    with county.rows() as base:
        base.execute(
            "INSERT INTO event SELECT seq + 1, stream, version + 1, kind, on_date, recorded_at, bytes, hash "
            "FROM event WHERE kind = 'flag_raised' ORDER BY seq DESC LIMIT 1"
        )
    assert doubled(county)
    with pytest.raises(AssertionError):
        flagged(county)
