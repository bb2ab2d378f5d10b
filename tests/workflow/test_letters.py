"""What becomes of a letter is recorded where the letter was called for; and nothing is recorded that did not happen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.asked_course import SENT, asked
from tests.workflow.course import Course, revision
from workflow import acts
from workflow.bad_data import UnknownLetter
from workflow.decide import decide
from workflow.letters import LetterState, Posted
from workflow.refusals import DateBeforePreviousStep, StepNotPossible

PARTIES = ("rjh", "are")
ANSWER_BY = date(2026, 6, 22)
MOVES = st.sampled_from(["sent", "undeliverable", "again", "drop", "answer", "revise", "remind", "withdraw"])


def letter(course: Course, party: str = "are", about: str = "dispatch") -> Posted:
    assert course.case is not None
    found = [each for each in course.case.letters.values() if (each.letter.party, each.about) == (party, about)]
    return found[-1]


def flagged(course: Course) -> set[tuple[str, str | None]]:
    assert course.case is not None
    return {(flag.kind, flag.party) for flag in course.case.flags}


def sent(posted: Posted, on: date = SENT) -> acts.NoteSent:
    message_id = posted.letter.message_id
    return acts.NoteSent(on=on, message_id=message_id, sha256="0" * 64, by_way_of="smtp", attempts=1)


def lost(posted: Posted, on: date = SENT) -> acts.NoteUndeliverable:
    return acts.NoteUndeliverable(on=on, message_id=posted.letter.message_id, why="550 5.1.1 okänd", attempts=3)


def again(posted: Posted, on: date = SENT) -> acts.SendAgain:
    return acts.SendAgain(on=on, message_id=posted.letter.message_id)


def drop(posted: Posted, on: date = SENT) -> acts.DropLetter:
    return acts.DropLetter(on=on, message_id=posted.letter.message_id)


def test_every_party_has_a_letter_of_its_own_that_keeps_its_message_id() -> None:
    course = asked(*PARTIES)
    assert course.case is not None
    before = {each.letter.party: each.letter.message_id for each in course.case.letters.values()}
    assert before.keys() == set(PARTIES)
    assert len(set(before.values())) == len(PARTIES)
    assert course.ask(lost(letter(course)))
    assert course.ask(again(letter(course)))
    assert {each.letter.party: each.letter.message_id for each in course.case.letters.values()} == before


def test_a_dead_letter_is_flagged_until_it_leaves() -> None:
    course = asked(*PARTIES)
    course.ask(lost(letter(course)))
    assert letter(course).state == "undeliverable"
    assert flagged(course) == {("mail_undeliverable", "are")}
    course.ask(again(letter(course)))
    assert letter(course).state == "queued"
    assert flagged(course) == set()
    course.ask(lost(letter(course), SENT + timedelta(days=1)))
    course.ask(again(letter(course), SENT + timedelta(days=1)))
    course.ask(sent(letter(course), SENT + timedelta(days=1)))
    assert (letter(course).state, flagged(course)) == ("sent", set())


@pytest.mark.parametrize("end", ["answer", "revise", "withdraw"])
def test_a_dead_letter_to_somebody_who_owes_nothing_any_more_wants_no_attention(end: str) -> None:
    course = asked(*PARTIES)
    course.ask(lost(letter(course)))
    ends: dict[str, acts.CaseAct] = {
        "answer": acts.RecordAnswer(on=SENT, party="are", answer="adopts"),
        "revise": revision(SENT),
        "withdraw": acts.Withdraw(on=SENT, reason="slut"),
    }
    assert course.ask(ends[end])
    assert flagged(course) == set()


def test_a_letter_that_was_reported_sent_twice_left_once() -> None:
    course = asked(*PARTIES)
    assert course.ask(sent(letter(course)))
    decision = decide(course.case, sent(letter(course)), course.context)
    assert decision.drafted == ()
    assert decision.remarks, "a silent no-op is a lie"


def test_what_did_not_happen_is_refused() -> None:
    course = asked(*PARTIES)
    posted = letter(course)
    unknown = acts.SendAgain(on=SENT, message_id="<SAM-1999-0001.are.1@prov>")
    refused: list[tuple[acts.CaseAct, type[Exception]]] = [
        (again(posted), StepNotPossible),
        (drop(posted), StepNotPossible),
        (sent(posted, SENT - timedelta(days=1)), DateBeforePreviousStep),
        (unknown, UnknownLetter),
    ]
    for act, refusal in refused:
        with pytest.raises(refusal):
            decide(course.case, act, course.context)
    course.ask(sent(posted))
    for act in (lost(posted), drop(posted), again(posted)):
        with pytest.raises(StepNotPossible):
            decide(course.case, act, course.context)


def test_a_reminder_is_dropped_when_its_day_has_come_and_a_dispatch_is_not() -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    course.ask(acts.Check(on=ANSWER_BY - timedelta(days=7)))
    reminder, dispatch = letter(course, about="reminder"), letter(course)
    assert reminder.remind_of == ANSWER_BY
    with pytest.raises(StepNotPossible):
        decide(course.case, drop(reminder, ANSWER_BY - timedelta(days=1)), course.context)
    with pytest.raises(StepNotPossible):
        decide(course.case, drop(dispatch, ANSWER_BY), course.context)
    assert course.ask(drop(reminder, ANSWER_BY))
    assert letter(course, about="reminder").state == "dropped"


@pytest.mark.parametrize("overtaken_by", ["answer", "deadline"])
def test_a_reminder_of_what_is_no_longer_so_is_dropped(overtaken_by: str) -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    on = ANSWER_BY - timedelta(days=7)
    course.ask(acts.Check(on=on))
    by: dict[str, acts.CaseAct] = {
        "answer": acts.RecordAnswer(on=on, party="are", answer="adopts"),
        "deadline": acts.ChangeAnswerBy(on=on, answer_by=ANSWER_BY + timedelta(days=50), reason="mer tid"),
    }
    assert course.ask(by[overtaken_by])
    assert course.ask(drop(letter(course, about="reminder"), on))


@given(st.lists(MOVES, max_size=15))
def test_a_letter_is_in_one_state_and_only_goes_where_the_course_of_letters_leads(moves: list[str]) -> None:
    """Beside a table of its own: from queued to sent, undeliverable or dropped; from undeliverable back to queued."""
    leads: dict[tuple[LetterState, str], LetterState] = {
        ("queued", "sent"): "sent",
        ("undeliverable", "sent"): "sent",
        ("dropped", "sent"): "sent",
        ("queued", "undeliverable"): "undeliverable",
        ("undeliverable", "again"): "queued",
        ("queued", "drop"): "dropped",
    }
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    on = ANSWER_BY - timedelta(days=20)
    overtaken = False
    for move in moves:
        before = letter(course).state
        asks: dict[str, acts.CaseAct] = {
            "sent": sent(letter(course), on),
            "undeliverable": lost(letter(course), on),
            "again": again(letter(course), on),
            "drop": drop(letter(course), on),
            "answer": acts.RecordAnswer(on=on, party="are", answer="adopts"),
            "revise": revision(on),
            "remind": acts.Check(on=on),
            "withdraw": acts.Withdraw(on=on, reason="slut"),
        }
        done = course.ask(asks[move])
        wanted = leads.get((before, move), before)
        if (move == "again" and overtaken) or (move == "drop" and not overtaken):
            wanted = before
        assert letter(course).state == wanted, (before, move)
        overtaken = overtaken or (done and move in {"revise", "withdraw"})
