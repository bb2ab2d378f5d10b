"""What became of letters, as whoever sends them reports it.

Source: 004 §5.2 Avtal och överenskommelser (rule X3); a letter that does not arrive asks nobody anything.
"""

from datetime import date

from workflow.acts import Act, DropLetter, NoteSent, NoteUndeliverable, SendAgain
from workflow.bad_data import UnknownLetter
from workflow.case import Case
from workflow.decide.calendar import raise_flags
from workflow.decide.draft import Draft
from workflow.decide.opening import require_order
from workflow.errors import N_, Missing, Remark
from workflow.events import LetterDropped, LetterRequeued, LetterSent, LetterUndeliverable
from workflow.facts import Overtaken
from workflow.flags import parties_owing
from workflow.letters import OVERTAKEN, Posted
from workflow.refusals import MailboxMissing, StepNotPossible


def note_sent(draft: Draft, act: NoteSent) -> None:
    """A letter left. Said twice, the second time adds nothing: the letter is the same, its Message-ID says so."""
    posted = _posted(draft, act, act.message_id)
    if posted.state == "sent":
        draft.remarks.append(Remark(N_("{id} has been sent already: nothing was written."), {"id": act.message_id}))
        return
    draft.lay(
        LetterSent(
            message_id=act.message_id,
            party=posted.letter.party,
            sha256=act.sha256,
            by_way_of=act.by_way_of,
            attempts=act.attempts,
        ),
        act.on,
    )


def note_undeliverable(draft: Draft, act: NoteUndeliverable) -> None:
    """A letter cannot be delivered: a flag says so until it is, or is not needed any more.

    Raises StepNotPossible unless it was to be sent.
    """
    posted = _queued(draft, _posted(draft, act, act.message_id))
    event = LetterUndeliverable(
        message_id=act.message_id, party=posted.letter.party, why=act.why, attempts=act.attempts
    )
    draft.lay(event, act.on)
    raise_flags(draft, act.on)


def send_again(draft: Draft, act: SendAgain) -> None:
    """Queues an undeliverable letter anew, to the mailbox the party has by now; its Message-ID stays.

    Raises StepNotPossible for a letter that is no dead letter, or that has been overtaken.
    """
    case, posted = draft.case, _posted(draft, act, act.message_id)
    if posted.state != "undeliverable":
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("only an undeliverable letter is sent again."))
    overtaken = why_overtaken(case, posted, act.on)
    if overtaken is not None:
        raise StepNotPossible(ref=case.ref, state=case.state, why=OVERTAKEN[overtaken])
    party = posted.letter.party
    to = draft.context.organisation.mailboxes.get(party)
    if to is None:
        missing = [Missing("mailbox_missing", party)]
        raise MailboxMissing(owed=draft.context.rules.name_of(party), missing=missing)
    draft.lay(LetterRequeued(message_id=act.message_id, party=party, to=to), act.on)


def drop_letter(draft: Draft, act: DropLetter) -> None:
    """A letter that has not left is not to be sent any more. Raises StepNotPossible while it still says what is so."""
    case = draft.case
    posted = _queued(draft, _posted(draft, act, act.message_id))
    why = why_overtaken(case, posted, act.on)
    if why is None:
        raise StepNotPossible(ref=case.ref, state=case.state, why=N_("the letter has not been overtaken."))
    draft.lay(LetterDropped(message_id=act.message_id, party=posted.letter.party, why=why), act.on)


def why_overtaken(case: Case, posted: Posted, on: date) -> Overtaken | None:
    """Why a letter no longer says what is so on ``on``; None while it does.

    A dispatch is overtaken by a new text version and by the end of the case, a reminder also by the answer, by
    another deadline and by the deadline itself: then there is the flag, and nothing is mailed after the fact.
    """
    if posted.text_version != case.text.version:
        return "newer-text"
    if case.state in {"withdrawn", "closed"}:
        return "case-ended"
    if posted.about == "reminder" and posted.letter.party not in parties_owing(case):
        return "answered"
    if posted.about == "reminder" and posted.remind_of != case.answer_by:
        return "deadline-moved"
    if posted.about == "reminder" and case.answer_by is not None and on >= case.answer_by:
        return "day-has-come"
    return None


def _posted(draft: Draft, act: Act, message_id: str) -> Posted:
    posted = draft.case.letters.get(message_id)
    if posted is None:
        raise UnknownLetter(id=message_id)
    require_order(act.on, posted.queued_on, "dispatch")
    return posted


def _queued(draft: Draft, posted: Posted) -> Posted:
    if posted.state != "queued":
        why = N_("the letter is not waiting to be sent.")
        raise StepNotPossible(ref=draft.case.ref, state=draft.case.state, why=why)
    return posted
