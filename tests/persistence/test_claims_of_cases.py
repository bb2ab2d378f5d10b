"""A document is extended, ended or entered on what a case says: the audit asks the case itself."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import TEXT, answered, sent
from workflow.case import Case
from workflow.register.acts import DocumentAct, EnterDocument, ExtendTerm, TerminateDocument
from workflow.register.bilaga import built_in
from workflow.register.facts import CaseFacts
from workflow.register.following import born, facts_of
from workflow.register.plan import Plan

ON = date(2026, 4, 21)
LATER = date(2031, 12, 31)


@pytest.fixture
def register(keeping: Keeping) -> Keeping:
    """A county with an agreement of the county's own in the register."""
    keeping.founded()
    rules = keeping.engine.rules.register
    keeping.engine.register.enter(
        (each for each in built_in(rules) if each.id in {"b1-03", "b1-14"}), date(2026, 1, 12)
    )
    return keeping


def written(keeping: Keeping, document: str, act: DocumentAct) -> None:
    """The act is recorded as the engine would have, had the case said so."""
    plan = Plan(keeping.engine._office(), keeping.store.stream)  # noqa: SLF001 - past what looks the case up
    assert plan.act(document, act)
    keeping.store.append_all(lambda _: plan.batches)


def checks(keeping: Keeping) -> set[str]:
    return {finding.check for finding in keeping.findings()}


def begun(keeping: Keeping, document: str | None) -> Case:
    """A case that is with the parties, none of whom has answered."""
    return keeping.engine.case(sent(keeping, TEXT, document=document))


def ratified(case: Case) -> CaseFacts:
    """What it would say had they all adopted."""
    return replace(facts_of(case), owed=(), valid_to=LATER, in_force_from=ON)


def test_an_extension_on_the_ground_of_a_case_that_never_was_ratified_is_found(register: Keeping) -> None:
    case = begun(register, "b1-03")
    assert facts_of(case).owed
    written(register, "b1-03", ExtendTerm(on=ON, case=ratified(case)))
    assert checks(register) == {"case facts"}


def test_an_ending_on_the_ground_of_a_case_that_never_was_ratified_is_found(register: Keeping) -> None:
    case = begun(register, "b1-14")
    written(register, "b1-14", TerminateDocument(on=ON, case=ratified(case)))
    assert checks(register) == {"case facts", "followed"}


def test_a_document_entered_otherwise_than_its_case_has_decided_is_found(register: Keeping) -> None:
    case = begun(register, None)
    act = born(case, ON)
    other = replace(act.entry, title="En annan överenskommelse")
    written(register, other.id, replace(act, entry=other, of_case=False))
    assert checks(register) == {"case facts", "followed"}


def test_a_case_that_nobody_knows_bears_nothing_out(register: Keeping) -> None:
    entry = replace(born(begun(register, None), ON).entry, id="okant")
    written(register, entry.id, EnterDocument(on=ON, entry=entry, case="SAM-2020-0001"))
    assert checks(register) == {"case facts", "followed"}


def test_what_the_engine_itself_records_is_borne_out(register: Keeping) -> None:
    """The negative control."""
    born_of = sent(register, TEXT)
    ended = sent(register, TEXT + b"2", document="b1-14", aim="terminate")
    extended = sent(register, TEXT + b"3", document="b1-03", aim="extend", valid_to=LATER)
    for ref in (born_of, ended, extended):
        answered(register, ref, dict.fromkeys(("rjh", "berg", "bracke", "harjedalen", "krokom"), "adopts"))
        answered(register, ref, dict.fromkeys(("ragunda", "stromsund", "are", "ostersund"), "adopts"))
    kinds = {type(each.act).__name__ for ref in ("b1-03", "b1-14") for each in register.store.stream(ref)}
    assert kinds >= {"ExtendTerm", "TerminateDocument"}
    assert register.store.stream(f"dok-{born_of.lower()}")
    assert register.findings() == ()
