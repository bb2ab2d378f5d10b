"""Which flags stand for a document on a day: a pure function of the document and the date.

Source: 004 §6.3 Hantering av upprättade överenskommelser etc. (rule X13), 004 §3.1 (areas where the law demands an
agreement), 004 Bilaga 1; readings G36 to G38. How far ahead a warning comes is data (``Leads``); none comes after the
day it warns of.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from workflow.facts import Severity
from workflow.register.document import Document
from workflow.register.duties import follow_ups, revisions
from workflow.register.facts import DocumentFlag, DocumentFlagKind
from workflow.register.letters import day_told, why_overtaken
from workflow.register.spans import first_day, last_day, notice_day, notice_span, under_notice
from workflow.register.standing import HOLDING, is_incomplete, state_on

#: How grave the warning of an end is at each of its days ahead, the earliest first.
_GRAVER: tuple[Severity, ...] = ("info", "warning", "high")

_DAY = timedelta(days=1)


def flags_on(document: Document, day: date) -> tuple[DocumentFlag, ...]:
    """The flags that stand for ``document`` on ``day``, each assigned to those who answer for it."""
    return tuple(_flags(document, day, state_on(document, day)))


def next_check(document: Document, after: date | None = None) -> date | None:
    """The first day on which the calendar alone brings about something for it; None when it never will.

    ``after``: a day it was looked at for. Without, it may be the day of its latest record: nobody has looked since.
    """
    since = document.latest_on - _DAY if after is None else max(after, document.latest_on - _DAY)
    standing = set(document.flags)
    for day in sorted({day for day in _turning_days(document, since) if day > since}):
        if state_on(document, day) != document.state and day >= document.latest_on:
            return day
        if set(flags_on(document, day)) != standing:
            return day
    return None


def _turning_days(document: Document, since: date) -> Iterator[date]:
    """Every day after ``since`` on which a flag or the state may become another, as far as the next of each kind."""
    leads = document.leads
    floor = max(since, first_day(document) or document.registered_on)
    yield from (floor, floor + _DAY)
    start, ends = first_day(document), last_day(document)
    if start is not None:
        yield start
    if ends is not None:
        yield ends + _DAY
        yield from (max(floor, ends - timedelta(days=ahead)) for ahead in leads.expiring)
    yield from (extension.from_day for extension in document.extensions)
    yield from (extension.from_day + _DAY for extension in document.extensions)
    if document.superseded is not None:
        yield document.superseded.from_day
    if document.assess_from is not None:
        yield document.assess_from
    for cycle, ahead in ((follow_ups(document), leads.follow_up), (revisions(document), leads.revision)):
        for due in () if cycle is None else (cycle.coming(floor), cycle.coming(floor + _DAY), cycle.missed(floor)):
            if due is not None:
                yield from (max(floor, due - timedelta(days=ahead)), due + _DAY)
    yield from _notice_days(document, floor)
    yield from (day_told(notice) + _DAY for notice in document.notices if notice.letters)


def _notice_days(document: Document, floor: date) -> Iterator[date]:
    span = notice_span(document, floor)
    for _term in range(2):
        last = notice_day(document, span) if span is not None else None
        if span is None or span.end is None or last is None:
            return
        yield from (last - timedelta(days=document.leads.notice), last + _DAY, span.end + _DAY)
        span = notice_span(document, span.end + _DAY)


def _flags(document: Document, day: date, state: str) -> Iterator[DocumentFlag]:
    if is_incomplete(document):
        yield _flag(document, "document_incomplete")
    yield from _of_letters(document, day)
    if state in HOLDING:
        yield from _ahead(document, day)
        yield from _owed(document, day)
        yield from _questions(document, day)
    elif state == "ambiguous":
        yield from _owed(document, day)
        yield from _questions(document, day)
    elif state == "expired":
        yield from _after_the_end(document)
        yield from _owed_after(document, day)
    elif state == "terminated" and document.statutory != "no":
        yield from _after_the_end(document)


def _of_letters(document: Document, day: date) -> Iterator[DocumentFlag]:
    """Letters that never arrived and still say what is so, one flag a party."""
    lost: dict[str, date] = {}
    for posted in document.letters.values():
        party = posted.letter.party
        if posted.state == "undeliverable" and posted.on <= day and why_overtaken(document, posted, day) is None:
            lost[party] = min(posted.on, lost.get(party, posted.on))
    assigned = tuple(dict.fromkeys((*document.owners, document.registered_by)))
    for party, since in lost.items():
        yield DocumentFlag(kind="mail_undeliverable", party=party, due=since, severity="high", assigned_to=assigned)


def _ahead(document: Document, day: date) -> Iterator[DocumentFlag]:
    """What is coming: an end that is known and has no successor, and the last day for notice."""
    ends = last_day(document)
    if ends is not None and document.superseded is None and not document.validity.ambiguous:
        reached = [ahead for ahead in document.leads.expiring if (ends - day).days <= ahead]
        if reached:
            yield _flag(document, "expiring", ends, _GRAVER[min(len(reached), len(_GRAVER)) - 1])
    span = notice_span(document, day)
    last = notice_day(document, span) if span is not None else None
    if last is not None and 0 <= (last - day).days <= document.leads.notice and not under_notice(document, day):
        yield _flag(document, "notice_deadline", last, "info")


def _owed(document: Document, day: date) -> Iterator[DocumentFlag]:
    """Follow-ups and revisions, due or overdue."""
    yield from _follow_up(document, day)
    cycle = revisions(document)
    if cycle is not None:
        missed, coming = cycle.missed(day), cycle.coming(day)
        if missed is not None:
            yield _flag(document, "revision_overdue", missed, "high")
        if coming is not None and (coming - day).days <= document.leads.revision:
            yield _flag(document, "revision_due", coming, "info")
    if document.entry.terms.review_wanted and not document.revised_on:
        yield _flag(document, "review_wanted", None, "info")


def _follow_up(document: Document, day: date) -> Iterator[DocumentFlag]:
    cycle = follow_ups(document)
    if cycle is not None:
        missed, coming = cycle.missed(day), cycle.coming(day)
        if missed is not None:
            yield _flag(document, "follow_up_overdue", missed, "high")
        if coming is not None and (coming - day).days <= document.leads.follow_up:
            yield _flag(document, "follow_up_due", coming, "info")
    if _period_missing(document):
        yield _flag(document, "follow_up_period_missing", None, "info")


def _period_missing(document: Document) -> bool:
    """Whether it is to be followed up, and nothing says how often; not before it is in use, where that is counted."""
    if document.follow_up == "none":
        return document.follow_up_demanded
    waits = document.implemented_counts and document.implemented_on is None
    return document.follow_up == "no_period" and not waits


def _questions(document: Document, day: date) -> Iterator[DocumentFlag]:
    """What somebody must say: what a single year means, whose it is, and whether it is kept (rule X13)."""
    if document.entry.terms.incomplete and not document.owners:
        yield _flag(document, "document_incomplete")
    if document.validity.ambiguous:
        yield _flag(document, "validity_ambiguous", document.validity.end)
    if document.assess_from is not None and document.assess_from <= day and document.assessed is None:
        yield _flag(document, "assessment_missing", None)


def _after_the_end(document: Document) -> Iterator[DocumentFlag]:
    """Nothing is in force in its place, until a successor is; where the law demands one, nothing else will do."""
    ends, wanted = last_day(document), document.assessed is None or document.assessed.keep
    if document.statutory != "no":
        yield _flag(document, "expired_statutory", ends, "highest")
    elif document.event_met is None and wanted:
        yield _flag(document, "expired", ends, "high")
    else:
        return
    if document.superseded is None:
        yield _flag(document, "successor_unknown", ends)


def _owed_after(document: Document, day: date) -> Iterator[DocumentFlag]:
    """The new document is said to be in use, and the register has not been told which one it is."""
    if document.implemented_on is None or document.superseded is not None:
        return
    if document.follow_up == "yearly_after_successor":
        yield from _follow_up(document, day)
    elif document.follow_up == "no_period_after_successor":
        yield _flag(document, "follow_up_period_missing", None, "info")


def _flag(
    document: Document, kind: DocumentFlagKind, due: date | None = None, severity: Severity = "warning"
) -> DocumentFlag:
    assigned = document.owners or (document.registered_by,)
    return DocumentFlag(kind=kind, due=due, severity=severity, assigned_to=assigned)
