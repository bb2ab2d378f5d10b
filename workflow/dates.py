"""Days: reading them as people write them, and the working days of the country. Arithmetic only."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from workflow.bad_data import DateInvalid

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SWEDISH = re.compile(r"(\d{1,2})/(\d{1,2})[ \u00a0-]+(\d{4})", re.ASCII)

#: No day after this one is read: terms are counted on from every day, and the calendar itself ends with year 9999.
LAST_DAY = date(9989, 12, 31)

_SATURDAY = 5


def read_date(text: str, field: str) -> date:
    """The day written as ``2026-03-13`` or ``13/3 2026``; ``field`` names it in the refusal.

    Raises DateInvalid for anything else, for days the calendar does not have, and for those after LAST_DAY.
    """
    written = text.strip()
    if found := _ISO.fullmatch(written):
        year, month, day = found.groups()
    elif found := _SWEDISH.fullmatch(written):
        day, month, year = found.groups()
    else:
        raise DateInvalid(field=field, value=text)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise DateInvalid(field=field, value=text) from None
    if read > LAST_DAY:
        raise DateInvalid(field=field, value=text)
    return read


def next_working_day(day: date, closed: Iterable[str] = ()) -> date:
    """``day`` itself, or the first working day after it.

    No working days are Saturdays, Sundays, the country's public holidays, and the days ``closed`` names: by what the
    calendar calls them (``midsommarafton``), as a date (``2026-05-15``), or as a day of every year (``12-27``). Source:
    lag (1930:173) om beräkning av lagstadgad tid; a county may be closed on days of its own.
    """
    names = frozenset(name.casefold() for name in closed)
    while not _is_working_day(day, names):
        day += timedelta(days=1)
    return day


def _is_working_day(day: date, closed: frozenset[str]) -> bool:
    if day.weekday() >= _SATURDAY or day.isoformat() in closed or f"{day:%m-%d}" in closed:
        return False
    return day not in _days_off(day.year, closed)


@cache
def _days_off(year: int, closed: frozenset[str]) -> frozenset[date]:
    """The public holidays of a year that may fall on a weekday, and its named closed days."""
    # Imported here: the calendar of the country costs more than all else a command does before it is needed.
    import holidays  # noqa: PLC0415 - as said above

    public = holidays.country_holidays("SE", years=year, categories=("public",), include_sundays=False)
    eves = holidays.country_holidays("SE", years=year, categories=("de_facto",), include_sundays=False, language="sv")
    return frozenset(public) | frozenset(day for day, name in eves.items() if name.casefold() in closed)
