"""Questions about the letters: which there are, and how far each has come. Rows come as plain dictionaries."""

from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from workflow.bad_data import UnknownLetter


def letter_id(message_id: str) -> str:
    """What a person calls a letter: its Message-ID without the name of this log, which is the same in each."""
    return message_id.removeprefix("<").partition("@")[0]


def list_letters(connection: Connection, state: str | None = None, ref: str | None = None) -> list[dict[str, Any]]:
    """Every letter, in the order they were called for; only those in ``state``, when asked.

    ``ref``: only those of this case, or of this document.
    """
    letter, sending = t.outbox.c, t.sending.c
    query = (
        sa.select(t.outbox, sending.attempts, sending.next_try_at, sending.claimed_until, sending.said)
        .outerjoin(t.sending, sending.message_id == letter.message_id)
        .order_by(letter.queued_seq, letter.message_id)
    )
    if state is not None:
        query = query.where(letter.state == state)
    if ref is not None:
        query = query.where(letter.ref == ref)
    return [_row(row) for row in connection.execute(query)]


def find_letter(connection: Connection, given: str) -> dict[str, Any]:
    """The letter called ``given``: its id, or its Message-ID, in any letter case. Raises UnknownLetter."""
    asked = letter_id(given.strip()).casefold()
    rows = {row["id"].casefold(): row for row in list_letters(connection)}
    if asked not in rows:
        near = get_close_matches(asked, rows, n=1)
        raise UnknownLetter(id=given, suggestion=rows[near[0]]["id"] if near else None)
    return rows[asked]


def _row(row: Any) -> dict[str, Any]:
    waits = row.state == "queued"
    return {
        "id": letter_id(row.message_id),
        "message_id": row.message_id,
        "ref": row.ref,
        "party": row.party,
        "to": row.address or None,
        "about": row.about,
        "state": row.state,
        "attempts": row.attempts or 0,
        "text_version": row.text_version,
        "queued_on": row.queued_on,
        "since": row.since,
        "why": row.said if waits else row.why,
        "next_try_at": row.next_try_at if waits else None,
        "claimed_until": row.claimed_until if waits else None,
    }
