"""The clock as a process of its own: started, asked, stopped, killed, and taken over from."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands.scheduler_run import asked_to_stop
from tests.commands.claims import Desk, refused
from tests.office import REPOSITORY, Office

#: The shortest interval there is, where a silence is waited for; elsewhere one that no busy machine is late for.
SHORT, LONG = "1", "60"
#: Seconds after which a process that should have ended fails its test instead of hanging.
NEVER = 60
RUN = ("scheduler", "run", "--interval")

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that one process may send another")

Start = Callable[..., "Clock"]


class Clock:
    """A clock in a process of its own, and what it has told."""

    def __init__(self, office: Office, interval: str, fault: str | None) -> None:
        module = ["tests.scheduler.clock_with_a_fault", fault] if fault else ["cli"]
        argv = [sys.executable, "-m", *module, *office.argv(*RUN, interval)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(argv, cwd=REPOSITORY, stdout=pipe, stderr=pipe, encoding="utf-8")
        self.told: list[dict[str, Any]] = []

    def until(self, event: str, **values: object) -> dict[str, Any]:
        """The next time it tells this, with these values among others; fails when it ends before."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.told.append(json.loads(line))
            if {"event": event, **values}.items() <= self.told[-1].items():
                return self.told[-1]
        pytest.fail(f"it ended without «{event}»: {self.told}")

    def ended(self, by: signal.Signals | None = None) -> tuple[int, list[str], str]:
        """Its exit code, all it told by name, and its output, when it has ended; ``by`` this signal."""
        if by is not None:
            self.process.send_signal(by)
        out, err = self.process.communicate()
        self.told += [json.loads(line) for line in err.splitlines()]
        return self.process.returncode, [each["event"] for each in self.told], out


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts clocks; none outlives the test."""
    started: list[Clock] = []

    def begin(office: Office, interval: str, fault: str | None = None) -> Clock:
        started.append(Clock(office, interval, fault))
        return started[-1]

    yield begin
    for clock in started:
        clock.process.kill()
        clock.process.communicate()


def status(office: Office) -> tuple[int, dict[str, Any]]:
    reply = office("scheduler", "status")
    return reply.code, reply.json


@posix
@pytest.mark.slow
def test_one_leads_the_other_waits_and_takes_over_when_the_first_is_asked_to_stop(desk: Desk, start: Start) -> None:
    office, _ = desk("sent_to_parties")
    first = start(office, LONG)
    # The outbox, which runs beside it, may be done before it is.
    assert first.until("done", job="sweep")["outcome"].keys() == {"raised"}
    raised = office("flag", "list", expect=0).json
    assert len([flag for flag in raised if flag["kind"] == "ratification_stalled"]) == 9
    code, told = status(office)
    assert (code, told["state"], told["token"], told["interval_seconds"]) == (0, "running", 1, 60)
    assert told["leader"].endswith(f":{first.process.pid}")
    second = start(office, LONG)
    assert second.until("waiting")["why"] == told["leader"]
    code, events, out = first.ended(signal.SIGTERM)
    assert (code, events[-2:]) == (0, ["gave_back", "stopped"])
    assert json.loads(out)["end"] == "stopped"
    assert second.until("leading")["token"] == 2
    assert second.ended(signal.SIGINT)[0] == 0
    # The second swept as well, and found nothing left to do.
    assert office("flag", "list", expect=0).json == raised
    assert b"".join(office.copy_log_bytes()).count(b'"flag_raised"') == len(raised)
    code, told = status(office)
    assert (code, told["state"], told["leader"], told["token"]) == (1, "stopped", None, 2)
    assert told["last_sweep"]["by"] == "clock"
    assert {row["next_run"] for row in told["jobs"]} == {None}
    assert office("audit", "verify", expect=0).json["findings"] == []


def an_interval_later(county: Office) -> None:
    """As if the last beat were older: nobody waits, and none who is late is taken for silent."""
    with contextlib.closing(sqlite3.connect(county.file)) as base, base:
        base.execute("UPDATE lease SET beat_at = ?", ((datetime.now(UTC) - timedelta(minutes=2)).isoformat(),))


@posix
@pytest.mark.slow
def test_what_a_killed_leader_leaves_is_taken_over(county: Office, start: Start) -> None:
    first = start(county, LONG)
    first.until("leading")
    second = start(county, LONG)
    second.until("waiting")
    first.process.kill()
    first.process.wait()
    an_interval_later(county)
    assert second.until("leading")["token"] == 2
    assert status(county)[1]["token"] == 2


@pytest.mark.slow
def test_a_process_whose_thread_has_died_says_so_and_ends_so_that_it_is_started_again(
    county: Office, start: Start
) -> None:
    clock = start(county, LONG, "dead")
    assert "MemoryError" in clock.until("died")["error"]
    code, events, _ = clock.ended()
    assert code == 70
    assert events[-1] == "gave_back"
    code, told = status(county)
    assert (code, told["state"]) == (1, "stopped")


@pytest.mark.slow
def test_a_thread_that_dies_unseen_in_a_living_process_is_seen_from_outside(county: Office, start: Start) -> None:
    clock = start(county, SHORT, "dead-unseen")
    clock.until("leading")
    code, told = status(county)
    while code == 0:
        code, told = status(county)
    assert clock.process.poll() is None
    assert (code, told["state"]) == (1, "stale")
    assert told["lag_seconds"] >= told["interval_seconds"]


@pytest.mark.slow
def test_a_process_whose_beats_hang_ends_by_itself(county: Office, start: Start) -> None:
    clock = start(county, LONG, "hung")
    code, events, _ = clock.ended()
    assert (code, events[-1]) == (70, "silent")


@posix
@pytest.mark.slow
def test_asked_twice_to_stop_it_ends_at_once_whatever_its_jobs_do(county: Office, start: Start) -> None:
    # As a shell begins what is followed by «&»: Ctrl-C is to be heard all the same, and twice.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        clock = start(county, LONG, "busy")
    finally:
        signal.signal(signal.SIGINT, before)
    clock.until("busy")
    clock.process.send_signal(signal.SIGINT)
    clock.until("stopping")
    clock.process.send_signal(signal.SIGINT)
    assert clock.process.wait(NEVER) == 130
    code, events, out = clock.ended()
    assert (code, events[-1], out) == (130, "stopping", "")


@posix
@pytest.mark.slow
def test_a_terminal_that_is_closed_asks_it_to_stop(county: Office, start: Start) -> None:
    clock = start(county, LONG)
    clock.until("leading")
    code, events, _ = clock.ended(signal.SIGHUP)
    assert (code, events[-2:]) == (0, ["gave_back", "stopped"])


@posix
def test_one_that_is_to_outlive_its_terminal_does_not_hear_of_its_end() -> None:
    """As nohup has it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with asked_to_stop() as asked:
            signal.raise_signal(signal.SIGHUP)
            assert not asked.is_set()
            signal.raise_signal(signal.SIGTERM)
            assert asked.is_set()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_clock_that_was_never_started_gives_exit_1_and_says_so(county: Office) -> None:
    code, told = status(county)
    assert (code, told["state"], told["jobs"], told["days_unswept"]) == (1, "never", [], None)
    reply = county("scheduler", "status", json=False, expect=1)
    assert "never started" in reply.out
    assert "aldrig startats" in county("scheduler", "status", json=False, lang="sv", expect=1).out


def test_a_sweep_by_hand_is_seen_in_the_status_also_where_no_clock_is_run(county: Office) -> None:
    county("sweep", "--dry-run", expect=0)
    assert status(county)[1]["jobs"] == []
    county("sweep", expect=0)
    code, told = status(county)
    assert (code, told["state"], told["days_unswept"]) == (1, "never", 0)
    (row,) = told["jobs"]
    assert (row["job"], row["token"], row["outcome"], row["error"]) == ("sweep", None, {}, None)
    assert row["last_run"] <= row["ended"]


def test_with_timers_alone_the_status_tells_who_ran_the_last_sweep_and_can_be_asked_for_its_age(county: Office) -> None:
    asked = ("scheduler", "status", "--swept-within", "2")
    assert county(*asked, expect=1).json["last_sweep"] is None
    county("sweep", today="2026-03-02", expect=0)
    county(*asked, expect=1)
    county("sweep", expect=0)
    told = county(*asked, expect=0).json
    assert (told["state"], told["last_sweep"]["by"], told["last_sweep"]["error"]) == ("never", "command", None)
    assert 0 <= told["last_sweep"]["age_seconds"] < 3600
    assert status(county)[0] == 1
    said = county("scheduler", "status", json=False, expect=1).out
    assert "never started" in said
    assert "by hand or by a timer" in said
    assert "för hand" in county("scheduler", "status", json=False, lang="sv", expect=1).out
    refused(county, "scheduler", "status", "--swept-within", "0", code="usage", exit_code=2)


def test_the_clock_keeps_the_real_date_and_refuses_another(county: Office) -> None:
    refused(county, *RUN, LONG, code="usage", exit_code=2, today="2026-03-02")
    assert status(county)[1]["state"] == "never"


def test_without_a_database_there_is_nothing_to_run_and_nothing_to_tell(office: Office) -> None:
    for words in ((*RUN, LONG), ("scheduler", "status")):
        assert office(*words, expect=66).error["code"] == "no_database"
    assert not office.file.exists()


@pytest.mark.parametrize("given", [("--interval", "0"), ("--interval", "soon"), ("--sweep-minute", "60")])
def test_what_is_no_interval_and_no_minute_is_refused(county: Office, given: tuple[str, str]) -> None:
    refused(county, "scheduler", "run", *given, code="usage", exit_code=2)


@posix
@pytest.mark.slow
def test_a_person_is_told_on_stderr_one_line_for_each_thing_in_their_own_language(county: Office) -> None:
    pipe = subprocess.PIPE
    argv = [sys.executable, "-m", "cli", *county.argv(*RUN, LONG, json=False, lang="sv")]
    with subprocess.Popen(argv, cwd=REPOSITORY, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        second = process.stderr.readline()
        shown = county("scheduler", "status", json=False, lang="sv", expect=0).out
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (0, "")
    assert "Klockan är startad" in first
    assert "Leder" in second
    assert [line for line in err.splitlines() if "Traceback" in line] == []
    assert len(err.splitlines()) == 2
    assert "Klockan går" in shown
    assert "genomgång" in shown
    assert max(len(line) for line in shown.splitlines()) <= 100
