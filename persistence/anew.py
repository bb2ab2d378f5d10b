"""What is kept beside the log made anew from it: every row that differs is put right, and no other is written.

All of it happens in the transaction of a connection that writes. A step to a later layout gives tables another shape
and leaves the rows to this: see migrations/.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.beside import differences
from persistence.bundles import CASES_AT_A_TIME, Bundles
from persistence.checkpoints import put_subtrees_right
from persistence.judging import Bundle, Stored, read_stored, view_of
from persistence.kept import KEPT, MadeRow, put_right
from workflow.audit import UNTELLABLE
from workflow.errors import N_
from workflow.ports import View
from workflow.refusals import HistoryBroken

#: Every table that is made anew, in the order in which it is done.
MADE = tuple(str(table.name) for table in (*KEPT, t.subtrees))


class PutRight(Struct, frozen=True, kw_only=True):
    """How many rows of a table were changed, added to it, and taken away."""

    table: str
    changed: int
    added: int
    removed: int


def make_all_anew(connection: Connection) -> tuple[PutRight, ...]:
    """Everything beside the log, whether any of it is known to differ or not. Raises HistoryBroken.

    Judges nothing: of a history that does not hold, what is kept is what that history tells.
    """
    return made_anew(connection, _every(Bundles(connection)), subtrees=True)


def make_anew(connection: Connection, refs: Iterable[str], *, subtrees: bool) -> tuple[PutRight, ...]:
    """What is kept under these names of cases and documents, and the hashes of ``subtrees``. Raises HistoryBroken."""
    return made_anew(connection, _called(Bundles(connection), refs), subtrees=subtrees)


def made_anew(connection: Connection, bundles: Iterable[Bundle], *, subtrees: bool) -> tuple[PutRight, ...]:
    """The tables in which something was put right. ``bundles`` must each be read when the one before is written."""
    done: dict[str, Counter[str]] = {name: Counter() for name in MADE}
    for bundle in bundles:
        for table, (strange, lacking) in _of_bundle(bundle).items():
            done[table.name].update(put_right(connection, table, strange, lacking))
    if subtrees:
        done[t.subtrees.name].update(put_subtrees_right(connection))
    counted = (PutRight(table=name, **count) for name, count in done.items() if count.total())
    return tuple(counted)


def _of_bundle(bundle: Bundle) -> dict[sa.Table, tuple[list[MadeRow], list[MadeRow]]]:
    """By table, the rows that are kept and should not be, and those that should be and are not.

    Of all in the bundle at once: a row that says it is another case's gives way to the one it should be.
    """
    found: dict[sa.Table, tuple[list[MadeRow], list[MadeRow]]] = {}
    for ref in dict.fromkeys((*bundle.records, *(ref for rows in bundle.beside.values() for ref in rows))):
        kept = {table: rows.get(ref, ()) for table, rows in bundle.beside.items()}
        for table, lacking, strange in differences(_view(ref, bundle.records.get(ref, ())), kept):
            strangers, lacked = found.setdefault(table, ([], []))
            strangers += strange
            lacked += lacking
    return found


def _view(ref: str, contents: Sequence[Stored]) -> View | None:
    records, lost = read_stored(ref, contents)
    if lost:
        raise HistoryBroken(seq=lost[0].seq, why=N_("its bytes hold no record"))
    try:
        return view_of(records)
    except UNTELLABLE as fault:
        raise HistoryBroken(seq=records[0].seq, why=str(fault)) from None


def _every(bundles: Bundles) -> Iterator[Bundle]:
    after = None
    for upto in bundles.bundle_ends():
        yield bundles.bundle(after, upto)
        after = upto


def _called(bundles: Bundles, refs: Iterable[str]) -> Iterator[Bundle]:
    some: list[str] = []
    for ref in refs:
        some.append(ref)
        if len(some) == CASES_AT_A_TIME:
            yield bundles.bundle_of(some)
            some = []
    if some:
        yield bundles.bundle_of(some)
