"""Terms reckoned one after the other, from their first days on: slow, and with nothing of the product's."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Term(NamedTuple):
    """A term and how often it had been renewed by then."""

    start: date
    end: date
    renewals: int


def anniversary(day: date, year: int) -> date:
    """The same day of another year; the day after 28 February where that year has no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28) + DAY


def months_earlier(day: date, months: int) -> date:
    """Month by month back, and then the day of that month, or its last one."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - DAY).replace(day=1)
    found = first
    while found.day < day.day and (found + DAY).month == first.month:
        found += DAY
    return found


def yearly_terms(start: date, end: date, until: date) -> Iterator[Term]:
    """The first term, and a year at a time after it, as far as the one that holds on ``until``."""
    yield Term(start, end, 0)
    first, times = end + DAY, 0
    while end < until:
        times += 1
        begun, end = end + DAY, anniversary(first, first.year + times) - DAY
        yield Term(begun, end, times)


def each_year_of(term: Term) -> Iterator[Term]:
    """The years a term ends with, counted back from its last day; the first of them may be shorter."""
    first, years = term.end + DAY, 0
    ends: list[date] = []
    while (end := anniversary(first, first.year - years) - DAY) >= term.start:
        ends.append(end)
        years += 1
    begun = term.start
    for end in reversed(ends):
        yield Term(begun, end, term.renewals)
        begun = end + DAY


def term_with(start: date, end: date, day: date) -> Term | None:
    """The one term that holds on the day."""
    holding = [term for term in yearly_terms(start, end, day) if term.start <= day <= term.end]
    assert len(holding) <= 1
    return holding[0] if holding else None


def last_after_notice(
    start: date, end: date, months: int, received: date, *, yearly: bool = False
) -> tuple[date, bool] | None:
    """The last day after a notice received in a term, and whether that is a later term's; ``yearly``, or year's."""
    # A notice may be asked for longer ahead than a term is: then several terms pass.
    far = received + timedelta(days=31 * months + 800)
    terms = [each for each in yearly_terms(start, end, max(far, end)) if each.end >= received]
    if yearly:
        terms = [year for each in terms for year in each_year_of(each) if year.end >= received]
    if received < start:
        return None
    found = next(each for each in terms if months_earlier(each.end, months) >= received)
    return found.end, found != terms[0]
