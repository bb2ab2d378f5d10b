"""What would go otherwise if every act of a case or a document were decided by the rules in force now, and no more.

Each act is decided on the case or the document as its records had brought it there, and with the organisation of its
day. So each difference stands for itself and is not the consequence of another.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import msgspec
from msgspec import Struct

from workflow.audit import UNTELLABLE, decided, evolved
from workflow.case import Case
from workflow.decide.draft import Acting, Context, Drafted
from workflow.errors import Refusal
from workflow.events import kind_of
from workflow.local_time import real_day
from workflow.organisation import Organisation
from workflow.record import Record
from workflow.register.document import Document
from workflow.rulebook import Rulebook

#: What differs when the act is refused today, and when it leads to other kinds of record.
REFUSAL, EVENTS = "refusal", "events"


class Difference(Struct, frozen=True, kw_only=True):
    """A part of a record that would be another today. ``field`` is its place in the record; None is a field left out.

    A refusal is told by its code.
    """

    seq: int
    on: str
    kind: str
    field: str
    then: str | None
    now: str | None


def differences(
    records: Iterable[Record], rules: Rulebook, organisation_before: Callable[[int], Organisation]
) -> list[Difference]:
    """Everything in the records of a case or a document that ``rules`` would have made otherwise; one entry a field."""
    found: list[Difference] = []
    told: Case | Document | None = None
    for _batch, group in groupby(records, key=lambda record: record.batch):
        acted = list(group)
        found.extend(_of_act(told, acted, rules, organisation_before(acted[0].seq)))
        for record in acted:
            told = evolved(told, record)
    return found


def _of_act(
    told: Case | Document | None, acted: list[Record], rules: Rulebook, organisation: Organisation
) -> list[Difference]:
    first = acted[0]
    day = real_day(first.recorded_at)
    context = Context(rules=rules, organisation=organisation, limit=day, acting=Acting(name=first.actor, day=day))
    try:
        drafted = decided(told, first, context).drafted
    except Refusal as refusal:
        return [_difference(first, REFUSAL, None, refusal.code)]
    except UNTELLABLE as fault:
        return [_difference(first, REFUSAL, None, str(fault))]
    then, now = ([kind_of(each.event) for each in side] for side in (acted, drafted))
    if then != now:
        return [_difference(first, EVENTS, ", ".join(then), ", ".join(now))]
    return [
        _difference(record, field, was, would_be)
        for record, wanted in zip(acted, drafted, strict=True)
        for field, was, would_be in _changed(_fields(record), _fields(wanted))
    ]


def _fields(told: Record | Drafted) -> object:
    return msgspec.to_builtins({"on": told.on, "state": told.state, "event": told.event})


def _changed(then: object, now: object, place: str = "") -> Iterator[tuple[str, str | None, str | None]]:
    """Every place where two trees of plain values differ, with both values as text."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in sorted(then.keys() | now.keys()):
            yield from _changed(then.get(name), now.get(name), f"{place}.{name}" if place else name)
    elif then != now:
        yield place, _text(then), _text(now)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else msgspec.json.encode(value).decode()


def _difference(record: Record, field: str, then: str | None, now: str | None) -> Difference:
    return Difference(
        seq=record.seq, on=record.on.isoformat(), kind=kind_of(record.event), field=field, then=then, now=now
    )
