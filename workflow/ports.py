"""What the engine needs from outside, and nothing about how it is done."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from workflow.checkpoint import Checkpoint
from workflow.decide.draft import Drafted
from workflow.record import AnyAct, Record
from workflow.register.view import DocumentView
from workflow.views import CaseView


class Clock(Protocol):
    """The real clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Batch(Struct, frozen=True, kw_only=True):
    """What one act adds to one stream. ``unless_moved`` names other streams it was decided on, with their versions.

    ``before`` is what is kept of the case until now: a store need not write anew what stays as it was.
    """

    stream: str
    expected: int
    act: AnyAct
    drafted: tuple[Drafted, ...]
    actor: str
    rules: str
    unless_moved: Mapping[str, int] = {}
    attachments: Mapping[str, bytes] = {}
    rule_files: Mapping[str, bytes] = {}
    before: CaseView | None = None


#: What is kept ready of the stream that a batch adds to.
View = CaseView | DocumentView

#: Makes the view of a stream from the records that were added to it; None where none is kept.
Keep = Callable[[Sequence[Record]], View | None]

#: Gives batches one after the other, each with what keeps its view, as it reads streams in the same transaction.
Writings = Callable[[Callable[[str], Sequence[Record]]], Iterable[tuple[Batch, Keep]]]


class Store(Protocol):
    """The log and what is kept beside it. Everything of one act is written in one transaction, or nothing."""

    def stream(self, name: str) -> Sequence[Record]:
        """The records of a stream, in order; empty when there are none."""
        ...

    def append(self, batch: Batch, keep: Keep) -> tuple[Record, ...]:
        """Numbers, chains and writes the batch's events, and the view that ``keep`` makes of them.

        Raises StreamMoved when a stream is not at the version the batch was decided on.
        """
        ...

    def append_all(self, writings: Writings) -> None:
        """As ``append`` for one batch after the other, all of them or nothing. Raises StreamMoved."""
        ...

    def last_number(self, prefix: str) -> int:
        """The highest running number among the case references that begin with ``prefix``; 0 when there is none."""
        ...

    def nearest_ref(self, ref: str) -> str | None:
        """The case a mistyped reference probably means; None when none is near."""
        ...

    def refs_of_type(self, type_id: str) -> Sequence[str]:
        """The references of every case of a type, in order."""
        ...

    def refs_undecided(self, type_id: str) -> Sequence[str]:
        """The references of the cases of a type that are neither over nor decided for good, in order."""
        ...

    def open_refs(self) -> Sequence[str]:
        """The references of the cases that are not over, in order."""
        ...

    def refs_elsewhere(self, structure: str) -> Sequence[str]:
        """The references of the cases that are not over and stand under another structure."""
        ...

    def refs_waiting_for(self, bodies: Collection[str]) -> Sequence[str]:
        """The references of the cases in which one of the bodies has something to do, in order."""
        ...

    def refs_flagged(self, kind: str) -> Sequence[str]:
        """The references of the cases on which a flag of the kind stands, in order."""
        ...

    def document_ids(self) -> Sequence[str]:
        """The ids of every document of the register, in order."""
        ...

    def nearest_document(self, text: str) -> str | None:
        """The document a mistyped id probably means; None when none is near."""
        ...

    def documents_due(self, day: date, structure: str | None, asleep: Collection[str] = ()) -> Sequence[str]:
        """The documents the calendar may bring something about for by ``day``, and those of another structure.

        Those as well that one of the bodies ``asleep`` has something to do about.
        """
        ...

    def documents_awaiting(self, document: str | None = None) -> Sequence[str]:
        """The documents that hold until another is succeeded: ``document``, or any."""
        ...

    def documents_ended_by(self, successor: str) -> Sequence[str]:
        """The documents that held until another was succeeded, and ended when ``successor`` did that."""
        ...

    def due_for_check(self, day: date) -> Sequence[str]:
        """The references of the cases for which the calendar may bring something about on or before ``day``."""
        ...

    def checkpoint(self) -> Checkpoint:
        """The log as it stands, to be held to later. Raises NoDatabase or HistoryBroken."""
        ...

    def login(self) -> str | None:
        """Who is connected, as the database itself knows them; None where it has no logins."""
        ...

    def logins(self, names: Collection[str]) -> frozenset[str] | None:
        """Which of the names are logins of the database; None where it has no logins."""
        ...

    def rule_set(self, digest: str) -> Mapping[str, bytes]:
        """The files of a rule set kept in the database. KeyError when it is not there."""
        ...


class StreamMoved(Exception):
    """A stream is at another version than expected."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.stream = stream
