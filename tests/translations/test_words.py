"""Whatever the charts, the records, the refusals and the rules call things, people have words for it."""

from collections.abc import Mapping
from typing import get_args

import pytest

from commands.ahead_words import AHEAD
from commands.flag_words import FLAGS
from commands.rule_words import EVIDENCE, FORUM_KINDS, NOT_MET, STATUSES, near_miss_sentence
from commands.step_words import BUILT_ON, KINDS, PLACES, STAGES, STEPS, in_words
from commands.urgency_words import URGENCIES
from commands.words import ANSWERS, MISSING, PARTY_LETTERS, PARTY_STATES, STATES, missing_text
from machines.table import CHARTS, table
from workflow.ahead import Coming
from workflow.duties import DutyStep
from workflow.errors import N_, InBoth, Message
from workflow.events import CaseEvent
from workflow.facts import Answer, FlagKind
from workflow.register.events import DocumentEvent
from workflow.register.view import DocumentStep
from workflow.route import StepName
from workflow.routing import Matter, Setting, near_misses
from workflow.rulebook import Rulebook, shipped_rules
from workflow.steps import MISSING_CODE
from workflow.worklist import URGENCIES as URGENCY_ORDER

TABLES = (
    *(
        AHEAD,
        ANSWERS,
        BUILT_ON,
        EVIDENCE,
        FLAGS,
        FORUM_KINDS,
        KINDS,
        MISSING,
        NOT_MET,
        PARTY_LETTERS,
        PARTY_STATES,
        PLACES,
    ),
    *(STAGES, STATES, STATUSES, STEPS, URGENCIES),
)


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return shipped_rules()


def test_every_state_of_a_case_has_words() -> None:
    states = {state for chart in CHARTS if chart != "ratification" for state in table(chart).states}
    assert states == STATES.keys()


def test_every_state_of_a_party_has_words_and_a_letter_of_its_own() -> None:
    assert set(table("ratification").states) == PARTY_STATES.keys() == PARTY_LETTERS.keys()
    assert len(set(PARTY_LETTERS.values())) == len(PARTY_LETTERS)


def test_every_answer_has_words() -> None:
    assert set(get_args(Answer)) == ANSWERS.keys()


def test_every_kind_of_record_has_words() -> None:
    assert {kind.__struct_config__.tag for kind in (*get_args(CaseEvent), *get_args(DocumentEvent))} == KINDS.keys()


def test_every_duty_and_every_step_of_a_route_has_words() -> None:
    assert {*get_args(DutyStep), *get_args(DocumentStep), *get_args(StepName)} - {"anchoring"} <= STEPS.keys()
    assert set(get_args(StepName)) == PLACES.keys()
    assert set(get_args(StepName)) <= BUILT_ON.keys()


def test_everything_that_can_be_ahead_of_a_case_has_words() -> None:
    assert {each for literals in get_args(Coming) for each in get_args(literals)} == AHEAD.keys()


def test_every_kind_of_flag_has_a_sentence_and_every_urgency_a_word() -> None:
    assert set(get_args(FlagKind)) <= FLAGS.keys()
    assert len(set(FLAGS.values())) == len(FLAGS)
    assert set(URGENCY_ORDER) == URGENCIES.keys()


def test_every_step_that_can_be_missing_has_words() -> None:
    assert set(MISSING_CODE.values()) <= MISSING.keys()
    assert missing_text("mailbox_missing", "Krokoms kommun") != missing_text("mailbox_missing", None)


def test_every_kind_of_forum_and_every_weight_of_a_source_has_words(rules: Rulebook) -> None:
    forums = [forum for structure in rules.structure_ids for forum in rules.structure(structure).forum]
    assert {forum.kind for forum in forums} == FORUM_KINDS.keys()
    assert {source.evidence for forum in forums for source in forum.sources} <= EVIDENCE.keys()
    assert {entry.status for entry in rules.county.forum_status} <= STATUSES.keys()


def test_every_stage_of_a_decision_has_words(rules: Rulebook) -> None:
    entries = [rule for structure in rules.structure_ids for rule in rules.structure(structure).rule]
    assert {stage.id for rule in entries for stage in rule.stage} == STAGES.keys()


def test_every_reason_why_a_rule_nearly_matched_has_a_sentence(rules: Rulebook) -> None:
    """Near misses of every type and group in every structure, at both levels, lifted and not."""
    missed = {
        (miss.condition, near_miss_sentence(miss.condition, miss.needs, miss.found))
        for structure in rules.structure_ids
        for kind in rules.county.type
        for group in (None, *rules.county.group)
        for level in (None, "political", "officers")
        for lifted in (False, True)
        for miss in near_misses(
            Matter(type=kind.id, group=group.id if group else None, level=level, lifted=lifted),
            Setting(structure=structure),
            rules,
        )
    }
    assert {"group", "level", "lifted"} <= {condition for condition, _sentence in missed}
    assert all(sentence.strip() for _condition, sentence in missed)


@pytest.mark.parametrize("words", TABLES)
def test_every_word_is_marked_for_the_catalogues(words: Mapping[str, str]) -> None:
    assert words
    assert [text for text in words.values() if not isinstance(text, Message)] == []


def test_only_codes_become_words() -> None:
    told = in_words({"state": "in_force", "ref": "SAM-2026-0001", "step": "–", "place": N_("none")})
    assert told == {"state": "in force", "ref": "SAM-2026-0001", "step": "–", "place": "none"}
    assert isinstance(told["place"], Message)
    assert not isinstance(told["ref"], Message)


def test_a_sentence_of_a_rule_file_is_kept_in_both_languages() -> None:
    both = InBoth("School has no route.", "Skolan saknar beslutsväg.")
    assert str(both) == "School has no route."
