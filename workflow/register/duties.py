"""What a document asks to be done, and by when: follow-ups and revisions, each counted from the year it began.

Source: rules X2 and X5 (004 §5.2), 004 Bilaga 1; readings G36 («årligen» is once a calendar year, first in the year
after it began, or after it was in use) and G37 («vart tredje år»: a late revision does not move the cycle). A duty
that was missed never ends a document (reading G38).
"""

from datetime import date

from msgspec import Struct

from workflow.register.document import Document
from workflow.register.spans import first_day, last_day, stated_end


class Cycle(Struct, frozen=True, kw_only=True):
    """Days by which something is due: ``first``, and then the last day of every so many years, none after ``last``.

    What is done in the year of such a day, or later, is done for it; never what was done before that year.
    """

    first: date
    every: int
    last: date | None
    done: tuple[date, ...]

    def coming(self, day: date) -> date | None:
        """The next day something is due by that is not before ``day``, and not done by then; None when none is."""
        due = self._from(day)
        if self._done_for(due, day):
            due = _end_of(due.year + self.every)
        return due if self.last is None or due <= self.last else None

    def missed(self, day: date) -> date | None:
        """The latest day before ``day`` that something was due by and is not done since; None when none is."""
        if self.last is not None and self.last < self.first:
            return None
        due = self._from(day if self.last is None or day <= self.last else self.last)
        if due >= day or (self.last is not None and due > self.last):
            due = self.first if due.year - self.every <= self.first.year else _end_of(due.year - self.every)
        return None if due >= day or self._done_for(due, day) else due

    def _from(self, day: date) -> date:
        """The first day of the cycle that is not before ``day``."""
        if day <= self.first:
            return self.first
        behind = day.year - self.first.year
        years = -(-behind // self.every) * self.every
        return _end_of(self.first.year + years) if years else _end_of(self.first.year + self.every)

    def _done_for(self, due: date, day: date) -> bool:
        since = date(due.year, 1, 1)
        return any(since <= done <= day for done in self.done)


def follow_ups(document: Document) -> Cycle | None:
    """When it is to be followed up; None when that is not asked for, or cannot be counted yet.

    A term that ends before the first such day is followed up once, by its last day.
    """
    began = _counted_from(document)
    if began is None:
        return None
    first, ends = _end_of(began.year + 1), stated_end(document)
    if ends is not None and began <= ends < first:
        first = ends
    done = tuple(each.on for each in document.followed_up if each.complete)
    return Cycle(first=first, every=1, last=_counted_to(document), done=done)


def revisions(document: Document) -> Cycle | None:
    """When it is to be revised; None when there is no cycle."""
    start, every = first_day(document), document.entry.terms.revision_every
    if start is None or not every:
        return None
    return Cycle(first=_end_of(start.year + every), every=every, last=last_day(document), done=document.revised_on)


def _counted_from(document: Document) -> date | None:
    if document.follow_up == "yearly_after_successor":
        # Somebody says that the new document is in use, and the register has not been told which one it is.
        return document.implemented_on if document.superseded is None else None
    if document.follow_up != "yearly":
        return None
    return document.implemented_on if document.implemented_counts else first_day(document)


def _counted_to(document: Document) -> date | None:
    return None if document.follow_up == "yearly_after_successor" else last_day(document)


def _end_of(year: int) -> date:
    return date(year, 12, 31)
