"""The words for what is ahead of a case."""

from collections.abc import Mapping

from translations import translate as _
from workflow.errors import N_

AHEAD: Mapping[str, str] = {
    "prepare": N_("prepare"),
    "anchor": N_("anchor"),
    "anchoring": N_("anchor"),
    "recommend": N_("recommend"),
    "leadership": N_("recommend to politics"),
    "political": N_("recommend to the parties"),
    "decide": N_("decide"),
    "decide_stage": N_("decide"),
    "report": N_("report back"),
    "dispatch": N_("send to the parties"),
    "remind": N_("reminder is sent"),
    "meet": N_("the party meets again"),
    "answer": N_("answer"),
    "stall": N_("unanswered: flagged as stalled"),
    "escalate": N_("unanswered: told to samverkansledarna"),
    "follow_up_recommendations": N_("follow up recommendations"),
    "revise_or_close": N_("revise, go on, or close"),
    "take_effect": N_("take effect"),
    "take_effect_earliest": N_("take effect, at the earliest"),
    "spread": N_("spread"),
    "end": N_("last day in force"),
}


def ahead_name(what: str) -> str:
    """What is ahead, in the reader's language."""
    return _(AHEAD.get(what, what))
