"""The terms of a document as spans of days, and where it stands on one. Every span is computed from the first.

Source: 004 Bilaga 1, readings G32 to G35; a term renewed n times ends on the anniversary that many years on, whatever
months and leap days lie between.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from workflow.register.document import Document
from workflow.register.events import NoticeReceived

_DAY = timedelta(days=1)

#: Kinds of validity that go on for a year at a time.
_RENEWING = frozenset({"rolling_year", "silent_renewal"})


class Span(Struct, frozen=True, kw_only=True):
    """One term: its first day (None: not known), its last (None: none), and how often it had been renewed by then."""

    start: date | None
    end: date | None
    renewals: int = 0

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def years_on(day: date, years: int) -> date:
    """The anniversary so many years on; 1 March where the year has no 29 February."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def months_before(day: date, months: int) -> date:
    """The day so many calendar months earlier; the month's last day where it has no such day (reading G32)."""
    months_from_zero = day.year * 12 + day.month - 1 - months
    year, month = divmod(months_from_zero, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def stop(document: Document) -> date | None:
    """The day something other than its own term ends it: notice for all, a decision, its event, or a successor."""
    days = [notice.ends_on for notice in _ending_notices(document)]
    if document.termination is not None:
        days.append(document.termination.last_day)
    if document.event_met is not None:
        days.append(document.event_met.last_day)
    if document.superseded is not None:
        days.append(document.superseded.from_day - _DAY)
    return min(days, default=None)


def span_on(document: Document, day: date) -> Span | None:
    """The term that contains ``day``; None when it is in force under none."""
    ends = stop(document)
    if document.suspended or (ends is not None and day > ends):
        return None
    return _term_on(document, day)


def notice_span(document: Document, day: date) -> Span | None:
    """What of the term that contains ``day`` a notice could end: its year, where each may be the last (G35)."""
    term = span_on(document, day)
    return _year_of(document, term, day) if term is not None else None


def last_day(document: Document) -> date | None:
    """The last day it is in force, as far as is known; None when it goes on, or has no term."""
    return min((each for each in (stop(document), stated_end(document)) if each is not None), default=None)


def stated_end(document: Document) -> date | None:
    """The last day that its terms state, whatever else may end it before; None where none does."""
    if document.validity.kind in _RENEWING:
        return None
    spans = list(_stated(document))
    return spans[-1].end if spans else None


def first_day(document: Document) -> date | None:
    """The first day it is in force; None where that is not known."""
    return document.validity.start


def current_or_last(document: Document, day: date) -> Span | None:
    """The term that contains ``day``, else the last one before it, else the first."""
    found = span_on(document, day)
    if found is not None:
        return found
    ends = last_day(document)
    if ends is not None and ends < day:
        found = span_on(document, ends)
        if found is not None:
            return found
    spans = _stated(document)
    return next((span for span in reversed(list(spans)) if span.end is not None and span.end < day), None) or next(
        _stated(document), None
    )


def notice_day(document: Document, span: Span) -> date | None:
    """The last day on which notice must have been received for the span to be the last; None where none can be."""
    rule = document.validity.notice
    if rule is None or span.end is None:
        return None
    return months_before(span.end, rule.months)


def ends_upon_notice(document: Document, received: date) -> tuple[date, bool] | None:
    """The last day after a notice received on a day, and whether it came too late for the term, or year, then running.

    A late one counts for the next (G34). None when the document is under no term on that day that could be the last: a
    term of its own that notice came too late for ends by itself.
    """
    running = span = notice_span(document, received)
    while span is not None and span.end is not None:
        last = notice_day(document, span)
        if last is None:
            return None
        if received <= last:
            return span.end, span != running and _goes_on_by_itself(document, span)
        span = _following(document, span.end)
    return None


def under_notice(document: Document, day: date) -> bool:
    """Whether notice for all had been received by ``day``."""
    return any(notice.received <= day for notice in _ending_notices(document))


def remaining_parties(document: Document, day: date) -> tuple[str, ...]:
    """The parties that are still bound on ``day``: those that gave notice for themselves leave after their last day."""
    left = {party for party, notice in _leaving(document).items() if notice.ends_on < day}
    return tuple(party for party in document.parties if party not in left)


def _ending_notices(document: Document) -> list[NoticeReceived]:
    if not document.notices:
        return []
    ending = [notice for notice in document.notices if notice.scope == "agreement"]
    alone = _leaving(document)
    if document.parties and set(document.parties) <= alone.keys():
        # When the last party has left there is nobody it binds; it is under notice once the last of them has given it.
        ending.append(max(alone.values(), key=lambda notice: (notice.ends_on, notice.received)))
    return ending


def _leaving(document: Document) -> dict[str, NoticeReceived]:
    """The notice by which each party that gave one for itself leaves: its first, since a later one keeps nobody in."""
    alone = [notice for notice in document.notices if notice.scope == "party"]
    return {notice.party: notice for notice in sorted(alone, key=lambda notice: notice.ends_on, reverse=True)}


def _stated(document: Document) -> Iterator[Span]:
    """The terms that are stated or decided, in order; none where none is stated."""
    validity = document.validity
    if validity.kind == "unknown":
        return
    if validity.kind in {"open_ended", "until_event"}:
        yield Span(start=validity.start, end=None)
        return
    end = validity.end
    yield Span(start=validity.start, end=end)
    if end is not None and validity.extended_to is not None:
        yield Span(start=end + _DAY, end=validity.extended_to)
        end = validity.extended_to
    for extension in document.extensions:
        yield Span(start=extension.from_day, end=extension.until)


def _following(document: Document, ends: date) -> Span | None:
    """The term, or the year of one, after that which ends on the day; None when that was the last."""
    after = ends + _DAY
    term = _term_on(document, after)
    if term is None:
        term = next((span for span in _stated(document) if span.start is not None and span.start > ends), None)
    return _year_of(document, term, max(after, term.start or after)) if term is not None else None


def _year_of(document: Document, term: Span, day: date) -> Span:
    """The year of a term that contains ``day``, counted back from its last; the term where only its end can be it."""
    rule = document.validity.notice
    if rule is None or not rule.yearly or term.end is None:
        return term
    anchor = term.end + _DAY
    back = anchor.year - day.year
    if years_on(anchor, -back) <= day:
        back -= 1
    begins = years_on(anchor, -back - 1) if anchor.year - back > 1 else None
    start = max((each for each in (term.start, begins) if each is not None), default=None)
    return Span(start=start, end=years_on(anchor, -back) - _DAY, renewals=term.renewals)


def _term_on(document: Document, day: date) -> Span | None:
    """The term that contains ``day``, whether or not anything ends the document before."""
    if document.validity.kind in _RENEWING:
        return _renewed_on(document, day)
    return next((span for span in _stated(document) if span.holds(day)), None)


def _renewed_on(document: Document, day: date) -> Span | None:
    """The term of a document that renews itself, counted from the first one's last day."""
    first = next(_stated(document))
    if first.holds(day) or first.end is None:
        return first if first.holds(day) else None
    if day <= first.end:
        return None
    anchor = first.end + _DAY
    passed = day.year - anchor.year
    if years_on(anchor, passed) > day:
        passed -= 1
    return Span(start=years_on(anchor, passed), end=years_on(anchor, passed + 1) - _DAY, renewals=passed + 1)


def _goes_on_by_itself(document: Document, span: Span) -> bool:
    """Whether the document comes to ``span`` with nobody's decision: renewed, or in a later year of a term."""
    return document.validity.kind in _RENEWING or all(span.start != each.start for each in _stated(document))
