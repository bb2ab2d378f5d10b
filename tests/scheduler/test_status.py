"""Whether the clock lives is known within one interval, whatever became of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from persistence.clock_runs import RunBook
from persistence.lease import LeaseRow
from scheduler.leases import BEATS_AN_INTERVAL, CLOCK
from scheduler.performing import Performer
from scheduler.status import Status, status_of
from tests.office import Office
from tests.persistence.keeping import Keeping
from tests.scheduler.running import INTERVAL, Deadly, Running, job, thread_is_dead
from workflow.engine import Engine

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """A county whose clock was never started."""
    return Running(Keeping(tmp_path).founded())


@pytest.fixture
def with_a_dead_thread(running: Running) -> Iterator[Running]:
    """This process lives, and its scheduler's thread has died just after a beat."""
    heart = running.heart([job(trigger=Deadly())])
    thread_is_dead()
    assert not heart.alive
    yield running
    heart.abandon()


def stands(running: Running, now: datetime | None = None) -> Status:
    moment = now or running.clock.moment
    return status_of(running.row.seen(), RunBook(running.county.database).runs(), moment, moment.date())


def beaten(running: Running) -> datetime:
    seen = running.row.seen()
    assert seen is not None
    return seen.beat_at


def test_a_clock_that_was_never_started_is_said_to_be_so(running: Running) -> None:
    found = stands(running)
    assert (found.state, found.lease, found.lag, found.swept_to, found.days_unswept) == ("never",) + (None,) * 4


def test_when_the_thread_has_died_and_the_process_lives_it_is_known_within_one_interval(
    with_a_dead_thread: Running,
) -> None:
    last = beaten(with_a_dead_thread)
    assert stands(with_a_dead_thread, last + INTERVAL - MOMENT).state == "running"
    found = stands(with_a_dead_thread, last + INTERVAL)
    assert (found.state, found.lag, found.next_beat) == ("stale", INTERVAL, None)


def test_a_heart_that_beats_is_never_taken_for_dead(running: Running) -> None:
    """The negative control: the same moments, and a thread that lives; a beat may come late by nearly two of three."""
    heart = running.heart([job()])
    try:
        for _ in range(6):
            late = INTERVAL / BEATS_AN_INTERVAL * 2.9
            assert stands(running, running.clock.moment + late).state == "running"
            running.clock.moment += late
            heart.beat()
        assert heart.alive
    finally:
        heart.stop()


def test_the_command_says_that_the_thread_is_dead_while_its_process_lives(
    with_a_dead_thread: Running, tmp_path: Path
) -> None:
    office = Office(tmp_path)
    assert office.file == with_a_dead_thread.county.file
    told = office("scheduler", "status", expect=1).json
    assert told["state"] == "stale"
    assert told["lag_seconds"] > told["interval_seconds"] == INTERVAL.total_seconds()
    assert {row["next_run"] for row in told["jobs"]} == {None}
    # Somebody beats again in its place: the same question, and another answer.
    LeaseRow(with_a_dead_thread.county.database, CLOCK, INTERVAL).acquire("annan:2", datetime.now(UTC))
    told = office("scheduler", "status", expect=0).json
    assert (told["state"], told["leader"], told["token"]) == ("running", "annan:2", 2)


def test_the_interval_is_the_one_the_clock_was_started_with(running: Running) -> None:
    slow = LeaseRow(running.county.database, CLOCK, timedelta(hours=1))
    lease = slow.acquire("annan:2", running.clock.moment)
    assert lease is not None
    for other in (slow, running.row):
        seen = other.seen()
        later = running.clock.moment + timedelta(minutes=59)
        assert status_of(seen, (), later, later.date()).state == "running"
        assert status_of(seen, (), later + timedelta(minutes=1), later.date()).state == "stale"


def test_a_clock_that_gave_the_lead_back_is_stopped_and_not_silent(running: Running) -> None:
    running.row.release(running.taken("här:1"), running.clock.moment)
    for later in (timedelta(), timedelta(days=300)):
        assert stands(running, running.clock.moment + later).state == "stopped"


def test_a_beat_further_ahead_than_the_interval_proves_nothing(running: Running) -> None:
    """The machine's clock was set back, and whoever beat last has been dead since."""
    running.taken("här:1")
    assert stands(running, running.clock.moment - INTERVAL).state == "stale"
    assert stands(running, running.clock.moment - INTERVAL + MOMENT).state == "running"


@pytest.mark.parametrize("days", [0, 1, 3])
def test_the_days_not_yet_swept_are_counted(running: Running, days: int) -> None:
    """A clock that beats and sweeps nothing is not in order, and this is where it shows."""
    now = running.clock.moment
    RunBook(running.county.database).done("sweep", now, now, now.date(), {})
    found = stands(running, now + timedelta(days=days))
    assert (found.swept_to, found.days_unswept) == (now.date(), days)


LONGEST = timedelta(hours=2)


def test_sweeps_by_a_timer_are_told_by_who_ran_them_and_how_long_ago_and_asked_for_by_their_age(
    running: Running,
) -> None:
    began = running.clock.moment
    ended = began + timedelta(minutes=1)
    assert (stands(running).sweep, stands(running).swept_within(LONGEST)) == (None, False)
    RunBook(running.county.database).done("sweep", began, ended, began.date(), {})
    for later, recent in ((timedelta(), True), (LONGEST, True), (LONGEST + MOMENT, False), (-LONGEST - MOMENT, False)):
        found = stands(running, ended + later)
        assert found.sweep is not None
        assert (found.state, found.sweep.token, found.sweep_age) == ("never", None, later)
        assert found.swept_within(LONGEST) is recent


def test_a_sweep_that_failed_or_was_for_a_day_gone_by_is_no_recent_one(running: Running) -> None:
    book, now = RunBook(running.county.database), running.clock.moment
    book.done("sweep", now, now, now.date() - timedelta(days=1), {})
    assert not stands(running).swept_within(LONGEST)
    book.done("sweep", now, now, now.date(), {})
    assert stands(running).swept_within(LONGEST)
    book.failed("sweep", now, "disk full")
    assert not stands(running).swept_within(LONGEST)


def test_a_sweep_that_runs_is_recent_until_it_has_run_too_long(running: Running) -> None:
    lease, now = running.taken("här:1"), running.clock.moment
    book = RunBook(running.county.database, lease.fence)
    book.done("sweep", now, now, now.date(), {})
    book.begun("sweep", now + timedelta(hours=1), None)
    running.row.renew(lease, now + LONGEST + timedelta(hours=1))
    assert stands(running, now + LONGEST + timedelta(hours=1)).swept_within(LONGEST)
    assert not stands(running, now + LONGEST + timedelta(hours=1) + MOMENT).swept_within(LONGEST)


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_sweep_that_was_cut_short_with_its_clock_is_no_recent_one(running: Running, *, taken_over: bool) -> None:
    lease, now = running.taken("här:1"), running.clock.moment
    book = RunBook(running.county.database, lease.fence)
    book.done("sweep", now, now, now.date(), {})
    book.begun("sweep", now, None)
    assert stands(running).swept_within(LONGEST)
    running.clock.moment += INTERVAL
    if taken_over:
        running.taken("annan:2")
    assert stands(running).state == ("running" if taken_over else "stale")
    assert not stands(running).swept_within(LONGEST)


def test_a_sweep_by_hand_beside_a_dead_clock_makes_nobody_take_the_clock_for_alive(running: Running) -> None:
    last = running.taken("här:1").beat_at
    now = last + INTERVAL
    RunBook(running.county.database).done("sweep", now, now, now.date(), {})
    found = stands(running, now)
    assert (found.state, found.swept_within(LONGEST)) == ("stale", True)


def test_what_a_stopped_clock_once_planned_is_not_told_as_its_next_run(running: Running) -> None:
    lease = running.taken("här:1")
    later = running.clock.moment + timedelta(hours=1)
    RunBook(running.county.database, lease.fence).planned("sweep", later)
    assert [run.next_run_at for run in stands(running).runs] == [later]
    assert [run.next_run_at for run in stands(running, running.clock.moment + INTERVAL).runs] == [None]


def test_while_a_job_runs_its_next_run_is_told_and_not_the_one_that_runs(running: Running) -> None:
    lease, now = running.taken("här:1"), running.clock.moment
    performer = Performer(running.county.database, running.clock, "klockan", lease, running.heard)
    RunBook(running.county.database, lease.fence).planned("prov", now)
    seen: list[datetime | None] = []

    def looking(_engine: Engine, _day: date) -> dict[str, int]:
        seen.extend(run.next_run_at for run in stands(running).runs)
        return {}

    assert performer.perform(job(work=looking), lambda: now + timedelta(hours=1))
    assert seen == [now + timedelta(hours=1)]


def test_the_command_does_not_say_silent_for_less_than_no_time_where_the_machine_s_clock_was_set_back(
    running: Running, tmp_path: Path
) -> None:
    running.clock.moment = datetime.now(UTC) + timedelta(days=2)
    running.taken("här:1")
    said = Office(tmp_path)("scheduler", "status", json=False, expect=1).out
    assert "set back" in said
    assert "silent" not in said
