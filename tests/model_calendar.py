"""The days on which nobody answers a letter in Sweden, counted by hand: part of the model, not of the product."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_TO_ANSWER = 112
SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday by Gauss's rule for the Gregorian calendar."""
    golden, century = year % 19, year // 100
    moon_shift = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    full_moon = (19 * golden + moon_shift) % 30
    sunday_shift = (4 + century - century // 4) % 7
    to_sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * full_moon + sunday_shift) % 7
    if full_moon == 29 and to_sunday == 6:
        days = 50
    elif full_moon == 28 and to_sunday == 6 and golden > 10:
        days = 49
    else:
        days = 22 + full_moon + to_sunday
    return date(year, 3, 1) + timedelta(days=days - 1)


def rest_days(year: int) -> set[date]:
    """Public holidays that can fall on a weekday, and the three eves that lag 1930:173 treats as such."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    fixed = {
        date(year, month, day)
        for month, day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    }
    midsummer_eve = next(
        day for day in (date(year, 6, 19) + timedelta(days=ahead) for ahead in range(7)) if day.weekday() == 4
    )
    return moving | fixed | {midsummer_eve}


def rolled_forward(day: date) -> date:
    """The day itself, or the first working day after it."""
    while day.weekday() >= SATURDAY or day in rest_days(day.year):
        day += timedelta(days=1)
    return day


def answer_by(dispatched_on: date) -> date:
    """The deadline that a dispatch of this date sets when none is given."""
    return rolled_forward(dispatched_on + timedelta(days=DAYS_TO_ANSWER))
