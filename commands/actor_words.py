"""The words for actors: roles as the rule file names them, and how an actor stands on a day."""

from collections.abc import Mapping
from datetime import date

from translations import in_use
from translations import translate as _
from workflow.errors import N_
from workflow.organisation_events import ActorAdmitted
from workflow.rulebook import Rulebook

STANDINGS: Mapping[str, str] = {
    "acts": N_("acts"),
    "coming": N_("not yet"),
    "ended": N_("ended"),
    "removed": N_("removed"),
}


def standing_name(standing: str) -> str:
    """How an actor stands, in the reader's language."""
    return _(STANDINGS[standing])


def standing_on(office: ActorAdmitted, day: date) -> str:
    """How somebody who has not been removed stands on ``day``."""
    if office.acts_on(day):
        return "acts"
    return "coming" if day < office.from_day else "ended"


def role_name(rules: Rulebook, role_id: str) -> str | None:
    """A role in the reader's language; None when the rules have none of that id."""
    role = rules.permissions.role_named(role_id) if rules.permissions is not None else None
    if role is None:
        return None
    return role.name if in_use() == "sv" else role.english
