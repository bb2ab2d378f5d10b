"""Every scheduled check once. It finds, then acts as a person would: whoever is late finds nothing left to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from workflow.engine import Engine
from workflow.events import FlagCleared, FlagRaised, Reminded, Rerouted, TookEffect
from workflow.facts import Flag
from workflow.record import Event
from workflow.refusals import Conflict
from workflow.register.events import DocumentFlagCleared, DocumentFlagRaised
from workflow.register.facts import DocumentFlag

#: Hands on what it is given, one by one.
Watch = Callable[[Sequence[str]], Iterable[str]]

#: How often a case that others keep changing is looked at again in one sweep; the next sweep looks anyway.
_ATTEMPTS = 20

#: The name its runs are written down under, by the clock or by hand.
SWEEP = "sweep"


#: A flag on a case, or on a document.
AnyFlag = Flag | DocumentFlag


class Found(Struct, frozen=True, kw_only=True):
    """What a sweep brought about, each flag with its case or its document."""

    raised: tuple[tuple[str, AnyFlag], ...]
    cleared: tuple[tuple[str, AnyFlag], ...]
    took_effect: tuple[str, ...]
    rerouted: tuple[str, ...] = ()
    reminded: tuple[tuple[str, Reminded], ...] = ()


def sweep(engine: Engine, day: date, *, dry_run: bool = False, watch: Watch = iter) -> Found:
    """Runs every check for ``day``; with ``dry_run`` tells what it would bring about and writes nothing.

    ``watch`` is given the references and hands them on one by one: whoever shows progress counts them there.

    Raises DateInFuture for a day that has not come, unless it is a dry run.
    """
    found: list[tuple[str, Event]] = []
    cases = _due(engine, day)
    documents = frozenset(engine.store.documents_due(day, engine.organisation.structure_on(day)))
    for ref in watch([*cases, *sorted(documents)]):
        if ref in documents:
            events = _foreseen_of_document(engine, ref, day) if dry_run else _checked_document(engine, ref, day)
        else:
            events = _foreseen(engine, ref, day) if dry_run else _checked(engine, ref, day)
        found.extend((ref, event) for event in events)
    return _sorted_out(found)


def follow_structure(engine: Engine, day: date) -> Iterator[str]:
    """Routes every open case anew that another structure has overtaken on ``day``; gives their references."""
    structure = engine.organisation.structure_on(day)
    for ref in engine.store.refs_elsewhere(structure) if structure is not None else ():
        if any(isinstance(event, Rerouted) for event in _checked(engine, ref, day)):
            yield ref


def counted(found: Found) -> dict[str, int]:
    """What a sweep brought about, counted; what did not happen is left out."""
    counts = {
        "raised": len(found.raised),
        "cleared": len(found.cleared),
        "took_effect": len(found.took_effect),
        "rerouted": len(found.rerouted),
        "reminded": len(found.reminded),
    }
    return {name: count for name, count in counts.items() if count}


def _due(engine: Engine, day: date) -> list[str]:
    """The cases the calendar may bring something about for, and those that the organisation may have changed for.

    That is: those another structure has overtaken, and those whose next forum is dormant, or was.
    """
    structure = engine.organisation.structure_on(day)
    elsewhere = engine.store.refs_elsewhere(structure) if structure is not None else ()
    asleep = engine.store.refs_waiting_for(engine.organisation.dormant_on(day))
    waiting = engine.store.refs_flagged("no_active_forum")
    return list(dict.fromkeys([*engine.store.due_for_check(day), *elsewhere, *asleep, *waiting]))


def _foreseen(engine: Engine, ref: str, day: date) -> Iterator[Event]:
    for drafted in engine.foresee(engine.case(ref), day).drafted:
        yield drafted.event


def _checked(engine: Engine, ref: str, day: date) -> Iterator[Event]:
    for _attempt in range(_ATTEMPTS):
        try:
            done = engine.check(ref, day)
        except Conflict:
            # Somebody acted on the case meanwhile: what is left to do is asked anew.
            continue
        yield from (record.event for record in done.records)
        return


def _foreseen_of_document(engine: Engine, document_id: str, day: date) -> Iterator[Event]:
    register = engine.register
    for drafted in register.foresee(register.document(document_id), day).drafted:
        yield drafted.event


def _checked_document(engine: Engine, document_id: str, day: date) -> Iterator[Event]:
    for _attempt in range(_ATTEMPTS):
        try:
            done = engine.register.check(document_id, day)
        except Conflict:
            continue
        yield from (record.event for record in done.records)
        return


def _sorted_out(found: Iterable[tuple[str, Event]]) -> Found:
    events = tuple(found)
    return Found(
        raised=tuple((ref, event.flag) for ref, event in events if isinstance(event, FlagRaised | DocumentFlagRaised)),
        cleared=tuple(
            (ref, event.flag) for ref, event in events if isinstance(event, FlagCleared | DocumentFlagCleared)
        ),
        took_effect=tuple(ref for ref, event in events if isinstance(event, TookEffect)),
        rerouted=tuple(ref for ref, event in events if isinstance(event, Rerouted)),
        reminded=tuple((ref, event) for ref, event in events if isinstance(event, Reminded)),
    )
