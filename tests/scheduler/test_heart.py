"""What a heart does when the machine's clock is set, when a job takes its time, and when it is to stop."""

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # it has no types
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # as above
from msgspec.structs import replace

from persistence.clock_runs import RunBook
from persistence.lease import Lease, LeaseRow
from scheduler.clock import run_clock
from scheduler.heart import Heart
from scheduler.jobs import Job
from tests.scheduler.running import INTERVAL, Deadly, Running, Script, awaited, job, thread_is_dead
from workflow.engine import Engine


@pytest.mark.parametrize("days", [1, -1])
def test_when_the_machine_s_clock_is_set_the_heart_beats_at_once_and_every_job_is_run(
    running: Running, days: int
) -> None:
    running.clock.moment -= timedelta(days=2)
    steps = [
        lambda: running.heard.until("done", 1),
        running.passed(timedelta(days=days)),
        lambda: running.heard.until("done", 2),
    ]
    assert running.run([job()], *steps) == "stopped"
    assert [told.values for told in running.heard.told if told.event == "clock_set"] == [{"seconds": days * 86400}]
    seen = running.row.seen()
    assert seen is not None
    assert seen.beat_at == running.clock.moment


@pytest.mark.parametrize("days", [1, -1])
def test_a_beat_under_way_when_the_machine_s_clock_is_set_does_not_make_the_heart_look_silent(
    running: Running, days: int
) -> None:
    begun, go_on = [[threading.Event(), threading.Event()] for _ in range(2)]

    class Slow(LeaseRow):
        """A database whose first two beats take as long as the test wants."""

        beats = 0

        def renew(self, lease: Lease, now: datetime) -> Lease:
            beat, Slow.beats = Slow.beats, Slow.beats + 1
            if beat < len(begun):
                begun[beat].set()
                awaited(go_on[beat])
            return super().renew(lease, now)

    slow = Slow(running.county.database, "clock", INTERVAL)
    running.clock.moment -= timedelta(days=2)

    def second_beat() -> None:
        go_on[0].set()
        # One beat at a time: when the second has begun, the first has written down when it was tried.
        awaited(begun[1])

    steps = [
        lambda: awaited(begun[0]),
        running.passed(timedelta(days=days)),
        second_beat,
        running.passed(INTERVAL * 0.9),
        running.passed(INTERVAL * 0.9),
        go_on[1].set,
    ]
    assert running.run([job()], *steps, leases=slow) == "stopped"
    assert "silent" not in running.heard.events


def test_a_job_that_is_due_while_it_runs_is_told_once_and_run_again_when_it_is_done(
    running: Running, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_engine: Engine, _day: date) -> dict[str, int]:
        begun.set()
        awaited(go_on)
        return {"raised": 1}

    # Set to what it is now: the library tries again when a second has passed, and not all the while.
    running.clock.moment -= timedelta(hours=23)
    steps = [
        lambda: awaited(begun),
        running.passed(timedelta(days=1)),
        lambda: running.heard.until("skipped", job="prov"),
        go_on.set,
        lambda: running.heard.until("done", 2),
    ]
    with monkeypatch.context() as outside_of_tests:
        outside_of_tests.setattr(logging.root, "handlers", [])
        assert running.run([job(work=slow)], *steps) == "stopped"
    # The library has words of its own for it, which are no line of the clock's.
    assert capsys.readouterr().err == ""
    # The first beat may also be under way when the clock is set: that is another's matter.
    assert len(running.heard.of("skipped", job="prov")) == 1


def test_a_job_handed_to_a_thread_before_the_stop_and_begun_after_it_is_not_begun_and_holds_nothing_up(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, shutting_down = threading.Event(), threading.Event()

    class Late(Heart):
        """Its job's thread gets its turn only when the library has been told to shut down."""

        def _perform(self, job: Job) -> None:
            handed.set()
            awaited(shutting_down)
            super()._perform(job)

    late = running.heart([job()], Late)
    shut_down = BackgroundScheduler.shutdown

    def told_to_shut_down(scheduler: BackgroundScheduler, *, wait: bool) -> None:
        shutting_down.set()
        shut_down(scheduler, wait=wait)

    monkeypatch.setattr(BackgroundScheduler, "shutdown", told_to_shut_down)
    awaited(handed)
    # As a thread, so that a stop that never ends fails this test and hangs nothing.
    stopping = threading.Thread(target=late.stop, daemon=True)
    stopping.start()
    stopping.join(60)
    assert not stopping.is_alive()
    assert running.heard.events == []
    assert RunBook(running.county.database).runs() == ()


def test_when_the_scheduler_s_thread_dies_while_a_job_runs_the_job_comes_to_its_end_first(running: Running) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_engine: Engine, _day: date) -> dict[str, int]:
        begun.set()
        awaited(go_on)
        return {"raised": 1}

    # The library hands out what is due in the order of the names.
    heart = running.heart([job(work=slow), job("sist", trigger=Deadly())])
    awaited(begun)
    thread_is_dead()
    stopping = threading.Thread(target=heart.stop, daemon=True)
    stopping.start()
    go_on.set()
    stopping.join(60)
    assert not stopping.is_alive()
    assert running.heard.events == ["done"]


def test_a_job_that_no_thread_can_be_had_for_is_told(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    submit, no_room = ThreadPoolExecutor.submit, "can't start new thread"

    def without_room(pool: ThreadPoolExecutor, call: Any, handed: Any, *more: Any) -> Future[Any]:
        if handed.id == "prov":
            raise RuntimeError(no_room)
        return submit(pool, call, handed, *more)

    monkeypatch.setattr(ThreadPoolExecutor, "submit", without_room)
    assert running.run([job()], lambda: running.heard.until("failed")) == "stopped"
    assert running.heard.of("failed")[0].values == {"job": "prov", "error": "RuntimeError: can't start new thread"}


def test_what_goes_wrong_while_a_fault_is_written_down_is_told_as_well_and_in_no_other_words(
    running: Running, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> dict[str, int]:
        raise ZeroDivisionError

    monkeypatch.setattr(RunBook, "failed", broken)
    with monkeypatch.context() as outside_of_tests:
        outside_of_tests.setattr(logging.root, "handlers", [])
        assert running.run([job(work=broken)], lambda: running.heard.until("failed", 2)) == "stopped"
    assert capsys.readouterr().err == ""
    assert {told.values["job"] for told in running.heard.of("failed")} == {"prov"}


class Seconds(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Every second. Counts how often it is asked."""

    asked = 0

    def get_next_fire_time(self, previous: datetime, now: datetime) -> datetime:
        self.asked += 1
        assert previous <= now
        return previous + timedelta(seconds=1)


def test_times_that_were_missed_are_not_gone_through_one_by_one(running: Running) -> None:
    running.clock.moment -= timedelta(days=1)
    seconds = Seconds()
    assert running.run([job(trigger=seconds)], lambda: running.heard.until("done")) == "stopped"
    # Two for each run; another may have begun by then.
    assert 0 < seconds.asked < 100


class Stuck(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """A trigger that keeps the thread that asks it, and the lock that the thread holds."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def get_next_fire_time(self, previous: datetime, now: datetime) -> datetime:
        self.asked.set()
        self.go_on.wait()
        return max(previous, now) + timedelta(hours=1)


def test_a_heart_whose_thread_hangs_is_given_up_without_waiting_for_it(running: Running) -> None:
    stuck = Stuck()
    heart = running.heart([job(trigger=stuck)])
    awaited(stuck.asked)
    giving_up = threading.Thread(target=heart.abandon, daemon=True)
    giving_up.start()
    giving_up.join(20)
    try:
        assert not giving_up.is_alive()
    finally:
        stuck.go_on.set()
        thread_is_dead()


@pytest.mark.parametrize(
    ("interval", "passes", "is_set"), [(1, 1.01, False), (1, 2, True), (3600, -3000, True), (3600, -59, False)]
)
def test_a_look_takes_its_time_and_the_machine_s_clock_is_set_where_much_more_or_less_has_passed(
    running: Running, interval: int, passes: float, *, is_set: bool
) -> None:
    office = replace(running.office(), interval=timedelta(seconds=interval))
    steps = [lambda: running.heard.until("done"), running.passed(timedelta(seconds=passes))]
    assert run_clock(office, [job()], Script(*steps)) == "stopped"
    assert ("clock_set" in running.heard.events) is is_set
