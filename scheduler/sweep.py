"""Every scheduled check once. It finds, then acts as a person would: whoever is late finds nothing left to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import Check
from workflow.case_types import ASSIGNMENT
from workflow.engine import Engine
from workflow.events import FlagCleared, FlagRaised, Reminded, Rerouted, TookEffect
from workflow.facts import Flag
from workflow.organising import Done
from workflow.record import Event
from workflow.refusals import Conflict
from workflow.register.acts import CheckDocument
from workflow.register.document import Document, document_in
from workflow.register.events import DocumentFlagCleared, DocumentFlagRaised
from workflow.register.facts import DocumentFlag
from workflow.register.registrar import DocumentDone
from workflow.standing_in import stand_ins

#: Hands on what it is given, one by one.
Watch = Callable[[Sequence[str]], Iterable[str]]

#: How often a case that others keep changing is looked at again in one sweep; the next sweep looks anyway.
_ATTEMPTS = 20

#: The name its runs are written down under, by the clock or by hand.
SWEEP = "sweep"

#: A flag on a case, or on a document.
AnyFlag = Flag | DocumentFlag


class Found(Struct, frozen=True, kw_only=True):
    """What a sweep brought about, or would, each flag with its case or its document.

    ``following``: by how many more flags would stand on documents because of what a case leads to (fewer: less than 0).
    """

    raised: tuple[tuple[str, AnyFlag], ...]
    cleared: tuple[tuple[str, AnyFlag], ...]
    took_effect: tuple[str, ...]
    rerouted: tuple[str, ...] = ()
    reminded: tuple[tuple[str, Reminded], ...] = ()
    following: int = 0

    def standing_after(self, standing: int) -> int:
        """How many flags would stand when all of it had been brought about, where ``standing`` do now."""
        return standing + len(self.raised) - len(self.cleared) + self.following


def sweep(engine: Engine, day: date, *, dry_run: bool = False, watch: Watch = iter) -> Found:
    """Runs every check for ``day``; with ``dry_run`` tells what it would bring about and writes nothing.

    ``watch`` is given the references and hands them on one by one: whoever shows progress counts them there.

    Raises DateInFuture for a day that has not come, unless it is a dry run, and NotPermitted for an actor who may not
    check, also when there is nothing to check.
    """
    if not dry_run:
        for check in (Check(on=day), CheckDocument(on=day)):
            engine.require_permitted(None, check)
        return _sorted_out(_brought_about(engine, day, watch))
    led_to: dict[str, Document] = {}
    found = _sorted_out(_foreseen(engine, day, watch, led_to))
    return replace(found, following=sum(_flags_more(engine, each) for each in led_to.values()))


def reroute_overtaken(engine: Engine, day: date) -> Iterator[str]:
    """Routes every open case anew that another structure has overtaken on ``day``; gives their references."""
    structure = engine.organisation.structure_on(day)
    for ref in engine.store.refs_elsewhere(structure) if structure is not None else ():
        if any(isinstance(event, Rerouted) for event in _checked(engine.check, ref, day)):
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

    That is: those another structure has overtaken, those whose next forum is dormant, or was, and every uppdrag that
    is still to be given: its receiver may lack its uppdragsbeskrivning, or have got it.
    """
    structure = engine.organisation.structure_on(day)
    elsewhere = engine.store.refs_elsewhere(structure) if structure is not None else ()
    asleep = engine.store.refs_waiting_for(_asleep_or_standing_in(engine, day))
    waiting = engine.store.refs_flagged("no_active_forum")
    to_be_given = engine.store.refs_undecided(ASSIGNMENT)
    return list(dict.fromkeys([*engine.store.due_for_check(day), *elsewhere, *asleep, *waiting, *to_be_given]))


def _documents_due(engine: Engine, day: date) -> set[str]:
    structure = engine.organisation.structure_on(day)
    return set(engine.store.documents_due(day, structure, _asleep_or_standing_in(engine, day)))


def _asleep_or_standing_in(engine: Engine, day: date) -> set[str]:
    """The forums that are dormant on ``day``, and those that may still have the work of one that is active again."""
    organisation = engine.organisation
    structure, asleep = organisation.structure_on(day), organisation.dormant_on(day)
    woken = {each.forum for each in organisation.statuses if each.from_day <= day} - asleep
    standing_in = stand_ins(engine.rules.structure(structure), woken) if structure is not None else {}
    return {*asleep, *standing_in.values()}


def _brought_about(engine: Engine, day: date, watch: Watch) -> Iterator[tuple[str, Event]]:
    for ref in watch(_due(engine, day)):
        yield from ((ref, event) for event in _checked(engine.check, ref, day))
    # Asked for when the cases are done: one that has just taken effect may have led to a document, or changed one.
    for ref in watch(sorted(_documents_due(engine, day))):
        yield from ((ref, event) for event in _checked(engine.register.check, ref, day))


def _foreseen(engine: Engine, day: date, watch: Watch, led_to: dict[str, Document]) -> Iterator[tuple[str, Event]]:
    """What would come of it; ``led_to`` is filled with the documents that cases would make or change."""
    for ref in watch(_due(engine, day)):
        case = engine.case(ref)
        decision = engine.foresee(case, day)
        led_to.update(engine.foresee_documents(case, decision, day))
        yield from ((ref, each.event) for each in decision.drafted)
    register = engine.register
    for ref in watch(sorted(_documents_due(engine, day) | led_to.keys())):
        document = led_to.get(ref) or register.document(ref)
        yield from ((ref, each.event) for each in register.foresee(document, day).drafted)


def _flags_more(engine: Engine, document: Document) -> int:
    """How many more flags stand on the document than on what the register has of it now."""
    now = document_in(engine.store.stream(document.id))
    return len(document.flags) - (len(now.flags) if now is not None else 0)


def _checked(check: Callable[[str, date], Done | DocumentDone], ref: str, day: date) -> Iterator[Event]:
    """What the calendar brings about for a case, or for a document."""
    for _attempt in range(_ATTEMPTS):
        try:
            done = check(ref, day)
        except Conflict:
            # Somebody acted on it meanwhile: what is left to do is asked anew.
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
