"""What became of letters, as whoever sends them reports it: of a case's letters and of a document's alike.

Source: 004 §5.2 Avtal och överenskommelser (rule X3); a letter that does not arrive tells nobody anything.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from workflow.acts import Act, DropLetter, LetterAct, NoteSent, NoteUndeliverable, SendAgain
from workflow.bad_data import UnknownLetter
from workflow.decide.draft import Context
from workflow.decide.opening import require_order
from workflow.errors import N_, Message, Missing, Remark
from workflow.events import LetterDropped, LetterEvent, LetterRequeued, LetterSent, LetterUndeliverable
from workflow.facts import Overtaken
from workflow.letters import OVERTAKEN, Letters, Posted
from workflow.refusals import MailboxMissing, StepNotPossible


class Post(Struct, frozen=True, kw_only=True):
    """The letters of a case or a document, as an act on one of them finds them.

    ``built_on``: what called for them, as refusals name it. ``overtaken``: why one no longer says what is so on a day.
    """

    ref: str
    state: str
    letters: Letters
    built_on: str
    context: Context
    overtaken: Callable[[Posted, date], Overtaken | None]


def what_became(post: Post, act: LetterAct) -> LetterEvent | Remark:
    """What the act records of its letter; a remark where there is nothing to record.

    Raises UnknownLetter, DateBeforePreviousStep for a day before the letter was called for, StepNotPossible unless the
    letter can become that from what it is, and MailboxMissing for one that is to be sent again to nowhere.
    """
    posted = post.letters.get(act.message_id)
    if posted is None:
        raise UnknownLetter(id=act.message_id)
    require_order(act.on, posted.queued_on, post.built_on)
    return _BECOMES[type(act)](post, posted, act)


def _sent(_: Post, posted: Posted, act: NoteSent) -> LetterEvent | Remark:
    """A letter left. Said twice, the second time adds nothing: the letter is the same, its Message-ID says so."""
    if posted.state == "sent":
        return Remark(N_("{id} has been sent already: nothing was written."), {"id": act.message_id})
    return LetterSent(
        message_id=act.message_id,
        party=posted.letter.party,
        sha256=act.sha256,
        by_way_of=act.by_way_of,
        attempts=act.attempts,
    )


def _undeliverable(post: Post, posted: Posted, act: NoteUndeliverable) -> LetterEvent:
    _require_queued(post, posted)
    return LetterUndeliverable(message_id=act.message_id, party=posted.letter.party, why=act.why, attempts=act.attempts)


def _again(post: Post, posted: Posted, act: SendAgain) -> LetterEvent:
    """Queued anew, to the mailbox the party has by now; its Message-ID stays."""
    if posted.state != "undeliverable":
        raise _impossible(post, N_("only an undeliverable letter is sent again."))
    overtaken = post.overtaken(posted, act.on)
    if overtaken is not None:
        raise _impossible(post, OVERTAKEN[overtaken])
    party = posted.letter.party
    to = post.context.organisation.mailboxes.get(party)
    if to is None:
        missing = [Missing("mailbox_missing", party)]
        raise MailboxMissing(owed=post.context.rules.name_of(party), missing=missing)
    return LetterRequeued(message_id=act.message_id, party=party, to=to)


def _dropped(post: Post, posted: Posted, act: DropLetter) -> LetterEvent:
    """Not to be sent any more; never while it still says what is so."""
    _require_queued(post, posted)
    why = post.overtaken(posted, act.on)
    if why is None:
        raise _impossible(post, N_("the letter has not been overtaken."))
    return LetterDropped(message_id=act.message_id, party=posted.letter.party, why=why)


def _require_queued(post: Post, posted: Posted) -> None:
    if posted.state != "queued":
        raise _impossible(post, N_("the letter is not waiting to be sent."))


def _impossible(post: Post, why: Message) -> StepNotPossible:
    return StepNotPossible(ref=post.ref, state=post.state, why=why)


_BECOMES: Mapping[type[Act], Callable[[Post, Posted, Any], LetterEvent | Remark]] = {
    NoteSent: _sent,
    NoteUndeliverable: _undeliverable,
    SendAgain: _again,
    DropLetter: _dropped,
}
