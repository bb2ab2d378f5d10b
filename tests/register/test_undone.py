"""A case that is no longer in force has led to nothing: what it extended, replaced, ended or revised is as before.

The case is undone by a rättelse of one answer, and made good by another.
"""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from tests.persistence.keeping import Keeping
from tests.persistence.rewriting import copied
from tests.persistence.worked_on import TEXT, answered, sent
from workflow import acts
from workflow.errors import Refusal
from workflow.facts import Answer
from workflow.organising import Done
from workflow.register.acts import ConfirmTerm
from workflow.register.bilaga import built_in
from workflow.register.document import Document
from workflow.register.terms import FollowUp

ANSWERED, LATER = date(2026, 4, 20), date(2031, 12, 31)
PAIR = ("rjh", "are")
#: Of each some: with a last day that has passed, and without; one that waits for another; those that are waited for.
DOCUMENTS = ("b1-03", "b1-07", "b1-08", "b1-14", "b1-15", "b1-26")
#: What a case may be about. What the law demands is not ended without a successor: for that there is no case.
MATTERS: list[tuple[str | None, str | None]] = [
    (None, None),
    *((document, aim) for document in DOCUMENTS for aim in ("revise", "extend", "replace")),
    *((document, "terminate") for document in ("b1-14", "b1-26")),
]
#: What tells how often something was recorded of it, and when it was last looked at; no fact of the document.
OF_THE_LOG = {"version", "latest_on", "checked_on"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    """A county with some documents of Bilaga 1; to be copied."""
    keeping = Keeping(tmp_path_factory.mktemp("county")).founded().letting_go()
    entries = (each for each in built_in(keeping.engine.rules.register) if each.id in DOCUMENTS)
    keeping.engine.register.enter(entries, date(2026, 1, 12))
    for each in DOCUMENTS:
        keeping.engine.register.check(each, date(2026, 1, 12))
    return keeping


@pytest.fixture
def office(county: Keeping, tmp_path: Path) -> Keeping:
    return copied(county, tmp_path / "office")


def brought_to_its_last_answer(office: Keeping, document: str | None, aim: str | None = None, **said: object) -> str:
    told = {"aim": aim, "valid_to": LATER if aim == "extend" else None, **said}
    given = {name: each for name, each in told.items() if each is not None}
    ref = sent(office, TEXT, PAIR, document=document, **given)
    answered(office, ref, {"rjh": "adopts"})
    return ref


def corrected(office: Keeping, ref: str, answer: Answer) -> Done:
    said = acts.CorrectAnswer(on=ANSWERED, party="are", answer=answer, organ="KS", reason="fel protokoll")
    return office.engine.handle(ref, said)


def of_all(office: Keeping) -> dict[str, dict[str, Any]]:
    """What is so of every document of the register, once the sweep has looked at those that are due."""
    for name in office.store.documents_due(ANSWERED, None):
        office.engine.register.check(name, ANSWERED)
    found = {name: office.engine.register.document(name) for name in office.store.document_ids()}
    return {name: _facts(document) for name, document in found.items()}


def _facts(document: Document) -> dict[str, Any]:
    found = {name: each for name, each in asdict(document).items() if name not in OF_THE_LOG}
    return found | {"flags": frozenset(document.flags)}


def test_an_extension_goes_with_the_case_that_gave_it_and_comes_again_with_it(office: Keeping) -> None:
    ref = brought_to_its_last_answer(office, "b1-03", "extend")
    before = of_all(office)["b1-03"]
    answered(office, ref, {"are": "adopts"})
    extended = office.engine.register.document("b1-03")
    assert [each.until for each in extended.extensions] == [LATER]
    done = corrected(office, ref, "declines")
    assert of_all(office)["b1-03"] == before
    assert before["state"] == "expired"
    assert [each.event.__struct_config__.tag for each in done.following] == ["outcome_undone", "revision_begun"]
    assert any(each.values.get("document") == "b1-03" for each in done.remarks)
    corrected(office, ref, "adopts")
    assert [each.until for each in office.engine.register.document("b1-03").extensions] == [LATER]
    assert office.findings() == ()


def test_what_was_replaced_stands_again_and_what_had_waited_for_that_waits_again(office: Keeping) -> None:
    ref = brought_to_its_last_answer(office, "b1-07", "replace")
    answered(office, ref, {"are": "adopts"})
    successor = f"dok-{ref.lower()}"
    assert office.engine.register.document("b1-07").state == "superseded"
    assert office.engine.register.document("b1-26").state == "expired"
    assert office.store.documents_ended_by(successor) == ["b1-26"]
    corrected(office, ref, "declines")
    old, waiting, new = (office.engine.register.document(each) for each in ("b1-07", "b1-26", successor))
    assert (old.superseded, waiting.event_met, new.predecessors) == (None, None, ())
    assert (old.state, waiting.state, new.state) == ("expired", "in_force", "registered")
    assert old.revising == (ref,)
    assert office.store.documents_awaiting("b1-07") == ["b1-26"]
    assert office.store.documents_ended_by(successor) == []
    corrected(office, ref, "adopts")
    states = [office.engine.register.document(each).state for each in ("b1-07", "b1-26", successor)]
    assert states == ["superseded", "expired", "in_force"]
    assert office.findings() == ()


def test_what_a_person_had_replaced_by_the_case_stands_again_and_it_is_told_that_it_must_be_said_anew(
    office: Keeping,
) -> None:
    ref = brought_to_its_last_answer(office, None)
    answered(office, ref, {"are": "adopts"})
    office.engine.register.supersede("b1-14", ref, date(2026, 4, 21))
    assert office.engine.register.document("b1-14").state == "superseded"
    done = corrected(office, ref, "adjourned")
    told = next(each for each in done.remarks if each.values.get("document") == "b1-14")
    assert "«register supersede»" in told.template
    assert office.engine.register.document("b1-14").state == "in_force"
    corrected(office, ref, "adopts")
    assert office.engine.register.document("b1-14").state == "in_force"
    office.engine.register.supersede("b1-14", ref, date(2026, 4, 21))
    assert office.engine.register.document("b1-14").state == "superseded"
    assert office.findings() == ()


def test_what_has_been_replaced_further_stays_replaced(office: Keeping) -> None:
    """The successor has a successor of its own: that the first case falls gives nothing back."""
    first = brought_to_its_last_answer(office, "b1-14", "replace")
    answered(office, first, {"are": "adopts"})
    second = brought_to_its_last_answer(office, None, valid_from=date(2026, 5, 1))
    answered(office, second, {"are": "adopts"})
    office.engine.check(second, date(2026, 5, 2))
    office.engine.register.supersede(f"dok-{first.lower()}", second, date(2026, 5, 2))
    done = corrected(office, first, "declines")
    assert office.engine.register.document("b1-14").state == "superseded"
    assert {each.values.get("ref") for each in done.remarks} >= {f"dok-{first.lower()}", "b1-14"}
    assert office.findings() == ()


@pytest.mark.parametrize("said", [None, "none"])
def test_a_successor_asks_again_for_no_more_than_its_own_entry_or_somebody_since_has_said(
    office: Keeping, said: FollowUp | None
) -> None:
    ref = brought_to_its_last_answer(office, None)
    answered(office, ref, {"are": "adopts"})
    name = f"dok-{ref.lower()}"
    before = office.engine.register.document(name)
    office.engine.register.supersede("b1-03", ref, date(2026, 4, 21))
    taken_over = office.engine.register.document(name)
    assert (taken_over.follow_up, taken_over.statutory, taken_over.implemented_counts) == ("yearly", "area", True)
    if said is not None:
        office.engine.register.handle(name, ConfirmTerm(on=date(2026, 4, 22), follow_up=said))
    corrected(office, ref, "declines")
    after = office.engine.register.document(name)
    assert (after.follow_up, after.statutory) == (said or before.follow_up, before.statutory)
    assert after.implemented_counts == before.implemented_counts


@settings(max_examples=25, deadline=None)
@given(
    matter=st.sampled_from(MATTERS),
    by_hand=st.sampled_from([None, None, *DOCUMENTS]),
)
def test_every_document_is_as_it_was_before_the_case_took_effect_and_then_as_it_was_after(
    county: Keeping,
    tmp_path_factory: pytest.TempPathFactory,
    matter: tuple[str | None, str | None],
    by_hand: str | None,
) -> None:
    """The model is the register itself, on either side: nothing of a case that does not hold is left in it."""
    document, aim = matter
    office = copied(county, tmp_path_factory.mktemp("drawn"))
    ref = brought_to_its_last_answer(office, document, aim)
    born = f"dok-{ref.lower()}"
    before = of_all(office)
    answered(office, ref, {"are": "adopts"})
    effective = of_all(office)
    if by_hand is not None and by_hand != document:
        with suppress(Refusal):
            office.engine.register.supersede(by_hand, ref, ANSWERED)
    corrected(office, ref, "declines" if by_hand is None else "adjourned")
    after = of_all(office)
    suspended = after.pop(born, None)
    assert after == before
    assert suspended is None or (suspended["suspended"], suspended["predecessors"]) == (True, ())
    corrected(office, ref, "adopts")
    again = of_all(office)
    if born not in effective:
        again.pop(born, None)
    assert again == effective
    assert office.findings() == ()
