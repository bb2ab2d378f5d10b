"""A process that dies at any point of any kind of act leaves the state before it or the state after it.

At each point the files are copied as the system has them: a killed process leaves just that, whatever it still held
in memory. The points: before BEGIN, before and after each statement, before COMMIT, after COMMIT.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from persistence.kept import write_view
from persistence.store import SqlStore
from tests.driver_taps import COMMIT, Heard, tapped
from tests.faults.every_act import Deed, story
from tests.faults.stored import Stored, as_on_disk, laid, stored
from tests.persistence.keeping import Keeping
from workflow import acts
from workflow.permission import FOLLOWING
from workflow.ports import Batch
from workflow.record import Record
from workflow.register.acts import DocumentAct
from workflow.views import CaseView

Disk = dict[str, bytes]


class Watch:
    """Copies the files at every point that the database passes; what is as at the point before is kept once."""

    def __init__(self, kept: Keeping) -> None:
        self._kept = kept
        self.passed: Counter[str] = Counter()
        self.seen: list[tuple[str, Disk]] = []

    def point(self, name: str) -> None:
        """The database is at this point now."""
        disk = as_on_disk(self._kept.file)
        self.passed[name] += 1
        if not self.seen or self.seen[-1][1] != disk:
            self.seen.append((name, disk))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While this is open, points are noted."""
        with tapped(self._kept.database, before=self._at("before"), after=self._at("after")):
            yield

    def _at(self, when: str) -> Heard:
        return lambda words, _: self.point(f"{when} {words if words == COMMIT else 'a statement'}")


def crashed(watch: Watch, kept: Keeping, deed: Deed, aside: Path) -> tuple[Stored, Stored, list[tuple[str, Stored]]]:
    """What was stored before the act, after it, and what a crash at each of its points would leave."""
    before = stored(kept.file)
    watch.seen.clear()
    with watch.kept():
        deed.do(kept.engine)
    watch.point("answered")
    left = [(point, stored(laid(disk, aside))) for point, disk in watch.seen]
    return before, stored(kept.file), left


def test_a_crash_at_any_point_of_any_kind_of_act_leaves_the_state_before_or_after(
    made: Keeping, tmp_path: Path, record_property: Any
) -> None:
    watch, kinds = Watch(made), set()
    for deed in story(made):
        kinds.add(deed.kind)
        before, after, left = crashed(watch, made, deed, tmp_path / "aside.sqlite")
        assert before != after, deed
        for point, found in left[:-1]:
            assert found in (before, after), f"{deed.kind.__name__}: {point}"
        assert left[-1][1] == after, f"{deed.kind.__name__}: acknowledged and lost"
    assert kinds == {*get_args(acts.CaseAct), *get_args(acts.OrganisationAct), *get_args(DocumentAct)} - {*FOLLOWING}
    assert made.findings() == ()
    assert watch.passed["after COMMIT"] >= len(kinds)
    record_property("crash_points", watch.passed.total())


class TwiceCommitting(SqlStore):
    """The seeded defect: the log in one transaction, what is kept beside it in another."""

    def append(self, batch: Batch, keep: Any) -> tuple[Record, ...]:
        owed: list[CaseView | None] = []

        def put_off(records: Sequence[Record]) -> None:
            owed.append(keep(records))

        records = super().append(batch, put_off)
        with self.database.writing() as connection:
            for view in owed:
                if view is not None:
                    write_view(connection, view)
        return records


def test_a_store_that_commits_twice_is_caught_between(made: Keeping, tmp_path: Path) -> None:
    """The negative control."""
    made.engine.store = TwiceCommitting(made.database, made.clock)
    watch, halves = Watch(made), 0
    for deed in story(made):
        before, after, left = crashed(watch, made, deed, tmp_path / "aside.sqlite")
        if not issubclass(deed.kind, get_args(acts.OrganisationAct)):
            assert any(found not in (before, after) for _, found in left), deed
            halves += 1
        if halves == 5:
            return
