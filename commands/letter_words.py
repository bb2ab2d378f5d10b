"""The words for letters: how far each has come, and why it went no further."""

from collections.abc import Mapping

from commands.console import filled, said_by_system
from translations import translate as _
from workflow.errors import N_
from workflow.letters import NO_MAILBOX, OVERTAKEN
from workflow.system_words import is_said_by_system

STATES: Mapping[str, str] = {
    "queued": N_("to be sent"),
    "sent": N_("sent"),
    "put_off": N_("put off"),
    "undeliverable": N_("undeliverable"),
    "dropped": N_("not sent any more"),
}

ABOUT: Mapping[str, str] = {
    "dispatch": N_("request"),
    "reminder": N_("reminder"),
    "notice": N_("notice"),
    "receipt": N_("receipt"),
}

_REASONS: Mapping[str, str] = {
    NO_MAILBOX: N_("the party had no mailbox."),
    **{str(code): words for code, words in OVERTAKEN.items()},
}


def letter_state(state: str, next_try: str | None = None) -> str:
    """How far a letter has come, in the reader's language; with the moment of its next try, where there is one."""
    if next_try is not None:
        return filled(N_("put off until {when}"), when=next_try)
    return _(STATES.get(state, state))


def letter_about(about: str) -> str:
    """What a letter is, in the reader's language."""
    return _(ABOUT.get(about, about))


def letter_reason(why: str | None) -> str:
    """Why a letter went no further: a mail server's own words stay as they are."""
    if why is None:
        return ""
    if is_said_by_system(why):
        return said_by_system(why)
    return _(_REASONS.get(why, why))
