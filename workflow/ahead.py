"""What is ahead of a case: the steps of its route that remain, and the days on which the calendar brings something.

Days of reminder and escalation are those fixed with the deadline (reading G7). Nothing here is guessed: what has no day
yet has none.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from msgspec import Struct

from workflow.case import Case
from workflow.duties import DutyStep, duties
from workflow.facts import Deadline
from workflow.flags import parties_owing
from workflow.route import STEPS, StepName
from workflow.steps import COURSE, FORUMS_AT_WORK, passed

AnswerDay = Literal["remind", "answer", "stall", "escalate"]
Coming = StepName | DutyStep | AnswerDay | Literal["meet", "take_effect_earliest", "end", "decide_stage"]

#: Duties that the remaining steps, or the days, tell in full.
_TOLD_OTHERWISE = frozenset({"prepare", "recommend", "decide", "answer", "take_effect", "spread"})

_WITHOUT_EFFECT = frozenset({"withdrawn", "closed"})


class Ahead(Struct, frozen=True, kw_only=True):
    """Something that is to come: on which day, where one is known, and for whom. ``overdue``: the day has passed."""

    what: Coming
    on: date | None = None
    by: tuple[str, ...] = ()
    overdue: bool = False


def ahead(case: Case, day: date) -> tuple[Ahead, ...]:
    """Everything that is ahead of ``case`` on ``day``, in the order of its course."""
    if case.state in _WITHOUT_EFFECT:
        return ()
    return (*_steps(case, day), *_parties(case, day), *_effect(case, day))


def _steps(case: Case, day: date) -> Iterator[Ahead]:
    at_work = case.state in FORUMS_AT_WORK and case.state != "in_force"
    if case.route.stages and not case.is_over:
        yield from _stages(case)
    elif at_work:
        for step in COURSE:
            owed = case.bodies_owed(step)
            if owed and not passed(case, step):
                due = min((case.postponed[body] for body in owed if body in case.postponed), default=None)
                yield Ahead(what=step, on=due, by=owed, overdue=due is not None and due < day)
    others = [duty for duty in duties(case) if duty.step not in _TOLD_OTHERWISE]
    for (step, due), group in groupby(others, key=lambda duty: (duty.step, duty.due)):
        bodies = tuple(duty.body for duty in group)
        yield Ahead(what=step, on=due, by=bodies, overdue=due is not None and due < day)
    if at_work and case.route.ratify:
        yield Ahead(what="dispatch", by=(case.route.report_to or case.opened_by,))
        yield Ahead(what="answer", by=tuple(case.parties))


def _stages(case: Case) -> Iterator[Ahead]:
    for stage in case.stages_left:
        due = case.opened.particulars.in_force if stage.in_new_structure else None
        yield Ahead(what="decide_stage", on=due, by=stage.by)


def _days_of(deadline: Deadline) -> Iterator[tuple[AnswerDay, date]]:
    for on in deadline.remind_on:
        yield "remind", on
    yield "answer", deadline.answer_by
    yield "stall", deadline.answer_by + timedelta(days=1)
    if deadline.escalate_on is not None:
        yield "escalate", deadline.escalate_on


def _parties(case: Case, day: date) -> Iterator[Ahead]:
    owing = parties_owing(case)
    if case.deadline is None or not owing:
        return
    found = []
    for what, on in _days_of(case.deadline):
        # The answer is owed until it is given; the other days come once, or have been.
        if on >= day or what == "answer":
            found.append(Ahead(what=what, on=on, by=owing, overdue=on < day))
    for party in owing:
        answer = case.parties[party].answer
        if answer is not None and answer.next_meeting is not None and answer.next_meeting >= day:
            found.append(Ahead(what="meet", on=answer.next_meeting, by=(party,)))
    yield from sorted(found, key=lambda each: each.on or date.max)


def _effect(case: Case, day: date) -> Iterator[Ahead]:
    opened = case.opened
    if case.in_force_from is not None:
        if case.in_force_from > day:
            yield Ahead(what="take_effect", on=case.in_force_from)
    elif not case.is_over and (case.route.ratify or any(case.route.bodies(step) for step in STEPS)):
        earliest = max((each for each in (opened.not_before, opened.valid_from) if each is not None), default=None)
        yield Ahead(what="take_effect_earliest" if earliest else "take_effect", on=earliest)
    unspread = tuple(via for via in case.route.spread_via if via not in case.spread)
    if unspread:
        yield Ahead(what="spread", by=unspread)
    if opened.valid_to is not None and opened.valid_to >= day:
        yield Ahead(what="end", on=opened.valid_to)
