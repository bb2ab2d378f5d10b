"""A document told again from its entry: each record, what the chart allowed there, and why it led where it did."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, get_args

from machines.table import table
from workflow.errors import N_, Remark
from workflow.events import LetterEvent
from workflow.facts import Fact
from workflow.record import Record
from workflow.register import events as e
from workflow.register.document import Document, evolve
from workflow.register.spans import last_day
from workflow.replay import Told, of_letter


def replay_document(records: Iterable[Record]) -> list[Told]:
    """Each record in order, told. Applies facts; judges nothing."""
    told: list[Told] = []
    document: Document | None = None
    for record in records:
        before = document
        document = evolve(document, record)
        told.append(
            Told(
                record=record,
                before=before.state if before else None,
                after=document.state,
                allowed=_allowed(before),
                why=_why(record.event, document),
            )
        )
    return told


def _allowed(document: Document | None) -> tuple[str, ...]:
    if document is None:
        return ("enter",)
    return tuple(sorted({event for state, event in table("document").arcs if state == document.state}))


def _why(event: Fact, document: Document) -> Remark:
    if isinstance(event, e.NoticeReceived):
        return _notice(event, last_day(document))
    return _WHY[type(event)](event)


def _plain(message: str, *fields: str) -> Callable[[Any], Remark]:
    """A reason that only needs fields of the event."""
    return lambda event: Remark(message, {field: getattr(event, field) for field in fields})


def _either(fact: str, yes: str, no: str) -> Callable[[Any], Remark]:
    return lambda event: Remark(yes if getattr(event, fact) else no, {})


def _moved(message: str, moved: str, *fields: str) -> Callable[[Any], Remark]:
    """As ``_plain``, in other words where the event moves what was said before to another day."""
    return lambda event: _plain(moved if event.moved else message, *fields)(event)


def _registered(event: e.DocumentRegistered) -> Remark:
    if event.case is not None:
        return Remark(N_("Entered in the register as what {case} led to."), {"case": event.case})
    return Remark(N_("Entered in the register: «{text}»."), {"text": event.entry.validity_text or "–"})


def _notice(event: e.NoticeReceived, last: date | None) -> Remark:
    """``last``: the document's last day, as far as was known with the notice; where it ends before, it ends by that."""
    said = {"party": event.party, "received": event.received, "ends_on": event.ends_on, "count": len(event.letters)}
    alone = event.scope == "party"
    if last is not None and last < event.ends_on:
        told = N_("{party} gave notice, received {received}; it ends for all on {last} all the same.")
        if event.letters:
            told = N_(
                "{party} gave notice, received {received}; it ends for all on {last} all the same. Letters: {count}."
            )
        return Remark(told, {**said, "last": last})
    if event.letters and alone:
        told = N_("{party} gave notice for itself, received {received}; it leaves after {ends_on}. Letters: {count}.")
    elif event.letters:
        told = N_("{party} gave notice, received {received}; it ends for all on {ends_on}. Letters: {count}.")
    elif alone:
        told = N_("{party} gave notice for itself, received {received}; it leaves after {ends_on}.")
    else:
        told = N_("{party} gave notice, received {received}; it ends for all on {ends_on}.")
    return Remark(told, said)


def _flag(message: str, about_party: str) -> Callable[[Any], Remark]:
    def why(event: e.DocumentFlagRaised | e.DocumentFlagCleared) -> Remark:
        flag = event.flag
        said = {"flag": flag.kind, "party": flag.party, "due": flag.due or "–"}
        return Remark(message if flag.party is None else about_party, said)

    return why


_WHY: dict[type[Fact], Callable[[Any], Remark]] = {
    e.DocumentRegistered: _registered,
    e.TermConfirmed: _plain(N_("Somebody has said what its entry left open.")),
    e.TermExtended: _moved(
        N_("{case} extended it to {until}, from {from_day}."),
        N_("{case} binds from another day: it is extended to {until} from {from_day}."),
        *("case", "until", "from_day"),
    ),
    e.DocumentSuperseded: _moved(
        N_("{by} takes its place from {from_day}."),
        N_("{by} begins on another day: it takes its place from {from_day}."),
        *("by", "from_day"),
    ),
    e.TookOver: _plain(N_("It takes the place of {of}."), "of"),
    e.EventMet: _moved(
        N_("{by} has succeeded {of}: its last day is {last_day}."),
        N_("{by} has succeeded {of} on another day: its last day is {last_day}."),
        *("by", "of", "last_day"),
    ),
    e.TerminationDecided: _moved(
        N_("{case} ends it; its last day is {last_day}."),
        N_("{case} binds from another day: it ends, and its last day is {last_day}."),
        *("case", "last_day"),
    ),
    e.FirstDayMoved: _plain(
        N_("{case}, which it was born of, binds from another day: its first day is {from_day}."), "case", "from_day"
    ),
    e.EffectChanged: _either(
        "binds", N_("The case it was born of binds again."), N_("The case it was born of no longer binds anybody.")
    ),
    e.OutcomeUndone: _plain(N_("{case} holds no longer: what it had led to is undone."), "case"),
    e.FollowedUp: _plain(N_("{by} followed it up."), "by"),
    e.Implemented: _plain(N_("It is in use at the parties.")),
    e.RevisionBegun: _plain(N_("{case} on it was opened."), "case"),
    e.RevisionEnded: _plain(N_("{case} is over."), "case"),
    e.DocumentRevised: _plain(N_("It was revised.")),
    e.DocumentAssessed: _either("keep", N_("It was assessed: it is kept."), N_("It was assessed: it is to end.")),
    e.HandedDown: lambda event: Remark(
        N_("In {structure} it is answered for by: {owners}."),
        {"structure": event.structure, "owners": ", ".join(event.owners) or "–"},
    ),
    e.TimePassed: _plain(N_("The calendar alone brought it here.")),
    e.DocumentFlagRaised: _flag(N_("{flag} raised; its day: {due}."), N_("{flag}: {party}, {due}.")),
    e.DocumentFlagCleared: _flag(
        N_("The reason for {flag} is gone."), N_("{flag}: {party}, {due}. The reason for it is gone.")
    ),
    **dict.fromkeys(get_args(LetterEvent), of_letter),
}
