"""A case that has been sent to its parties, for claims about what comes after."""

from datetime import date

from tests.workflow.course import CONTEXT, FIRST_DAY, REF, Course
from workflow import acts
from workflow.facts import Text

SENT = date(2026, 3, 2)


def asked(
    *parties: str, effect_rule: str = "all", answer_by: date | None = None, not_before: date | None = None
) -> Course:
    """A case on which the forums have taken every step and which was sent on SENT."""
    course = Course(CONTEXT)
    opening = acts.Open(
        ref=REF,
        on=FIRST_DAY,
        type="overenskommelse",
        title="Placerade barn",
        group="barn-unga",
        parties=parties,
        effect_rule=effect_rule,
        text=Text(version=1),
        not_before=not_before,
    )
    assert course.ask(opening)
    send(course, SENT, answer_by)
    return course


def send(course: Course, on: date, answer_by: date | None = None) -> None:
    """The forums' steps and the dispatch, all on one day."""
    steps: list[acts.CaseAct] = [
        acts.Prepare(on=on, by="au-barn-unga"),
        acts.Recommend(on=on, by="ledningsforum"),
        acts.Recommend(on=on, by="politiskt-forum"),
        acts.Dispatch(on=on, answer_by=answer_by),
    ]
    assert all(course.ask(step) for step in steps)
