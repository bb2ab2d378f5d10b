"""The checkpoint of a log as it is stored: its origin, its size and the root over its bytes, read as a stream."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from workflow.bad_data import NoDatabase
from workflow.checkpoint import Checkpoint
from workflow.errors import N_
from workflow.merkle import Tree
from workflow.organisation_events import Initialised
from workflow.record import ORGANISATION, decode
from workflow.refusals import HistoryBroken

#: How many rows are held at a time.
_AT_A_TIME = 1000


def stored_checkpoint(connection: Connection) -> Checkpoint:
    """The checkpoint of the log as the connection sees it. Raises NoDatabase or HistoryBroken."""
    query = sa.select(t.events.c.bytes).order_by(t.events.c.seq).execution_options(yield_per=_AT_A_TIME)
    origin = stored_origin(connection)
    tree = Tree()
    for content in connection.execute(query).scalars():
        tree.add(content)
    return Checkpoint(origin=origin, size=tree.size, root=tree.root())


def stored_origin(connection: Connection) -> str:
    """What the log calls itself in its first record. Raises NoDatabase when there is none, or HistoryBroken."""
    query = sa.select(t.events.c.seq, t.events.c.bytes).where(t.events.c.stream == ORGANISATION)
    first = connection.execute(query.order_by(t.events.c.version).limit(1)).one_or_none()
    if first is None:
        raise NoDatabase(where="--db", why=N_("it is not finished."))
    try:
        event = decode(first.bytes).event
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise HistoryBroken(seq=first.seq, why=str(fault)) from None
    if not isinstance(event, Initialised):
        raise HistoryBroken(seq=first.seq, why=N_("it does not name the log"))
    return event.origin
