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
    "anchoring": "anchoring_missing",
}

#: States in which the forums' steps are taken.
FORUMS_AT_WORK = frozenset(
    {"initiated", "prepared", "recommended_by_leadership", "direction_decided", "in_force", "templates_decided"}
)

#: The steps that follow one another: a later one completed means the earlier ones were, or were waived.
COURSE: tuple[StepName, ...] = ("prepare", "leadership", "political", "decide")


def missing_before(case: Case, step: StepName | None) -> tuple[Missing, ...]:
    """What ``step`` waits for: the bodies that still owe the nearest step before it. The shortest list there is.

    With None, what the sending to the parties waits for. A waived step is passed over.
    """
    earlier = STEPS if step is None else STEPS[: STEPS.index(step)]
    for each in reversed(earlier):
        if not case.route.bodies(each) or each in case.waived or (each == "anchoring" and step != "decide"):
            continue
        owed = case.bodies_owed(each)
        if owed:
            return tuple(Missing(MISSING_CODE[each], body) for body in owed)
        if each != "anchoring":
            return ()
    return ()


def current_step(case: Case) -> StepName | None:
    """The first step that still has bodies to take it; None when the forums are done or have no part just now."""
    if case.state not in FORUMS_AT_WORK or not _has_forum_step(case):
        return None
    owed = (step for step in COURSE if case.bodies_owed(step))
    return next((step for step in owed if not passed(case, step)), None)


def _has_forum_step(case: Case) -> bool:
    """In force, only a matter decided in stages has forums' steps left."""
    return case.state != "in_force" or bool(case.route.stages)


def passed(case: Case, step: StepName) -> bool:
    """Whether a later step has been completed, by a deviation, without ``step``."""
    later = COURSE[COURSE.index(step) + 1 :]
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
