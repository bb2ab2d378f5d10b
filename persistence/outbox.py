"""The letters that wait to be sent: which of them are due, who is sending them just now, how far the tries have come.

What became of a letter for good is a record of its case, and the engine's to write. Here stands only what a sender
needs to know between two tries.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.database import Database
from workflow.errors import N_
from workflow.facts import Text
from workflow.refusals import HistoryBroken


class Waiting(Struct, frozen=True, kw_only=True):
    """A letter claimed by one sender: nobody else tries it until the claim is over. ``attempts``: tries so far."""

    message_id: str
    ref: str
    party: str
    attempts: int


class Outbox:
    """The tries to send the letters of a database. Moments are in UTC and come as arguments."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def claim(self, sender: str, now: datetime, lasting: timedelta, most: int) -> Sequence[Waiting]:
        """Takes letters that are due, the longest waiting first, for ``sender`` alone until the claim is over.

        A claim ends by ``settle``, ``put_off`` or ``release``, or, when the sender is no more, by its time.
        """
        with self.database.writing() as connection:
            found = [_waiting(row) for row in connection.execute(_due(now, lasting).limit(most))]
            for each in found:
                claimed = {"claimed_by": sender, "claimed_until": _moment(now + lasting)}
                _write(connection, each.message_id, {"attempts": each.attempts, **claimed})
        return found

    def put_off(self, message_id: str, attempts: int, until: datetime, said: str) -> None:
        """The try came to nothing, and the next one is due at ``until``; ``said`` is what the mail server said."""
        with self.database.writing() as connection:
            values = {"attempts": attempts, "next_try_at": _moment(until), "said": said}
            _write(connection, message_id, {**values, **_UNCLAIMED})

    def release(self, message_id: str) -> None:
        """Gives up the claim without a try."""
        with self.database.writing() as connection:
            statement = sa.update(t.sending).where(t.sending.c.message_id == message_id)
            connection.execute(statement.values(_UNCLAIMED))

    def settle(self, message_id: str, attempts: int) -> None:
        """No more tries are needed: what became of the letter stands in its case."""
        with self.database.writing() as connection:
            values = {"attempts": attempts, "next_try_at": None, "said": None}
            _write(connection, message_id, {**values, **_UNCLAIMED})

    def hasten(self, message_id: str | None = None) -> None:
        """Makes a letter that was put off due at once; every one of them, when none is named."""
        statement = sa.update(t.sending).values(next_try_at=None)
        if message_id is not None:
            statement = statement.where(t.sending.c.message_id == message_id)
        with self.database.writing() as connection:
            connection.execute(statement)

    def text(self, text: Text | None, named_in: int) -> bytes | None:
        """The content of a text that the record numbered ``named_in`` calls for; None for none.

        Raises HistoryBroken when what is kept is not that text: it would leave under a checksum that is not its own.
        """
        if text is None or text.sha256 is None:
            return None
        query = sa.select(t.texts.c.content).where(t.texts.c.digest == text.sha256)
        with self.database.reading() as connection:
            content: bytes | None = connection.execute(query).scalar()
        if content is None or hashlib.sha256(content).hexdigest() != text.sha256:
            raise HistoryBroken(seq=named_in, why=N_("the text {sha256} is not kept as it was"), sha256=text.sha256)
        return content

    def next_try(self) -> datetime | None:
        """When the next letter is due; None when none waits for a later try."""
        query = sa.select(sa.func.min(t.sending.c.next_try_at)).join(
            t.outbox, t.outbox.c.message_id == t.sending.c.message_id
        )
        with self.database.reading() as connection:
            found = connection.execute(query.where(t.outbox.c.state == t.QUEUED)).scalar()
        return datetime.fromisoformat(found) if found is not None else None


_UNCLAIMED = {"claimed_by": None, "claimed_until": None}


def _due(now: datetime, lasting: timedelta) -> sa.Select[tuple[str, str, str, int]]:
    """Queued letters nobody has claimed and whose next try is not later than ``now``.

    A claim that ends further ahead than one can is of a clock since set back; twice that, for clocks that differ.
    """
    moment, no_claim_yet = _moment(now), _moment(now + 2 * lasting)
    letter, sending = t.outbox.c, t.sending.c
    tried = sa.func.coalesce(sending.attempts, 0).label("attempts")
    return (
        sa.select(letter.message_id, letter.ref, letter.party, tried)
        .outerjoin(t.sending, sending.message_id == letter.message_id)
        .where(
            letter.state == "queued",
            sa.or_(
                sending.claimed_until.is_(None),
                sending.claimed_until <= moment,
                sending.claimed_until > no_claim_yet,
            ),
            sa.or_(sending.next_try_at.is_(None), sending.next_try_at <= moment),
        )
        .order_by(letter.queued_seq, letter.message_id)
    )


def _waiting(row: sa.Row[tuple[str, str, str, int]]) -> Waiting:
    return Waiting(message_id=row.message_id, ref=row.ref, party=row.party, attempts=row.attempts)


def _write(connection: Connection, message_id: str, values: dict[str, object]) -> None:
    statement = sa.update(t.sending).where(t.sending.c.message_id == message_id)
    if connection.execute(statement.values(values)).rowcount == 0:
        connection.execute(sa.insert(t.sending).values(message_id=message_id, **values))


def _moment(moment: datetime) -> str:
    """A moment as text that sorts as moments do: always UTC, always with microseconds."""
    return moment.isoformat(timespec="microseconds")
