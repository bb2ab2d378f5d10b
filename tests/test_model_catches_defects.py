"""A model that finds nothing proves nothing: each defect planted in the product must be noticed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from tests.listed_steps import check_next, check_worklists
from tests.model import LEADERSHIP, POLITICAL, Ask
from tests.model_answers import Answer
from tests.office import PARTIES, Office
from tests.test_case_machine import CaseMachine
from tests.walk import Followed, Opening, Walk
from workflow import acts, duties, engine, events, evolve, possible, ratification, views
from workflow.case import Case, Standing
from workflow.decide import answers, dispatch, outcome, steps_taken
from workflow.duties import Duty
from workflow.errors import Missing, Refusal
from workflow.organising import Done
from workflow.ratification import EffectRule, Outcome
from workflow.record import Record
from workflow.route import StepName
from workflow.steps import missing_before

DAY = date(2026, 2, 27)

Plant = Callable[[pytest.MonkeyPatch], None]
Course = Callable[[Walk], None]


@dataclass(frozen=True)
class Defect:
    """What is broken in the product, a course on which it shows, and how the difference is told."""

    plant: Plant
    course: Course
    told: str


# The courses: each is walked without dispute by the product as it is.


def take(walk: Walk, followed: Followed, *steps: str, on: date = DAY) -> None:
    for step in steps:
        verb, _, by = step.partition(" ")
        walk.attempt(followed, Ask(verb=verb, today=max(on, DAY), on=on, by=by, text=step.encode()))


def answer(walk: Walk, followed: Followed, party: str, said: str, version: int | None = None) -> None:
    day = DAY + timedelta(days=30)
    told = Answer(answer=said, on=day)
    walk.attempt(followed, Ask(verb="answer", today=day, on=day, party=party, said=told, version=version))


def sent(walk: Walk, group: str = "barn-unga") -> Followed:
    followed = walk.open(Opening(on=DAY, group=group, text=b"lydelse 1"))
    take(walk, followed, *(f"prepare {body}" for body in followed.paper.preparers))
    take(walk, followed, f"recommend {LEADERSHIP}", f"recommend {POLITICAL}", "dispatch")
    return followed


def one_of_nine_declines(walk: Walk) -> None:
    followed = sent(walk)
    for party in PARTIES:
        answer(walk, followed, party, "declines" if party == "berg" else "adopts")


def one_of_nine_has_a_reservation(walk: Walk) -> None:
    followed = sent(walk)
    for party in PARTIES:
        answer(walk, followed, party, "adopts-with-reservation" if party == "are" else "adopts")


def a_text_is_revised_when_recommended(walk: Walk) -> None:
    followed = walk.open(Opening(on=DAY, text=b"lydelse 1"))
    take(walk, followed, "prepare au-barn-unga", f"recommend {LEADERSHIP}", "revise")


def a_party_answers_the_text_of_yesterday(walk: Walk) -> None:
    followed = sent(walk)
    take(
        walk,
        followed,
        "revise",
        "prepare au-barn-unga",
        f"recommend {LEADERSHIP}",
        f"recommend {POLITICAL}",
        "dispatch",
    )
    answer(walk, followed, "krokom", "adopts", version=1)


def two_committees_prepare_in_turn(walk: Walk) -> None:
    followed = walk.open(Opening(on=DAY, group="alla"))
    take(walk, followed, "prepare au-vuxna", "prepare au-barn-unga")


def politics_tries_before_the_leadership(walk: Walk) -> None:
    followed = walk.open(Opening(on=DAY))
    take(walk, followed, "prepare au-barn-unga", f"recommend {POLITICAL}")


def the_leadership_dates_its_step_before_the_preparation(walk: Walk) -> None:
    followed = walk.open(Opening(on=DAY - timedelta(days=9)))
    take(walk, followed, "prepare au-barn-unga")
    take(walk, followed, f"recommend {LEADERSHIP}", on=DAY - timedelta(days=1))


def the_deadline_falls_on_midsummer_eve(walk: Walk) -> None:
    sent(walk)


def worklists_are_read_at_once(walk: Walk) -> None:
    walk.open(Opening(on=DAY))
    check_worklists(walk, DAY)


def what_is_next_is_read_at_once(walk: Walk) -> None:
    check_next(walk, walk.open(Opening(on=DAY)), DAY, b"lydelse 2")


# The defects


def everyone_answered_is_taken_for_everyone_adopted(monkeypatch: pytest.MonkeyPatch) -> None:
    def generous(rule: EffectRule, parties: Mapping[str, Standing]) -> Outcome:
        found = ratification.outcome(rule, parties)
        days = [standing.answer.decided_on for standing in parties.values() if standing.answer is not None]
        return replace(found, reached_on=max(days), impossible=False) if len(days) == len(parties) else found

    monkeypatch.setattr(outcome, "outcome", generous)


def a_reservation_is_taken_for_an_adoption(monkeypatch: pytest.MonkeyPatch) -> None:
    mistaken = {**ratification.CHART_EVENT, "adopts-with-reservation": "adopt"}
    monkeypatch.setattr(answers, "CHART_EVENT", mistaken)


def what_was_said_of_an_older_text_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def revised(_: Case, event: events.TextRevised, record: Record) -> dict[str, Any]:
        return {"text": event.text, "text_on": record.on}

    table: dict[Any, Any] = evolve._EVOLVE  # noqa: SLF001 - to be broken where it is made
    monkeypatch.setitem(table, events.TextRevised, revised)


def nobody_looks_which_text_an_answer_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_require_current_text", lambda *_: None)


def one_committee_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    owed = Case.bodies_owed
    monkeypatch.setattr(Case, "bodies_owed", lambda self, step: () if self.done[step] else owed(self, step))


def the_leadership_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(of: Case, step: StepName | None) -> tuple[Missing, ...]:
        return () if step == "political" else missing_before(of, step)

    monkeypatch.setattr(steps_taken, "missing_before", forgetful)


def dates_may_run_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_taken, "require_order", lambda *_: None)


def every_day_is_a_working_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "next_working_day", lambda day, _: day)


def a_refused_act_leaves_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.Engine.handle

    def handle(self: engine.Engine, ref: str, act: acts.CaseAct, *rest: Any, **more: Any) -> Done:
        try:
            return real(self, ref, act, *rest, **more)
        except Refusal:
            until = act.on + timedelta(days=30)
            with contextlib.suppress(Refusal):
                real(self, ref, acts.Postpone(on=act.on, by=LEADERSHIP, until=until, reason="avslag"))
            raise

    monkeypatch.setattr(engine.Engine, "handle", handle)


def those_who_prepare_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def others(of: Case) -> tuple[Duty, ...]:
        return tuple(duty for duty in duties.duties(of) if duty.step != "prepare")

    monkeypatch.setattr(views, "duties", others)


def what_is_missing_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = possible._step  # noqa: SLF001 - to be broken where it is made

    def step(of: Case, candidate: Any, _: tuple[Missing, ...]) -> possible.Step:
        return real(of, candidate, ())

    monkeypatch.setattr(possible, "_step", step)


DEFECTS = (
    Defect(everyone_answered_is_taken_for_everyone_adopted, one_of_nine_declines, r"state: the rules give \['not_rat"),
    Defect(
        a_reservation_is_taken_for_an_adoption, one_of_nine_has_a_reservation, "are.state: the rules give adopted_with"
    ),
    Defect(what_was_said_of_an_older_text_still_counts, a_text_is_revised_when_recommended, "done.prepare: "),
    Defect(nobody_looks_which_text_an_answer_is_about, a_party_answers_the_text_of_yesterday, "text_version_outdated"),
    Defect(one_committee_is_enough, two_committees_prepare_in_turn, r"waiting_for at least: the rules give \['au-"),
    Defect(the_leadership_is_forgotten, politics_tries_before_the_leadership, "leadership_recommendation_missing"),
    Defect(dates_may_run_backwards, the_leadership_dates_its_step_before_the_preparation, "date_before_previous_step"),
    Defect(every_day_is_a_working_day, the_deadline_falls_on_midsummer_eve, "answer_by: the rules give 2026-06-22"),
    Defect(a_refused_act_leaves_a_trace, politics_tries_before_the_leadership, "the log was changed by a refused act"),
    Defect(those_who_prepare_are_not_told, worklists_are_read_at_once, "waiting_for at least: the rules give"),
    Defect(what_is_missing_is_not_listed, what_is_next_is_read_at_once, "listed is .*ledningsforum.*, the rules give"),
)


def name_of(defect: Defect) -> str:
    return defect.plant.__name__


@pytest.mark.parametrize("defect", DEFECTS, ids=name_of)
def test_a_planted_defect_is_noticed_and_told(walk: Walk, monkeypatch: pytest.MonkeyPatch, defect: Defect) -> None:
    defect.plant(monkeypatch)
    with pytest.raises(AssertionError, match=defect.told):
        defect.course(walk)
    assert walk.disputed


@pytest.mark.parametrize("course", {defect.course: None for defect in DEFECTS}, ids=lambda course: course.__name__)
def test_the_same_course_is_undisputed_when_nothing_is_planted(walk: Walk, course: Course) -> None:
    course(walk)
    assert not walk.disputed


# Those that nearly every walk meets: hunting the rarer ones without a hint would take minutes.
COMMON = (
    what_was_said_of_an_older_text_still_counts,
    one_committee_is_enough,
    the_leadership_is_forgotten,
    those_who_prepare_are_not_told,
)


@pytest.mark.slow
@pytest.mark.parametrize("defect", [defect for defect in DEFECTS if defect.plant in COMMON], ids=name_of)
def test_random_walks_find_a_planted_defect_without_being_led_to_it(
    isolated: None, furnished: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defect: Defect
) -> None:
    CaseMachine.begin(furnished, tmp_path)
    defect.plant(monkeypatch)
    # Found is enough: it is neither made small nor kept for the next run.
    hunt = settings(max_examples=100, phases=[Phase.generate], database=None, report_multiple_bugs=False)
    with pytest.raises(AssertionError, match=defect.told):
        run_state_machine_as_test(seed(20260101)(CaseMachine), settings=hunt)
