"""The days on which nothing is due in Sweden, counted from the statutes.

Lag (1989:253) om allmänna helgdagar and lag (1930:173) om beräkning av lagstadgad tid.
"""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2020, 2035
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6

# Easter Sunday as the almanac prints it: month and day of each year from the first.
ALMANAC = (
    (4, 12),
    (4, 4),
    (4, 17),
    (4, 9),
    (3, 31),
    (4, 20),
    (4, 5),
    (3, 28),
    (4, 16),
    (4, 1),
    (4, 21),
    (4, 13),
    (3, 28),
    (4, 17),
    (4, 9),
    (3, 25),
)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus: the first Sunday after the full moon on or after 21 March."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, spare = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, odd = divmod(of_century, 4)
    weekday = (32 + 2 * spare + 2 * leaps - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year, Sundays apart."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "nyårsdagen",
        date(year, 1, 6): "trettondedag jul",
        sunday - timedelta(days=2): "långfredagen",
        sunday: "påskdagen",
        sunday + timedelta(days=1): "annandag påsk",
        date(year, 5, 1): "första maj",
        sunday + timedelta(days=39): "Kristi himmelsfärdsdag",
        sunday + timedelta(days=49): "pingstdagen",
        date(year, 6, 6): "nationaldagen",
        _next(SATURDAY, date(year, 6, 20)): "midsommardagen",
        _next(SATURDAY, date(year, 10, 31)): "alla helgons dag",
        date(year, 12, 25): "juldagen",
        date(year, 12, 26): "annandag jul",
    }


def eves(year: int) -> dict[date, str]:
    """The three eves that the law treats as Sundays."""
    return {
        _next(FRIDAY, date(year, 6, 19)): "midsommarafton",
        date(year, 12, 24): "julafton",
        date(year, 12, 31): "nyårsafton",
    }


def _next(weekday: int, first: date) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def is_working_day(day: date, closed: frozenset[str]) -> bool:
    """Whether something can be due on the day; ``closed``: the eves that count as Sundays."""
    eve = eves(day.year).get(day)
    return day.weekday() < SATURDAY and day not in public_holidays(day.year) and eve not in closed


def first_working_day(day: date, closed: frozenset[str]) -> date:
    """The day itself or the first working day after it."""
    return day if is_working_day(day, closed) else first_working_day(day + timedelta(days=1), closed)
