"""However many sweep at once, each party that is late is told of once."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from persistence.store import SqlStore
from scheduler.sweep import sweep
from tests.office import PARTIES, Office
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import ASKED_BY, sent
from workflow.engine import Engine
from workflow.ports import Batch, Keep
from workflow.record import Record

DAY_AFTER = ASKED_BY + timedelta(days=1)
#: 33 cases with all nine parties, and one with three: three hundred parties that are late.
CASES = [PARTIES] * 33 + [PARTIES[:3]]

Owed = set[tuple[str, str | None]]


@pytest.fixture(scope="module")
def stalled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Keeping, Owed]:
    """A county in which three hundred parties are late, never to be swept itself; and who they are."""
    keeping = Keeping(tmp_path_factory.mktemp("stalled")).founded()
    owed: Owed = set()
    for number, parties in enumerate(CASES):
        ref = sent(keeping, f"text {number}".encode(), parties=parties)
        owed |= {(ref, party) for party in parties}
    return keeping, owed


def raised(keeping: Keeping) -> Counter[tuple[str, str | None]]:
    """How often each party was flagged as late, over the whole log."""
    with keeping.rows() as base:
        rows = base.execute("SELECT bytes FROM event WHERE kind = 'flag_raised' ORDER BY seq").fetchall()
    records = [json.loads(content) for (content,) in rows]
    flags = [(record["stream"], record["event"]["flag"]) for record in records]
    return Counter((ref, flag["party"]) for ref, flag in flags if flag["kind"] == "ratification_stalled")


@pytest.mark.slow
@pytest.mark.parametrize("sweeps", [2, 5])
def test_sweeps_at_once_raise_each_of_three_hundred_flags_once(
    stalled: tuple[Keeping, Owed], tmp_path: Path, sweeps: int
) -> None:
    county, owed = stalled[0].copied_to(tmp_path), stalled[1]
    assert len(owed) == 300
    office = Office(tmp_path)
    assert office.file == county.file
    # However long a busy machine lets one of them wait for the others.
    office.url += "?timeout=600"
    running = [office.spawn("sweep", today=DAY_AFTER) for _ in range(sweeps)]
    replies = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in replies] == [0] * sweeps, replies
    told = [flag for (out, _), _ in replies for flag in json.loads(out)["raised"]]
    late = [(flag["case"], flag["party"]) for flag in told if flag["kind"] == "ratification_stalled"]
    assert Counter(late) == raised(county) == Counter(owed)
    assert county.findings() == ()
    assert county.store.due_for_check(DAY_AFTER) == []


class Interrupted(SqlStore):
    """A store where another sweeps whenever this one has decided and not yet written.

    ``blind`` is a seeded fault: it writes on top of whatever version it finds.
    """

    def __init__(self, county: Keeping, day: date, *, blind: bool) -> None:
        super().__init__(county.database, county.clock)
        self.blind = blind
        self.other: Callable[[], object] = lambda: sweep(county.engine, day)

    def append(self, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        self.other()
        if self.blind:
            batch = replace(batch, expected=len(self.stream(batch.stream)))
        return super().append(batch, keep)


@pytest.mark.parametrize("blind", [False, True], ids=["as it is", "blind"])
def test_a_sweep_overtaken_by_another_raises_nothing_again_unless_it_is_blind(
    stalled: tuple[Keeping, Owed],
    tmp_path: Path,
    blind: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The same race without luck; blind, it is the negative control: twice the flags, and the count shows it."""
    county, owed = stalled[0].copied_to(tmp_path), stalled[1]
    engine = Engine(Interrupted(county, DAY_AFTER, blind=blind), county.clock, "en annan")
    sweep(engine, DAY_AFTER)
    found = raised(county)
    assert set(found) == owed
    assert (max(found.values()) > 1) == blind


@pytest.mark.parametrize("blind", [False, True], ids=["as it is", "blind"])
def test_a_party_is_reminded_once_by_two_sweeps_unless_one_is_blind(
    stalled: tuple[Keeping, Owed],
    tmp_path: Path,
    blind: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """One letter a party and reminder day; blind, it is the negative control."""
    county, owed = stalled[0].copied_to(tmp_path), stalled[1]
    day = ASKED_BY - timedelta(days=7)
    sweep(Engine(Interrupted(county, day, blind=blind), county.clock, "en annan"), day)
    with county.rows() as base:
        rows = base.execute("SELECT bytes FROM event WHERE kind = 'reminded'").fetchall()
    told = [json.loads(content) for (content,) in rows]
    found = Counter((record["stream"], record["event"]["letter"]["party"]) for record in told)
    assert set(found) == owed
    assert (max(found.values()) > 1) == blind
    assert (found == Counter(owed)) != blind
