"""The checkpoints that the log itself quotes, at each dispatch and each notice, held to the log as it is.

A party got that checkpoint in its letter. Who writes the log anew and forgets them has contradicted himself.
"""

from collections import deque
from collections.abc import Iterable

from workflow.bad_data import FileUnreadable
from workflow.chain import Finding, StoredEvent, decoded
from workflow.checkpoint import Checkpoint, encoded, read_checkpoint
from workflow.events import Dispatched
from workflow.merkle import Tree, root_over
from workflow.register.events import NoticeReceived

#: How far back the tree is remembered. What is sent to the parties quotes the log of the moment it was decided: others
#: may have written some records between that and its own.
_REMEMBERED = 1000

_QUOTING = frozenset(str(kind.__struct_config__.tag) for kind in (Dispatched, NoticeReceived))


class Quoted:
    """Follows the log record by record. What it quotes from further back than is remembered is ``late``."""

    def __init__(self, origin: str | None, tree: Tree) -> None:
        """``tree`` is that over the log, and grows by each record that is followed."""
        self._origin = origin
        self._tree = tree
        self._peaks = deque([tree.peaks], maxlen=_REMEMBERED)
        self.late: list[tuple[StoredEvent, Checkpoint]] = []

    def follow(self, row: StoredEvent) -> Finding | None:
        """What is to be said against the checkpoint in ``row``, the next of the log; None where there is nothing."""
        found = self._judged(row) if row.kind in _QUOTING else None
        tree = self._tree
        tree.add(row.content)
        self._peaks.append(tree.peaks)
        return found

    def _judged(self, row: StoredEvent) -> Finding | None:
        record = decoded(row)
        if record is None or not isinstance(record.event, Dispatched | NoticeReceived):
            return None
        text = record.event.checkpoint
        if text is None:
            return None
        try:
            quoted = read_checkpoint(text.encode(), row.stream)
        except FileUnreadable:
            return _finding(row, "a checkpoint", text)
        if quoted.origin != self._origin or quoted.size > self._tree.size:
            return _finding(row, f"{self._origin or '–'}, at most {self._tree.size} records", text)
        back = self._tree.size - quoted.size
        if back >= len(self._peaks):
            self.late.append((row, quoted))
            return None
        return _difference(row, quoted, root_over(self._peaks[-1 - back]))


def late_findings(late: Iterable[tuple[StoredEvent, Checkpoint]], rows: Iterable[StoredEvent]) -> list[Finding]:
    """What is to be said against the late ones; ``rows`` is the log once more, from its beginning."""
    asked: dict[int, list[tuple[StoredEvent, Checkpoint]]] = {}
    for row, quoted in late:
        asked.setdefault(quoted.size, []).append((row, quoted))
    if not asked:
        return []
    findings, tree = [], Tree()
    for each in rows:
        findings += [_difference(row, quoted, tree.root()) for row, quoted in asked.pop(tree.size, ())]
        if not asked:
            break
        tree.add(each.content)
    return [each for each in findings if each is not None]


def _difference(row: StoredEvent, quoted: Checkpoint, root: bytes) -> Finding | None:
    return None if quoted.root == root else _finding(row, encoded(root), quoted.root_text)


def _finding(row: StoredEvent, expected: str, found: str) -> Finding:
    told = " ".join(found.split())
    return Finding(seq=row.seq, case=row.stream, check="checkpoint quoted", expected=expected, found=told)
