"""What the letters of a notice say: to every party that it was given, and to whoever gave it that it has come in.

Source: readings G33 (it ends for all, or one party leaves) and G34 (late notice counts for the next term).
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from correspondence.letter import (
    Addressee,
    Translate,
    Written,
    contact,
    filled_out,
    named_document,
    require_checkpoint,
    written,
)
from correspondence.templates import LetterKind, Templates
from workflow.errors import N_
from workflow.register.terms import Scope


class Notice(Struct, frozen=True, kw_only=True):
    """A notice as its letters tell of it. All names as people use them, not ids.

    ``ends_on``: the last day the notice itself leads to; ``last_day``: the document's own by all that was known then,
    None when it goes on. ``owners``: the forums that answer for the document, whose secretaries are referred to, at
    ``reply_to`` if that is known. ``recorded_on``: the day of the record. ``checkpoint``: its three lines.
    """

    ref: str
    title: str
    document_type: str
    giver: str
    received: date
    scope: Scope
    ends_on: date
    last_day: date | None
    late: bool
    recorded_on: date
    owners: tuple[str, ...]
    reply_to: str | None = None
    checkpoint: str


def write_notice(notice: Notice, to: Addressee, templates: Templates, languages: Sequence[str] = ("sv",)) -> Written:
    """The letter to a party that did not give the notice.

    Raises ValueError for a checkpoint that has not three lines.
    """
    return _write("notice", notice, to, templates, languages)


def write_receipt(notice: Notice, to: Addressee, templates: Templates, languages: Sequence[str] = ("sv",)) -> Written:
    """The letter to the party that gave the notice, languages and checkpoint as for the others."""
    return _write("receipt", notice, to, templates, languages)


def _write(kind: LetterKind, notice: Notice, to: Addressee, templates: Templates, languages: Sequence[str]) -> Written:
    checkpoint = require_checkpoint(notice.checkpoint)

    def fields(_: Translate) -> dict[str, object]:
        return {
            "ref": notice.ref,
            "title": notice.title,
            "document": named_document(notice.title, notice.document_type, _),
            "giver": notice.giver,
            "received": notice.received,
            "effect": _effect(notice, _),
            "sent_on": notice.recorded_on,
            "report_to": contact(notice.owners, notice.reply_to, _) or _(N_("whoever sent this letter")),
            "checkpoint": checkpoint,
        }

    return written(kind, fields, to, templates, languages)


def _effect(notice: Notice, _: Translate) -> str:
    """Who is bound until when: what is known of the document's end goes before what the notice alone would lead to."""
    ends = notice.last_day if notice.last_day is not None and notice.last_day <= notice.ends_on else None
    last = ends or notice.ends_on
    sentences = []
    if notice.late and last < notice.ends_on:
        told = N_(
            "The notice came in too late for the term then running, and the document ends before the next one does."
        )
        sentences.append(_(told))
    elif notice.late:
        sentences.append(_(N_("The notice came in too late for the term then running, and counts for the next.")))
    if notice.scope == "agreement":
        sentences.append(_(N_("The document ceases to be in force for all parties. Its last day is {day}.")))
    elif last < notice.ends_on:
        sentences.append(_(N_("The notice is for {giver} alone, but the document itself ends before that.")))
        sentences.append(_(N_("The document ceases to be in force for all parties. Its last day is {day}.")))
    elif ends is not None:
        sentences.append(
            _(N_("The notice is for {giver} alone, but nobody else is bound after that party's last day."))
        )
        sentences.append(_(N_("The document ceases to be in force for all parties. Its last day is {day}.")))
    else:
        sentences.append(_(N_("The notice is for {giver} alone, which is bound up to and including {day}.")))
        sentences.append(_(N_("For the other parties the document stays in force.")))
    return filled_out([each.format(giver=notice.giver, day=last) for each in sentences])
