"""The parties report when they report: the order in which their answers are recorded decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.model_answers import ADOPTS, ANSWERS, MAY_ADOPT_LATER, NOT_FINAL, Answer
from tests.office import PARTIES, Office

DISPATCHED_ON = date(2026, 3, 2)
ASKED_ON = date(2026, 10, 1)
EXAMPLES = max(12, settings.default.max_examples // 3) if settings.default else 12

Dispatched = Callable[[str], tuple[Office, str]]


@st.composite
def answers_of_a_party(draw: st.DrawFn) -> list[Answer]:
    """One answer, and after one that is not final, or a refusal, sometimes a second."""
    on = DISPATCHED_ON + timedelta(days=draw(st.integers(0, 120)))
    first = Answer(answer=draw(st.sampled_from([ADOPTS] * 12 + sorted(ANSWERS))), on=on)
    later = on + timedelta(days=draw(st.integers(1, 60)))
    if first.answer in NOT_FINAL:
        return [first, Answer(answer=draw(st.sampled_from([ADOPTS, *sorted(ANSWERS)])), on=later)]
    if first.answer in MAY_ADOPT_LATER and draw(st.booleans()):
        return [first, Answer(answer=ADOPTS, on=later)]
    return [first]


@st.composite
def answers_in_two_orders(draw: st.DrawFn) -> tuple[dict[str, list[Answer]], list[str], list[str]]:
    """Each party's own answers in their order, and two orders in which the parties report."""
    said = {party: draw(answers_of_a_party()) for party in PARTIES}
    reports = [party for party, answers in said.items() for _ in answers]
    return said, draw(st.permutations(reports)), draw(st.permutations(reports))


@pytest.fixture
def dispatched(isolated: None, furnished: Office, tmp_path: Path) -> Dispatched:
    """Gives a fresh office with one case of this effect rule, sent to its nine parties."""
    numbers = itertools.count()

    @cache
    def ready(effect: str) -> tuple[Office, str]:
        office = furnished.copied_to(tmp_path / f"ready-{next(numbers)}")
        return office, office.walked_to("sent_to_parties", effect=effect, not_before="2026-06-01")

    def copy(effect: str) -> tuple[Office, str]:
        office, ref = ready(effect)
        return office.copied_to(tmp_path / str(next(numbers))), ref

    return copy


def shown_after(office: Office, ref: str, said: dict[str, list[Answer]], order: list[str]) -> dict[str, Any]:
    """The case when the parties have reported in this order."""
    left = {party: iter(answers) for party, answers in said.items()}
    for party in order:
        answer = next(left[party])
        words = ("--party", party, "--answer", answer.answer, "--on", answer.on)
        office("case", "answer", ref, *words, today=ASKED_ON, expect=0)
    shown = office.show(ref, today=ASKED_ON)
    # How often the case as a whole changed its state on the way is the one thing that may depend on the order.
    del shown["version"]
    return shown


@pytest.mark.slow
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(effect=st.sampled_from(["all", "per-party", "threshold:5"]), drawn=answers_in_two_orders())
def test_the_order_in_which_the_parties_report_does_not_matter(
    dispatched: Dispatched, effect: str, drawn: tuple[dict[str, list[Answer]], list[str], list[str]]
) -> None:
    said, one_order, other_order = drawn
    one = shown_after(*dispatched(effect), said, one_order)
    other = shown_after(*dispatched(effect), said, other_order)
    assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {}
