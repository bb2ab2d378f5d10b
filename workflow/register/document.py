"""A document in force, and what each event makes of it. ``evolve`` applies facts and knows no rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from machines.table import table
from workflow.events import LetterDropped, LetterEvent, LetterRequeued, LetterSent, LetterUndeliverable, kind_of
from workflow.facts import Fact
from workflow.letters import NO_MAILBOX, Letters, Posted, after_letter_event, posted
from workflow.record import Record, is_of_document
from workflow.register import events as e
from workflow.register.entry import Entry
from workflow.register.facts import DocumentFlag
from workflow.register.terms import FollowUp, Leads, Statutory, Validity


class Done(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A follow-up: by whom, when, and whether it made the year's complete."""

    on: date
    by: str
    complete: bool


class Own(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a document asked for by itself, before it took another's place."""

    follow_up: FollowUp
    statutory: Statutory


class Document(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document as its records tell it. ``validity``, ``follow_up`` and ``statutory`` hold now; ``entry`` as entered.

    ``suspended``: the case it was born of has been opened again, and binds nobody for now. ``implemented_counts``: its
    follow-ups are counted from the day it was in use, not from the first of its term. ``own``: what it would ask for,
    had it not taken over from its ``predecessors``. ``revised_by``: the cases that revised it, each with its day.
    """

    entry: Entry
    registered_on: date
    registered_by: str
    version: int
    state: str
    parties: tuple[str, ...]
    structure: str | None
    owners: tuple[str, ...]
    leads: Leads
    assess_from: date | None = None
    case: str | None = None
    validity: Validity
    follow_up: FollowUp
    follow_up_demanded: bool = False
    statutory: Statutory
    confirmed: bool = False
    suspended: bool = False
    implemented_counts: bool = False
    extensions: tuple[e.TermExtended, ...] = ()
    notices: tuple[e.NoticeReceived, ...] = ()
    termination: e.TerminationDecided | None = None
    superseded: e.DocumentSuperseded | None = None
    event_met: e.EventMet | None = None
    predecessors: tuple[str, ...] = ()
    own: Own | None = None
    revising: tuple[str, ...] = ()
    revised_on: tuple[date, ...] = ()
    revised_by: Mapping[str, date] = {}
    implemented_on: date | None = None
    followed_up: tuple[Done, ...] = ()
    assessed: e.DocumentAssessed | None = None
    assessed_on: date | None = None
    letters: Letters = {}
    flags: tuple[DocumentFlag, ...] = ()
    checked_on: date | None = None
    latest_on: date

    @property
    def id(self) -> str:
        """The document's id, as b1-09; also the name of its stream."""
        return self.entry.id

    @property
    def is_over(self) -> bool:
        """Whether another has taken its place, or it has been ended: it is handled no more."""
        return self.state in table("document").ends


def evolve(document: Document | None, record: Record) -> Document:
    """The document after ``record``. The first record of a document must be its entry in the register."""
    event = record.event
    if document is None:
        if not isinstance(event, e.DocumentRegistered):
            raise TypeError(f"record {record.seq}: a document begins with its entry, not with {kind_of(event)}")
        return _registered(event, record)
    changes = _EVOLVE[type(event)](document, event, record)
    changes["version"] = record.version
    if record.state is not None:
        changes["state"] = record.state
    if record.on > document.latest_on:
        changes["latest_on"] = record.on
    return replace(document, **changes)


def fold(records: Iterable[Record]) -> Document | None:
    """The document the records tell; None when there are none."""
    document: Document | None = None
    for record in records:
        document = evolve(document, record)
    return document


def document_in(records: Sequence[Record]) -> Document | None:
    """The document whose stream this is; None when it is that of a case, or of nothing."""
    return fold(records) if records and is_of_document(records[0]) else None


def _registered(event: e.DocumentRegistered, record: Record) -> Document:
    terms = event.entry.terms
    return Document(
        entry=event.entry,
        registered_on=record.on,
        registered_by=record.actor,
        version=record.version,
        state=record.state or "registered",
        parties=event.parties,
        structure=event.structure,
        owners=event.owners,
        leads=event.leads,
        assess_from=event.assess_from,
        case=event.case,
        validity=terms.validity,
        follow_up=terms.follow_up,
        follow_up_demanded=event.follow_up_demanded,
        statutory=terms.statutory,
        latest_on=record.on,
    )


Changes = dict[str, Any]

_FOR_SUCCESSOR: dict[FollowUp, FollowUp] = {
    "yearly_after_successor": "yearly",
    "no_period_after_successor": "no_period",
}


def _confirmed(document: Document, event: e.TermConfirmed, _: Record) -> Changes:
    changes: Changes = {"validity": event.validity, "follow_up": event.follow_up, "confirmed": True}
    said: dict[str, Any] = {
        name: value for name, value in (("group", event.group), ("level", event.level)) if value is not None
    }
    if event.forums:
        said |= {"recommending": event.forums, "recommending_as_printed": None}
    if document.own is not None and event.follow_up != document.follow_up:
        changes["own"] = replace(document.own, follow_up=event.follow_up)
    if said:
        changes |= {"entry": replace(document.entry, **said), "owners": event.owners}
    return changes


def _notice_received(document: Document, event: e.NoticeReceived, record: Record) -> Changes:
    letters = (
        Posted(
            letter=letter,
            about="receipt" if letter.party == event.party else "notice",
            queued_on=record.on,
            queued_seq=record.seq,
            on=record.on,
            state="queued" if letter.to else "undeliverable",
            why=None if letter.to else NO_MAILBOX,
        )
        for letter in event.letters
    )
    return {"notices": (*document.notices, event), "letters": posted(document.letters, *letters)}


def _letter_event(document: Document, event: LetterEvent, record: Record) -> Changes:
    return {"letters": after_letter_event(document.letters, event, record.on)}


def _took_over(document: Document, event: e.TookOver, _: Record) -> Changes:
    own = document.own or Own(follow_up=document.follow_up, statutory=document.statutory)
    changes: Changes = {"predecessors": (*document.predecessors, event.of), "own": own}
    asked = _FOR_SUCCESSOR.get(event.follow_up)
    # What its own entry asks for more exactly is not made looser by the words of the one before it.
    if asked is not None and not (asked == "no_period" and document.follow_up == "yearly"):
        changes |= {"follow_up": asked, "implemented_counts": True}
    elif event.follow_up == "yearly" and document.follow_up in {"none", "no_period"}:
        changes["follow_up"] = "yearly"
    if event.statutory != "no" and document.statutory == "no":
        changes["statutory"] = event.statutory
    return changes


def _followed_up(document: Document, event: e.FollowedUp, record: Record) -> Changes:
    done = Done(on=record.on, by=event.by, complete=event.complete)
    return {"followed_up": (*document.followed_up, done)}


def _revised(document: Document, event: e.DocumentRevised, record: Record) -> Changes:
    changes: Changes = {"revised_on": (*document.revised_on, record.on)}
    if event.case is not None:
        changes["revised_by"] = {**document.revised_by, event.case: record.on}
    return changes


def _extended(document: Document, event: e.TermExtended, _: Record) -> Changes:
    if any(each.case == event.case for each in document.extensions):
        return {"extensions": tuple(event if each.case == event.case else each for each in document.extensions)}
    return {"extensions": (*document.extensions, event)}


def _first_day_moved(document: Document, event: e.FirstDayMoved, _: Record) -> Changes:
    validity = replace(document.validity, start=event.from_day)
    return {"validity": validity, "assess_from": event.assess_from}


def undone(document: Document, case: str, by: str | None) -> dict[str, Any]:
    """What there is of the document that the case, or the document ``by`` that was born of it, had led to.

    By field, as it is without that; empty where they had led to nothing that stands.
    """
    changes: Changes = {}
    extensions = tuple(each for each in document.extensions if each.case != case)
    if extensions != document.extensions:
        changes["extensions"] = extensions
    if document.termination is not None and document.termination.case == case:
        changes["termination"] = None
    if case in document.revised_by:
        day = document.revised_by[case]
        changes["revised_on"] = tuple(each for each in document.revised_on if each != day)
        changes["revised_by"] = {name: each for name, each in document.revised_by.items() if name != case}
    if by is not None and document.superseded is not None and document.superseded.by == by:
        changes["superseded"] = None
    if by is not None and document.event_met is not None and document.event_met.by == by:
        changes["event_met"] = None
    if by == document.id and document.own is not None:
        changes |= {"predecessors": (), "own": None, "implemented_counts": False}
        changes |= {"follow_up": document.own.follow_up, "statutory": document.own.statutory}
    return changes


def _revision_begun(document: Document, event: e.RevisionBegun, _: Record) -> Changes:
    return {"revising": (*document.revising, event.case)}


def _revision_ended(document: Document, event: e.RevisionEnded, _: Record) -> Changes:
    return {"revising": tuple(case for case in document.revising if case != event.case)}


def _handed_down(document: Document, event: e.HandedDown, record: Record) -> Changes:
    changes: Changes = {"structure": event.structure, "owners": event.owners, "checked_on": _checked(document, record)}
    if event.assess_from is not None:
        changes["assess_from"] = event.assess_from
    return changes


def _checked(document: Document, record: Record) -> date:
    """The latest day it was looked at for: what is recorded of an earlier day does not take that back."""
    return max(record.on, document.checked_on or record.on)


def _flag_raised(document: Document, event: e.DocumentFlagRaised, record: Record) -> Changes:
    return {"flags": (*document.flags, event.flag), "checked_on": _checked(document, record)}


def _flag_cleared(document: Document, event: e.DocumentFlagCleared, record: Record) -> Changes:
    left = tuple(flag for flag in document.flags if flag != event.flag)
    return {"flags": left, "checked_on": _checked(document, record)}


_EVOLVE: dict[type[Fact], Callable[[Document, Any, Record], Changes]] = {
    e.TermConfirmed: _confirmed,
    e.TermExtended: _extended,
    e.NoticeReceived: _notice_received,
    LetterSent: _letter_event,
    LetterUndeliverable: _letter_event,
    LetterRequeued: _letter_event,
    LetterDropped: _letter_event,
    e.DocumentSuperseded: lambda _document, event, _: {"superseded": event},
    e.TookOver: _took_over,
    e.EventMet: lambda _document, event, _: {"event_met": event},
    e.TerminationDecided: lambda _document, event, _: {"termination": event},
    e.FirstDayMoved: _first_day_moved,
    e.FollowedUp: _followed_up,
    e.Implemented: lambda _document, _event, record: {"implemented_on": record.on},
    e.RevisionBegun: _revision_begun,
    e.RevisionEnded: _revision_ended,
    e.DocumentRevised: _revised,
    e.DocumentAssessed: lambda _document, event, record: {"assessed": event, "assessed_on": record.on},
    e.HandedDown: _handed_down,
    e.OutcomeUndone: lambda document, event, _: undone(document, event.case, event.by),
    e.EffectChanged: lambda _document, event, _: {"suspended": not event.binds},
    e.TimePassed: lambda document, _, record: {"checked_on": _checked(document, record)},
    e.DocumentFlagRaised: _flag_raised,
    e.DocumentFlagCleared: _flag_cleared,
}
