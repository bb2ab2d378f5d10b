"""The words for what is done along a course: steps, places on a route, kinds of record."""

from collections.abc import Mapping

from commands.flag_words import NAMES
from commands.words import ANSWERS, STATES
from translations import translate as _
from workflow.errors import N_

STEPS: Mapping[str, str] = {
    "prepare": N_("prepare"),
    "anchor": N_("anchor"),
    "recommend": N_("recommend"),
    "leadership": N_("recommend to politics"),
    "political": N_("recommend to the parties"),
    "decide": N_("decide"),
    "report": N_("report back"),
    "dispatch": N_("send to the parties"),
    "answer": N_("answer"),
    "correct": N_("correct an answer"),
    "answer-by": N_("move the day to answer by"),
    "revise": N_("lay a new text"),
    "revise_or_close": N_("revise, go on, or close"),
    "follow_up_recommendations": N_("follow up recommendations"),
    "take_effect": N_("take effect"),
    "spread": N_("spread"),
    "lift": N_("lift to politics"),
    "return": N_("send back"),
    "postpone": N_("put off"),
    "override": N_("deviate"),
    "effect": N_("change the effect rule"),
    "withdraw": N_("withdraw"),
    "close": N_("close"),
    "confirm": N_("say what the entry leaves open"),
    "follow_up": N_("follow up"),
    "set_period": N_("say how often it is followed up"),
    "review": N_("revise"),
    "give_notice": N_("consider notice"),
    "resend": N_("see that the letter arrives"),
    "replace": N_("extend or replace"),
    "assess": N_("assess whether it is kept"),
}

#: The steps of a route as places on it.
PLACES: Mapping[str, str] = {
    "prepare": N_("preparation"),
    "leadership": N_("recommendation to politics"),
    "political": N_("recommendation to the parties"),
    "anchoring": N_("anchoring"),
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
    "anchoring": N_("the anchoring"),
    "decide": N_("the decision"),
    "stage": N_("the stage before"),
    "dispatch": N_("the dispatch to the parties"),
    "answer": N_("the party's decision"),
    "ratified": N_("the ratification"),
    "latest": N_("what was last recorded of the case"),
    "document": N_("the first day of the document"),
    "notice": N_("the record of the notice"),
}

#: The decisions of a matter that is decided in stages.
STAGES: Mapping[str, str] = {
    "direction": N_("inriktningsbeslut"),
    "agreement": N_("överenskommelse on the structure"),
    "templates": N_("guidelines and templates for matters and uppdrag"),
    "committees": N_("arbetsutskott to be established"),
}

#: What each kind of record says happened.
KINDS: Mapping[str, str] = {
    "case_opened": N_("case opened"),
    "step_taken": N_("step taken"),
    "deviation_allowed": N_("deviation"),
    "stage_decided": N_("stage decided"),
    "rerouted": N_("routed anew"),
    "lifted": N_("lifted to politics"),
    "sent_back": N_("sent back (återremiss)"),
    "put_off": N_("put off (bordläggning)"),
    "text_revised": N_("new text version"),
    "dispatched": N_("sent to the parties"),
    "letter_sent": N_("letter sent"),
    "letter_undeliverable": N_("letter undeliverable"),
    "letter_requeued": N_("letter queued again"),
    "letter_dropped": N_("letter not sent any more"),
    "reminded": N_("reminded"),
    "answer_by_changed": N_("new day to answer by"),
    "answer_recorded": N_("answer recorded"),
    "effect_rule_decided": N_("decision on the effect rule"),
    "effect_rule_changed": N_("effect rule changed"),
    "ratified": N_("ratified"),
    "not_ratified": N_("not ratified"),
    "ratification_reopened": N_("ratification open again"),
    "handed_in": N_("answer handed in"),
    "reported_back": N_("reported back"),
    "took_effect": N_("took effect"),
    "spread": N_("spread by a body"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed without effect"),
    "flag_raised": N_("flag raised"),
    "flag_cleared": N_("flag cleared"),
    "document_registered": N_("entered in the register"),
    "term_confirmed": N_("entry completed"),
    "term_extended": N_("extended"),
    "notice_received": N_("notice received"),
    "document_superseded": N_("replaced by another"),
    "took_over": N_("took the place of another"),
    "event_met": N_("what it was to hold until has happened"),
    "termination_decided": N_("end decided"),
    "first_day_moved": N_("first day moved"),
    "effect_changed": N_("binding or not, as its case"),
    "outcome_undone": N_("outcome of a case undone"),
    "followed_up": N_("followed up"),
    "implemented": N_("in use at the parties"),
    "revision_begun": N_("revision begun"),
    "revision_ended": N_("revision over"),
    "document_revised": N_("revised"),
    "document_assessed": N_("assessed"),
    "handed_down": N_("handed down with the structure"),
    "time_passed": N_("the calendar has moved it on"),
    "document_flag_raised": N_("flag raised"),
    "document_flag_cleared": N_("flag cleared"),
}

#: What a flag says in a word or two, where there is no room for its sentence.
FLAGS: Mapping[str, str] = {
    "ratification_reminder": N_("answer soon due"),
    "ratification_stalled": N_("answer overdue"),
    "ratification_escalated": N_("answer long overdue"),
    "mail_undeliverable": N_("dead letter"),
    "no_active_forum": N_("no active forum"),
    "mandate_description_missing": N_("no uppdragsbeskrivning"),
    "audit_answer_due": N_("answer to the auditors soon due"),
    "audit_answer_overdue": N_("answer to the auditors overdue"),
}

#: The fields of refusals and of replayed records whose values are codes, and the words for them.
_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "flag": {**FLAGS, **NAMES},
    "state": STATES,
    "answer": ANSWERS,
    "place": PLACES,
    "step": PLACES,
    "waives": PLACES,
    "stage": STAGES,
    "built_on": BUILT_ON,
}


def step_name(step: str) -> str:
    """A step in the reader's language."""
    return _(STEPS.get(step, step))


def place_name(step: str) -> str:
    """A step of a route, as a place on it, in the reader's language."""
    return _(PLACES.get(step, step))


def kind_name(kind: str) -> str:
    """What a record of this kind says happened, in the reader's language."""
    return _(KINDS.get(kind, kind))


def stage_name(stage: str) -> str:
    """A decision of a matter that is decided in stages, in the reader's language."""
    return _(STAGES.get(stage, stage))


def in_words(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a refusal or a remark, with words (still to be translated) for those that are codes."""
    return {name: _WORDS_OF.get(name, {}).get(str(value), value) for name, value in values.items()}
