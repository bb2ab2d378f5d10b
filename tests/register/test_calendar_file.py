"""Days to come as other calendars read them: whole days, the same duty under the same uid, no line that breaks."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from workflow.register.calendar_file import CalendarDay, calendar_file

SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
STAMP = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NOTICE = CalendarDay(
    day=date(2026, 9, 30),
    uid="b1-09.notice.2026@arendegang",
    summary="Sista dag för uppsägning",
    description="Rad 9; §",
)

days = st.builds(
    CalendarDay,
    day=st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    uid=st.from_regex(r"[a-z0-9-]{1,20}@arendegang", fullmatch=True),
    summary=st.text(st.characters(exclude_categories=SURROGATES), min_size=1, max_size=120),
    description=st.text(st.characters(exclude_categories=SURROGATES), max_size=200),
)


def test_a_day_is_written_as_rfc_5545_has_it() -> None:
    assert calendar_file([NOTICE], name="Registret", stamp=STAMP).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Arendegang//Register//SV",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Registret",
        "BEGIN:VEVENT",
        "SUMMARY:Sista dag för uppsägning",
        "DTSTART;VALUE=DATE:20260930",
        "DTEND;VALUE=DATE:20261001",
        "DTSTAMP:20261122T040000Z",
        "UID:b1-09.notice.2026@arendegang",
        "DESCRIPTION:Rad 9\\; §",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.lists(days, max_size=4))
def test_every_day_is_found_again_by_a_reader_of_calendars(given_days: list[CalendarDay]) -> None:
    written = calendar_file(given_days, name="R", stamp=STAMP)
    events = [each for each in Calendar.from_ical(written).walk("VEVENT") if isinstance(each, Event)]
    assert [(event.uid, event.start, event.end, len(event.summary or "")) for event in events] == [
        (each.uid, each.day, each.day + timedelta(days=1), len(each.summary)) for each in given_days
    ]
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written.count(b"BEGIN:VEVENT\r\n") == len(given_days)


@given(st.text(st.characters(exclude_categories=SURROGATES), max_size=30))
def test_no_text_begins_a_line_of_its_own(text: str) -> None:
    sly = CalendarDay(day=NOTICE.day, uid=NOTICE.uid, summary=f"x\r\nEND:VEVENT\u2028{text}")
    found = calendar_file([sly], name="x\nX-EVIL:1", stamp=STAMP).split(b"\r\n")
    assert found.count(b"END:VEVENT") == 1
    assert not any(line.startswith(b"X-EVIL") for line in found)


def test_the_same_days_give_the_same_bytes_and_another_moment_another_stamp() -> None:
    once, again = (calendar_file([NOTICE], name="R", stamp=STAMP) for _ in range(2))
    assert once == again
    assert calendar_file([NOTICE], name="R", stamp=STAMP + timedelta(hours=1)) != once


def test_a_moment_without_its_time_zone_is_a_fault_of_the_callers() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file([NOTICE], name="R", stamp=STAMP.replace(tzinfo=None))
