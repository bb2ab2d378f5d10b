"""The checkpoint of a log as it is stored: its origin, its size and the root over its bytes.

Of subtrees that are complete the hash is kept, so that a checkpoint costs the same however long the log is. What is
kept is no more than that: an audit goes by the bytes.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from workflow.bad_data import NoDatabase
from workflow.chain import Finding
from workflow.checkpoint import Checkpoint
from workflow.errors import N_
from workflow.merkle import SUBTREE, Tree
from workflow.organisation_events import Initialised
from workflow.record import ORGANISATION, decode
from workflow.refusals import HistoryBroken

#: How many rows are held at a time.
_AT_A_TIME = 1000

_SUBTREES = sa.select(t.subtrees.c.number, t.subtrees.c.hash)
_LATER = sa.select(t.events.c.bytes).where(t.events.c.seq > sa.bindparam("size")).order_by(t.events.c.seq)
_KEEP = sa.insert(t.subtrees)
_OF_NUMBER = t.subtrees.c.number == sa.bindparam("of_number")
_CHANGE = sa.update(t.subtrees).where(_OF_NUMBER).values(hash=sa.bindparam("node"))
_TAKE = sa.delete(t.subtrees).where(_OF_NUMBER)


def stored_checkpoint(connection: Connection) -> Checkpoint:
    """The checkpoint of the log as the connection sees it. Raises NoDatabase or HistoryBroken."""
    return _checkpoint(connection, kept_subtrees(connection))


def checkpoint_of_bytes(connection: Connection) -> Checkpoint:
    """The same, counted over every record and resting on nothing that is kept beside them. Raises the same."""
    return _checkpoint(connection, {})


def keep_subtrees(connection: Connection, before: int, after: int) -> None:
    """Keeps the hashes of the subtrees that are complete now that the log has grown from ``before`` records."""
    if before // SUBTREE == after // SUBTREE:
        return
    kept = kept_subtrees(connection)
    complete = enumerate(_tree(connection, kept).subtrees)
    connection.execute(_KEEP, [{"number": place, "hash": node} for place, node in complete if place not in kept])


def kept_subtrees(connection: Connection) -> dict[int, bytes]:
    """The hashes that are kept, each by the number of its subtree."""
    return dict(connection.execute(_SUBTREES).all())


def subtree_findings(made: Sequence[bytes], kept: Mapping[int, bytes]) -> Iterator[Finding]:
    """Where the hashes that are kept are not those that the log makes."""
    wanted = dict(enumerate(made))
    for number in sorted({*wanted, *kept}):
        one, other = wanted.get(number), kept.get(number)
        if one != other:
            last = (number + 1) * SUBTREE
            yield Finding(seq=last, case=None, check="subtree", expected=_told(one), found=_told(other))


def put_subtrees_right(connection: Connection) -> dict[str, int]:
    """Makes the hashes that are kept those of the log; how many were ``changed``, ``added`` and ``removed``."""
    made, kept = dict(enumerate(_tree(connection, {}).subtrees)), kept_subtrees(connection)
    added = [{"number": number, "hash": node} for number, node in made.items() if number not in kept]
    changed = [{"of_number": number, "node": node} for number, node in made.items() if kept.get(number, node) != node]
    removed = [{"of_number": number} for number in kept if number not in made]
    for statement, values in ((_CHANGE, changed), (_TAKE, removed), (_KEEP, added)):
        if values:
            connection.execute(statement, values)
    return {"changed": len(changed), "added": len(added), "removed": len(removed)}


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


def _told(node: bytes | None) -> str:
    return "–" if node is None else node.hex()


def _checkpoint(connection: Connection, kept: Mapping[int, bytes]) -> Checkpoint:
    origin = stored_origin(connection)
    tree = _tree(connection, kept)
    return Checkpoint(origin=origin, size=tree.size, root=tree.root())


def _tree(connection: Connection, kept: Mapping[int, bytes]) -> Tree:
    """The tree over the log: of the subtrees that are kept from the first on, and of all records after these."""
    tree = Tree()
    while (node := kept.get(len(tree.subtrees))) is not None:
        tree.add_subtree(node)
    later = connection.execute(_LATER, {"size": tree.size}, execution_options={"yield_per": _AT_A_TIME})
    for content in later.scalars():
        tree.add(content)
    return tree
