"""What has left and could not be recorded at once, a leader that is overtaken, and a stop between two letters."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from correspondence.transport import Outcome
from persistence.lease import Lease, LeaseLost, LeaseRow
from persistence.outbox import Outbox
from persistence.store import SqlStore
from scheduler.jobs import Job, outbox_job
from scheduler.leases import CLOCK
from scheduler.outbox import CLAIM, send_due
from scheduler.performing import Performer
from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from tests.scheduler.running import INTERVAL, Heard
from tests.scheduler.sending import outcomes, recorded_as_sent, send, sender, states
from tests.scheduler.test_outbox import Meanwhile, Scripted
from workflow.bad_data import NoDatabase, UnknownCase
from workflow.engine import Engine


def job(outbox: Keeping, transport: Scripted, is_to_stop: Callable[[], bool] = lambda: False) -> Job:
    """The clock's own, by this way out."""
    return outbox_job(Outbox(outbox.database), lambda day: sender(outbox, transport, day), is_to_stop)


def today(outbox: Keeping) -> date:
    return outbox.clock.moment.date()


def led(outbox: Keeping) -> tuple[Lease, Callable[[], None]]:
    """The lease, and what makes another take it over."""
    row = LeaseRow(outbox.database, CLOCK, INTERVAL)
    lease = row.acquire("här:1", outbox.clock.moment)
    assert lease is not None

    def overtake() -> None:
        assert row.acquire("annan:2", outbox.clock.moment + INTERVAL) is not None

    return lease, overtake


def test_what_a_leader_overtaken_amid_its_letters_has_sent_is_recorded_and_sent_by_nobody_else(
    outbox: Keeping,
) -> None:
    lease, overtake = led(outbox)
    first, second = Meanwhile(overtake), Scripted()
    performer = Performer(outbox.database, outbox.clock, "klockan", lease, Heard())
    assert performer.perform(job(outbox, first), lambda: None) is False
    send(outbox, second)
    assert Counter(to for to, _ in (*first.handed_over, *second.handed_over)).most_common(1)[0][1] == 1
    assert len(recorded_as_sent(outbox)) == len(PARTIES)


def test_a_letter_that_left_and_could_not_be_recorded_is_not_due_again_at_once(outbox: Keeping) -> None:
    """Whoever sends has no memory here: a timer's next run is another process."""
    lease, overtake = led(outbox)
    fenced = Engine(SqlStore(outbox.database, outbox.clock, lease.fence), outbox.clock, "klockan")
    first, second, third = Meanwhile(overtake), Scripted(), Scripted()
    with pytest.raises(LeaseLost):
        list(send_due(fenced, Outbox(outbox.database), sender(outbox, first)))
    assert outcomes(send(outbox, second)) == Counter(sent=len(PARTIES) - 1)
    outbox.clock.moment += CLAIM
    assert outcomes(send(outbox, third)) == Counter(sent=1)
    assert third.handed_over == first.handed_over


class Away(Scripted):
    """A way out during whose first letters the database is not where it was."""

    def __init__(self, outbox: Keeping, times: int) -> None:
        super().__init__()
        self.outbox = outbox.letting_go()
        self.place = outbox.file.with_name("away")
        self.times = times

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:
        if self.times:
            self.times -= 1
            self.outbox.file.rename(self.place)
        return super().deliver(message, sender, recipient, message_id)

    def back(self) -> None:
        self.place.rename(self.outbox.file)


def test_the_clock_records_what_has_left_before_anything_else_leaves_and_sends_nothing_twice(outbox: Keeping) -> None:
    away = Away(outbox, 1)
    work = job(outbox, away).work
    for _ in range(3):
        with pytest.raises(NoDatabase):
            work(outbox.engine, today(outbox))
        assert len(away.handed_over) == 1
    away.back()
    assert work(outbox.engine, today(outbox)) == {"sent": len(PARTIES) - 1}
    assert set(Counter(to for to, _ in away.handed_over).values()) == {1}
    assert len(recorded_as_sent(outbox)) == len(PARTIES)
    assert states(outbox) == {"sent": len(PARTIES)}
    outbox.clock.moment += 2 * CLAIM
    assert work(outbox.engine, today(outbox)) == {}


def test_what_can_never_be_recorded_keeps_nothing_else_from_leaving(outbox: Keeping, tmp_path: Path) -> None:
    """Its case is not in the database that is put in the place of the lost one."""
    away = Away(outbox, 1)
    work = job(outbox, away).work
    with pytest.raises(NoDatabase):
        work(outbox.engine, today(outbox))
    (tmp_path / "other").mkdir()
    other = Keeping(tmp_path / "other").founded()
    other.database.close()
    other.file.rename(outbox.file)
    with pytest.raises(UnknownCase):
        work(Engine(outbox.store, outbox.clock, "klockan"), today(outbox))
    assert work(Engine(outbox.store, outbox.clock, "klockan"), today(outbox)) == {}


def test_asked_to_stop_the_clock_sends_the_letter_in_hand_and_leaves_the_rest_due_to_anybody(outbox: Keeping) -> None:
    first, second = Scripted(), Scripted()
    work = job(outbox, first, lambda: len(first.handed_over) >= 3).work
    assert work(outbox.engine, today(outbox)) == {"sent": 3}
    outbox.clock.moment += timedelta(seconds=1)
    assert outcomes(send(outbox, second)) == Counter(sent=len(PARTIES) - 3)
