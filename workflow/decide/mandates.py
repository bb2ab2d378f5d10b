"""Who has which place on a route, and what is said to a body that has none."""

from datetime import date

from workflow.decide.activity import require_some_active
from workflow.decide.draft import Draft
from workflow.errors import N_, Missing
from workflow.refusals import MandateMissing
from workflow.route import StepName


def place_of(draft: Draft, body: str, on: date) -> StepName:
    """The step of ``body`` on the case's route.

    Raises MandateMissing for a body without one, or NoActiveForum when it would stand in for forums that are dormant.
    """
    place = draft.case.route.place_of(body)
    if place is not None:
        return place
    forum = draft.context.rules.structure(draft.case.structure).forum_named(body)
    if forum is not None and "political" in forum.mandate and draft.case.route.political:
        require_some_active(draft, "political", on)
    raise no_mandate(draft, body)


def no_mandate(draft: Draft, body: str) -> MandateMissing:
    """The refusal for a body that takes a step it has no mandate for."""
    place = draft.case.route.place_of(body)
    return MandateMissing(
        by=draft.context.rules.name_of(body),
        place=place or N_("none"),
        missing=[Missing("mandate_missing", body)],
    )
