"""Nothing is configured and never run: whatever the clock is said to do, it does, and it can be told in words."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from commands.scheduler_run import jobs
from commands.scheduler_words import COUNTS, JOBS
from correspondence.folder import FolderTransport
from correspondence.templates import read_templates
from persistence.clock_runs import RunBook
from persistence.outbox import Outbox
from scheduler.letters import Letterhead
from scheduler.outbox import Sender
from scheduler.sweep import Found, counted
from tests.persistence.keeping import Keeping
from tests.scheduler.hours import fired, utc
from tests.scheduler.running import Running, job

HOUR = timedelta(hours=1)


def clerk(county: Keeping, folder: Path) -> Callable[[date], Sender]:
    """Whoever sends this county's letters, as files in a folder."""
    head = Letterhead(
        sender="a@county.example", reply_to="a@county.example", answer_to=None, templates=read_templates(None)
    )
    return lambda day: Sender(name="clerk", day=day, head=head, transport=FolderTransport(folder), clock=county.clock)


def never() -> bool:
    return False


def no_letters(folders: pytest.TempPathFactory) -> tuple[Outbox, Callable[[date], Sender], Callable[[], bool]]:
    """A county that has nothing to send yet."""
    county = Keeping(folders.mktemp("county")).founded()
    return Outbox(county.database), clerk(county, folders.mktemp("letters")), never


@pytest.mark.parametrize("minute", [0, 5, 59])
def test_every_job_comes_round_within_an_hour_whenever_one_begins_to_wait(
    tmp_path_factory: pytest.TempPathFactory, minute: int
) -> None:
    found = jobs(minute, *no_letters(tmp_path_factory))
    assert found
    for each in found:
        for begin in ("2026-03-29T00:30", "2026-10-25T00:59", "2026-12-31T22:59", "2028-02-28T23:00"):
            moments = list(fired(each.trigger, utc(begin), utc(begin) + HOUR))
            assert moments, each.name


def test_every_job_has_a_name_of_its_own_and_a_word_for_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    names = [each.name for each in jobs(5, *no_letters(tmp_path_factory))]
    assert len(set(names)) == len(names)
    assert {*names, "heartbeat"} <= JOBS.keys()


def test_everything_a_sweep_counts_has_a_word() -> None:
    everything = Found(raised=(), cleared=(), took_effect=("a",), rerouted=("b", "c"))
    assert counted(everything) == {"took_effect": 1, "rerouted": 2}
    assert counted(everything).keys() <= COUNTS.keys()


def test_every_job_of_the_clock_has_run_as_soon_as_it_leads(tmp_path_factory: pytest.TempPathFactory) -> None:
    running = Running(Keeping(tmp_path_factory.mktemp("jobs")).founded())
    last = job("zz")
    outbox, whoever = Outbox(running.county.database), clerk(running.county, tmp_path_factory.mktemp("outbox"))
    wanted = [*jobs(5, outbox, whoever, never), last]
    book = RunBook(running.county.database)

    def all_have_run() -> None:
        running.heard.until("done")
        while {run.job for run in book.runs() if run.ended_at} != {each.name for each in wanted}:
            pass

    assert running.run(wanted, all_have_run) == "stopped"
    assert {run.job: run.error for run in book.runs()} == {each.name: None for each in wanted}
