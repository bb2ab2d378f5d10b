"""Whether what is kept ready of a case is what its records make of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from persistence.views import MADE_BY
from workflow.audit import Finding
from workflow.views import CaseView

#: A row as the database gives it: the values in the order of the table's columns.
Row = tuple[Any, ...]


def findings_beside(view: CaseView | None, ref: str, kept: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    """Where the rows ``kept`` of a case, by table, differ from those of its view; without one there should be none."""
    for table, make in MADE_BY.items():
        wanted = make(view) if view is not None else []
        rows = kept.get(table.name, ())
        if not _same(wanted, rows):
            yield from _differences(table, ref, wanted, rows)


def strangers(refs: Mapping[str, object], kept: Mapping[str, Mapping[str, object]]) -> Iterator[Finding]:
    """Rows kept of cases that the log does not know."""
    for table in MADE_BY:
        for ref in kept.get(table.name, ()):
            if ref not in refs:
                yield Finding(seq=None, case=ref, check=str(table.name), expected="–", found=ref)


def _same(wanted: Sequence[Mapping[str, object]], kept: Sequence[Row]) -> bool:
    """Whether they are the same to the last sign, in any order. If not, what they say may still be the same."""
    if len(wanted) != len(kept):
        return False
    made = [tuple(row.values()) for row in wanted]
    return made == list(kept) or set(made) == set(kept)


def _differences(
    table: sa.Table, ref: str, wanted: Sequence[Mapping[str, object]], kept: Sequence[Row]
) -> Iterator[Finding]:
    names = [column.name for column in table.columns]
    rebuilt = sorted(_plain(row) for row in wanted)
    found = sorted(_plain(dict(zip(names, row, strict=True))) for row in kept)
    lacking = [row for row in rebuilt if row not in found]
    strange = [row for row in found if row not in rebuilt]
    for one, other in zip_longest(lacking, strange, fillvalue="–"):
        yield Finding(seq=None, case=ref, check=str(table.name), expected=one, found=other)


def _plain(row: Mapping[str, object]) -> str:
    """A row in one form, whatever the order of keys inside its JSON."""
    told = {key: _parsed(value) if key == "body" and isinstance(value, str) else value for key, value in row.items()}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)


def _parsed(value: str) -> object:
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
