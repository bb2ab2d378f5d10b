"""The letters of a case or a document: queued with the record that calls for them, and what became of each.

Source: 004 §5.2 Avtal och överenskommelser («Rekommendationsbeslut sänds till parternas funktionsbrevlådor»).
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workflow.errors import N_, Message
from workflow.events import LetterDropped, LetterEvent, LetterRequeued, LetterSent, LetterUndeliverable
from workflow.facts import Letter, Overtaken

#: What a letter is: of a case the request and its reminders; of a document a notice, and the receipt to who gave it.
About = Literal["dispatch", "reminder", "notice", "receipt"]
LetterState = Literal["queued", "sent", "undeliverable", "dropped"]


class Posted(Struct, frozen=True, kw_only=True):
    """One letter and what has become of it by ``on``. ``remind_of``: the deadline a reminder speaks of.

    ``queued_seq`` is the record that called for it; ``why`` says why it never arrived. ``text_version`` is None where
    it speaks of no text.
    """

    letter: Letter
    about: About
    text_version: int | None = None
    queued_on: date
    queued_seq: int
    on: date
    state: LetterState = "queued"
    remind_of: date | None = None
    why: str | None = None


Letters = Mapping[str, Posted]

#: Why a letter that had not left is no longer to be sent.
OVERTAKEN: Mapping[Overtaken, Message] = {
    "newer-text": N_("there is a newer text version."),
    "case-ended": N_("the case has ended."),
    "answered": N_("the party has answered."),
    "deadline-moved": N_("the day to answer by has been moved."),
    "day-has-come": N_("the day to answer by has come."),
    "newer-notice": N_("the party has given the same notice anew."),
    "other-end": N_("the document has another last day."),
    "last-day-passed": N_("the last day it speaks of has passed."),
}

#: Why a letter that was never tried cannot be delivered.
NO_MAILBOX = "no-mailbox"


def posted(letters: Letters, *more: Posted) -> Letters:
    """The letters with more of them queued."""
    return {**letters, **{each.letter.message_id: each for each in more}}


def changed(letters: Letters, message_id: str, state: LetterState, on: date, why: str | None = None) -> Letters:
    """The letters with another state of one of them; the same where there is no such letter."""
    before = letters.get(message_id)
    if before is None:
        return letters
    return {**letters, message_id: replace(before, state=state, on=on, why=why)}


def readdressed(letters: Letters, message_id: str, to: str, on: date) -> Letters:
    """The letters with one of them queued anew, for the address the party has by now."""
    before = letters.get(message_id)
    if before is None:
        return letters
    letter = replace(before.letter, to=to)
    return {**letters, message_id: replace(before, letter=letter, state="queued", on=on, why=None)}


def after_letter_event(letters: Letters, event: LetterEvent, on: date) -> Letters:
    """The letters as what became of one of them on ``on`` leaves them."""
    match event:
        case LetterSent():
            return changed(letters, event.message_id, "sent", on)
        case LetterUndeliverable():
            return changed(letters, event.message_id, "undeliverable", on, event.why)
        case LetterRequeued():
            return readdressed(letters, event.message_id, event.to, on)
        case LetterDropped():
            return changed(letters, event.message_id, "dropped", on, event.why)
