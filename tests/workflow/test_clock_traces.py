"""What the calendar brings about, whenever anybody looks: beside a model that only knows days and who is silent."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.asked_course import SENT, asked
from tests.workflow.course import CONTEXT, FIRST_DAY, REF, Course
from workflow import acts, flags
from workflow.events import FlagCleared, FlagRaised, Reminded
from workflow.facts import FlagKind, Particulars, Text

PARTIES = ("rjh", "are")
ANSWER_BY = date(2026, 6, 22)
A_DAY = timedelta(days=1)


@dataclass
class Model:
    """One silent party under one deadline: what it and others are told by looks on days in any order."""

    asked_on: date
    answer_by: date
    letters: list[tuple[date, date]] = field(default_factory=list)
    raised: set[str] = field(default_factory=set)
    latest_set: date | None = None

    def look(self, day: date) -> None:
        passed = "ratification_stalled" in self.raised or "ratification_escalated" in self.raised
        left = (self.answer_by - day).days
        due = [self.answer_by - timedelta(days=ahead) for ahead in (28, 7)]
        due = [each for each in due if self.asked_on < each <= day]
        if left > 0 and due and not passed:
            if self.latest_set is None or self.latest_set < max(due):
                self.latest_set = max(due)
                self.letters.append((day, max(due)))
            self.raised.add("ratification_reminder")
        if left < 0:
            self.raised.add("ratification_stalled")
            self.raised.discard("ratification_reminder")
        if left <= -28:
            self.raised.add("ratification_escalated")


LOOKS = st.lists(st.integers(-35, 60).map(lambda ahead: ANSWER_BY + timedelta(days=ahead)), max_size=12)


def letters(course: Course, party: str) -> list[tuple[date, date]]:
    """The reminders a party was sent: the day of each, and the day that was set for it."""
    told = [(record.on, record.event) for record in course.records if isinstance(record.event, Reminded)]
    return [(on, event.remind_on) for on, event in told if event.letter.party == party]


def standing(course: Course, party: str) -> set[str]:
    assert course.case is not None
    return {flag.kind for flag in course.case.flags if flag.party == party}


def look(course: Course, days: Iterable[date]) -> None:
    for day in days:
        assert course.ask(acts.Check(on=day))


@given(LOOKS)
def test_reminders_and_flags_are_what_days_alone_give_whenever_anybody_looks(days: list[date]) -> None:
    """Days missed, days looked at twice, clocks set back: nothing is missed, nothing doubled."""
    course, model = asked(*PARTIES, answer_by=ANSWER_BY), Model(SENT, ANSWER_BY)
    for day in days:
        look(course, [day, day])
        model.look(day)
        for party in PARTIES:
            assert letters(course, party) == model.letters, day
            assert standing(course, party) == model.raised, day


@given(LOOKS)
def test_nobody_is_reminded_after_the_fact_nor_twice_of_one_day(days: list[date]) -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    look(course, days)
    for party in PARTIES:
        sent = letters(course, party)
        assert all(set_for <= on < ANSWER_BY for on, set_for in sent)
        assert max(Counter(set_for for _, set_for in sent).values(), default=1) == 1
    assert course.case is not None
    assert len({letter.letter.message_id for letter in course.case.letters.values()}) == len(course.case.letters)


@pytest.mark.parametrize(
    ("deaf_to", "days"),
    [
        ("_overtaken", [ANSWER_BY + A_DAY, ANSWER_BY - A_DAY]),
        ("reminders_due", [ANSWER_BY - timedelta(days=7)]),
    ],
)
def test_the_model_sees_a_clock_that_is_read_wrongly(
    monkeypatch: pytest.MonkeyPatch, deaf_to: str, days: list[date]
) -> None:
    """The negative control: nothing remembers that the day has passed; nobody is ever reminded."""
    wrong: dict[str, Callable[..., object]] = {"_overtaken": lambda *_: False, "reminders_due": lambda *_: {}}
    monkeypatch.setattr(flags, deaf_to, wrong[deaf_to])
    monkeypatch.setattr("workflow.decide.calendar.reminders_due", flags.reminders_due)
    course, model = asked(*PARTIES, answer_by=ANSWER_BY), Model(SENT, ANSWER_BY)
    look(course, days)
    for day in days:
        model.look(day)
    assert (letters(course, "rjh"), standing(course, "rjh")) != (model.letters, model.raised)


# --- what takes a flag away, and what arms it anew --------------------------------------------------------------------


def test_another_deadline_arms_reminders_and_flags_anew_and_an_answer_ends_both() -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    look(course, [ANSWER_BY - timedelta(days=20), ANSWER_BY + A_DAY, ANSWER_BY + timedelta(days=28)])
    assert standing(course, "are") == {"ratification_stalled", "ratification_escalated"}
    moved, on = ANSWER_BY + timedelta(days=100), ANSWER_BY + timedelta(days=30)
    assert course.ask(acts.ChangeAnswerBy(on=on, answer_by=moved, reason="nytt möte"))
    assert standing(course, "are") == set()
    look(course, [moved - timedelta(days=28), moved - timedelta(days=7)])
    assert letters(course, "are")[1:] == [(moved - timedelta(days=ahead),) * 2 for ahead in (28, 7)]
    assert standing(course, "are") == {"ratification_reminder"}
    assert course.ask(acts.RecordAnswer(on=moved - timedelta(days=6), party="are", answer="adopts"))
    look(course, [moved + A_DAY])
    assert (standing(course, "are"), standing(course, "rjh")) == (set(), {"ratification_stalled"})


@pytest.mark.parametrize("said", ["adjourned", "remitted"])
def test_an_answer_that_settles_nothing_stops_no_clock(said: str) -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    answer = acts.RecordAnswer(on=SENT, party="are", answer="adjourned" if said == "adjourned" else "remitted")
    assert course.ask(answer)
    look(course, [ANSWER_BY - timedelta(days=28), ANSWER_BY + A_DAY])
    assert len(letters(course, "are")) == 1
    assert standing(course, "are") == {"ratification_stalled"}


def test_a_party_that_owes_its_answer_again_after_a_rattelse_is_flagged_again() -> None:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    look(course, [ANSWER_BY + A_DAY])
    assert course.ask(acts.RecordAnswer(on=ANSWER_BY, party="are", answer="adopts"))
    assert standing(course, "are") == set()
    on = ANSWER_BY + timedelta(days=3)
    assert course.ask(acts.CorrectAnswer(on=on, party="are", answer="adjourned", reason="fel ärende"))
    look(course, [on])
    assert standing(course, "are") == {"ratification_stalled"}


# --- every rule is reached --------------------------------------------------------------------------------------------


def _to_the_auditors() -> Course:
    course = Course(CONTEXT)
    due = Particulars(addressee="rs", audit="Granskning", due=date(2026, 11, 30))
    course.ask(
        acts.Open(ref=REF, on=FIRST_DAY, type="revisionssvar", title="Svar", particulars=due, text=Text(version=1))
    )
    look(course, [date(2026, 11, 2), date(2026, 12, 1)])
    return course


def _with_a_lost_letter() -> Course:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    assert course.case is not None
    lost = next(iter(course.case.letters))
    assert course.ask(acts.NoteUndeliverable(on=SENT, message_id=lost, why="550 5.1.1", attempts=1))
    return course


def _left_alone() -> Course:
    course = asked(*PARTIES, answer_by=ANSWER_BY)
    look(course, [ANSWER_BY - timedelta(days=10), ANSWER_BY + A_DAY, ANSWER_BY + timedelta(days=28)])
    return course


def test_every_kind_of_flag_a_case_can_have_is_raised_by_some_trace_and_every_kind_can_be_taken_away() -> None:
    """A check that is configured and never run is worse than none. What lies outside a case has claims of its own."""
    traces = (_to_the_auditors(), _with_a_lost_letter(), _left_alone())
    told = [record.event for course in traces for record in course.records]
    raised = {event.flag.kind for event in told if isinstance(event, FlagRaised)}
    assert raised == set(get_args(FlagKind)) - {"no_active_forum", "mandate_description_missing"}
    for course in traces:
        course.ask(acts.Withdraw(on=date(2027, 1, 1), reason="slut"))
        assert course.case is not None
        assert course.case.flags == ()
    cleared = {
        record.event.flag.kind
        for course in traces
        for record in course.records
        if isinstance(record.event, FlagCleared)
    }
    assert cleared == raised
