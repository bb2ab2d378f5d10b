"""A letter of the outbox put into words: what its case says, under the letterhead of whoever sends it."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from correspondence.about import addressee, reminder_of, request_of
from correspondence.letter import Written, write_reminder, write_request
from correspondence.message import Attachment, Headers, compose
from correspondence.templates import Templates
from workflow.bad_data import UnknownLetter
from workflow.case import Case
from workflow.decide.letters import why_overtaken
from workflow.events import Dispatched, LetterRequeued, LetterSent
from workflow.evolve import fold
from workflow.facts import Text
from workflow.letters import Posted
from workflow.record import Record
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


class Errand(Struct, frozen=True, kw_only=True):
    """One letter, and its case as it stands.

    ``called_for_at``: when the record that calls for the letter was written; ``queued_at``: when it was last queued,
    which is later for one that had been undeliverable.
    """

    case: Case
    posted: Posted
    called_for_at: datetime
    queued_at: datetime

    @property
    def dispatched(self) -> Dispatched:
        """The dispatch the letter belongs to. Raises ValueError when a newer text has taken its place."""
        if self.case.dispatched is None or self.posted.text_version != self.case.text.version:
            raise ValueError(f"{self.posted.letter.message_id} has been overtaken")
        return self.case.dispatched

    @property
    def goes_with(self) -> Text | None:
        """The text that goes with the letter: with the request, not again with a reminder, and only if it is kept."""
        text = self.dispatched.text
        return text if self.posted.about == "dispatch" and text.sha256 is not None else None


def errand(records: Sequence[Record], message_id: str) -> Errand | None:
    """The letter as the records of its case tell it; None when they know of none."""
    case = fold(records)
    posted = case.letters.get(message_id) if case is not None else None
    if case is None or posted is None:
        return None
    called_for = next(record.recorded_at for record in records if record.seq == posted.queued_seq)
    anew = (
        record.recorded_at
        for record in reversed(records)
        if isinstance(record.event, LetterRequeued) and record.event.message_id == message_id
    )
    return Errand(case=case, posted=posted, called_for_at=called_for, queued_at=next(anew, called_for))


def compose_letter(letter: Errand, text: bytes | None, day: date, head: Letterhead, rules: Rulebook) -> Composed:
    """The letter as it is sent on ``day``; ``text`` is the content of what goes with it.

    However often it is tried, the same letter is the same bytes: its date is that of the record that called for it.
    Raises ValueError for one that has been overtaken.
    """
    posted = letter.posted
    to, languages = addressee(posted.letter.party, rules), letter.dispatched.languages
    if posted.about == "dispatch":
        written = write_request(request_of(letter.case, rules, head.answer_to), to, head.templates, languages)
    else:
        written = write_reminder(reminder_of(letter.case, rules, day, head.answer_to), to, head.templates, languages)
    headers = Headers(
        sender=head.sender,
        reply_to=head.reply_to,
        to=posted.letter.to,
        message_id=posted.letter.message_id,
        date=letter.called_for_at,
        answers=_reminds_of(letter),
        unsent=head.unsent,
    )
    file = Attachment(letter.dispatched.text.name or letter.case.ref, text) if text is not None else None
    return Composed(written=written, message=compose(written, headers, file))


class Shown(Struct, frozen=True, kw_only=True):
    """A letter to be looked at: as it was when it left, or as it would be sent on ``day``.

    ``sha256`` is that of the message that left. ``overtaken``: why it is not sent any more; it is then shown as it was
    when it was queued.
    """

    errand: Errand
    day: date
    sha256: str | None = None
    overtaken: str | None = None


def shown(records: Sequence[Record], message_id: str, today: date) -> Shown:
    """The letter as the records tell it. Raises UnknownLetter when they know of none."""
    now = errand(records, message_id)
    if now is None:
        raise UnknownLetter(id=message_id)
    for record in records:
        if isinstance(record.event, LetterSent) and record.event.message_id == message_id:
            before = [each for each in records if each.seq < record.seq]
            return Shown(errand=errand(before, message_id) or now, day=record.on, sha256=record.event.sha256)
    overtaken = why_overtaken(now.case, now.posted, today)
    if overtaken is None:
        return Shown(errand=now, day=today)
    queued = [each for each in records if each.seq <= now.posted.queued_seq]
    return Shown(errand=errand(queued, message_id) or now, day=now.posted.queued_on, overtaken=overtaken)


def _reminds_of(letter: Errand) -> str | None:
    """The Message-ID of the letter that a reminder belongs to."""
    party = letter.posted.letter.party
    asked = (each.message_id for each in letter.dispatched.letters if each.party == party)
    return next(asked, None) if letter.posted.about == "reminder" else None
