"""The words for states, answers, flags and what is missing: the codes never change, what people read does."""

from collections.abc import Mapping

from commands.console import filled
from translations import translate as _
from workflow.errors import N_

STATES: Mapping[str, str] = {
    "initiated": N_("initiated"),
    "prepared": N_("prepared"),
    "recommended_by_leadership": N_("recommended by the leadership forum"),
    "recommended_by_political_forum": N_("recommended by the political forum"),
    "sent_to_parties": N_("sent to the parties"),
    "ratified": N_("ratified"),
    "decided": N_("decided"),
    "in_force": N_("in force"),
    "reported": N_("reported back"),
    "answered": N_("answered"),
    "followed_up": N_("followed up"),
    "direction_decided": N_("direction decided"),
    "templates_decided": N_("templates decided"),
    "established": N_("established"),
    "not_ratified": N_("not ratified"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed without effect"),
    "registered": N_("not in force yet"),
    "undated": N_("without a term"),
    "ambiguous": N_("ambiguous"),
    "under_revision": N_("in force, under revision"),
    "under_notice": N_("in force, notice given"),
    "expired": N_("expired"),
    "terminated": N_("ended"),
    "superseded": N_("replaced"),
}

PARTY_STATES: Mapping[str, str] = {
    "not_sent": N_("not sent"),
    "waiting": N_("waiting"),
    "adjourned": N_("adjourned"),
    "remitted": N_("remitted"),
    "adopted": N_("adopted"),
    "adopted_with_reservation": N_("adopted with a reservation"),
    "declined": N_("declined"),
    "not_now": N_("not now"),
}

#: One letter a state, so that a matrix can be read without colour.
PARTY_LETTERS: Mapping[str, str] = {
    "not_sent": N_("·"),
    "waiting": N_("w"),
    "adjourned": N_("j"),
    "remitted": N_("r"),
    "adopted": N_("A"),
    "adopted_with_reservation": N_("R"),
    "declined": N_("D"),
    "not_now": N_("N"),
}

ANSWERS: Mapping[str, str] = {
    "adopts": N_("adopts"),
    "adopts-with-reservation": N_("adopts with a reservation"),
    "declines": N_("declines"),
    "not-now": N_("does not join now"),
    "adjourned": N_("adjourned"),
    "remitted": N_("remitted"),
}


def state_name(state: str) -> str:
    """A case's state in the reader's language."""
    return _(STATES.get(state, state))


def party_state_name(state: str) -> str:
    """A party's state in the reader's language."""
    return _(PARTY_STATES.get(state, state))


def party_letter(state: str) -> str:
    """The one letter for a party's state."""
    return _(PARTY_LETTERS.get(state, "?"))


def answer_name(answer: str) -> str:
    """A party's answer in the reader's language."""
    return _(ANSWERS.get(answer, answer))


_EFFECTS: Mapping[str, str] = {
    "all": N_("all parties"),
    "per-party": N_("each party by itself"),
    "threshold": N_("at least {needed} parties"),
    "threshold+": N_("at least {needed} parties, among them {named}"),
}


def effect_rule_name(rule: str) -> str:
    """When the parties' answers make a case binding, in words: a rule as ``threshold:6+rjh`` is written."""
    kind, _colon, tail = rule.partition(":")
    needed, *named = tail.split("+")
    return filled(_EFFECTS[f"{kind}+" if named else kind], needed=needed, named=", ".join(named))


MISSING: Mapping[str, str] = {
    "preparation_missing": N_("preparation by {by}"),
    "leadership_recommendation_missing": N_("recommendation to politics by {by}"),
    "political_recommendation_missing": N_("recommendation to the parties by {by}"),
    "mailbox_missing": N_("a funktionsbrevlåda for {by}"),
    "not_dispatched": N_("the dispatch to the parties, by {by}"),
    "mandate_missing": N_("a mandate for {by}"),
    "anchoring_missing": N_("anchoring in {by}"),
    "no_active_forum": N_("a forum that is active: {by} is dormant (vilande)"),
    "forum_dormant": N_("that {by} is active again: it is dormant (vilande)"),
    "mandate_description_missing": N_("an uppdragsbeskrivning for {by}"),
    "structure_content_missing": N_("what the agreement must say: {by}"),
    "not_permitted": N_("permission: it is for {by}"),
    "already_answered": N_("nothing: {by} has answered"),
    "date_before_previous_step": N_("a date that is not before what the step builds on"),
}


def missing_text(code: str, by: str | None) -> str:
    """What is missing and from whom, in a few words."""
    return filled(MISSING.get(code, code), by=by or "–")
