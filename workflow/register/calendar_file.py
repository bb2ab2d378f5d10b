"""Days to come as an iCalendar file (RFC 5545), for whoever keeps an ordinary calendar beside the register."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event
from msgspec import Struct

#: Who made the file, in the form that RFC 5545 § 3.7.3 asks for.
_MADE_BY = "-//Arendegang//Register//SV"

# Characters that would break a line of the file, or that RFC 5545 § 3.1 bars: white space stands in their place.
_BREAKING = {"Cc", "Zl", "Zp"}


class CalendarDay(Struct, frozen=True, kw_only=True):
    """One whole day of the calendar: ``uid`` is the same each time the same duty is written, and unique in the file.

    ``summary`` and ``description`` are shown as they are: the caller says them in the reader's language.
    """

    day: date
    uid: str
    summary: str
    description: str = ""


def calendar_file(days: Iterable[CalendarDay], *, name: str, stamp: datetime) -> bytes:
    """An iCalendar file of all-day events, in the order given; the same arguments give the same bytes.

    ``name``: what the calendar is called where it is shown. ``stamp``: the moment (with its time zone) at which the
    file is made, DTSTAMP of every event. A reader of calendars finds the duty again by its ``uid`` when its day has
    moved. The days take up nobody's time (TRANSP:TRANSPARENT). Raises ValueError for a ``stamp`` without a time zone,
    which would be another moment on another computer.
    """
    if stamp.tzinfo is None:
        raise ValueError(f"{stamp} is no moment without its time zone")
    calendar = Calendar()
    for key, value in {"prodid": _MADE_BY, "version": "2.0", "method": "PUBLISH", "x-wr-calname": _shown(name)}.items():
        calendar.add(key, value)
    for each in days:
        calendar.add_component(_event(each, stamp))
    return bytes(calendar.to_ical())


def _event(each: CalendarDay, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", _shown(each.uid))
    event.add("dtstamp", stamp)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))  # not inclusive: RFC 5545 § 3.6.1
    event.add("summary", _shown(each.summary))
    if each.description:
        event.add("description", "\n".join(_shown(line) for line in each.description.splitlines()))
    event.add("transp", "TRANSPARENT")
    return event


def _shown(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in _BREAKING else sign for sign in text)
