"""The order of the worklist: every day around the day due, every severity, and both together."""

import random
from datetime import date, timedelta
from itertools import product

import pytest

from workflow.county_tables import Ratification
from workflow.facts import Severity
from workflow.rulebook import shipped_rules
from workflow.worklist import URGENCIES, Item, urgency_on, worklist_rows

DUE = date(2026, 6, 22)
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "high", "highest")


@pytest.fixture(scope="module")
def times() -> Ratification:
    return shipped_rules().county.ratification


def test_urgency_follows_the_days_around_the_day_due(times: Ratification) -> None:
    """28 and 7 days before, the day after, 28 days after: as the county's reminders and escalation are."""
    changes = {-200: "none", -28: "info", -7: "warning", 28: "high"}
    expected = "none"
    for off in range(-200, 200):
        expected = changes.get(off, expected)
        assert urgency_on(DUE + timedelta(days=off), DUE, (), times) == expected, off


def test_a_thing_is_as_urgent_as_its_gravest_flag_or_its_day_whichever_is_more(times: Ratification) -> None:
    for off, first, second in product((-100, -20, 0, 40), SEVERITIES, SEVERITIES):
        day = DUE + timedelta(days=off)
        by_day = urgency_on(day, DUE, (), times)
        expected = min(by_day, first, second, key=URGENCIES.index)
        assert urgency_on(day, DUE, (first, second), times) == expected
        assert urgency_on(day, None, (first, second), times) == min(first, second, key=URGENCIES.index)
    assert urgency_on(DUE, None, (), times) == "none"


def test_the_most_urgent_comes_first_and_what_has_no_day_last_in_whatever_order_they_are_found(
    times: Ratification,
) -> None:
    day = date(2026, 6, 22)
    week = timedelta(days=7)
    ordered = [
        Item(body="a", step="decide", title="t", case="SAM-2026-0009", severities=("highest",)),
        Item(body="a", step="answer", title="t", case="SAM-2026-0008", due=day - 10 * week),
        Item(body="a", step="answer", title="t", case="SAM-2026-0007", due=day + 50 * week, severities=("high",)),
        Item(body="a", step="answer", title="t", case="SAM-2026-0006", due=day - week),
        Item(body="a", step="follow_up", title="t", document="b1-09", due=day),
        Item(body="b", step="follow_up", title="t", document="b1-09", due=day),
        Item(body="a", step="answer", title="t", case="SAM-2026-0005", due=day + 2 * week),
        Item(body="a", step="answer", title="t", case="SAM-2026-0003", due=day + 20 * week),
        Item(body="a", step="decide", title="t", case="SAM-2026-0004", days=(day + week,)),
        Item(body="a", step="decide", title="t", case="SAM-2026-0001"),
        Item(body="a", step="decide", title="t", case="SAM-2026-0002"),
    ]
    expected = [(item.body, item.case or item.document) for item in ordered]
    mixed = random.Random(4)  # noqa: S311 - a shuffle that is the same each time
    for _ in range(30):
        mixed.shuffle(ordered)
        rows = worklist_rows(ordered, day, times)
        assert [(row["body"], row.get("case") or row.get("document")) for row in rows] == expected
    assert all(("case" in row) != ("document" in row) for row in worklist_rows(ordered, day, times))


def test_next_is_the_nearest_day_that_has_not_passed(times: Ratification) -> None:
    days = tuple(DUE + timedelta(days=off) for off in (-28, -7, 1, 28))
    item = Item(body="a", step="answer", title="t", case="SAM-2026-0001", due=DUE, days=days)
    for off in range(-40, 40):
        day = DUE + timedelta(days=off)
        nearest = next((str(each) for each in sorted([*days, DUE]) if each >= day), None)
        (row,) = worklist_rows([item], day, times)
        assert row["next"] == nearest
