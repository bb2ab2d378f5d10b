"""The days of a dispatch, counted for every day there is to send on, beside a table of the year made by hand."""

from datetime import date, timedelta

import pytest

from tests.workflow.course import CONTEXT
from tests.workflow.test_dates import EVES, every_day
from tests.workflow.working_days import first_working_day
from workflow.bad_data import ValueInvalid
from workflow.dates import next_working_day
from workflow.decide.dispatch import deadline_from, default_answer_by

A_DAY = timedelta(days=1)


def test_every_day_of_sixteen_years_has_its_day_to_answer_by_its_reminders_and_its_escalation() -> None:
    for sent in every_day():
        answer_by = default_answer_by(sent, CONTEXT)
        assert answer_by == first_working_day(sent + timedelta(weeks=16), EVES), sent
        deadline = deadline_from(answer_by, sent, CONTEXT, "--answer-by")
        assert deadline.remind_on == (answer_by - timedelta(weeks=4), answer_by - timedelta(weeks=1)), sent
        assert deadline.escalate_on == answer_by + timedelta(weeks=4), sent


@pytest.mark.parametrize(
    ("ahead", "reminders"),
    [(1, 0), (7, 0), (8, 1), (28, 1), (29, 2), (400, 2)],
)
def test_a_reminder_lies_between_the_day_of_asking_and_the_day_to_answer(ahead: int, reminders: int) -> None:
    """No reminder on the day of the dispatch itself, and none before it."""
    for sent in (date(2024, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 3, 28), date(2026, 10, 24)):
        deadline = deadline_from(sent + timedelta(days=ahead), sent, CONTEXT, "--answer-by")
        assert len(deadline.remind_on) == reminders
        assert all(sent < day < deadline.answer_by for day in deadline.remind_on)


def test_a_day_that_is_not_after_the_dispatch_is_refused() -> None:
    for answer_by in (date(2026, 3, 2), date(2026, 3, 1)):
        with pytest.raises(ValueInvalid) as refused:
            deadline_from(answer_by, date(2026, 3, 2), CONTEXT, "--answer-by")
        assert refused.value.values["field"] == "--answer-by"


def test_a_county_is_closed_on_days_of_its_own_as_well() -> None:
    """The Friday after Ascension in 2026, and the days between Christmas and New Year in every year."""
    own = frozenset({*EVES, "2026-05-15", *(f"12-{day}" for day in range(27, 31))})
    closed = {date(2026, 5, 15)} | {date(year, 12, day) for year in range(2020, 2036) for day in range(27, 31)}
    for day in every_day():
        rolled = first_working_day(day, EVES)
        while rolled in closed:
            rolled = first_working_day(rolled + A_DAY, EVES)
        assert next_working_day(day, own) == rolled, day
    assert next_working_day(date(2026, 5, 14), own) == date(2026, 5, 18)
    assert next_working_day(date(2026, 5, 14), EVES) == date(2026, 5, 15)
    assert next_working_day(date(2027, 5, 15), own) == next_working_day(date(2027, 5, 15), EVES)
