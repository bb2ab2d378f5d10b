"""Sending what waits in the outbox. Whoever is killed on the way loses no letter, and doubles one only recognisably.

A letter is claimed, sent, and then recorded as sent. Killed before the record, it is sent again when the claim is over,
under the same Message-ID: sending exactly once is not possible, and twice is better than never.
"""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from correspondence.transport import Deferred, Delivered, Refused, Transport
from persistence.outbox import Outbox, Waiting
from scheduler.errands import Errand, errand
from scheduler.letters import Composed, Letterhead, compose_letter
from workflow.acts import DropLetter, LetterAct, NoteSent, NoteUndeliverable
from workflow.bad_data import NoDatabase
from workflow.county_tables import Correspondence
from workflow.engine import Engine
from workflow.errors import Message, Refusal
from workflow.letters import OVERTAKEN
from workflow.ports import Clock
from workflow.refusals import Conflict, DatabaseUnavailable, StepNotPossible

#: The name of the job, wherever its runs are told.
OUTBOX = "outbox"

#: Longer than the slowest mail server is waited for with one letter; a sender that is killed keeps it this long.
CLAIM = timedelta(minutes=20)

#: How often a record is tried again when others keep changing what it belongs to: by then the letter may have left.
_ATTEMPTS = 20


class Fate(Struct, frozen=True, kw_only=True):
    """What became of one letter in one run. ``next_try_at``: when one that was put off is due again, in UTC.

    ``unheard``: it was tried, and there was nobody to take it or refuse it.
    """

    message_id: str
    ref: str
    party: str
    to: str
    outcome: Literal["sent", "put_off", "undeliverable", "dropped"]
    why: str | None = None
    next_try_at: datetime | None = None
    unheard: bool = False


class Left(Struct, frozen=True):
    """A letter that was handed over and could not be recorded: that of the case or document ``ref``."""

    ref: str
    sent: NoteSent


class Sender(Struct, frozen=True, kw_only=True):
    """Who sends: under which letterhead, which way, and on which day as the records have it.

    ``name`` is this sender's own and no other's. Moments come from ``clock``: pauses are counted in real time,
    whatever day is asked for. ``left``: what has left and is not recorded; filled and emptied by ``send_due``.
    """

    name: str
    day: date
    head: Letterhead
    transport: Transport
    clock: Clock
    left: list[Left] = []


def send_due(engine: Engine, outbox: Outbox, sender: Sender) -> Generator[Fate, None, None]:
    """Sends every letter that is due, one after the other, and tells what became of each.

    Raises the Refusal of a mail server or a setting that lets no letter through: the letter it was met with stays due,
    and those after it are not touched. A letter that left and could not be recorded is recorded before any other one
    leaves, where the next run is given the same ``left``; else it leaves again when its claim is over.
    """
    while sender.left:
        _record_what_left(engine, outbox, sender)
    with ExitStack() as stack:
        entered = False
        while (waiting := _claimed(outbox, sender)) is not None:
            with _given_back_on_failure(outbox, sender, waiting):
                # Nobody is called when there is nothing to hand over.
                if not entered:
                    stack.enter_context(sender.transport)
                    entered = True
                fate = _send(engine, outbox, sender, waiting)
            if fate is not None:
                yield fate


def is_out_of_reach(fates: Sequence[Fate]) -> bool:
    """Whether nothing could be handed over: of all the letters that were tried, none was taken and none refused."""
    tried = [fate for fate in fates if fate.outcome != "dropped"]
    return bool(tried) and all(fate.unheard for fate in tried)


def _claimed(outbox: Outbox, sender: Sender) -> Waiting | None:
    found = outbox.claim(sender.name, sender.clock.now(), CLAIM, 1)
    return found[0] if found else None


@contextmanager
def _given_back_on_failure(outbox: Outbox, sender: Sender, waiting: Waiting) -> Iterator[None]:
    """Gives the claim up, unless the letter has left by then: whoever claimed it next would send it again at once."""
    try:
        yield
    except BaseException:
        if not sender.left:
            # When the database is what failed, the claim ends by its time.
            with suppress(Refusal):
                outbox.release(waiting.message_id)
        raise


def _record_what_left(engine: Engine, outbox: Outbox, sender: Sender) -> None:
    """Records what left last. What can never be recorded is not tried again, and its Refusal is raised."""
    letter = sender.left.pop()
    try:
        _recorded(engine, letter.ref, letter.sent)
        outbox.settle(letter.sent.message_id, letter.sent.attempts)
    except (Conflict, DatabaseUnavailable, NoDatabase):
        sender.left.append(letter)
        raise


def _send(engine: Engine, outbox: Outbox, sender: Sender, waiting: Waiting) -> Fate | None:
    """What became of the letter; None when somebody else has seen to it."""
    letter = errand(engine.store.stream(waiting.ref), waiting.message_id)
    if letter is None or letter.posted.state != "queued":
        outbox.settle(waiting.message_id, waiting.attempts)
        return None
    overtaken = letter.overtaken_on(sender.day)
    if overtaken is not None:
        act = DropLetter(on=sender.day, message_id=waiting.message_id)
        return _ended(engine, outbox, letter, act, waiting.attempts, _fate(letter, "dropped", OVERTAKEN[overtaken]))
    return _hand_over(engine, outbox, sender, letter, waiting.attempts + 1)


def _hand_over(engine: Engine, outbox: Outbox, sender: Sender, letter: Errand, attempts: int) -> Fate | None:
    text = outbox.text(letter.goes_with, letter.posted.queued_seq)
    composed = compose_letter(letter, text, sender.day, sender.head, engine.rules)
    to, message_id = letter.posted.letter.to, letter.posted.letter.message_id
    sent = _noting(sender, composed, message_id, attempts)
    # What could not be recorded afterwards does not leave.
    engine.try_out_letter(letter.matter, sent)
    outcome = sender.transport.deliver(composed.message, sender.head.sender, to, message_id)
    if isinstance(outcome, Delivered):
        sender.left.append(Left(letter.ref, sent))
        fate = _ended(engine, outbox, letter, sent, attempts, _fate(letter, "sent"))
        sender.left.pop()
        return fate
    why, now, unheard = _reason(outcome), sender.clock.now(), outcome.code is None
    times = engine.rules.county.correspondence
    if isinstance(outcome, Refused) or _given_up(times, attempts, now - letter.queued_at):
        act = NoteUndeliverable(on=sender.day, message_id=message_id, why=why, attempts=attempts)
        fate = _fate(letter, "undeliverable", why, unheard=unheard)
        return _ended(engine, outbox, letter, act, attempts, fate)
    until = now + timedelta(minutes=times.retry_minutes[min(attempts, len(times.retry_minutes)) - 1])
    outbox.put_off(message_id, attempts, until, why)
    return _fate(letter, "put_off", why, until, unheard=unheard)


def _noting(sender: Sender, composed: Composed, message_id: str, attempts: int) -> NoteSent:
    return NoteSent(
        on=sender.day,
        message_id=message_id,
        sha256=hashlib.sha256(composed.message).hexdigest(),
        by_way_of=sender.transport.name,
        attempts=attempts,
    )


def _given_up(times: Correspondence, attempts: int, since: timedelta) -> bool:
    """Whether all the time there is for trying is over, and every pause has been waited for at least once.

    The latter because an outbox that nobody has looked into for a week has not been tried for a week.
    """
    return since >= timedelta(hours=times.give_up_hours) and attempts > len(times.retry_minutes)


def _reason(outcome: Deferred | Refused) -> str:
    """A message of ours as it is, to be translated when it is shown; a server's words after their number."""
    return outcome.why if outcome.code is None else f"{outcome.code} {outcome.why}"


def _ended(  # noqa: PLR0913, PLR0917 - what is needed to write down an end, and nothing more
    engine: Engine, outbox: Outbox, letter: Errand, act: LetterAct, attempts: int, fate: Fate
) -> Fate | None:
    """Records what became of a letter for good. None when it had been recorded by somebody else meanwhile."""
    recorded = _recorded(engine, letter.ref, act)
    outbox.settle(fate.message_id, attempts)
    return fate if recorded else None


def _recorded(engine: Engine, ref: str, act: LetterAct) -> bool:
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return bool(engine.handle_letter(ref, act).records)
        except Conflict:
            # Somebody acted on it meanwhile; what became of the letter is no less true.
            continue
        except StepNotPossible:
            return False
    return bool(engine.handle_letter(ref, act).records)


def _fate(
    letter: Errand,
    outcome: Literal["sent", "put_off", "undeliverable", "dropped"],
    why: str | Message | None = None,
    next_try_at: datetime | None = None,
    *,
    unheard: bool = False,
) -> Fate:
    posted = letter.posted.letter
    return Fate(
        message_id=posted.message_id,
        ref=letter.ref,
        party=posted.party,
        to=posted.to,
        outcome=outcome,
        why=why,
        next_try_at=next_try_at,
        unheard=unheard,
    )
