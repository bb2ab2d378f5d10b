"""Days are read as people write them, and rolled past the days on which nothing is due in Sweden."""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import model_calendar
from tests.workflow.working_days import (
    ALMANAC,
    FIRST_YEAR,
    LAST_YEAR,
    easter,
    eves,
    first_working_day,
    is_working_day,
    public_holidays,
)
from workflow.bad_data import DateInvalid
from workflow.dates import LAST_DAY, next_working_day, read_date
from workflow.local_time import read_moment, real_day
from workflow.rulebook import shipped_rules
from workflow.state import state_on

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
EVES = frozenset({"midsommarafton", "julafton", "nyårsafton"})
COUNTY = ZoneInfo("Europe/Stockholm")


def every_day() -> list[date]:
    first = date(FIRST_YEAR, 1, 1)
    return [first + timedelta(days=ahead) for ahead in range((date(LAST_YEAR, 12, 31) - first).days + 1)]


def test_the_county_keeps_the_three_eves_of_the_law() -> None:
    assert frozenset(shipped_rules().county.ratification.closed_days) == EVES


def test_easter_falls_where_the_almanac_has_it_by_both_computations() -> None:
    printed = [date(year, *day) for year, day in zip(YEARS, ALMANAC, strict=True)]
    assert [easter(year) for year in YEARS] == printed
    assert [model_calendar.easter(year) for year in YEARS] == printed


@pytest.mark.parametrize(
    "closed", [EVES, frozenset[str](), frozenset({"julafton"})], ids=lambda names: "+".join(sorted(names))
)
def test_every_day_of_sixteen_years_is_rolled_forward_as_the_law_says(closed: frozenset[str]) -> None:
    differ = [
        (day, next_working_day(day, closed), first_working_day(day, closed))
        for day in every_day()
        if next_working_day(day, closed) != first_working_day(day, closed)
    ]
    assert differ == []


def test_the_table_of_the_law_has_no_gap_of_its_own() -> None:
    """Counted: thirteen holidays a year, three eves, and no run of days off longer than the one around Christmas."""
    for year in YEARS:
        assert len(public_holidays(year)) in {12, 13}  # Kristi himmelsfärdsdag may fall on the first of May
        assert len(eves(year)) == 3
        assert sum(is_working_day(date(year, 6, 18) + timedelta(days=ahead), EVES) for ahead in range(9)) <= 7
    longest = max((first_working_day(day, EVES) - day).days for day in every_day())
    assert longest == 5


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-06-22", "2026-06-22"),
        ("2026-06-18", "2026-06-18"),
        ("2026-06-19", "2026-06-22"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
        ("2026-04-03", "2026-04-07"),
        ("2026-05-14", "2026-05-15"),
        ("2026-06-06", "2026-06-08"),
        ("2024-06-06", "2024-06-07"),
        ("2027-01-06", "2027-01-07"),
        ("2026-10-31", "2026-11-02"),
    ],
)
def test_a_day_known_from_the_almanac_is_rolled_to_the_day_known_from_it(day: str, due: str) -> None:
    assert next_working_day(date.fromisoformat(day), EVES) == date.fromisoformat(due)


@given(st.dates(date(2005, 1, 1), date(2100, 1, 1)))
def test_what_is_due_is_a_working_day_and_rolling_it_again_leaves_it(day: date) -> None:
    due = next_working_day(day, EVES)
    assert due >= day
    assert due.weekday() < 5
    assert next_working_day(due, EVES) == due


# --- reading -------------------------------------------------------------------------------------------------------


@given(st.dates(max_value=LAST_DAY), st.sampled_from(["", " ", "\t", "\u00a0"]))
def test_a_date_is_read_in_both_ways_people_write_it(day: date, around: str) -> None:
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month} {day.year:04}",
        f"{day.day:02}/{day.month:02} {day.year:04}",
        f"{day.day}/{day.month}-{day.year:04}",
        f"{day.day}/{day.month}\u00a0{day.year:04}",
    ):
        assert read_date(f"{around}{written}{around}", "--on") == day


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_only_days_that_the_calendar_has_are_dates(year: int, month: int, day: int) -> None:
    exists = 1 <= year <= LAST_DAY.year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(max(year, 1), month)[1]
    for written in (f"{year:04}-{month:02}-{day:02}", f"{day}/{month} {year:04}"):
        if exists:
            assert read_date(written, "--on") == date(year, month, day)
        else:
            with pytest.raises(DateInvalid):
                read_date(written, "--on")


@given(st.text() | st.from_regex(r"[\d/ -]{6,12}"))
def test_whatever_else_is_written_is_no_date(text: str) -> None:
    try:
        day = read_date(text, "--on")
    except DateInvalid:
        return
    written = text.strip()
    assert written.isascii()
    numbers = [int(part) for part in written.replace("/", " ").replace("-", " ").split()]
    assert numbers in ([day.year, day.month, day.day], [day.day, day.month, day.year])


@pytest.mark.parametrize(
    "text",
    [
        *("", "i dag", "2026-3-13", "20260313", "26-03-13", "13/3", "13/3 26", "13.3.2026", "2026-03-13T10:00"),
        *(
            "2026-W11-5",
            "٢٠٢٦-٠٣-١٣",
            "2026-03-13\x00",
            "2026\u201103\u201113",
            "13/3\n2026",
            "0000-01-01",
            "1/1 0000",
            "9999-12-31",
        ),
    ],
)
def test_a_near_miss_is_no_date_and_is_said_back(text: str) -> None:
    with pytest.raises(DateInvalid) as refusal:
        read_date(text, "--on")
    assert refusal.value.values == {"field": "--on", "value": text}


# --- moments -------------------------------------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)))
def test_a_day_alone_means_all_of_it_in_the_county(day: date) -> None:
    end = read_moment(day.isoformat(), "--known-at")
    assert real_day(end) == day
    assert real_day(end + timedelta(microseconds=1)) == day + timedelta(days=1)


@given(st.datetimes(datetime(1900, 1, 1), datetime(9998, 1, 1)))  # noqa: DTZ001 - a moment as people write it has no zone
def test_a_moment_without_a_zone_is_the_countys_own(moment: datetime) -> None:
    read = read_moment(moment.isoformat(), "--known-at")
    assert read.utcoffset() == timedelta(0)
    there_and_back = moment.replace(tzinfo=COUNTY).astimezone(ZoneInfo("UTC"))
    assert read == there_and_back


def test_a_moment_with_a_zone_is_that_moment() -> None:
    for written in ("2026-07-21T12:00+02:00", "2026-07-21T10:00Z", "2026-07-21 12:00"):
        assert read_moment(written, "--known-at").isoformat() == "2026-07-21T10:00:00+00:00"
    assert read_moment("2026-01-21T12:00", "--known-at").isoformat() == "2026-01-21T11:00:00+00:00"


@given(st.text(st.characters()))
def test_no_text_is_worse_than_no_moment(text: str) -> None:
    try:
        read = read_moment(text, "--known-at")
    except DateInvalid:
        return
    assert read.utcoffset() == timedelta(0)


@pytest.mark.parametrize("text", ["", "nyss", "2026-02-30", "2026-03-13T25:00", "0001-01-01T00:00", "\ud800"])
def test_a_near_miss_is_no_moment_and_is_said_back(text: str) -> None:
    with pytest.raises(DateInvalid) as refusal:
        read_moment(text, "--known-at")
    assert refusal.value.values == {"field": "--known-at", "value": text}


def test_the_last_day_there_is_can_be_asked_for() -> None:
    assert read_moment("9999-12-31", "--known-at").date() == date(9999, 12, 31)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times())
def test_the_day_it_really_is_follows_the_countys_clock_through_summer_and_winter(day: date, at: time) -> None:
    moment = datetime.combine(day, at, COUNTY)
    assert real_day(moment.astimezone(ZoneInfo("UTC"))) == day


@given(st.sampled_from(["ratified", "decided", "sent_to_parties", "closed"]), st.dates(), st.none() | st.dates())
def test_only_what_is_decided_comes_into_force_by_the_calendar_alone(state: str, day: date, binds: date | None) -> None:
    comes = state in {"ratified", "decided"} and binds is not None and binds <= day
    wanted = "in_force" if comes else state
    assert state_on(state, binds, day) == wanted
