"""scheduler status: whether the clock lives, and what it did last."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

import click

from commands.clock import SystemClock
from commands.console import emit_json, filled, say
from commands.params import option
from commands.scheduler_words import job_name, outcome_in_words
from commands.session import Session
from commands.tables import show_table
from persistence.clock_runs import Run, RunBook
from persistence.lease import LeaseRow
from scheduler.leases import CLOCK, INTERVAL
from scheduler.status import State, Status, status_of
from translations import translate as _
from workflow.errors import N_, Message
from workflow.local_time import county_time

_STOPPED = 1

_SENTENCES: dict[State, Message] = {
    "running": N_("The clock runs: {leader} leads with token {token}; last beat {lag} s ago."),
    "stale": N_("The clock has stopped: {leader} has been silent for {lag} s; at most {interval} s are in order."),
    "stopped": N_("The clock was stopped {beat}; nobody leads."),
    "never": N_("The clock was never started."),
}
_AHEAD = N_(
    "The clock has stopped: the last beat of {leader} lies {ahead} s ahead, so the machine's clock has been set back; "
    "nobody waits for it."
)
_BY: dict[Literal["clock", "command"], Message] = {
    "clock": N_("The last sweep was run by the clock {moment}, {minutes} min ago."),
    "command": N_("The last sweep was run by hand or by a timer {moment}, {minutes} min ago."),
}


@click.command(
    help=_(N_("Show whether the clock lives, and the last and next run of each job; exit 1 if it does not."))
)
@option(
    "--swept-within",
    type=click.IntRange(1, 8760),
    metavar="HOURS",
    help=N_("Ask for the sweeps instead, whoever runs them: exit 1 unless the last one ended that recently."),
)
@click.pass_obj
def status(session: Session, /, swept_within: int | None) -> int:
    """Shows how the clock stands; 1 unless it runs, or unless a sweep is recent enough where that is asked."""
    lease = LeaseRow(session.database, CLOCK, INTERVAL).seen()
    runs = RunBook(session.database).runs()
    found = status_of(lease, runs, SystemClock().now(), session.today)
    if session.as_json:
        emit_json(_as_json(found))
    else:
        _show(found)
    in_order = found.state == "running" if swept_within is None else found.swept_within(timedelta(hours=swept_within))
    return 0 if in_order else _STOPPED


def _as_json(found: Status) -> dict[str, Any]:
    lease = found.lease
    return {
        "state": found.state,
        "leader": lease.holder if lease else None,
        "token": lease.token if lease else None,
        "interval_seconds": int(lease.interval.total_seconds()) if lease else None,
        "leading_since": _iso(lease.taken_at) if lease and lease.holder is not None else None,
        "beat_at": _iso(lease.beat_at) if lease else None,
        "lag_seconds": int(found.lag.total_seconds()) if found.lag is not None else None,
        "swept_to": str(found.swept_to) if found.swept_to else None,
        "days_unswept": found.days_unswept,
        "last_sweep": _last_sweep(found),
        "jobs": [
            {
                "job": run.job,
                "token": run.token,
                "last_run": _iso(run.started_at),
                "ended": _iso(run.ended_at),
                "outcome": dict(run.outcome) if run.outcome is not None else None,
                "error": run.error,
                "next_run": _iso(run.next_run_at),
            }
            for run in _listed(found)
        ],
    }


def _last_sweep(found: Status) -> dict[str, Any] | None:
    run = found.sweep
    if run is None or found.sweep_age is None:
        return None
    return {
        "by": _ran_it(run),
        "began": _iso(run.started_at),
        "ended": _iso(run.ended_at),
        "error": run.error,
        "age_seconds": int(found.sweep_age.total_seconds()),
    }


def _ran_it(run: Run) -> Literal["clock", "command"]:
    return "command" if run.token is None else "clock"


def _listed(found: Status) -> Iterator[Run]:
    """Every job, the heartbeat last."""
    yield from found.runs
    if found.lease is not None:
        at = found.lease.beat_at
        yield Run(job="heartbeat", token=found.lease.token, started_at=at, ended_at=at, next_run_at=found.next_beat)


def _show(found: Status) -> None:
    lease = found.lease
    lag = int(found.lag.total_seconds()) if found.lag is not None else 0
    values = {
        "leader": lease.holder if lease else None,
        "token": lease.token if lease else None,
        "interval": int(lease.interval.total_seconds()) if lease else None,
        "beat": county_time(lease.beat_at) if lease else None,
        "lag": max(lag, 0),
        "ahead": -lag,
    }
    say(filled(_AHEAD if found.state == "stale" and lag < 0 else _SENTENCES[found.state], **values))
    if found.days_unswept is None:
        say(_(N_("No sweep has been run.")))
    else:
        sentence = N_("Swept to {day}; days not yet swept: {days}.")
        say(filled(sentence, day=found.swept_to, days=found.days_unswept))
    if found.sweep is not None and found.sweep_age is not None:
        moment = _clock(found.sweep.ended_at or found.sweep.started_at)
        minutes = int(found.sweep_age.total_seconds()) // 60
        say(filled(_BY[_ran_it(found.sweep)], moment=moment, minutes=minutes))
    headings = (_(N_("Job")), _(N_("Last run")), _(N_("What came of it")), _(N_("Next run")))
    show_table(headings, [_row(run) for run in _listed(found)])


def _row(run: Run) -> tuple[str, str, str, str]:
    return (job_name(run.job), _clock(run.started_at), _came_of(run), _clock(run.next_run_at))


def _came_of(run: Run) -> str:
    if run.error is not None:
        return filled(N_("failed: {error}"), error=run.error)
    if run.started_at is not None and run.ended_at is None:
        return _(N_("begun, not ended"))
    return outcome_in_words(run.outcome) if run.outcome is not None else "–"


def _clock(moment: datetime | None) -> str:
    return county_time(moment) if moment is not None else "–"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
