"""The county's own time: the day a fact is recorded on is the day it is there."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from workflow.bad_data import DateInvalid

_ZONE = ZoneInfo("Europe/Stockholm")


def real_day(now: datetime) -> date:
    """The day it is in the county at ``now``, a moment with a time zone."""
    return now.astimezone(_ZONE).date()


def county_time(moment: datetime) -> str:
    """A moment with a time zone as a clock on a wall in the county shows it, with seconds."""
    return moment.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M:%S")


def read_moment(text: str, field: str) -> datetime:
    """The moment written as ``2026-03-13T14:30`` (the county's time unless it says otherwise), in UTC.

    A day alone means all of it. Raises DateInvalid with ``field``.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise DateInvalid(field=field, value=text) from None
    if len(text.strip()) <= len("2026-03-13"):
        moment = datetime.combine(moment.date(), time.max)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)).astimezone(UTC)
    except OverflowError:
        raise DateInvalid(field=field, value=text) from None
