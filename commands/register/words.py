"""The words for where a document stands, and for what it asks."""

from collections.abc import Mapping

from commands.words import state_name
from translations import translate as _
from workflow.errors import N_

#: The statuses a register is listed with, in the order of the published list.
STATUSES = ("in_force", "expired", "ambiguous", "undated", "superseded", "terminated")

WHATS: Mapping[str, str] = {
    "follow_up": N_("follow up"),
    "revision": N_("revise"),
    "notice_deadline": N_("last day for notice"),
    "renews": N_("renews itself after this day"),
    "ends": N_("last day in force"),
}

FOLLOW_UPS: Mapping[str, str] = {
    "none": N_("none stated"),
    "yearly": N_("every year"),
    "yearly_after_successor": N_("every year, once the new document is in use"),
    "no_period": N_("nothing says how often"),
    "no_period_after_successor": N_("once the new document is in use; nothing says how often"),
}


def status_name(status: str) -> str:
    """A document's status in the reader's language."""
    return state_name(status)


def what_name(what: str) -> str:
    """What a day holds, in the reader's language."""
    return _(WHATS.get(what, what))


def follow_up_name(rule: str) -> str:
    """How a document is followed up, in the reader's language."""
    return _(FOLLOW_UPS.get(rule, rule))
