"""What may be asked of the register, in the imperative. What an act relies on elsewhere, the engine looks up for it."""

from datetime import date
from typing import get_args

from workflow.acts import Act
from workflow.facts import Language
from workflow.register.entry import Entry
from workflow.register.facts import CaseFacts
from workflow.register.terms import FollowUp, Scope, Statutory


class Following(Act, frozen=True, kw_only=True):
    """An act that a case may bring about by itself (``of_case``); the engine says so."""

    of_case: bool = False


class EnterDocument(Following, frozen=True, kw_only=True, tag="enter_document"):
    """Enter a document in the register; ``case``: the case it was born of."""

    entry: Entry
    case: str | None = None


class ConfirmTerm(Act, frozen=True, kw_only=True, tag="confirm_term"):
    """Say what the entry leaves open: a last day, or that there is none; how it is followed up; whose it is."""

    valid_to: date | None = None
    open_ended: bool = False
    follow_up: FollowUp | None = None
    group: str | None = None
    level: str | None = None
    forums: tuple[str, ...] = ()


class ExtendTerm(Following, frozen=True, kw_only=True, tag="extend_term"):
    """Give the document the later last day that a case has decided on."""

    case: CaseFacts | None = None


class GiveNotice(Act, frozen=True, kw_only=True, tag="give_notice"):
    """A party's notice as it was received. ``scope``: as the document's rule has it, unless it is said.

    ``checkpoint``: the log's own, for the foot of the letters by which every party is told; the engine looks it up. An
    act without one, as they were recorded before there were such letters, calls for none.
    """

    party: str
    received: date
    scope: Scope | None = None
    languages: tuple[Language, ...] = ("sv",)
    checkpoint: str | None = None


class Supersede(Following, frozen=True, kw_only=True, tag="supersede"):
    """Another document takes its place; the engine looks up from which day, and what it has succeeded itself."""

    by: str
    from_day: date | None = None
    line: tuple[str, ...] = ()


class TakeOver(Act, frozen=True, kw_only=True, tag="take_over"):
    """The other side of ``Supersede``: what the successor takes over."""

    of: str
    follow_up: FollowUp = "none"
    statutory: Statutory = "no"


class MeetEvent(Act, frozen=True, kw_only=True, tag="meet_event"):
    """What a document was to hold until has happened: ``by`` succeeds ``of`` from a day."""

    of: str
    by: str
    from_day: date


class TerminateDocument(Act, frozen=True, kw_only=True, tag="terminate_document"):
    """End the document as a case has decided."""

    case: CaseFacts


class ChangeBinding(Act, frozen=True, kw_only=True, tag="change_binding"):
    """The case the document was born of has ceased to bind, or binds again."""

    case: str
    binds: bool


class UndoOutcome(Act, frozen=True, kw_only=True, tag="undo_outcome"):
    """What a case had led to for the document holds no longer, since the case does not.

    ``by``: the document the case was the birth of, where that had taken another's place.
    """

    case: str
    by: str | None = None


class MoveDay(Act, frozen=True, kw_only=True, tag="move_day"):
    """The case binds from another day: what it had led to for the document counts from that one.

    ``before``: the day it bound from until then; None where it bound nobody, and only comes to bind again.
    """

    case: CaseFacts
    before: date | None = None


class RecordFollowUp(Act, frozen=True, kw_only=True, tag="record_follow_up"):
    """A forum has followed the document up."""

    by: str
    minutes: str | None = None


class RecordImplementation(Act, frozen=True, kw_only=True, tag="record_implementation"):
    """The document is in use at the parties."""


class BeginRevision(Act, frozen=True, kw_only=True, tag="begin_revision"):
    """A case on the document was opened."""

    case: str


class EndRevision(Act, frozen=True, kw_only=True, tag="end_revision"):
    """The case on the document is over."""

    case: str


class RecordRevision(Following, frozen=True, kw_only=True, tag="record_revision"):
    """The document has been revised."""

    case: str | None = None
    by: str | None = None
    minutes: str | None = None


class AssessDocument(Act, frozen=True, kw_only=True, tag="assess_document"):
    """Say whether the document is kept under the new structure (rule X13)."""

    keep: bool
    by: str | None = None
    minutes: str | None = None


class CheckDocument(Act, frozen=True, kw_only=True, tag="check_document"):
    """What the calendar alone brings about for the document on ``on``."""


DocumentAct = (
    EnterDocument
    | ConfirmTerm
    | ExtendTerm
    | GiveNotice
    | Supersede
    | TakeOver
    | MeetEvent
    | TerminateDocument
    | ChangeBinding
    | UndoOutcome
    | MoveDay
    | RecordFollowUp
    | RecordImplementation
    | BeginRevision
    | EndRevision
    | RecordRevision
    | AssessDocument
    | CheckDocument
)

#: The same, for whoever asks of many: held against one by one, a union costs more than what is then done.
DOCUMENT_ACTS: frozenset[type[Act]] = frozenset(get_args(DocumentAct))
