"""The forums' steps of a case: whose turn it is, and what a body's step waits for."""

from datetime import date

from workflow.case import Case
from workflow.errors import Missing
from workflow.route import STEPS, StepName

#: The code under which a step not yet taken is named as missing.
MISSING_CODE: dict[StepName, str] = {
    "prepare": "preparation_missing",
    "leadership": "leadership_recommendation_missing",
    "political": "political_recommendation_missing",
    "decide": "step_not_possible",
}

#: States in which the forums' steps are taken.
FORUMS_AT_WORK = frozenset({"initiated", "prepared", "recommended_by_leadership"})


def needed_before(case: Case, step: StepName | None) -> StepName | None:
    """The nearest step before ``step`` that the route needs and that is not waived; None when there is none.

    With None, the last step of all: what must be done before anything is sent or decided.
    """
    earlier = STEPS if step is None else STEPS[: STEPS.index(step)]
    needed = (each for each in reversed(earlier) if case.route.bodies(each) and each not in case.waived)
    return next(needed, None)


def missing_before(case: Case, step: StepName | None) -> tuple[Missing, ...]:
    """What ``step`` waits for: the bodies that still owe the nearest step before it. The shortest list there is."""
    before = needed_before(case, step)
    if before is None:
        return ()
    return tuple(Missing(MISSING_CODE[before], body) for body in case.bodies_owed(before))


def current_step(case: Case) -> StepName | None:
    """The first step that still has bodies to take it; None when the forums are done or have no part just now."""
    if case.state not in FORUMS_AT_WORK:
        return None
    owed = (step for step in STEPS if case.bodies_owed(step))
    return next((step for step in owed if not _passed(case, step)), None)


def _passed(case: Case, step: StepName) -> bool:
    """A later step has been completed, by a deviation, without this one."""
    later = STEPS[STEPS.index(step) + 1 :]
    return any(case.route.bodies(each) and not case.bodies_owed(each) and each not in case.waived for each in later)


def is_turn_of(case: Case, body: str) -> bool:
    """Whether it is ``body``'s turn: it owes its step, and nothing before that step is missing."""
    place = case.route.place_of(body)
    if place is None or case.state not in FORUMS_AT_WORK:
        return False
    return body in case.bodies_owed(place) and not missing_before(case, place)


def builds_on(case: Case, step: StepName | None) -> tuple[date, str]:
    """The latest date ``step`` builds on, and what was done then: opening, text, what sent it back, an earlier step.

    With None, everything the forums have done.
    """
    earlier = STEPS if step is None else STEPS[: STEPS.index(step)]
    days: list[tuple[date, str]] = [(case.opened_on, "open"), (case.text_on, "text")]
    if case.sent_back_on is not None:
        days.append((case.sent_back_on, "return"))
    days.extend((done.on, each) for each in earlier for done in case.done[each].values())
    return max(days)
