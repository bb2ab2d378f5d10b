"""What is kept ready of a document: a pure function of it, which can be made anew at any time."""

from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from workflow.letters import Posted
from workflow.register.document import Document
from workflow.register.facts import DocumentFlag, DocumentFlagKind
from workflow.register.flags import next_check

DocumentStep = Literal["confirm", "follow_up", "set_period", "review", "give_notice", "replace", "assess", "resend"]


class DocumentDuty(Struct, frozen=True, kw_only=True):
    """One thing one body must do about a document, and by when, where a day is set."""

    body: str
    step: DocumentStep
    due: date | None = None


class DocumentView(Struct, frozen=True, kw_only=True):
    """Everything that is kept of one document beside its records.

    ``awaits``: the document whose successor ends it. ``body``: the document itself, as JSON.
    """

    ref: str
    type: str
    title: str
    group: str | None
    state: str
    structure: str | None
    version: int
    is_open: bool
    next_check: date | None
    awaits: str | None
    body: str
    duties: tuple[DocumentDuty, ...]
    flags: tuple[DocumentFlag, ...]
    letters: tuple[Posted, ...] = ()


def document_view(document: Document) -> DocumentView:
    """The view of a document as its records leave it."""
    return DocumentView(
        ref=document.id,
        type=document.entry.type,
        title=document.entry.title,
        group=document.entry.group,
        state=document.state,
        structure=document.structure,
        version=document.version,
        is_open=not document.is_over,
        next_check=next_check(document),
        awaits=document.validity.ends_with if document.event_met is None else None,
        body=_encoder.encode(document).decode(),
        duties=duties(document),
        flags=document.flags,
        letters=tuple(document.letters.values()),
    )


def from_body(body: str) -> Document:
    """The document behind a view's ``body``."""
    return _decoder.decode(body)


def duties(document: Document) -> tuple[DocumentDuty, ...]:
    """What the flags that stand ask to be done, once for each body and step, by the earliest day."""
    found: dict[tuple[str, DocumentStep], date | None] = {}
    for flag in document.flags:
        for body in flag.assigned_to:
            place = (body, _STEP[flag.kind])
            due = min((day for day in (found.get(place), flag.due) if day is not None), default=None)
            found[place] = due
    return tuple(DocumentDuty(body=body, step=step, due=due) for (body, step), due in found.items())


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)

#: What a flag asks whoever answers for the document to do.
_STEP: dict[DocumentFlagKind, DocumentStep] = {
    "mail_undeliverable": "resend",
    "notice_deadline": "give_notice",
    "expiring": "replace",
    "expired": "replace",
    "expired_statutory": "replace",
    "successor_unknown": "replace",
    "follow_up_due": "follow_up",
    "follow_up_overdue": "follow_up",
    "follow_up_period_missing": "set_period",
    "revision_due": "review",
    "revision_overdue": "review",
    "review_wanted": "review",
    "validity_ambiguous": "confirm",
    "document_incomplete": "confirm",
    "assessment_missing": "assess",
}
