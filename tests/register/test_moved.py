"""A case in force that comes to bind from another day moves every day that it had given a document."""

from datetime import date
from pathlib import Path

import pytest

from tests.persistence.keeping import Keeping
from tests.persistence.rewriting import copied
from tests.persistence.worked_on import TEXT, sent
from tests.register.moving import (
    DAY,
    EARLIER,
    FIRST,
    LATER,
    UNTIL,
    corrected,
    county_in,
    document,
    kinds,
    last_day,
    replaced_from,
    through,
)
from workflow import acts
from workflow.register.acts import MoveDay
from workflow.register.entry import Entry
from workflow.register.events import FirstDayMoved
from workflow.register.following import facts_of
from workflow.register.terms import Terms, Validity


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    return county_in(tmp_path_factory.mktemp("county"))


@pytest.fixture
def office(county: Keeping, tmp_path: Path) -> Keeping:
    return copied(county, tmp_path / "office")


def an_agreement(validity: Validity, name: str = "eget-avtal") -> Entry:
    """A document of the county's own."""
    return Entry(
        id=name,
        title="Eget avtal",
        type="avtal",
        group="vuxna",
        recommending=("politiskt-forum",),
        terms=Terms(validity=validity),
    )


# --- what each aim leads to ------------------------------------------------------------------------------------------


def test_the_document_born_of_the_case_begins_on_the_day_that_the_case_now_binds_from(office: Keeping) -> None:
    ref = through(office, None, valid_to=UNTIL)
    born = f"dok-{ref.lower()}"
    done = corrected(office, ref, LATER)
    assert kinds(done) == [(born, "first_day_moved")]
    validity = document(office, born).validity
    assert (validity.start, validity.end) == (LATER, UNTIL)
    assert office.engine.case(ref).state == "in_force"
    assert office.findings() == ()


def test_a_correction_that_leaves_the_day_as_it_was_records_nothing_of_documents(office: Keeping) -> None:
    ref = through(office, None)
    assert kinds(corrected(office, ref, FIRST, organ="KS")) == []
    assert kinds(corrected(office, ref, LATER, party="rjh")) != []
    assert kinds(corrected(office, ref, EARLIER)) == []
    assert office.findings() == ()


def test_an_end_that_the_case_gives_no_day_for_is_the_day_before_it_binds(office: Keeping) -> None:
    ref = through(office, "b1-14", aim="terminate")
    assert last_day(office, "b1-14") == FIRST - DAY
    done = corrected(office, ref, LATER)
    assert kinds(done) == [("b1-14", "termination_decided")]
    assert last_day(office, "b1-14") == LATER - DAY
    assert document(office, "b1-14").state == "terminated"
    assert office.findings() == ()


def test_an_end_that_the_case_gives_a_day_for_stays_on_that_day(office: Keeping) -> None:
    ref = through(office, "b1-14", aim="terminate", valid_to=UNTIL)
    assert kinds(corrected(office, ref, LATER)) == []
    assert last_day(office, "b1-14") == UNTIL


def test_what_was_added_begins_when_the_case_binds_and_keeps_its_place(office: Keeping) -> None:
    first = through(office, "b1-03", aim="extend", valid_to=UNTIL)
    through(office, "b1-03", aim="extend", valid_to=UNTIL.replace(year=2035))
    done = corrected(office, first, LATER)
    assert kinds(done) == [("b1-03", "term_extended")]
    spans = [(each.from_day, each.until) for each in document(office, "b1-03").extensions]
    assert spans == [(LATER, UNTIL), (UNTIL + DAY, UNTIL.replace(year=2035))]
    assert office.findings() == ()


def test_what_a_person_added_by_a_case_that_revises_moves_with_it(office: Keeping) -> None:
    ref = through(office, "b1-03", valid_to=UNTIL)
    office.engine.register.extend("b1-03", date(2026, 4, 21), ref)
    corrected(office, ref, LATER)
    assert [each.from_day for each in document(office, "b1-03").extensions] == [LATER]
    assert office.findings() == ()


def test_what_was_replaced_and_what_had_waited_for_that_end_the_day_before(office: Keeping) -> None:
    ref = through(office, "b1-07", aim="replace")
    born = f"dok-{ref.lower()}"
    office.engine.register.supersede("b1-14", ref, date(2026, 4, 21))
    office.engine.register.supersede("b1-15", ref, date(2026, 4, 21), date(2026, 4, 25))
    done = corrected(office, ref, LATER)
    assert sorted(kinds(done)) == [
        ("b1-07", "document_superseded"),
        ("b1-14", "document_superseded"),
        ("b1-26", "event_met"),
        (born, "first_day_moved"),
    ]
    assert document(office, born).predecessors == ("b1-07", "b1-14", "b1-15")
    days = {name: replaced_from(office, name) for name in ("b1-07", "b1-14", "b1-15")}
    assert days == {"b1-07": LATER, "b1-14": LATER, "b1-15": date(2026, 4, 25)}
    assert last_day(office, "b1-26") == LATER - DAY
    assert [each.values["document"] for each in done.remarks] == ["b1-15"]
    assert office.findings() == ()


# --- what may have become of it meanwhile ----------------------------------------------------------------------------


def test_a_case_that_binds_again_from_another_day_has_its_document_begin_on_that(office: Keeping) -> None:
    ref = through(office, None)
    born = f"dok-{ref.lower()}"
    corrected(office, ref, FIRST, answer="declines")
    assert document(office, born).suspended
    done = corrected(office, ref, LATER)
    assert kinds(done) == [(born, "first_day_moved"), (born, "effect_changed")]
    assert (document(office, born).validity.start, document(office, born).state) == (LATER, "in_force")
    assert office.findings() == ()


def test_a_document_that_has_been_replaced_since_keeps_its_end_and_says_so_when_it_never_began(office: Keeping) -> None:
    first = through(office, None)
    second = through(office, None, date(2026, 4, 27))
    older, newer = (f"dok-{each.lower()}" for each in (first, second))
    office.engine.register.supersede(older, second, date(2026, 4, 28))
    done = corrected(office, first, LATER)
    assert document(office, older).validity.start == LATER
    assert replaced_from(office, older) == date(2026, 4, 27)
    assert document(office, older).state == "superseded"
    assert [each.values["document"] for each in done.remarks] == [older]
    assert document(office, newer).validity.start == date(2026, 4, 27)
    assert office.findings() == ()


def test_a_first_day_after_the_last_one_is_refused_and_told_and_stops_nothing_of_the_case(office: Keeping) -> None:
    ref = through(office, "b1-07", aim="replace", valid_to=date(2026, 4, 30))
    born = f"dok-{ref.lower()}"
    done = corrected(office, ref, LATER)
    assert office.engine.case(ref).in_force_from == LATER
    assert kinds(done) == []
    assert [each.values["document"] for each in done.remarks] == [born]
    assert document(office, born).validity.start == replaced_from(office, "b1-07") == FIRST
    corrected(office, ref, EARLIER)
    assert document(office, born).validity.start == replaced_from(office, "b1-07") == EARLIER
    assert last_day(office, "b1-26") == EARLIER - DAY
    assert office.findings() == ()


def test_a_successor_found_to_begin_before_what_it_replaced_is_told_once_and_moves_that_when_it_can(
    office: Keeping,
) -> None:
    validity = Validity(kind="open_ended", start=date(2026, 4, 10))
    waits = Validity(kind="until_event", start=date(2026, 1, 1), event="ett nytt avtal", ends_with="eget-avtal")
    entries = [an_agreement(validity), an_agreement(waits, "vantar")]
    office.engine.register.enter(entries, date(2026, 1, 12))
    ref = through(office, "eget-avtal", aim="replace")
    done = corrected(office, ref, EARLIER)
    assert [each.values["document"] for each in done.remarks] == ["eget-avtal"]
    assert document(office, f"dok-{ref.lower()}").validity.start == EARLIER
    assert replaced_from(office, "eget-avtal") == FIRST
    done = corrected(office, ref, LATER)
    assert (replaced_from(office, "eget-avtal"), done.remarks) == (LATER, ())
    assert last_day(office, "vantar") == LATER - DAY
    assert office.findings() == ()


def test_a_document_that_only_the_wrong_day_kept_out_of_the_register_enters_it(office: Keeping) -> None:
    ref = through(office, "b1-07", LATER, aim="replace", valid_to=date(2026, 4, 30))
    born = f"dok-{ref.lower()}"
    assert born not in office.store.document_ids()
    assert document(office, "b1-07").superseded is None
    corrected(office, ref, FIRST)
    assert document(office, born).validity.start == replaced_from(office, "b1-07") == FIRST
    assert last_day(office, "b1-26") == FIRST - DAY
    assert office.findings() == ()


def test_an_extension_that_would_begin_after_its_end_is_taken_back_and_comes_again(office: Keeping) -> None:
    ref = through(office, "b1-03", aim="extend", valid_to=date(2026, 4, 30))
    done = corrected(office, ref, LATER)
    assert kinds(done)[-1] == ("b1-03", "outcome_undone")
    assert document(office, "b1-03").extensions == ()
    corrected(office, ref, EARLIER)
    assert [each.from_day for each in document(office, "b1-03").extensions] == [EARLIER]
    assert office.findings() == ()


def test_an_extension_by_a_case_that_also_revised_stays_and_it_is_told(office: Keeping) -> None:
    entry = an_agreement(Validity(kind="fixed", start=date(2020, 1, 1), end=date(2026, 4, 25)))
    office.engine.register.enter([entry], date(2026, 1, 12))
    ref = through(office, "eget-avtal", valid_to=date(2026, 4, 30))
    office.engine.register.extend("eget-avtal", date(2026, 4, 21), ref)
    done = corrected(office, ref, LATER)
    assert kinds(done) == []
    assert [each.values["document"] for each in done.remarks] == ["eget-avtal"]
    assert document(office, "eget-avtal").revised_by == {ref: FIRST}
    assert office.findings() == ()


def test_an_answer_reported_late_that_satisfied_the_effect_rule_earlier_moves_it_too(office: Keeping) -> None:
    ref = sent(office, TEXT, ("rjh", "are", "berg"), effect_rule="threshold:2")
    answers = {"rjh": date(2026, 3, 9), "are": FIRST, "berg": EARLIER}
    for party, day in answers.items():
        office.engine.handle(ref, acts.RecordAnswer(on=day, party=party, answer="adopts"))
    found = document(office, f"dok-{ref.lower()}")
    assert (found.validity.start, found.state) == (EARLIER, "in_force")
    assert office.findings() == ()


def test_a_document_whose_day_moves_before_a_structure_is_to_be_assessed_as_one_entered_so(office: Keeping) -> None:
    """Rule X13 asks of what began before alternativ-1; the day is taken from the entry's own rule."""
    ref = through(office, None)
    born = document(office, f"dok-{ref.lower()}")
    assert born.assess_from is None
    facts = facts_of(office.engine.case(ref))
    early = type(facts)(ref=facts.ref, document=facts.document, in_force_from=date(2025, 12, 1))
    moved = office.engine.register.try_out(born, MoveDay(on=FIRST, case=early, before=FIRST))
    expected = FirstDayMoved(case=ref, from_day=date(2025, 12, 1), assess_from=date(2026, 1, 1))
    assert [each.event for each in moved.drafted] == [expected]
