"""One holder at a time, each with a token of its own; and whoever was it once writes nothing any more."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from persistence.clock_runs import RunBook
from persistence.lease import Fence, Lease, LeaseLost, LeaseRow
from persistence.store import SqlStore
from tests.office import REPOSITORY
from tests.persistence.keeping import Keeping, batch, nothing

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
INTERVAL = timedelta(seconds=30)
RACERS, ROUNDS = 8, 5


@pytest.fixture
def leases(keeping: Keeping) -> LeaseRow:
    """The lease of a clock that was never started."""
    return LeaseRow(keeping.database, "clock", INTERVAL)


def taken(leases: LeaseRow, holder: str, now: datetime) -> Lease:
    lease = leases.acquire(holder, now)
    assert lease is not None
    return lease


def test_a_lease_nobody_has_is_free_and_one_somebody_has_is_not(leases: LeaseRow) -> None:
    assert leases.seen() is None
    first = taken(leases, "a:1", NOW)
    assert (first.token, first.holder, leases.seen()) == (1, "a:1", first)
    assert leases.acquire("b:2", NOW) is None
    # Not to its holder either: another process may bear the same name.
    assert leases.acquire("a:1", NOW) is None
    assert leases.seen() == first


def test_a_holder_is_overtaken_when_it_has_been_silent_for_the_interval_and_not_before(leases: LeaseRow) -> None:
    taken(leases, "a:1", NOW)
    assert leases.acquire("b:2", NOW + INTERVAL - timedelta(microseconds=1)) is None
    assert taken(leases, "b:2", NOW + INTERVAL).token == 2


def test_each_beat_begins_the_interval_anew(leases: LeaseRow) -> None:
    lease = taken(leases, "a:1", NOW)
    for beat in range(1, 10):
        lease = leases.renew(lease, NOW + beat * INTERVAL / 2)
        assert leases.acquire("b:2", NOW + (beat + 1.9) * INTERVAL / 2) is None


def test_a_lease_given_back_is_free_at_once(leases: LeaseRow) -> None:
    given = leases.release(taken(leases, "a:1", NOW), NOW)
    assert given.holder is None
    assert taken(leases, "b:2", NOW).token == 2


def test_who_was_late_but_was_not_overtaken_still_holds_it(leases: LeaseRow) -> None:
    lease = taken(leases, "a:1", NOW)
    assert leases.renew(lease, NOW + 10 * INTERVAL).token == 1
    assert leases.acquire("b:2", NOW + 10 * INTERVAL) is None


def test_who_was_overtaken_can_neither_renew_nor_give_back_what_is_another_s(leases: LeaseRow) -> None:
    stale = taken(leases, "a:1", NOW)
    fresh = taken(leases, "b:2", NOW + INTERVAL)
    for change in (leases.renew, leases.release):
        with pytest.raises(LeaseLost):
            change(stale, NOW + INTERVAL)
    assert leases.seen() == fresh


def test_who_gave_it_back_holds_nothing(leases: LeaseRow) -> None:
    lease = taken(leases, "a:1", NOW)
    for known in (lease, leases.release(lease, NOW)):
        for change in (leases.renew, leases.release):
            with pytest.raises(LeaseLost):
                change(known, NOW)


def test_a_beat_from_a_clock_since_set_back_keeps_nobody_waiting_for_a_day(leases: LeaseRow) -> None:
    taken(leases, "a:1", NOW + timedelta(days=1))
    assert taken(leases, "b:2", NOW).token == 2


def test_two_leases_know_nothing_of_each_other(keeping: Keeping) -> None:
    for name in ("clock", "other"):
        assert taken(LeaseRow(keeping.database, name, INTERVAL), "a:1", NOW).token == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["acquire", "renew", "release"]),
            st.sampled_from(["a:1", "b:2", "c:3"]),
            st.integers(-40, 40),
        ),
        max_size=15,
    )
)
def test_in_any_order_and_by_any_clock_the_lease_is_where_the_model_says(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, str, int]]
) -> None:
    """The model: who holds it, since which beat, and how many have; everybody remembers the last lease they had."""
    keeping = Keeping(tmp_path_factory.mktemp("lease"))
    keeping.database.create()
    leases = LeaseRow(keeping.database, "clock", INTERVAL)
    holder, beat, count, at = None, 0, 0, 0
    had: dict[str, Lease] = {}
    for verb, who, passed in asked:
        at += passed
        now = NOW + timedelta(seconds=at)
        free = holder is None or at - beat >= 30 or beat - at >= 30
        if verb == "acquire":
            lease = leases.acquire(who, now)
            assert (lease is not None) == free
            if lease is not None:
                holder, beat, count = who, at, count + 1
                assert lease.token == count
                had[who] = lease
        elif who in had:
            ours = holder == who and had[who].token == count
            try:
                had[who] = (leases.renew if verb == "renew" else leases.release)(had[who], now)
                assert ours
                holder, beat = (who if verb == "renew" else None), at
            except LeaseLost:
                assert not ours
    seen = leases.seen()
    assert ((seen.holder, seen.token) if seen else (None, 0)) == (holder, count)


# --- the fence -------------------------------------------------------------------------------------------------


def fenced(keeping: Keeping, fence: Fence | None) -> SqlStore:
    return SqlStore(keeping.database, keeping.clock, fence)


def test_a_leader_writes_for_as_long_as_nobody_has_overtaken_it(keeping: Keeping, leases: LeaseRow) -> None:
    store = fenced(keeping, taken(leases, "a:1", NOW).fence)
    assert store.append(batch("SAM-2026-0001", 0, "en"), nothing)
    taken(leases, "b:2", NOW + INTERVAL)
    before = keeping.dump()
    with pytest.raises(LeaseLost):
        store.append(batch("SAM-2026-0001", 1, "två"), nothing)
    assert keeping.dump() == before


def test_without_a_fence_the_write_of_a_stale_leader_gets_through(keeping: Keeping, leases: LeaseRow) -> None:
    """The negative control of the claim above: it is the fence, and nothing else, that stops it."""
    taken(leases, "a:1", NOW)
    taken(leases, "b:2", NOW + INTERVAL)
    assert fenced(keeping, None).append(batch("SAM-2026-0001", 0, "en"), nothing)


def test_a_lease_that_was_never_taken_lets_nothing_through(keeping: Keeping) -> None:
    with pytest.raises(LeaseLost):
        fenced(keeping, Fence("clock", 1)).append(batch("SAM-2026-0001", 0, "en"), nothing)


def test_who_gave_the_lease_back_writes_nothing_more(keeping: Keeping, leases: LeaseRow) -> None:
    lease = taken(leases, "a:1", NOW)
    leases.release(lease, NOW)
    with pytest.raises(LeaseLost):
        fenced(keeping, lease.fence).append(batch("SAM-2026-0001", 0, "en"), nothing)


def test_a_stale_leader_does_not_write_down_its_runs_over_those_of_the_next(keeping: Keeping, leases: LeaseRow) -> None:
    stale = RunBook(keeping.database, taken(leases, "a:1", NOW).fence)
    stale.begun("sweep", NOW, None)
    fresh = RunBook(keeping.database, taken(leases, "b:2", NOW + INTERVAL).fence)
    fresh.done("sweep", NOW + INTERVAL, NOW + INTERVAL, (NOW + INTERVAL).date(), {"raised": 2})
    before = fresh.runs()
    writes: list[Callable[[], None]] = [
        lambda: stale.begun("sweep", NOW, None),
        lambda: stale.done("sweep", NOW, NOW, NOW.date(), {}),
        lambda: stale.failed("sweep", NOW, "fel"),
        lambda: stale.planned("sweep", NOW),
    ]
    for write in writes:
        with pytest.raises(LeaseLost):
            write()
    assert fresh.runs() == before


# --- a real race -----------------------------------------------------------------------------------------------


def raced(keeping: Keeping, how: str, racers: int, rounds: int) -> list[int]:
    """The tokens of these many processes that take the lease and give it back, all at once, as they got them."""
    argv = [sys.executable, "-m", "tests.persistence.racing_for_a_lease", keeping.url, how, str(rounds)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(argv, cwd=REPOSITORY, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")
        for _ in range(racers)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n" * rounds)
        process.stdin.flush()
    said = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in said] == [0] * racers, said
    return [int(line) for (out, _), _ in said for line in out.split()]


@pytest.mark.slow
def test_eight_processes_compete_and_every_token_has_one_holder(keeping: Keeping) -> None:
    tokens = raced(keeping, "whole", RACERS, ROUNDS)
    assert sorted(tokens) == list(range(1, RACERS * ROUNDS + 1))


@pytest.mark.slow
def test_a_lease_taken_in_two_transactions_is_seen_to_be_held_twice(keeping: Keeping) -> None:
    """The negative control: all look before anybody takes it."""
    tokens = raced(keeping, "in-two", 2, 1)
    assert tokens == [1, 1]


def test_a_run_by_hand_leaves_the_plan_of_the_clock_as_it_was(keeping: Keeping, leases: LeaseRow) -> None:
    clock = RunBook(keeping.database, taken(leases, "a:1", NOW).fence)
    clock.done("sweep", NOW, NOW, NOW.date(), {})
    clock.planned("sweep", NOW + timedelta(hours=1))
    RunBook(keeping.database).done("sweep", NOW, NOW, NOW.date() - timedelta(days=3), {"raised": 1})
    (run,) = clock.runs()
    assert (run.token, run.outcome, run.next_run_at) == (None, {"raised": 1}, NOW + timedelta(hours=1))
    # A day once done stays done, whatever earlier day is done again.
    assert run.done_for == NOW.date()


def test_a_day_that_a_wrong_clock_said_was_done_is_still_to_be_done(keeping: Keeping) -> None:
    book = RunBook(keeping.database)
    ahead = NOW + timedelta(days=1)
    book.done("sweep", ahead, ahead, ahead.date(), {})
    book.done("sweep", NOW, NOW, NOW.date(), {})
    assert [run.done_for for run in book.runs()] == [NOW.date()]


def test_a_token_that_comes_again_from_an_older_copy_of_the_database_is_not_taken_for_ones_own(
    keeping: Keeping, leases: LeaseRow
) -> None:
    """The copy knows nothing of the present leader, and another has the same number before it beats."""
    lost = taken(leases, "a:1", NOW)
    with keeping.rows() as base:
        base.execute("DELETE FROM lease")
    for other in ("b:2", "a:1"):
        found = taken(leases, other, NOW + INTERVAL)
        assert found.token == lost.token
        for change in (leases.renew, leases.release):
            with pytest.raises(LeaseLost):
                change(lost, NOW + INTERVAL)
        assert leases.seen() == found
        with keeping.rows() as base:
            base.execute("DELETE FROM lease")
