"""What is kept ready beside the log, as rows: of a case, of a document. Each is made of a view, and of nothing else."""

import json

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from workflow.facts import Flag
from workflow.letters import Posted
from workflow.register.view import DocumentView
from workflow.views import CaseView


def case_row(view: CaseView) -> dict[str, object]:
    """The row of a case's view."""
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
        "in_force_from": view.in_force_from.isoformat() if view.in_force_from else None,
        "body": json.dumps(view.body, ensure_ascii=False),
    }


def document_row(view: DocumentView) -> dict[str, object]:
    """The row of a document's view."""
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
        "awaits": view.awaits,
        "body": view.body,
    }


def duty_rows(view: CaseView | DocumentView) -> list[dict[str, object]]:
    """The rows of the duties there are for a case or a document."""
    return [
        {"ref": view.ref, "body": duty.body, "step": duty.step, "due": duty.due.isoformat() if duty.due else None}
        for duty in view.duties
    ]


def flag_rows(view: CaseView | DocumentView) -> list[dict[str, object]]:
    """The rows of the flags that stand for a case or a document; without a party or a day where it has none."""
    return [
        {
            "ref": view.ref,
            "kind": flag.kind,
            "party": (flag.party or "") if isinstance(flag, Flag) else "",
            "text_version": flag.text_version if isinstance(flag, Flag) else 0,
            "due": flag.due.isoformat() if flag.due else "",
            "severity": flag.severity,
            "assigned_to": json.dumps(flag.assigned_to, ensure_ascii=False),
        }
        for flag in view.flags
    ]


def outbox_rows(view: CaseView) -> list[dict[str, object]]:
    """The rows of a case's letters."""
    return [_outbox_row(view.ref, posted) for posted in view.letters]


def _outbox_row(ref: str, posted: Posted) -> dict[str, object]:
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


def kept_rows(view: CaseView | DocumentView) -> dict[sa.Table, list[dict[str, object]]]:
    """Every row that is kept ready of a case or a document, by table."""
    beside = {t.duties: duty_rows(view), t.flags: flag_rows(view)}
    if isinstance(view, CaseView):
        return {t.cases: [case_row(view)], t.outbox: outbox_rows(view), **beside}
    return {t.documents: [document_row(view)], **beside}


def write_view(connection: Connection, view: CaseView | DocumentView, *, is_new: bool = False) -> None:
    """Replaces what is kept ready of a case or a document."""
    for table, rows in kept_rows(view).items():
        if not is_new:
            connection.execute(sa.delete(table).where(table.c.ref == view.ref))
        if rows:
            connection.execute(sa.insert(table), rows)
