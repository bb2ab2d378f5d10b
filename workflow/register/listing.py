"""A document as a list shows it on a day, and what a year holds for it: pure functions of the document and the date."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from workflow.register.document import Document
from workflow.register.duties import Cycle, follow_ups, revisions
from workflow.register.flags import flags_on
from workflow.register.spans import (
    Span,
    current_or_last,
    first_day,
    last_day,
    notice_day,
    notice_span,
    span_on,
    under_notice,
)
from workflow.register.standing import HOLDING, STATUS, state_on

What = Literal["follow_up", "revision", "notice_deadline", "renews", "ends"]

_DAY = timedelta(days=1)


class Coming(Struct, frozen=True, kw_only=True):
    """Something a day holds for a document."""

    day: date
    what: What


def row_on(document: Document, day: date, owners: tuple[str, ...]) -> dict[str, Any] | None:
    """The row of a document on ``day``, plain values; None before its first day, when it is in no list yet."""
    state = state_on(document, day)
    if state not in STATUS:
        return None
    span = current_or_last(document, day)
    for_notice = notice_span(document, day)
    holding = state in HOLDING
    duties = holding or state == "ambiguous"
    return {
        "id": document.id,
        "title": document.entry.title,
        "type": document.entry.type,
        "group": document.entry.group,
        "status": STATUS[state],
        "state": state,
        "valid_from": _told(first_day(document)),
        "term_ends": _told(_term_ends(document, span)),
        "renewals": span.renewals if span is not None else 0,
        "last_notice_date": _told(notice_day(document, for_notice) if holding and for_notice is not None else None),
        "next_follow_up": _told(_coming(follow_ups(document), day) if duties else None),
        "next_revision": _told(_coming(revisions(document), day) if duties else None),
        "owner": "+".join(owners) or None,
        "owners": list(owners),
        "statutory": None if document.statutory == "no" else document.statutory,
        "flags": sorted({flag.kind for flag in flags_on(document, day)}),
    }


def year_of(document: Document, year: int) -> list[Coming]:
    """What a year holds for a document, as far as is known: duties that are not done, days for notice, ends."""
    found = [*_duties(document, year), *_terms(document, year)]
    return sorted((each for each in found if each.day.year == year), key=lambda each: (each.day, each.what))


def _duties(document: Document, year: int) -> Iterator[Coming]:
    begins = date(year, 1, 1)
    cycles: tuple[tuple[Cycle | None, What], ...] = (
        (follow_ups(document), "follow_up"),
        (revisions(document), "revision"),
    )
    for cycle, what in cycles:
        due = cycle.coming(begins) if cycle is not None else None
        if cycle is not None and due is not None and not any(done >= begins for done in cycle.done):
            yield Coming(day=due, what=what)


def _terms(document: Document, year: int) -> Iterator[Coming]:
    """The last day of each term that ends in the year or the next, and the last days for notice."""
    last = last_day(document)
    months = [date(each, month, 1) for each in (year, year + 1) for month in range(1, 13)]
    for span in dict.fromkeys(notice_span(document, day) for day in months):
        notice = notice_day(document, span) if span is not None else None
        if notice is not None and not under_notice(document, notice):
            yield Coming(day=notice, what="notice_deadline")
    for span in dict.fromkeys(span_on(document, day) for day in months):
        if span is not None and span.end is not None and (last is None or span.end < last):
            yield Coming(day=span.end, what="renews")
    if last is not None:
        yield Coming(day=last, what="ends")


def _term_ends(document: Document, span: Span | None) -> date | None:
    ends = [day for day in (span.end if span else None, last_day(document)) if day is not None]
    return min(ends, default=None)


def _coming(cycle: Cycle | None, day: date) -> date | None:
    return cycle.coming(day) if cycle is not None else None


def _told(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
