"""Which documents of the register there are, and which of them the calendar, or another document, may concern."""

import difflib
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from persistence import tables as t
from persistence.database import Database


class DocumentIndex:
    """Looks documents up by what is kept ready of them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def document_ids(self) -> Sequence[str]:
        """The ids of every document of the register, in order."""
        return self._refs(sa.select(t.documents.c.ref).order_by(t.documents.c.ref))

    def nearest_document(self, text: str) -> str | None:
        """The document a mistyped id probably means; None when none is near."""
        near = difflib.get_close_matches(text.casefold(), self.document_ids(), n=1)
        return near[0] if near else None

    def documents_due(self, day: date, structure: str | None) -> Sequence[str]:
        """The documents the calendar may bring something about for by ``day``, and those of another structure."""
        document = t.documents.c
        due = sa.and_(document.next_check.is_not(None), document.next_check <= day.isoformat())
        elsewhere = sa.and_(document.is_open == 1, document.structure != structure)
        return self._refs(sa.select(document.ref).where(sa.or_(due, elsewhere)).order_by(document.ref))

    def documents_awaiting(self, document: str | None = None) -> Sequence[str]:
        """The documents that hold until another is succeeded: ``document``, or any."""
        awaits = t.documents.c.awaits
        which = awaits.is_not(None) if document is None else awaits == document
        return self._refs(sa.select(t.documents.c.ref).where(which).order_by(t.documents.c.ref))

    def _refs(self, query: sa.Select[Any]) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())
