"""Which text bound whom on a day: counted by the product, and by a model that knows only what the parties decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from tests.workflow.course import FIRST_DAY, REF, Course, courses
from workflow import acts
from workflow.as_of import case_as_of
from workflow.bound_texts import texts_sent_to
from workflow.case import Case
from workflow.evolve import fold
from workflow.facts import Answer, Text
from workflow.record import Record
from workflow.replay import known
from workflow.views import case_body

FOUR = ("rjh", "berg", "are", "krokom")
SENT = date(2026, 2, 20)
FINAL = ("adopts", "adopts", "adopts", "adopts-with-reservation", "declines", "not-now")
DAYS = st.integers(0, 60).map(lambda days: SENT + timedelta(days=days))
RULES = {"all": 4, "per-party": 1, "threshold:2": 2, "threshold:3": 3, "threshold:2+are": 2}


@dataclass(frozen=True)
class Said:
    """What a party decided in truth; ``misheard`` is what was first recorded of it, where it was put right later."""

    answer: Answer
    on: date
    misheard: tuple[Answer, date] | None = None


@st.composite
def what_a_party_says(draw: st.DrawFn) -> list[Said]:
    """Nothing, or what leads to an answer and beyond it: put off first, a no that becomes a yes."""
    if draw(st.booleans()):
        on = draw(DAYS)
        return [Said("adopts", on, draw(misheard("adopts", None, settled=False)))]
    days = sorted(draw(st.lists(DAYS, max_size=3, unique=True)))
    said: list[Said] = []
    for on in days:
        settled = bool(said) and said[-1].answer not in {"adjourned", "remitted"}
        if settled and said[-1].answer not in {"declines", "not-now"}:
            break
        answer: Answer = "adopts" if settled else draw(st.sampled_from([*FINAL, "adjourned", "remitted"]))
        said.append(Said(answer, on, draw(misheard(answer, said[-1].on if said else None, settled=settled))))
    return said


def misheard(answer: Answer, after: date | None, *, settled: bool) -> st.SearchStrategy[tuple[Answer, date] | None]:
    """Another answer or another day than the true one; most often neither."""
    first = SENT if after is None else after + timedelta(days=1)
    others: st.SearchStrategy[Answer] = (
        st.just(answer) if settled else st.sampled_from(["adopts", "declines", "remitted"])
    )
    return st.none() | st.none() | st.tuples(others, st.dates(first, SENT + timedelta(days=90)))


def opened(effect_rule: str, not_before: date | None = None, valid_from: date | None = None) -> Course:
    """A case that was sent to four parties."""
    course = Course()
    act = acts.Open(
        ref=REF,
        on=FIRST_DAY,
        type="overenskommelse",
        title="Överenskommelse",
        group="barn-unga",
        parties=FOUR,
        effect_rule=effect_rule,
        text=Text(version=1),
        not_before=not_before,
        valid_from=valid_from,
    )
    steps = (acts.Prepare(on=FIRST_DAY, by="au-barn-unga"), acts.Recommend(on=FIRST_DAY, by="ledningsforum"))
    to_the_parties = (acts.Recommend(on=FIRST_DAY, by="politiskt-forum"), acts.Dispatch(on=SENT))
    assert all(course.ask(each) for each in (act, *steps, *to_the_parties))
    return course


def reported(course: Course, party: str, said: Said) -> None:
    """What the party said is recorded; what was misheard is put right afterwards."""
    first, on = said.misheard or (said.answer, said.on)
    assert course.ask(acts.RecordAnswer(on=on, party=party, answer=first, reason="r"))
    if said.misheard is not None and said.misheard != (said.answer, said.on):
        right = acts.CorrectAnswer(on=said.on, party=party, answer=said.answer, reason="r")
        assert course.ask(right)


@dataclass(frozen=True)
class Model:
    """Counts day by day, from the true answers alone, whoever reported first."""

    rule: str
    earliest: date
    said: dict[str, list[Said]]

    def adopted_by(self, day: date) -> dict[str, date]:
        """The parties whose latest decision up to ``day`` is an adoption, and its day."""
        latest = {party: [each for each in said if each.on <= day][-1:] for party, said in self.said.items()}
        return {party: said[0].on for party, said in latest.items() if said and said[0].answer == "adopts"}

    def enough(self, parties: set[str]) -> bool:
        """Whether these adopters satisfy the rule."""
        return len(parties) >= RULES[self.rule] and ("+" not in self.rule or "are" in parties)

    def bound_from(self, party: str, day: date) -> date | None:
        """The day ``party`` is bound from, as it could be said on ``day``."""
        adopted = self.adopted_by(day)
        if party not in adopted:
            return None
        tried = (SENT + timedelta(days=days) for days in range((day - SENT).days + 1))
        reached = next((each for each in tried if self.enough({p for p, on in adopted.items() if on <= each})), None)
        return max(reached, self.earliest, adopted[party]) if reached is not None else None


def as_of(course: Course, day: date) -> Case:
    case = case_as_of(course.records, day)
    assert case is not None
    return case


maybe_a_day = st.none() | st.dates(SENT, SENT + timedelta(days=80))


@settings(max_examples=80)
@given(st.data(), st.sampled_from(sorted(RULES)), maybe_a_day, maybe_a_day)
def test_on_every_day_each_party_is_bound_from_the_day_the_model_counts(
    data: st.DataObject, rule: str, not_before: date | None, valid_from: date | None
) -> None:
    """For every rule, in whatever order the answers are reported, and whatever was put right afterwards."""
    said = {party: data.draw(what_a_party_says(), label=party) for party in FOUR}
    course = opened(rule, not_before=not_before, valid_from=valid_from)
    left: dict[str, Iterator[Said]] = {party: iter(each) for party, each in said.items()}
    for party in data.draw(st.permutations([party for party, each in said.items() for _ in each])):
        reported(course, party, next(left[party]))
    model = Model(rule, max(not_before or SENT, valid_from or SENT), said)
    for days in range(0, 95, 3):
        day = SENT + timedelta(days=days)
        case = as_of(course, day)
        told = {party: text.bound_from for party in FOUR for text in texts_sent_to(party, [case])}
        assert told == {party: model.bound_from(party, day) for party in FOUR}, day
        bound = {party for party in FOUR for text in texts_sent_to(party, [case]) if text.place_on(day) == "bound"}
        assert bound == {party for party, start in told.items() if start is not None and start <= day}
        assert (case.state == "in_force") == (case.in_force_from is not None and case.in_force_from <= day)
        event(f"{rule.partition(':')[0]}: {case.state}")


def comparable(case: Case | None, day: date) -> dict[str, Any] | None:
    """What ``case show`` tells of a case, save how many records it has."""
    if case is None:
        return None
    body = case_body(case)
    return {**body, "state": case.state_on(day), "version": None}


def dated_up_to(records: list[Record], day: date) -> list[Record]:
    """Those not dated later; a rättelse of what is left out has nothing to put right and is left out with it."""
    kept: list[Record] = []
    answers_kept: dict[str, bool] = {}
    keep = True
    for record in records:
        act = record.act
        if isinstance(act, acts.CorrectAnswer):
            keep = answers_kept.get(act.party, True)
        elif act is not None:
            keep = act.on <= day
        if isinstance(act, acts.RecordAnswer):
            answers_kept[act.party] = keep
        kept += [record] if keep else []
    return kept


@settings(max_examples=150)
@given(courses(), st.integers(0, 400))
def test_what_is_dated_later_never_changes_what_was_so_before(course: Course, days: int) -> None:
    """Save a rättelse, which says that something earlier never was so."""
    day = FIRST_DAY + timedelta(days=days)
    earlier = dated_up_to(course.records, day)
    assert comparable(case_as_of(course.records, day), day) == comparable(case_as_of(earlier, day), day)
    event("left out some" if len(earlier) < len(course.records) else "left out none")


@settings(max_examples=150)
@given(courses())
def test_on_the_last_day_a_case_is_as_it_stands(course: Course) -> None:
    """What is counted anew is what was recorded when the answers came."""
    assume(course.case is not None)
    assert course.case is not None
    day = max(record.on for record in course.records)
    counted, recorded = comparable(case_as_of(course.records, day), day), comparable(course.case, day)
    assert counted is not None
    assert recorded is not None
    # A duty follows from the state as it is recorded; that a day has come is recorded by the next sweep.
    if counted["state"] == course.case.state:
        assert counted == recorded
    assert {**counted, "waiting_for": None} == {**recorded, "waiting_for": None}


def adoption(party: str, on: date) -> acts.RecordAnswer:
    return acts.RecordAnswer(on=on, party=party, answer="adopts")


def test_what_was_reported_last_and_decided_first_counts_from_the_day_it_was_decided() -> None:
    """The negative control: folding the records up to the day misses that the matter was ratified then."""
    course = opened("per-party")
    april, may = SENT + timedelta(days=50), SENT + timedelta(days=80)
    for act in (adoption("berg", may), adoption("are", april)):
        assert course.ask(act)
    assert as_of(course, april).state == "in_force"
    (text,) = texts_sent_to("are", [as_of(course, april)])
    assert (text.bound_from, text.place_on(april)) == (april, "bound")
    folded = fold(known(course.records, as_of=april))
    assert folded is not None
    assert folded.state == "sent_to_parties"


@pytest.mark.parametrize(("moved", "bound"), [(-10, True), (10, False)])
def test_a_rattelse_reaches_back_to_the_day_of_what_it_puts_right(moved: int, *, bound: bool) -> None:
    course = opened("per-party")
    day = SENT + timedelta(days=40)
    assert course.ask(adoption("are", day))
    right = acts.CorrectAnswer(on=day + timedelta(days=moved), party="are", answer="adopts", reason="fel dag lästes")
    assert course.ask(right)
    (text,) = texts_sent_to("are", [as_of(course, day)])
    assert (text.place_on(day) == "bound") is bound
    (text,) = texts_sent_to("are", [as_of(course, right.on)])
    assert text.bound_from == right.on


def test_whoever_goes_on_with_the_adopters_binds_nobody_before_it_was_decided() -> None:
    course = opened("all")
    days = [SENT + timedelta(days=each) for each in (5, 10, 20)]
    refusal = acts.RecordAnswer(on=days[1], party="berg", answer="declines", reason="r")
    going_on = acts.ChangeEffect(on=days[2], rule="per-party", by="politiskt-forum")
    assert all(course.ask(act) for act in (adoption("are", days[0]), refusal, going_on))
    told = [as_of(course, day) for day in days]
    assert [case.state for case in told] == ["sent_to_parties", "not_ratified", "in_force"]
    assert [texts_sent_to("are", [case])[0].place_on(day) for case, day in zip(told, days, strict=True)] == [
        "coming",
        "coming",
        "bound",
    ]
    assert to_builtins(texts_sent_to("berg", [told[2]])[0])["bound_from"] is None
