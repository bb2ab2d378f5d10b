"""What is kept ready beside the log, as rows: of a case, of a document. Each is made of a view, and of nothing else."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.prepared import Prepared
from workflow.facts import Flag
from workflow.letters import Posted
from workflow.register.view import DocumentView
from workflow.views import CaseView

#: A row to be kept: its values by the names of the columns.
MadeRow = dict[str, object]

#: The values of a row's primary key.
Key = tuple[object, ...]

#: Every table that holds something kept ready.
KEPT = (t.cases, t.documents, t.duties, t.flags, t.outbox)

_encoder = msgspec.json.Encoder()


def case_row(view: CaseView) -> MadeRow:
    """The row of a case's view."""
    return {
        **_row_of_either(view),
        "in_force_from": view.in_force_from.isoformat() if view.in_force_from else None,
        "body": _encoder.encode(view.body).decode(),
    }


def document_row(view: DocumentView) -> MadeRow:
    """The row of a document's view."""
    return {**_row_of_either(view), "awaits": view.awaits, "body": view.body}


def _row_of_either(view: CaseView | DocumentView) -> MadeRow:
    """The columns that a case and a document both have."""
    return {
        "ref": view.ref,
        "type": view.type,
        "title": view.title,
        "age_group": view.group,
        "state": view.state,
        "structure": view.structure,
        "version": view.version,
        "is_open": int(view.is_open),
        "next_check": view.next_check.isoformat() if view.next_check else None,
    }


def duty_rows(view: CaseView | DocumentView) -> list[MadeRow]:
    """The rows of the duties there are for a case or a document."""
    return [
        {"ref": view.ref, "body": duty.body, "step": duty.step, "due": duty.due.isoformat() if duty.due else None}
        for duty in view.duties
    ]


def flag_rows(view: CaseView | DocumentView) -> list[MadeRow]:
    """The rows of the flags that stand for a case or a document; without a party or a day where it has none."""
    return [
        {
            "ref": view.ref,
            "kind": flag.kind,
            "party": flag.party or "",
            "text_version": flag.text_version if isinstance(flag, Flag) else 0,
            "due": flag.due.isoformat() if flag.due else "",
            "severity": flag.severity,
            "assigned_to": json.dumps(flag.assigned_to, ensure_ascii=False),
        }
        for flag in view.flags
    ]


def outbox_rows(view: CaseView | DocumentView) -> list[MadeRow]:
    """The rows of the letters of a case or a document."""
    return [_outbox_row(view.ref, posted) for posted in view.letters]


def _outbox_row(ref: str, posted: Posted) -> MadeRow:
    return {
        "message_id": posted.letter.message_id,
        "ref": ref,
        "party": posted.letter.party,
        "address": posted.letter.to,
        "about": posted.about,
        "text_version": posted.text_version,
        "queued_on": posted.queued_on.isoformat(),
        "queued_seq": posted.queued_seq,
        "state": posted.state,
        "since": posted.on.isoformat(),
        "why": posted.why,
    }


def kept_rows(view: CaseView | DocumentView) -> dict[sa.Table, list[MadeRow]]:
    """Every row that is kept ready of a case or a document, by table."""
    beside = {t.outbox: outbox_rows(view), t.duties: duty_rows(view), t.flags: flag_rows(view)}
    if isinstance(view, CaseView):
        return {t.cases: [case_row(view)], **beside}
    return {t.documents: [document_row(view)], **beside}


_KEYS = {table: tuple(column.name for column in table.primary_key) for table in KEPT}


def _of_key(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    return [column == sa.bindparam(f"of_{column.name}") for column in table.primary_key]


# Made once: making a statement takes longer than carrying it out.
_TAKE_ALL = {table: Prepared(sa.delete(table).where(table.c.ref == sa.bindparam("of_ref"))) for table in KEPT}
_TAKE = {table: Prepared(sa.delete(table).where(*_of_key(table))) for table in KEPT}
_PUT = {table: Prepared(sa.insert(table), table) for table in KEPT}


@cache
def _change(table: sa.Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(sa.update(table).where(*_of_key(table)).values({name: sa.bindparam(name) for name in names}))


def write_view(
    connection: Connection,
    view: CaseView | DocumentView,
    *,
    is_new: bool = False,
    before: CaseView | DocumentView | None = None,
) -> None:
    """Replaces what is kept ready of a case or a document; of what was kept ``before``, only what is no longer so."""
    if before is not None:
        if isinstance(view, CaseView) and isinstance(before, CaseView) and view.letters == before.letters:
            # At most acts no letter moves: they need not be made into rows to be found the same.
            view, before = replace(view, letters=()), replace(before, letters=())
        kept = kept_rows(before)
        for table, rows in kept_rows(view).items():
            _write_difference(connection, table, _by_key(table, kept.get(table, ())), _by_key(table, rows))
        return
    for table, rows in kept_rows(view).items():
        if not is_new:
            _TAKE_ALL[table].carry_out(connection, {"of_ref": view.ref})
        if rows:
            _PUT[table].carry_out_each(connection, rows)


def put_right(
    connection: Connection, table: sa.Table, strange: Sequence[MadeRow], lacking: Sequence[MadeRow]
) -> dict[str, int]:
    """Puts ``lacking`` in the place of ``strange``; how many rows were ``changed``, ``added`` and ``removed``."""
    kept, rows = _by_key(table, strange), _by_key(table, lacking)
    _write_difference(connection, table, kept, rows)
    changed = len(kept.keys() & rows.keys())
    return {"changed": changed, "added": len(rows) - changed, "removed": len(kept) - changed}


def _write_difference(
    connection: Connection, table: sa.Table, kept: Mapping[Key, MadeRow], rows: Mapping[Key, MadeRow]
) -> None:
    """Changes the rows whose values are others; one that is not there as it should be is no reason to stop the act."""
    new = [key for key in rows if key not in kept]
    for key, row in rows.items():
        if key in kept and row != kept[key]:
            # Only these: a value put in the place of the same one costs each index that it stands in a page.
            others = {name: value for name, value in row.items() if value != kept[key][name]}
            changed = _change(table, tuple(others)).carry_out(connection, {**others, **_naming(table, key)})
            if changed == 0:
                _PUT[table].carry_out(connection, row)
    taken = [_naming(table, key) for key in (*(key for key in kept if key not in rows), *new)]
    if taken:
        _TAKE[table].carry_out_each(connection, taken)
    if new:
        _PUT[table].carry_out_each(connection, [rows[key] for key in new])


def _by_key(table: sa.Table, rows: Sequence[MadeRow]) -> dict[Key, MadeRow]:
    names = _KEYS[table]
    return {tuple(row[name] for name in names): row for row in rows}


def _naming(table: sa.Table, key: Key) -> MadeRow:
    return {f"of_{name}": value for name, value in zip(_KEYS[table], key, strict=True)}
