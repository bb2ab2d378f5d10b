"""One letter of the outbox, and the case or the document it belongs to, as their records tell them."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from workflow.case import Case
from workflow.decide.letters import why_overtaken
from workflow.events import Dispatched, LetterRequeued
from workflow.evolve import fold
from workflow.facts import Overtaken, Text
from workflow.letters import Posted
from workflow.record import Record
from workflow.register.document import Document, document_in
from workflow.register.letters import why_overtaken as why_notice_overtaken


class Errand(Struct, frozen=True, kw_only=True):
    """One letter, and what it belongs to as that stands.

    ``document``: the document as it stood when the letter was called for; None where it is of a case.
    ``called_for_at``: when the record that calls for the letter was written; ``queued_at``: when it was last queued,
    which is later for one that had been undeliverable.
    """

    matter: Case | Document
    document: Document | None = None
    posted: Posted
    called_for_at: datetime
    queued_at: datetime

    @property
    def ref(self) -> str:
        """The reference of the case, or the id of the document."""
        return self.matter.id if isinstance(self.matter, Document) else self.matter.ref

    def overtaken_on(self, day: date) -> Overtaken | None:
        """Why the letter no longer says what is so on a day; None while it does."""
        if isinstance(self.matter, Document):
            return why_notice_overtaken(self.matter, self.posted, day)
        return why_overtaken(self.matter, self.posted, day)

    @property
    def dispatched(self) -> Dispatched:
        """The dispatch the letter of a case belongs to. Raises ValueError when a newer text has taken its place."""
        case = self.matter
        if isinstance(case, Document) or case.dispatched is None or self.posted.text_version != case.text.version:
            raise ValueError(f"{self.posted.letter.message_id} has been overtaken")
        return case.dispatched

    @property
    def goes_with(self) -> Text | None:
        """The text that goes with the letter: with the request, not again with a reminder, and only if it is kept."""
        if self.posted.about != "dispatch":
            return None
        text = self.dispatched.text
        return text if text.sha256 is not None else None


def errand(records: Sequence[Record], message_id: str) -> Errand | None:
    """The letter as the records of its case or its document tell it; None when they know of none."""
    document = document_in(records)
    matter = document or fold(records)
    posted = matter.letters.get(message_id) if matter is not None else None
    if matter is None or posted is None:
        return None
    called_for = next(record for record in records if record.seq == posted.queued_seq)
    anew = (
        record.recorded_at
        for record in reversed(records)
        if isinstance(record.event, LetterRequeued) and record.event.message_id == message_id
    )
    return Errand(
        matter=matter,
        document=document_in([each for each in records if each.seq <= called_for.seq]) if document else None,
        posted=posted,
        called_for_at=called_for.recorded_at,
        queued_at=next(anew, called_for.recorded_at),
    )
