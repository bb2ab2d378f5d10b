"""The words for states, answers, steps, records and flags: their codes never change, what people read does."""

from collections.abc import Mapping
from typing import Any

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
    "in_force": N_("in force"),
    "not_ratified": N_("not ratified"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed without effect"),
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

STEPS: Mapping[str, str] = {
    "prepare": N_("prepare"),
    "recommend": N_("recommend"),
    "leadership": N_("recommend to politics"),
    "political": N_("recommend to the parties"),
    "decide": N_("decide"),
    "dispatch": N_("send to the parties"),
    "answer": N_("answer"),
    "correct": N_("correct an answer"),
    "answer-by": N_("move the day to answer by"),
    "revise": N_("lay a new text"),
    "revise_or_close": N_("revise, go on, or close"),
    "take_effect": N_("take effect"),
    "spread": N_("spread"),
    "return": N_("send back"),
    "postpone": N_("put off"),
    "override": N_("deviate"),
    "effect": N_("change the effect rule"),
    "withdraw": N_("withdraw"),
    "close": N_("close"),
}

#: The steps of a route as places on it.
PLACES: Mapping[str, str] = {
    "prepare": N_("preparation"),
    "leadership": N_("recommendation to politics"),
    "political": N_("recommendation to the parties"),
    "decide": N_("decision"),
}

#: What a step builds on, and must not be dated before.
BUILT_ON: Mapping[str, str] = {
    "open": N_("the opening of the case"),
    "text": N_("the current text version"),
    "return": N_("the återremiss"),
    "prepare": N_("the preparation"),
    "leadership": N_("the recommendation to politics"),
    "political": N_("the recommendation to the parties"),
    "decide": N_("the decision"),
    "dispatch": N_("the dispatch to the parties"),
    "answer": N_("the party's decision"),
    "ratified": N_("the ratification"),
}

#: What each kind of record says happened.
KINDS: Mapping[str, str] = {
    "case_opened": N_("case opened"),
    "step_taken": N_("step taken"),
    "deviation_allowed": N_("deviation"),
    "sent_back": N_("sent back (återremiss)"),
    "put_off": N_("put off (bordläggning)"),
    "text_revised": N_("new text version"),
    "dispatched": N_("sent to the parties"),
    "answer_by_changed": N_("new day to answer by"),
    "answer_recorded": N_("answer"),
    "effect_rule_decided": N_("decision on the effect rule"),
    "effect_rule_changed": N_("effect rule changed"),
    "ratified": N_("ratified"),
    "not_ratified": N_("not ratified"),
    "ratification_reopened": N_("ratification open again"),
    "took_effect": N_("took effect"),
    "spread": N_("spread by a body"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed without effect"),
    "flag_raised": N_("flag raised"),
    "flag_cleared": N_("flag cleared"),
}

#: The fields of refusals and of replayed records whose values are codes, and the words for them.
_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "state": STATES,
    "answer": ANSWERS,
    "place": PLACES,
    "step": PLACES,
    "waives": PLACES,
    "built_on": BUILT_ON,
}

FLAGS: Mapping[str, str] = {
    "ratification_stalled": N_("{party} has not answered; the answer was due on {due}."),
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


def step_name(step: str) -> str:
    """A step in the reader's language."""
    return _(STEPS.get(step, step))


def answer_name(answer: str) -> str:
    """A party's answer in the reader's language."""
    return _(ANSWERS.get(answer, answer))


def place_name(step: str) -> str:
    """A step of a route, as a place on it, in the reader's language."""
    return _(PLACES.get(step, step))


def kind_name(kind: str) -> str:
    """What a record of this kind says happened, in the reader's language."""
    return _(KINDS.get(kind, kind))


def in_words(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a refusal or a remark, with words (still to be translated) for those that are codes."""
    return {name: _WORDS_OF.get(name, {}).get(str(value), value) for name, value in values.items()}


def flag_sentence(flag: Mapping[str, Any]) -> str:
    """What a flag says, in the reader's language; with the day the party meets next, where it told one."""
    said = filled(FLAGS[flag["kind"]], party=flag["party"], due=flag["due"])
    if flag.get("next_meeting") is None:
        return said
    return said + " " + filled(N_("It meets again on {meeting}."), meeting=flag["next_meeting"])


MISSING: Mapping[str, str] = {
    "preparation_missing": N_("preparation by {by}"),
    "leadership_recommendation_missing": N_("recommendation to politics by {by}"),
    "political_recommendation_missing": N_("recommendation to the parties by {by}"),
    "mailbox_missing": N_("a funktionsbrevlåda for {by}"),
    "not_dispatched": N_("the dispatch to the parties, by {by}"),
    "mandate_missing": N_("a mandate for {by}"),
    "step_not_possible": N_("the decision by {by}"),
    "already_answered": N_("nothing: {by} has answered"),
    "date_before_previous_step": N_("a date that is not before what the step builds on"),
}


def missing_text(code: str, by: str | None) -> str:
    """What is missing and from whom, in a few words."""
    return filled(MISSING.get(code, code), by=by or "–")
