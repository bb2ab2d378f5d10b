"""The model that judges the product is itself held against days and outcomes worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.model import LEADERSHIP, POLITICAL, Ask, PaperCase
from tests.model_answers import Answer
from tests.model_calendar import answer_by, easter
from tests.model_effect import Count, EffectRule, standing
from tests.model_verdicts import verdict
from tests.office import PARTIES
from tests.walk import Opening, Walk

DAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    "sunday",
    ["2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19"],
)
def test_easter_falls_where_the_almanac_has_it(sunday: str) -> None:
    assert easter(int(sunday[:4])) == date.fromisoformat(sunday)


# When it is dispatched, and by when it is to be answered if the day 112 days later is the one of the name.
DEADLINES = {
    "första maj, a Friday": ("2026-01-09", "2026-05-04"),
    "an ordinary Monday": ("2026-01-12", "2026-05-04"),
    "Kristi himmelsfärds dag": ("2026-01-22", "2026-05-15"),
    "nationaldagen, a Saturday": ("2026-02-14", "2026-06-08"),
    "midsommarafton": ("2026-02-27", "2026-06-22"),
    "julafton, a Thursday": ("2026-09-03", "2026-12-28"),
    "nyårsafton, a Thursday": ("2026-09-10", "2027-01-04"),
    "trettondedag jul": ("2026-09-16", "2027-01-07"),
}


@pytest.mark.parametrize("falls_on", DEADLINES)
def test_the_deadline_is_rolled_past_days_on_which_nobody_works(walk: Walk, falls_on: str) -> None:
    sent, by = DEADLINES[falls_on]
    on = date.fromisoformat(sent)
    assert str(answer_by(on)) == by
    followed = walk.open(Opening(on=min(on, date(2026, 1, 5))))
    for verb, body in (
        ("prepare", "au-barn-unga"),
        ("recommend", LEADERSHIP),
        ("recommend", POLITICAL),
        ("dispatch", ""),
    ):
        walk.attempt(followed, Ask(verb=verb, today=on, on=on, by=body))
    assert walk.look(followed, on)["answer_by"] == by


def test_everyone_has_answered_is_not_everyone_has_adopted() -> None:
    adopted = dict.fromkeys(PARTIES[1:], DAY)
    assert standing(EffectRule(name="all"), Count(parties=9, adopted=adopted, refused=1), date.min, DAY).states == {
        "not_ratified"
    }


def test_a_threshold_binds_its_adopters_from_the_day_it_is_reached_and_the_late_from_their_own() -> None:
    adopted = {party: DAY + timedelta(days=days) for days, party in enumerate(("berg", "are", "krokom"))}
    reached = standing(EffectRule(name="threshold", number=2), Count(parties=9, adopted=adopted), date.min, DAY)
    assert reached.in_force_from == DAY + timedelta(days=1)
    assert reached.of_party == {
        "berg": DAY + timedelta(days=1),
        "are": DAY + timedelta(days=1),
        "krokom": DAY + timedelta(days=2),
    }


def test_the_model_itself_refuses_the_political_forum_before_the_leadership() -> None:
    paper = PaperCase(group="alla", opened_on=DAY, parties=PARTIES, rule=EffectRule(name="all"))
    asked = verdict(paper, Ask(verb="recommend", today=DAY, on=DAY, by=POLITICAL))
    assert asked.missing == {("leadership_recommendation_missing", LEADERSHIP)}


def test_the_model_itself_counts_no_answer_to_an_older_text() -> None:
    paper = PaperCase(group="vuxna", opened_on=DAY, parties=PARTIES, rule=EffectRule(name="per-party"))
    for verb, body in (("prepare", "au-vuxna"), ("recommend", LEADERSHIP), ("recommend", POLITICAL), ("dispatch", "")):
        paper.do(Ask(verb=verb, today=DAY, on=DAY, by=body))
    paper.do(Ask(verb="answer", today=DAY, on=DAY, party="berg", said=Answer(answer="adopts", on=DAY)))
    assert paper.standing(DAY).states == {"in_force"}
    paper.do(Ask(verb="revise", today=DAY, on=DAY, text=b"ny lydelse"))
    assert paper.standing(DAY).states == {"initiated"}
    assert paper.owed() == ["au-vuxna"]
