"""Replays every golden history and prints one digest of all it leads to.

``python -m tests.faults.one_digest [by-hash]``. By hash is a seeded fault: an order that Python's hashes decide.
"""

import hashlib
import sys

import msgspec

from tests.golden_histories import History, histories
from workflow.evolve import fold
from workflow.record import ORGANISATION
from workflow.register.document import document_in
from workflow.register.telling import replay_document
from workflow.register.view import document_view
from workflow.replay import replay
from workflow.views import case_view


def told(history: History, *, by_hash: bool) -> bytes:
    """What a history leads to, step by step and in the order in which the product tells it."""
    found: list[object] = [history.findings()]
    for name, places in history.streams().items():
        records = [history.records[place] for place in places]
        if name == ORGANISATION:
            continue
        document = document_in(records)
        telling = replay(records) if document is None else replay_document(records)
        steps = [(each.before, each.after, each.allowed, str(each.why.values)) for each in telling]
        case = fold(records) if document is None else None
        views = [*([case_view(case)] if case else []), *([document_view(document)] if document else [])]
        assert len(views) == 1
        found += [steps, *views]
        if by_hash:
            found += [[*{record.actor + str(record.seq) for record in records}]]
    return msgspec.json.encode(found)


def main(fault: str = "") -> None:
    total = hashlib.sha256()
    for history in histories():
        total.update(told(history, by_hash=fault == "by-hash"))
    sys.stdout.write(f"{total.hexdigest()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
