"""A case in force binds from another day: what it had led to for a document counts from that one.

Source: reading G8 (a case takes effect when its effect rule is satisfied). That this was another day a rättelse says,
an answer that is reported late, or another effect rule.
"""

from datetime import date, timedelta

from msgspec.structs import replace

from workflow.bad_data import ValidityInvalid
from workflow.errors import N_
from workflow.register.acts import MoveDay, UndoOutcome
from workflow.register.decide.draft import DocumentDraft
from workflow.register.decide.ending import undo
from workflow.register.decide.entering import assess_from
from workflow.register.document import Document, undone
from workflow.register.events import FirstDayMoved, TermExtended, TerminationDecided
from workflow.register.spans import first_day, stated_end, stop

_DAY = timedelta(days=1)


def move(draft: DocumentDraft, act: MoveDay) -> None:
    """Each day that the case gave the document is the one it gives now; where it gave none, nothing is written.

    Raises ValidityInvalid when the document born of the case would begin, or what was added would, after its own end.
    """
    day = act.case.in_force_from
    if day is None:
        return
    if draft.document.case == act.case.ref:
        _move_first_day(draft, act.case.ref, day)
    _move_extension(draft, act, day)
    _move_end(draft, act, day)


def _move_first_day(draft: DocumentDraft, case: str, day: date) -> None:
    document = draft.document
    if first_day(document) == day:
        return
    ends = document.validity.end
    if ends is not None and ends < day:
        raise _after(draft, case, day, ends)
    ended = stop(document)
    if ended is not None and ended < day:
        told = N_("{document} was over on {ended}, before its first day as it is now, {day}: it never was in force.")
        draft.say(told, document=document.id, ended=ended, day=day)
    demanded = assess_from(day, draft.context, draft.day)
    draft.lay(FirstDayMoved(case=case, from_day=day, assess_from=demanded), "put_right")


def _move_extension(draft: DocumentDraft, act: MoveDay, day: date) -> None:
    """What was added begins when the case binds, and not before the term it continues has ended."""
    document = draft.document
    place = next((at for at, each in enumerate(document.extensions) if each.case == act.case.ref), None)
    if place is None:
        return
    standing, ends = document.extensions[place], _end_before(document, place)
    begins = max(day, ends + _DAY) if ends is not None else day
    if begins > standing.until:
        _undo_extension(draft, act, _after(draft, act.case.ref, day, standing.until))
    elif begins != standing.from_day:
        draft.lay(TermExtended(case=standing.case, from_day=begins, until=standing.until, moved=True), "put_right")


def _undo_extension(draft: DocumentDraft, act: MoveDay, otherwise: ValidityInvalid) -> None:
    """It never was extended; where the case has led to something else as well, that would go with it."""
    if undone(draft.document, act.case.ref, None).keys() != {"extensions"}:
        raise otherwise
    undo(draft, UndoOutcome(on=act.on, case=act.case.ref))


def _end_before(document: Document, place: int) -> date | None:
    """The last day of what stood before the extension at that place."""
    return stated_end(replace(document, extensions=document.extensions[:place]))


def _after(draft: DocumentDraft, case: str, day: date, ends: date) -> ValidityInvalid:
    why = N_("{case} binds from {day}, after {ends}, the last day it gave {document}; there the days stay as they are.")
    return ValidityInvalid(why=why, case=case, day=day, ends=ends, document=draft.document.id)


def _move_end(draft: DocumentDraft, act: MoveDay, day: date) -> None:
    """The last day is the one before the case takes effect, unless the case gives one itself."""
    standing = draft.document.termination
    last = act.case.valid_to or day - _DAY
    if standing is not None and standing.case == act.case.ref and standing.last_day != last:
        draft.lay(TerminationDecided(case=standing.case, last_day=last, moved=True), "put_right")
