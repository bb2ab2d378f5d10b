"""One leads, the others wait; a job that fails, a heart that stops, a clock that is set are told, and nothing hangs."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from persistence.clock_runs import RunBook
from persistence.database import Database
from persistence.lease import Lease, LeaseRow
from scheduler.jobs import sweep_job
from scheduler.performing import Performer
from scheduler.sweep import sweep
from tests.scheduler.hours import stalled
from tests.scheduler.running import INTERVAL, Deadly, Heard, Running, awaited, job, thread_is_dead
from workflow.engine import Engine
from workflow.refusals import DatabaseUnavailable


def test_it_leads_runs_every_job_at_once_writes_down_when_each_is_next_and_gives_the_lead_back(
    running: Running,
) -> None:
    book = RunBook(running.county.database)
    planned: list[datetime | None] = []

    def written() -> None:
        running.heard.until("done", 2)
        planned.extend(run.next_run_at for run in book.runs())

    assert running.run([job("a"), sweep_job(5)], written) == "stopped"
    assert running.heard.events[:2] == ["started", "leading"]
    assert sorted(running.heard.events[2:4]) == ["done", "done"]
    assert running.heard.events[4:] == ["gave_back", "stopped"]
    assert [run.job for run in book.runs()] == ["a", "sweep"]
    for run in book.runs():
        assert (run.token, run.error) == (1, None)
        assert run.started_at == run.ended_at == running.clock.moment
    assert len(stalled(running.county)) == 9
    lease = running.row.seen()
    assert lease is not None
    assert (lease.holder, lease.token) == (None, 1)


def test_a_second_process_waits_and_takes_over_what_is_given_back(running: Running) -> None:
    first = running.taken("annan:2")
    steps = [lambda: running.heard.until("waiting"), lambda: None, lambda: _given_back(running, first)]
    assert running.run([job()], *steps, lambda: running.heard.until("done")) == "stopped"
    assert running.heard.events.count("waiting") == 1
    assert [told.values.get("why") for told in running.heard.told if told.event == "waiting"] == ["annan:2"]
    assert [told.values["token"] for told in running.heard.told if told.event == "leading"] == [2]


def _given_back(running: Running, lease: Lease) -> None:
    running.row.release(lease, running.clock.moment)


def test_a_second_process_takes_over_when_the_first_has_been_silent_for_the_interval(running: Running) -> None:
    running.taken("annan:2")
    seen: list[str] = []
    steps = [
        running.passed(INTERVAL - timedelta(seconds=1)),
        lambda: seen.extend(running.heard.events),
        running.passed(timedelta(seconds=1)),
        lambda: running.heard.until("done"),
    ]
    assert running.run([job()], *steps) == "stopped"
    assert "leading" not in seen
    assert "leading" in running.heard.events


def test_a_leader_that_is_overtaken_stands_down_writes_nothing_and_waits_again(running: Running) -> None:
    """Overtaken between taking the lead and doing anything."""

    def overtake() -> None:
        running.clock.moment += INTERVAL
        running.row.acquire("annan:2", running.clock.moment)

    running.heard = Heard({"leading": overtake})
    before = _log(running)
    assert running.run([sweep_job(5)], lambda: running.heard.until("lost"), lambda: None, lambda: None) == "stopped"
    assert running.heard.events == ["started", "leading", "lost", "waiting", "stopped"]
    assert _log(running) == before
    assert RunBook(running.county.database).runs() == ()
    seen = running.row.seen()
    assert seen is not None
    assert (seen.holder, seen.token) == ("annan:2", 2)


def _log(running: Running) -> list[bytes]:
    with running.county.rows() as base:
        return [content for (content,) in base.execute("SELECT bytes FROM event ORDER BY seq")]


def test_a_leader_overtaken_in_the_middle_of_a_sweep_writes_nothing_more(running: Running) -> None:
    """The fence and not the beat: it has not yet heard that it was overtaken."""

    def overtaken_midway(engine: Engine, day: date) -> dict[str, int]:
        running.clock.moment += INTERVAL
        running.taken("annan:2")
        sweep(engine, day)
        return {"raised": 9}

    before = _log(running)
    lease = running.taken("här:1")
    performer = Performer(running.county.database, running.clock, "klockan", lease, running.heard)
    assert performer.perform(job(work=overtaken_midway), lambda: None) is False
    assert _log(running) == before
    assert running.heard.events == []


def test_a_sweep_without_the_fence_would_have_written(running: Running) -> None:
    """The negative control of the claim above."""
    running.taken("här:1")
    sweep(running.county.engine, running.clock.moment.date())
    assert len(stalled(running.county)) == 9


def test_a_job_that_raises_is_told_in_one_line_and_written_down_and_the_clock_goes_on(running: Running) -> None:
    fault = "delat\nmed noll"

    def broken(_engine: Engine, _day: date) -> dict[str, int]:
        raise ZeroDivisionError(fault)

    steps = [lambda: running.heard.until("failed"), lambda: running.heard.until("done")]
    assert running.run([job("a", broken), job("b")], *steps) == "stopped"
    (failed,) = [told for told in running.heard.told if told.event == "failed"]
    assert failed.values == {"job": "a", "error": "ZeroDivisionError: delat med noll"}
    by_name = {run.job: run for run in RunBook(running.county.database).runs()}
    assert by_name["a"].error == "ZeroDivisionError: delat med noll"
    assert (by_name["a"].done_for, by_name["a"].outcome) == (None, None)
    assert by_name["a"].ended_at == running.clock.moment
    assert by_name["b"].error is None


def test_a_job_is_done_again_after_it_failed_and_its_fault_is_forgotten(running: Running) -> None:
    lease = running.taken("här:1")
    performer = Performer(running.county.database, running.clock, "klockan", lease, running.heard)

    def broken(_engine: Engine, _day: date) -> dict[str, int]:
        raise DatabaseUnavailable(where="–", why="–")

    assert performer.perform(job(work=broken), lambda: None)
    assert performer.perform(job(), lambda: None)
    (run,) = RunBook(running.county.database).runs()
    assert (run.error, run.outcome) == (None, {"raised": 1})


def test_when_the_scheduler_s_thread_dies_it_is_told_why_and_the_process_ends(running: Running) -> None:
    end = running.run([job(trigger=Deadly())], thread_is_dead, lambda: pytest.fail("nobody noticed"))
    assert end == "died"
    (died,) = [told for told in running.heard.told if told.event == "died"]
    assert str(died.values["error"]).startswith("MemoryError: nothing after")
    seen = running.row.seen()
    assert seen is not None
    assert seen.holder is None


def test_when_the_beats_do_not_come_the_process_gives_itself_up(running: Running) -> None:
    class Hanging(LeaseRow):
        """A database that answers no beat."""

        go_on = threading.Event()

        def renew(self, lease: Lease, now: datetime) -> Lease:
            self.go_on.wait()
            return super().renew(lease, now)

    hanging = Hanging(running.county.database, "clock", INTERVAL)
    almost = running.passed(INTERVAL * 0.9)
    try:
        assert running.run([job()], *[almost] * 3, lambda: None, leases=hanging) == "silent"
    finally:
        Hanging.go_on.set()
    assert running.heard.events[-1] == "silent"


def test_a_database_out_of_reach_is_told_and_the_heart_beats_on(running: Running) -> None:
    class Failing(LeaseRow):
        """A database that is out of reach for one beat."""

        failed = False

        def renew(self, lease: Lease, now: datetime) -> Lease:
            if not Failing.failed:
                Failing.failed = True
                raise DatabaseUnavailable(where="–", why="nere")
            return super().renew(lease, now)

    failing = Failing(running.county.database, "clock", INTERVAL)
    assert running.run([job()], lambda: running.heard.until("beat_failed"), leases=failing) == "stopped"
    assert running.heard.events.count("gave_back") == 1
    assert "died" not in running.heard.events


def test_when_asked_to_stop_it_lets_a_job_that_runs_come_to_its_end_first(running: Running) -> None:
    begun, go_on = threading.Event(), threading.Event()
    holders: list[str | None] = []

    def slow(_engine: Engine, _day: date) -> dict[str, int]:
        begun.set()
        awaited(go_on)
        seen = running.row.seen()
        holders.append(seen.holder if seen else None)
        return {"raised": 1}

    ends: list[str] = []

    def run() -> None:
        ends.append(running.run([job(work=slow)], lambda: awaited(begun)))

    clock = threading.Thread(target=run)
    clock.start()
    awaited(begun)
    assert ends == []
    go_on.set()
    clock.join(60)
    assert ends == ["stopped"]
    assert holders == ["här:1"]
    assert running.heard.events == ["started", "leading", "done", "gave_back", "stopped"]


def test_a_database_that_is_not_there_is_refused_at_the_start(tmp_path: Path, running: Running) -> None:
    nowhere = LeaseRow(Database(f"sqlite:///{(tmp_path / 'saknas.db').as_posix()}"), "clock", INTERVAL)
    with pytest.raises(Exception, match="no such file"):
        running.run([job()], lambda: None, leases=nowhere)
    assert running.heard.events == []


def test_a_job_is_given_the_day_it_is_in_the_county(running: Running) -> None:
    """Just after midnight there, and not yet so in Greenwich."""
    days: list[date] = []

    def noting(engine: Engine, day: date) -> dict[str, int]:
        days.extend([day, engine.today])
        return {}

    lease = running.taken("här:1")
    performer = Performer(running.county.database, running.clock, "klockan", lease, running.heard)
    running.clock.moment = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
    assert performer.perform(job(work=noting), lambda: None)
    assert days == [date(2026, 7, 2), date(2026, 7, 2)]
    assert running.heard.events == []
