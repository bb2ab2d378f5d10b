"""Forums that are dormant (vilande) take no steps (004 §5.2; readings G1, G3)."""

from datetime import date

from workflow.decide.draft import Draft
from workflow.errors import Missing
from workflow.refusals import ForumDormant, NoActiveForum
from workflow.route import StepName


def require_active(draft: Draft, body: str, on: date) -> None:
    """Raises NoActiveForum when every forum of the body's step is dormant on ``on``, ForumDormant when it alone is."""
    organisation = draft.context.organisation
    if body not in organisation.dormant_on(on):
        return
    place = draft.case.route.place_of(body)
    if place is not None:
        require_some_active(draft, place, on)
    status = organisation.forum_status_on(body, on)
    raise ForumDormant(
        by=draft.context.rules.name_of(body),
        since=status.from_day if status else on,
        on=on,
        missing=[Missing("forum_dormant", body)],
    )


def require_some_active(draft: Draft, step: StepName, on: date) -> None:
    """Raises NoActiveForum when every forum of ``step`` is dormant on ``on``."""
    organisation = draft.context.organisation
    forums = draft.case.route.bodies(step)
    if not forums or not set(forums) <= organisation.dormant_on(on):
        return
    status = organisation.forum_status_on(forums[0], on)
    structure = draft.context.rules.structure(draft.case.structure)
    allowed = [rule.id for rule in structure.override if draft.case.opened.type in rule.type and rule.waives == step]
    raise NoActiveForum(
        on=on,
        forums=", ".join(draft.context.rules.name_of(forum) for forum in forums),
        since=status.from_day if status else on,
        allowed=", ".join(allowed) or "–",
        missing=[Missing("no_active_forum", forum) for forum in forums],
    )
