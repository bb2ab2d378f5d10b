"""The words for what rule files say: why a rule does not apply, how far a source carries, what a forum is."""

from collections.abc import Mapping

from commands.console import filled
from translations import translate as _
from workflow.errors import N_

#: Why a rule does not apply to a matter, by the condition that failed; ``lifted`` with what it needs.
NOT_MET: Mapping[str, str] = {
    "type": N_("it is for the type {needs}; this is {found}."),
    "variant": N_("it is for the variant {needs}; this is {found}."),
    "group": N_("it is for the group {needs}; this is {found}."),
    "level": N_("it is for the level {needs}; this is {found}."),
    "sectors_with": N_("it is for matters that concern {needs}; this concerns {found}."),
    "sectors_without": N_("it is for matters that do not concern {needs}; this concerns {found}."),
    "lifted yes": N_("it is for matters that are lifted to politics; this is not."),
    "lifted no": N_("it is for matters that are not lifted to politics; this is."),
    "for": N_("it is for {needs}; this is for {found}."),
    "giver": N_("it is for uppdrag given by {needs}; this is given by {found}."),
    "receiver": N_("it is for uppdrag given to {needs}; this is given to {found}."),
    "addressee": N_("it is for answers by {needs}; this is by {found}."),
    "active": N_("it needs {needs} to be active; dormant (vilande): {found}."),
    "dormant": N_("it needs {needs} to be dormant (vilande); dormant: {found}."),
    "parameter_set": N_("it needs {needs} to be configured; configured: {found}."),
    "parameter_unset": N_("it holds until {needs} is configured; configured: {found}."),
}

EVIDENCE: Mapping[str, str] = {
    "text": N_("text"),
    "appendix": N_("appendix"),
    "inferred": N_("inferred"),
    "gap": N_("gap"),
}

FORUM_KINDS: Mapping[str, str] = {
    "political": N_("political"),
    "leadership": N_("leadership"),
    "operative": N_("operative"),
    "council": N_("council"),
    "board": N_("board"),
}

#: Of forums and of structures.
STATUSES: Mapping[str, str] = {
    "in_force": N_("in force"),
    "active": N_("active"),
    "dormant": N_("dormant (vilande)"),
    "dissolved": N_("dissolved"),
}


def near_miss_sentence(condition: str, needs: str, found: str) -> str:
    """Why a rule that nearly matched did not, in the reader's language."""
    key = f"{condition} {needs}" if condition == "lifted" else condition
    return filled(NOT_MET[key], needs=needs, found=found)


def evidence_name(evidence: str) -> str:
    """How far a source carries, in the reader's language."""
    return _(EVIDENCE.get(evidence, evidence))


def forum_kind_name(kind: str) -> str:
    """What kind of forum it is, in the reader's language."""
    return _(FORUM_KINDS.get(kind, kind))


def status_name(status: str) -> str:
    """The status of a forum or a structure, in the reader's language."""
    return _(STATUSES.get(status, status))
