"""The calculus of ratification beside a count made from the bare answers, by other means than the product's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.asked_course import SENT, asked, send
from tests.workflow.course import Course, answers, courses, revision
from workflow import acts, ratification
from workflow.case import Case
from workflow.events import AnswerRecorded
from workflow.facts import Answer
from workflow.ratification import party_binds_from

PARTIES = ("rjh", "are", "berg", "krokom")
LATER = SENT + timedelta(days=1000)
FINAL_NO = {"adopts-with-reservation", "declines", "not-now"}


@dataclass(frozen=True)
class Said:
    """What a party is told to have decided, and when."""

    party: str
    answer: Answer
    on: date


@st.composite
def voices(draw: st.DrawFn) -> list[Said]:
    """One answer from each of some parties, no two on one day."""
    parties = draw(st.lists(st.sampled_from(PARTIES), unique=True, min_size=1))
    days = draw(st.lists(st.integers(0, 200), unique=True, min_size=len(parties), max_size=len(parties)))
    said = answers()
    return [Said(party, draw(said), SENT + timedelta(days=ahead)) for party, ahead in zip(parties, days, strict=True)]


RULES = st.sampled_from(["all", "per-party", "threshold:1", "threshold:2", "threshold:3", "threshold:2+rjh+are"])
LATEST = st.none() | st.dates(SENT, SENT + timedelta(days=300))


def recorded(said: Sequence[Said], rule: str, not_before: date | None) -> Case:
    course = asked(*PARTIES, effect_rule=rule, not_before=not_before)
    for each in said:
        assert course.ask(acts.RecordAnswer(on=each.on, party=each.party, answer=each.answer))
    assert course.case is not None
    return course.case


@dataclass(frozen=True)
class Counted:
    """What the answers amount to: whom the text binds from when, and whether the rule can be satisfied at all."""

    bound: Mapping[str, date]
    possible: bool


def counted(said: Sequence[Said], rule: str, not_before: date | None) -> Counted:
    """Day by day: the first day whose adoptions so far are enough is the day; nobody is bound before it."""
    head, _, tail = rule.partition(":")
    number, *named = tail.split("+") if tail else [{"all": str(len(PARTIES)), "per-party": "1"}[head]]
    adopted = {each.party: each.on for each in said if each.answer == "adopts"}
    against = {each.party for each in said if each.answer in FINAL_NO}

    def enough(parties: set[str]) -> bool:
        return len(parties) >= int(number) and set(named) <= parties

    reached = next(
        (day for day in sorted(adopted.values()) if enough({one for one, on in adopted.items() if on <= day})), None
    )
    possible = enough(set(PARTIES) - against)
    if reached is None:
        return Counted({}, possible)
    start = max(reached, not_before or reached)
    return Counted({party: max(on, start) for party, on in adopted.items()}, possible)


def claim(case: Case, said: Sequence[Said], rule: str, not_before: date | None) -> None:
    wanted = counted(said, rule, not_before)
    found = {party: day for party in PARTIES if (day := party_binds_from(case, party)) is not None}
    assert found == wanted.bound
    assert (case.state == "not_ratified") == (not wanted.bound and not wanted.possible)
    assert (case.state in {"ratified", "in_force"}) == bool(wanted.bound)


@given(voices(), RULES, LATEST, st.randoms(use_true_random=False))
def test_whom_the_text_binds_and_from_when_is_what_counting_gives_in_whatever_order_it_is_told(
    said: list[Said], rule: str, not_before: date | None, chance: Random
) -> None:
    told = recorded(said, rule, not_before)
    claim(told, said, rule, not_before)
    shuffled = list(said)
    chance.shuffle(shuffled)
    again = recorded(shuffled, rule, not_before)
    # Whether the day it binds from has been recorded depends on the order; what is so on a day does not.
    assert again.state_on(LATER) == told.state_on(LATER)
    claim(again, said, rule, not_before)


def test_the_claim_sees_a_reservation_that_is_counted_as_an_adoption(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    said = [Said(party, "adopts", SENT + timedelta(days=1)) for party in PARTIES[1:]]
    said.append(Said("rjh", "adopts-with-reservation", SENT + timedelta(days=2)))
    claim(recorded(said, "all", None), said, "all", None)
    reading = {**ratification.CHART_EVENT, "adopts-with-reservation": "adopt"}
    monkeypatch.setattr("workflow.decide.answers.CHART_EVENT", reading)
    with pytest.raises(AssertionError):
        claim(recorded(said, "all", None), said, "all", None)


# --- what is said stays said ------------------------------------------------------------------------------------------


def standing_answers(course: Course) -> Counter[tuple[str, int]]:
    """How many answers stand for each party and text version: each new one takes the place of the one before it."""
    standing: dict[tuple[str, int], AnswerRecorded] = {}
    for record in course.records:
        if isinstance(record.event, AnswerRecorded):
            standing[record.event.party, record.event.text_version] = record.event
    return Counter(standing.keys())


@given(courses(most=60))
def test_an_answer_is_superseded_and_never_changed_and_one_stands_for_each_party_and_text(course: Course) -> None:
    case = course.case
    if case is None:
        return
    assert all(number == 1 for number in standing_answers(course).values())
    for party, standing in case.parties.items():
        told = [
            record.event
            for record in course.records
            if isinstance(record.event, AnswerRecorded)
            and (record.event.party, record.event.text_version) == (party, case.text.version)
        ]
        assert standing.answer == (told[-1] if told else None)
        # A different answer came by a rättelse, after an open one, or by a later decision: never over the one before.
        for before, after in pairwise(told):
            was_open = before.answer in {"adjourned", "remitted"}
            assert after.corrects or was_open or after.decided_on > before.decided_on


@given(courses(most=60))
def test_pairs_that_contradict_each_other_never_occur(course: Course) -> None:
    case = course.case
    if case is None or not case.route.ratify:
        return
    bound = {party for party in case.parties if party_binds_from(case, party) is not None}
    for party in bound:
        assert case.parties[party].state == "adopted"
        answer = case.parties[party].answer
        assert answer is not None
        assert answer.text_version == case.text.version
    forbidden = {
        "binds somebody and is not ratified": bool(bound) and case.state not in {"ratified", "in_force"},
        "is in force and binds nobody": case.state == "in_force" and not bound,
        "is not ratified and has a day it binds from": case.state == "not_ratified" and case.in_force_from is not None,
        "has answers and was never sent": case.dispatched is None
        and any(standing.answer is not None for standing in case.parties.values()),
        "is over and has flags": case.state in {"withdrawn", "closed"} and bool(case.flags),
        "reminds a party that has answered": any(
            flag.kind.startswith("ratification") and not case.parties[flag.party or ""].pending for flag in case.flags
        ),
    }
    assert not [pair for pair, holds in forbidden.items() if holds]


def test_what_was_said_of_the_first_text_counts_for_nothing_under_the_second() -> None:
    course = asked(*PARTIES)
    for party in PARTIES[:3]:
        assert course.ask(acts.RecordAnswer(on=SENT, party=party, answer="adopts"))
    assert course.ask(revision(SENT + timedelta(days=10)))
    send(course, SENT + timedelta(days=20))
    assert course.ask(acts.RecordAnswer(on=SENT + timedelta(days=30), party=PARTIES[3], answer="adopts"))
    case = course.case
    assert case is not None
    assert case.state == "sent_to_parties"
    assert [party for party, standing in case.parties.items() if standing.answer is not None] == [PARTIES[3]]
