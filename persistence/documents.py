"""Which documents of the register there are, and which of them the calendar, or another document, may concern."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.database import Database
from workflow.facts import Severity
from workflow.names import nearest_document
from workflow.register.document import Document
from workflow.register.standing import is_beyond
from workflow.register.view import from_body
from workflow.worklist import Item

#: How many rows are held at a time.
_AT_A_TIME = 1000


class DocumentIndex:
    """Looks documents up by what is kept ready of them."""

    database: Database

    def document_ids(self) -> Sequence[str]:
        """The ids of every document of the register, in order."""
        return self._refs(sa.select(t.documents.c.ref).order_by(t.documents.c.ref))

    def nearest_document(self, text: str) -> str | None:
        """The document a mistyped id probably means; None when none is near."""
        return nearest_document(text, [each for each in self.document_ids() if each != text])

    def documents_due(self, day: date, structure: str | None, asleep: Collection[str] = ()) -> Sequence[str]:
        """The documents the calendar may bring something about for by ``day``, and those of another structure.

        Those as well that one of the bodies ``asleep`` has something to do about.
        """
        document = t.documents.c
        due = sa.and_(document.next_check.is_not(None), document.next_check <= day.isoformat())
        asked = [sa.select(document.ref).where(due)]
        if structure is not None:
            # Two ranges and not «other than»: an index finds what lies in a range.
            ranges = (document.structure < structure, document.structure > structure)
            asked += [sa.select(document.ref).where(document.is_open == t.IS_OPEN, beyond) for beyond in ranges]
        if asleep:
            is_document = sa.exists().where(document.ref == t.duties.c.ref)
            asked.append(sa.select(t.duties.c.ref).where(t.duties.c.body.in_(asleep), is_document))
        return sorted(set(self._refs(sa.union_all(*asked))))

    def documents_awaiting(self, document: str | None = None) -> Sequence[str]:
        """The documents that hold until another is succeeded: ``document``, or any."""
        awaits = t.documents.c.awaits
        which = awaits.is_not(None) if document is None else awaits == document
        return self._refs(sa.select(t.documents.c.ref).where(which).order_by(t.documents.c.ref))

    def documents_ended_by(self, successor: str) -> Sequence[str]:
        """The documents that held until another was succeeded, and ended when ``successor`` did that; in order."""
        document = t.documents.c
        # No key of its own: few documents wait for another, and it is asked only when a case is undone.
        query = sa.select(document.ref, document.body).where(document.body.contains('"event_met":{', autoescape=True))
        with self.database.reading() as connection:
            met = [(ref, from_body(body).event_met) for ref, body in connection.execute(query.order_by(document.ref))]
        return [ref for ref, event in met if event is not None and event.by == successor]

    def _refs(self, query: sa.Select[Any] | sa.CompoundSelect[Any]) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())


def documents_kept(connection: Connection) -> Iterator[Document]:
    """Every document of the register, by id, as it stands."""
    query = sa.select(t.documents.c.body).order_by(t.documents.c.ref)
    for body in connection.execute(query, execution_options={"yield_per": _AT_A_TIME}).scalars():
        yield from_body(body)


def count_beyond(connection: Connection, day: date) -> int:
    """How many documents a check of ``day`` passes over, since something later is recorded of them."""
    return sum(is_beyond(document, day) for document in documents_kept(connection))


def duties_of_documents(connection: Connection, body: str | None = None) -> list[Item]:
    """Who must do what about documents; for one body only, when asked."""
    query = sa.select(t.duties, t.documents.c.title).join(t.documents, t.documents.c.ref == t.duties.c.ref)
    if body is not None:
        query = query.where(t.duties.c.body == body)
    severities: dict[str, list[Severity]] = {}
    flags = sa.select(t.flags.c.ref, t.flags.c.severity).join(t.documents, t.documents.c.ref == t.flags.c.ref)
    for flag in connection.execute(flags):
        severities.setdefault(flag.ref, []).append(flag.severity)
    return [
        Item(
            body=row.body,
            document=row.ref,
            title=row.title,
            step=row.step,
            due=date.fromisoformat(row.due) if row.due else None,
            severities=tuple(severities.get(row.ref, ())),
        )
        for row in connection.execute(query)
    ]
