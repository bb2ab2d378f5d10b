"""The words for how urgent something is, and how grave a flag."""

from collections.abc import Mapping

from translations import translate as _
from workflow.errors import N_

URGENCIES: Mapping[str, str] = {
    "highest": N_("highest"),
    "high": N_("high"),
    "warning": N_("warning"),
    "info": N_("soon"),
    "none": N_("–"),
}


def urgency_name(urgency: str) -> str:
    """An urgency, or the severity of a flag, in the reader's language."""
    return _(URGENCIES.get(urgency, urgency))
