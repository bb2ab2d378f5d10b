"""What a letter says of a case is what its records say, under the names people use."""

from datetime import date

import pytest
from msgspec.structs import replace

from correspondence.about import addressee, reminder_of, request_of
from correspondence.letter import Recommended, Subject
from tests.correspondence.conftest import CHECKPOINT
from tests.office import PARTIES
from tests.workflow.course import REF, Course
from workflow import acts
from workflow.case import Case
from workflow.facts import Deadline, Text
from workflow.ratification import EffectRule
from workflow.rulebook import shipped_rules

RULES = shipped_rules()
TEXT = Text(version=1, sha256="9f" * 32, name="Öv placerade barn.docx")


def sent_out(**opening: object) -> Case:
    """A case sent to the parties on 2 March 2026."""
    course = Course()
    opened = acts.Open(
        ref=REF,
        on=date(2026, 1, 12),
        type="overenskommelse",
        title="Placerade barn",
        group="barn-unga",
        parties=PARTIES,
        text=TEXT,
    )
    course.ask(replace(opened, **opening))
    course.ask(acts.Prepare(on=date(2026, 1, 20), by="au-barn-unga"))
    course.ask(acts.Recommend(on=date(2026, 2, 5), by="ledningsforum"))
    course.ask(acts.Recommend(on=date(2026, 2, 20), by="politiskt-forum", minutes="§ 14"))
    assert course.ask(acts.Dispatch(on=date(2026, 3, 2), checkpoint=CHECKPOINT))
    assert course.case is not None
    return course.case


def test_a_letter_says_what_the_dispatch_recorded() -> None:
    request = request_of(sent_out(), RULES, "samverkan@region.example")
    assert request.about == Subject(
        ref=REF,
        title="Placerade barn",
        document_type="Överenskommelse",
        text=TEXT,
        sent_on=date(2026, 3, 2),
        answer_by=date(2026, 6, 22),
        report_to="Politiskt forum",
        reply_to="samverkan@region.example",
    )
    assert request.recommended == (Recommended(forum="Politiskt forum", on=date(2026, 2, 20), minutes="§ 14"),)
    assert (request.effect, request.not_before, request.checkpoint) == (EffectRule("all"), None, CHECKPOINT)


def test_the_effect_rule_names_its_parties_and_the_later_of_its_two_days() -> None:
    case = sent_out(effect_rule="threshold:6+rjh+are", not_before=date(2026, 9, 1), valid_from=date(2027, 1, 1))
    request = request_of(case, RULES)
    assert request.effect == EffectRule("threshold", 6, ("Åre kommun", "Region Jämtland Härjedalen"))
    assert request.not_before == date(2027, 1, 1)


def test_a_reminder_is_about_the_text_that_was_sent_and_the_day_that_now_holds() -> None:
    case = replace(sent_out(), deadline=Deadline(answer_by=date(2026, 8, 3)))
    reminder = reminder_of(case, RULES, date(2026, 7, 6))
    assert (reminder.about.answer_by, reminder.about.text, reminder.day) == (date(2026, 8, 3), TEXT, date(2026, 7, 6))


def test_a_letter_goes_to_a_party_by_its_name() -> None:
    to = addressee("are", RULES)
    assert (to.id, to.name) == ("are", "Åre kommun")


def test_there_is_no_letter_of_a_case_that_has_not_been_sent() -> None:
    case = replace(sent_out(), dispatched=None)
    with pytest.raises(ValueError, match="has not been sent"):
        request_of(case, RULES)
    with pytest.raises(ValueError, match="has not been sent"):
        reminder_of(case, RULES, date(2026, 7, 6))
