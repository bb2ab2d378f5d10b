"""A letter of the outbox put into words, under the letterhead of whoever sends it."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from correspondence.about import addressee, notice_of, reminder_of, request_of
from correspondence.letter import Written, write_reminder, write_request
from correspondence.message import Attachment, Headers, compose
from correspondence.notice import write_notice, write_receipt
from correspondence.templates import Templates
from scheduler.errands import Errand, errand
from workflow.bad_data import UnknownLetter
from workflow.case import Case
from workflow.events import LetterDropped, LetterSent
from workflow.facts import Overtaken
from workflow.record import Record
from workflow.register.document import Document
from workflow.register.letters import notice_told
from workflow.rulebook import Rulebook


class Letterhead(Struct, frozen=True, kw_only=True):
    """Who letters are from, and the templates they are written by.

    ``answer_to``: where the parties answer, as the letters tell them; None when no address is known for that.
    ``unsent``: the messages are for a mail program to send.
    """

    sender: str
    reply_to: str
    answer_to: str | None
    templates: Templates
    unsent: bool = False


class Composed(Struct, frozen=True, kw_only=True):
    """A letter ready to leave: as it is read, and as it is sent."""

    written: Written
    message: bytes


def compose_letter(letter: Errand, text: bytes | None, day: date, head: Letterhead, rules: Rulebook) -> Composed:
    """The letter as it is sent on ``day``; ``text`` is the content of what goes with it.

    However often it is tried, the same letter is the same bytes: its date is that of the record that called for it.
    Raises ValueError for one that has been overtaken.
    """
    posted = letter.posted
    written = write_letter(letter, day, head, rules)
    headers = Headers(
        sender=head.sender,
        reply_to=head.reply_to,
        to=posted.letter.to,
        message_id=posted.letter.message_id,
        date=letter.called_for_at,
        answers=_reminds_of(letter),
        unsent=head.unsent,
    )
    file = Attachment(letter.dispatched.text.name or letter.ref, text) if text is not None else None
    return Composed(written=written, message=compose(written, headers, file))


def write_letter(letter: Errand, day: date, head: Letterhead, rules: Rulebook) -> Written:
    """What the letter says on ``day``. Raises ValueError for one that has been overtaken."""
    if isinstance(letter.matter, Document):
        return _write_of_notice(letter, letter.document or letter.matter, head, rules)
    return _write_of_case(letter, letter.matter, day, head, rules)


def _write_of_notice(letter: Errand, document: Document, head: Letterhead, rules: Rulebook) -> Written:
    posted = letter.posted
    given = notice_told(document, posted)
    notice = notice_of(document, given, posted.queued_on, rules, head.answer_to)
    write = write_receipt if posted.about == "receipt" else write_notice
    return write(notice, addressee(posted.letter.party, rules), head.templates, given.languages)


def _write_of_case(letter: Errand, case: Case, day: date, head: Letterhead, rules: Rulebook) -> Written:
    posted = letter.posted
    to, languages = addressee(posted.letter.party, rules), letter.dispatched.languages
    if posted.about == "dispatch":
        return write_request(request_of(case, rules, head.answer_to), to, head.templates, languages)
    return write_reminder(reminder_of(case, rules, day, head.answer_to), to, head.templates, languages)


class Shown(Struct, frozen=True, kw_only=True):
    """A letter to be looked at: as it was when it left, or as it would be sent on ``day``.

    ``sha256`` is that of the message that left. ``overtaken``: why it is not sent any more, as it was recorded where it
    was; it is then shown as it was when it was queued.
    """

    errand: Errand
    day: date
    sha256: str | None = None
    overtaken: Overtaken | None = None


def shown(records: Sequence[Record], message_id: str, today: date) -> Shown:
    """The letter as the records tell it. Raises UnknownLetter when they know of none."""
    now = errand(records, message_id)
    if now is None:
        raise UnknownLetter(id=message_id)
    for record in records:
        if isinstance(record.event, LetterSent) and record.event.message_id == message_id:
            before = [each for each in records if each.seq < record.seq]
            return Shown(errand=errand(before, message_id) or now, day=record.on, sha256=record.event.sha256)
    # What has come to pass since the letter was dropped is not why it was.
    events = (record.event for record in records)
    dropped = (each.why for each in events if isinstance(each, LetterDropped) and each.message_id == message_id)
    overtaken = next(dropped, None) or now.overtaken_on(today)
    if overtaken is None:
        return Shown(errand=now, day=today)
    queued = [each for each in records if each.seq <= now.posted.queued_seq]
    return Shown(errand=errand(queued, message_id) or now, day=now.posted.queued_on, overtaken=overtaken)


def _reminds_of(letter: Errand) -> str | None:
    """The Message-ID of the letter that a reminder belongs to."""
    if letter.posted.about != "reminder":
        return None
    party = letter.posted.letter.party
    return next((each.message_id for each in letter.dispatched.letters if each.party == party), None)
