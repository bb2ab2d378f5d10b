"""Whether what is kept ready of a case is what its records make of it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from persistence.kept import KEPT, MadeRow, kept_rows
from workflow.chain import Finding
from workflow.ports import View

#: A row as the database gives it: the values in the order of the table's columns.
Row = tuple[Any, ...]


class Difference(NamedTuple):
    """What a table lacks of the rows of a case or a document, and the rows it has and should not have."""

    table: sa.Table
    lacking: list[MadeRow]
    strange: list[MadeRow]


_NAMES = {table: tuple(column.name for column in table.columns) for table in KEPT}
_VALUES = {table: itemgetter(*names) for table, names in _NAMES.items()}


def findings_beside(view: View | None, ref: str, kept: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    """Where the rows ``kept`` of a case or a document, by table, differ from its view's; without one there are none."""
    for table, lacking, strange in differences(view, kept):
        one_by_one = zip_longest(sorted(map(_plain, lacking)), sorted(map(_plain, strange)), fillvalue="–")
        for one, other in one_by_one:
            yield Finding(seq=None, case=ref, check=str(table.name), expected=one, found=other)


def differences(view: View | None, kept: Mapping[str, Sequence[Row]]) -> Iterator[Difference]:
    """The tables in ``kept`` whose rows of a case or a document are not its view's; without a view there are none."""
    wanted = kept_rows(view) if view is not None else {}
    for table in KEPT:
        if table.name not in kept:
            continue
        made, rows = wanted.get(table, []), kept[table.name]
        if not _same(table, made, rows):
            difference = _difference(table, made, rows)
            if difference.lacking or difference.strange:
                yield difference


def strangers(refs: Mapping[str, object], kept: Mapping[str, Mapping[str, object]]) -> Iterator[Finding]:
    """Rows kept of cases and documents that the log does not know."""
    for table in KEPT:
        for ref in kept.get(table.name, ()):
            if ref not in refs:
                yield Finding(seq=None, case=ref, check=str(table.name), expected="–", found=ref)


def _same(table: sa.Table, made: Sequence[MadeRow], kept: Sequence[Row]) -> bool:
    """Whether they are the same to the last sign, in any order. If not, what they say may still be the same."""
    if len(made) != len(kept):
        return False
    wanted = list(map(_VALUES[table], made))
    return wanted == list(kept) or set(wanted) == set(kept)


def _difference(table: sa.Table, made: Sequence[MadeRow], kept: Sequence[Row]) -> Difference:
    found = [dict(zip(_NAMES[table], row, strict=True)) for row in kept]
    return Difference(table, _without(made, found), _without(found, made))


def _without(rows: Sequence[MadeRow], others: Sequence[MadeRow]) -> list[MadeRow]:
    """Those that the others lack. One that stands twice is one too many: the key against it may have been dropped."""
    left = Counter(map(_plain, others))
    lacking = []
    for row in rows:
        plain = _plain(row)
        if left[plain]:
            left[plain] -= 1
        else:
            lacking.append(row)
    return lacking


def _plain(row: Mapping[str, object]) -> str:
    """A row in one form, whatever the order of keys inside its JSON."""
    told = {key: _parsed(value) if key == "body" and isinstance(value, str) else value for key, value in row.items()}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)


def _parsed(value: str) -> object:
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
