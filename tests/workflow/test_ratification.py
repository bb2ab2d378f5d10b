"""When the parties' answers make a matter binding: against a model that tries every set of parties."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from machines.table import table
from tests.workflow.course import FIRST_DAY, Course, courses
from workflow.bad_data import ValueInvalid
from workflow.case import Standing
from workflow.events import AnswerRecorded
from workflow.facts import Answer
from workflow.ratification import (
    AGAINST,
    CHART_EVENT,
    EffectRule,
    binds_from,
    outcome,
    party_binds_from,
    read_effect_rule,
)

PARTIES = ("rjh", "berg", "bracke", "krokom", "are")
SAID: dict[str, Answer] = {
    "adopted": "adopts",
    "adopted_with_reservation": "adopts-with-reservation",
    "declined": "declines",
    "not_now": "not-now",
    "adjourned": "adjourned",
    "remitted": "remitted",
}
OPEN = {"waiting", "not_sent", "adjourned", "remitted"}
Stands = Mapping[str, tuple[str, date | None]]


def rules(parties: Collection[str] = PARTIES) -> st.SearchStrategy[EffectRule]:
    threshold = st.builds(
        EffectRule,
        st.just("threshold"),
        st.integers(1, len(parties)),
        st.lists(st.sampled_from(sorted(parties)), unique=True, max_size=3).map(tuple),
    )
    return st.sampled_from([EffectRule("all"), EffectRule("per-party")]) | threshold


@st.composite
def stands(draw: st.DrawFn) -> dict[str, tuple[str, date | None]]:
    """Where each of some parties stands, and since when."""
    parties = draw(st.lists(st.sampled_from(PARTIES), min_size=1, unique=True))
    state = st.sampled_from(["adopted", "adopted", "adopted", *SAID, "waiting"])
    day = st.dates(FIRST_DAY, FIRST_DAY + timedelta(days=9))
    return {party: (draw(state), draw(day)) for party in parties}


def standings(told: Stands) -> dict[str, Standing]:
    return {party: Standing(state=state, answer=answer(party, state, on)) for party, (state, on) in told.items()}


def answer(party: str, state: str, on: date | None) -> AnswerRecorded | None:
    if state not in SAID or on is None:
        return None
    return AnswerRecorded(
        party=party, answer=SAID[state], party_state=state, text_version=1, decided_on=on, reported_on=on
    )


# --- the model: what it means that a rule holds, and every set of parties there is --------------------------------


def holds(rule: EffectRule, adopters: Collection[str], parties: Collection[str]) -> bool:
    """Whether the rule is satisfied when exactly these have adopted."""
    if rule.kind == "all":
        return set(adopters) == set(parties)
    if rule.kind == "per-party":
        return len(adopters) > 0
    return len(adopters) >= rule.needed and all(name in adopters for name in rule.named)


def first_day(rule: EffectRule, told: Stands) -> date | None:
    """The first day on which those that had adopted by then satisfy the rule."""
    adopted = {party: on for party, (state, on) in told.items() if state == "adopted" and on is not None}
    days = sorted(set(adopted.values()))
    enough = (day for day in days if holds(rule, [party for party, on in adopted.items() if on <= day], told))
    return next(enough, None)


def out_of_reach(rule: EffectRule, told: Stands) -> bool:
    """Whether no set of the parties that have not said otherwise for good would satisfy the rule."""
    may = [party for party, (state, _) in told.items() if state == "adopted" or state in OPEN]
    return not any(holds(rule, chosen, told) for chosen in every_set(may))


def every_set(parties: list[str]) -> Iterator[tuple[str, ...]]:
    for number in range(len(parties) + 1):
        yield from itertools.combinations(parties, number)


def within(rule: EffectRule, told: Stands) -> bool:
    """Whether the rule speaks of these parties at all."""
    return rule.needed <= len(told) and set(rule.named) <= set(told)


@given(rules(), stands())
def test_the_outcome_is_what_trying_every_set_of_parties_gives(
    rule: EffectRule, told: dict[str, tuple[str, date | None]]
) -> None:
    if not within(rule, told):
        return
    found = outcome(rule, standings(told))
    assert found.reached_on == first_day(rule, told)
    assert found.impossible == out_of_reach(rule, told)
    assert set(found.adopters) == {party for party, (state, _) in told.items() if state == "adopted"}
    assert set(found.against) == {party for party, (state, _) in told.items() if state in AGAINST}


@given(rules(), stands(), st.randoms(use_true_random=False))
def test_the_order_of_the_parties_does_not_matter(rule: EffectRule, told: Stands, random: object) -> None:
    turned = list(told.items())
    random.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis hides what it hands out
    one, other = outcome(rule, standings(told)), outcome(rule, standings(dict(turned)))
    assert (one.reached_on, one.impossible) == (other.reached_on, other.impossible)
    assert set(one.adopters) == set(other.adopters)
    assert set(one.against) == set(other.against)


@given(rules(), stands())
def test_it_is_reached_only_when_the_rule_holds_on_those_that_adopted(rule: EffectRule, told: Stands) -> None:
    found = outcome(rule, standings(told))
    if found.reached_on is not None:
        assert holds(rule, found.adopters, told)
        assert not found.impossible


@given(rules(), stands(), st.sampled_from(PARTIES), st.dates(FIRST_DAY, date(2026, 12, 31)))
def test_one_more_adoption_never_takes_away_what_was_reached_nor_makes_it_later(
    rule: EffectRule, told: dict[str, tuple[str, date | None]], party: str, on: date
) -> None:
    if party not in told or told[party][0] not in OPEN or not within(rule, told):
        return
    before = outcome(rule, standings(told))
    after = outcome(rule, standings({**told, party: ("adopted", on)}))
    if before.reached_on is not None:
        assert after.reached_on is not None
        assert after.reached_on <= before.reached_on
    assert after.impossible == before.impossible


def test_everyone_has_answered_is_not_everyone_has_adopted() -> None:
    told = dict.fromkeys(PARTIES[1:], ("adopted", FIRST_DAY))
    for state in sorted(AGAINST):
        found = outcome(EffectRule("all"), standings({**told, "rjh": (state, FIRST_DAY)}))
        assert (found.reached_on, found.impossible, found.against) == (None, True, ("rjh",))


def test_with_a_threshold_the_named_parties_must_be_among_them() -> None:
    rule = read_effect_rule("threshold:2+rjh", PARTIES)
    others = dict.fromkeys(PARTIES[1:], ("adopted", FIRST_DAY))
    assert outcome(rule, standings({**others, "rjh": ("waiting", None)})).reached_on is None
    later = FIRST_DAY + timedelta(days=5)
    assert outcome(rule, standings({**others, "rjh": ("adopted", later)})).reached_on == later
    assert outcome(rule, standings({**others, "rjh": ("declined", later)})).impossible


def test_every_answer_leads_to_the_state_of_its_name() -> None:
    for state, said in SAID.items():
        assert table("ratification").step("waiting", CHART_EVENT[said], {}) == state
    assert set(table("ratification").states) >= AGAINST


# --- the rule as it is written -------------------------------------------------------------------------------------


@given(rules())
def test_a_rule_is_read_as_it_is_written(rule: EffectRule) -> None:
    written: str = rule.kind
    if rule.kind == "threshold":
        written = "+".join([f"threshold:{rule.needed}", *rule.named])
    read = read_effect_rule(written, PARTIES)
    assert (read.kind, read.needed, set(read.named)) == (rule.kind, rule.needed, set(rule.named))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "All",
        "all:3",
        "per_party",
        "threshold",
        "threshold:",
        "threshold:0",
        "threshold:6",
        "threshold:-1",
        "threshold:1.5",
        "threshold:٣",
        "threshold:²",
        "threshold:2+",
        "threshold:2+kfjh",
        "threshold:2 + rjh",
        pytest.param(f"threshold:{'9' * 5000}", id="more digits than Python reads"),
    ],
)
def test_what_is_no_effect_rule_for_these_parties_is_refused(text: str) -> None:
    with pytest.raises(ValueInvalid):
        read_effect_rule(text, PARTIES)


@given(st.text())
def test_no_text_is_worse_than_refused(text: str) -> None:
    for written in (text, f"threshold:{text}", f"threshold:2+{text}"):
        try:
            read = read_effect_rule(written, PARTIES)
        except ValueInvalid:
            continue
        assert read.kind in {"all", "per-party", "threshold"}
        assert set(read.named) <= set(PARTIES)
        assert 0 <= read.needed <= len(PARTIES)


# --- from when ------------------------------------------------------------------------------------------------------


@given(courses())
def test_nobody_is_bound_before_the_last_of_all_the_days_there_are(course: Course) -> None:
    case = course.case
    if case is None or not case.route.ratify:
        return
    rule = read_effect_rule(case.effect_rule, case.parties)
    reached = outcome(rule, case.parties).reached_on
    decided = case.state in {"ratified", "in_force"}
    assert decided == (reached is not None and case.dispatched is not None)
    assert (case.in_force_from is not None) == decided
    for party, standing in case.parties.items():
        bound = party_binds_from(case, party)
        assert (bound is not None) == (decided and standing.state == "adopted")
        if bound is not None and reached is not None and standing.answer is not None:
            days = (reached, case.opened.not_before, case.opened.valid_from)
            assert case.in_force_from == binds_from(case, reached) == max(day for day in days if day is not None)
            assert bound == max(case.in_force_from, standing.answer.decided_on)
