"""The examples of the register, from the entry of Bilaga 1 to its end, by what the register decides."""

from datetime import date

import pytest

from tests.office import PARTIES
from tests.register.keeping import Kept, bilaga_1, day, plain
from workflow.errors import Refusal
from workflow.register import acts
from workflow.register.document import Document
from workflow.register.facts import CaseFacts, Owed
from workflow.register.spans import current_or_last, last_day, remaining_parties
from workflow.register.standing import state_on
from workflow.register.terms import Scope, Validity


def row(number: int, on: str = "2025-01-13") -> Kept:
    return Kept(bilaga_1()[number], day(on))


def refused(kept: Kept, act: acts.DocumentAct) -> Refusal:
    """The refusal; nothing has been laid."""
    before = kept.document
    with pytest.raises(Refusal) as found:
        kept.do(act)
    assert kept.document == before
    assert found.value.missing or found.value.code not in {"extension_needs_route", "statutory_protected"}
    return found.value


def notice(received: str, scope: Scope | None = None) -> acts.GiveNotice:
    return acts.GiveNotice(on=day(received), party="ragunda", received=day(received), scope=scope)


def case(number: int, *owed: Owed, **days: date) -> CaseFacts:
    return CaseFacts(ref="SAM-2025-0001", document=f"b1-{number:02}", owed=owed, **days)


def test_row_9_is_in_its_tenth_renewal_on_the_day_of_the_report() -> None:
    """Scenario 61."""
    span = current_or_last(row(9).document, day("2025-01-13"))
    assert span is not None
    assert (span.end, span.renewals) == (day("2025-12-31"), 10)


def test_row_26_goes_on_until_the_successor_of_row_7_that_somebody_has_named() -> None:
    """Scenarios 65 and 66: whatever another document is called, it holds until a person has said which it is."""
    kept = row(26, "2024-06-01")
    assert state_on(kept.document, day("2030-01-01")) == "in_force"
    for other in (kept, row(6)):
        met = acts.MeetEvent(on=day("2025-01-13"), of="b1-08", by="prov-1", from_day=day("2025-01-01"))
        assert refused(other, met).code == "step_not_possible"
    kept.do(acts.MeetEvent(on=day("2025-01-13"), of="b1-07", by="prov-1", from_day=day("2025-01-01")))
    assert last_day(kept.document) == day("2024-12-31")
    assert state_on(kept.document, day("2024-12-31")) == "in_force"
    assert kept.document.state == "expired"
    kept.look(day("2025-01-14"))
    assert not {"expired", "successor_unknown"} & kept.flags.keys()


def test_an_extension_takes_a_case_of_the_documents_own_that_has_come_to_its_end() -> None:
    """Scenario 68."""
    on, until = day("2025-01-13"), day("2025-12-31")
    kept = row(3)
    none = refused(kept, acts.ExtendTerm(on=on))
    assert none.code == "extension_needs_route"
    assert [each.by for each in none.missing] == ["svom", "buz"]
    owed = Owed(code="political_recommendation_missing", by="buz")
    unfinished = refused(kept, acts.ExtendTerm(on=on, case=case(3, owed, valid_to=until)))
    assert [(each.code, each.by) for each in unfinished.missing] == [("political_recommendation_missing", "buz")]
    assert refused(kept, acts.ExtendTerm(on=on, case=case(4, valid_to=until))).code == "extension_needs_route"
    assert refused(kept, acts.ExtendTerm(on=on, case=case(3, valid_to=day("2024-12-31")))).code == "validity_invalid"
    kept.do(acts.ExtendTerm(on=on, case=case(3, valid_to=until, in_force_from=on)))
    assert (kept.document.state, last_day(kept.document)) == ("in_force", until)
    # The days between stay what they were: nothing was in force on them.
    assert state_on(kept.document, day("2025-01-05")) == "expired"
    assert kept.do(acts.ExtendTerm(on=on, case=case(3, valid_to=until, in_force_from=on))) == ()
    assert kept.remarks


def test_what_the_law_demands_is_not_ended_without_a_successor() -> None:
    """Scenario 69."""
    on, last = day("2025-02-01"), day("2025-06-30")
    protected = refused(row(15), acts.TerminateDocument(on=on, case=case(15, valid_to=last)))
    assert protected.code == "statutory_protected"
    assert refused(row(15), acts.AssessDocument(on=on, keep=False)).code == "statutory_protected"
    owed = Owed(code="ratification_missing", by="are")
    kept = row(14)
    assert refused(kept, acts.TerminateDocument(on=on, case=case(14, owed))).code == "extension_needs_route"
    kept.do(acts.TerminateDocument(on=on, case=case(14, valid_to=last)))
    assert kept.document.state == "in_force"
    kept.look(day("2025-06-30"))
    assert kept.document.state == "in_force"
    kept.look(day("2025-07-01"))
    assert kept.document.state == "terminated"


@pytest.mark.parametrize("number", [3, 4, 8])
def test_a_lapse_where_the_law_demands_a_document_is_gravest_until_a_successor_is_in_force(number: int) -> None:
    """Scenario 70."""
    kept = row(number)

    def gravest() -> bool:
        return any((flag.kind, flag.severity) == ("expired_statutory", "highest") for flag in kept.document.flags)

    kept.look(day("2025-01-13"))
    assert gravest()
    assert kept.flags["successor_unknown"] == "2024-12-31"
    kept.do(acts.Supersede(on=day("2025-02-01"), by="prov-1", from_day=day("2025-04-01")))
    # It is no comfort that somebody means to end it.
    kept.do(acts.AssessDocument(on=day("2025-02-02"), keep=False))
    kept.look(day("2025-03-31"))
    assert gravest()
    assert "successor_unknown" not in kept.flags
    kept.look(day("2025-04-01"))
    assert kept.document.state == "superseded"
    assert kept.document.flags == ()


@pytest.mark.parametrize(
    ("received", "ends", "late"), [("2025-09-30", "2025-12-31", 0), ("2025-10-01", "2026-12-31", 1)]
)
def test_notice_on_30_september_ends_row_9_with_the_year_and_a_day_later_with_the_next(
    received: str, ends: str, late: int
) -> None:
    """Scenarios 73 and 74."""
    kept = row(9)
    kept.do(notice(received))
    assert last_day(kept.document) == day(ends)
    assert len(kept.remarks) == late
    assert all("2025" in said and ends in said for said in kept.remarks)
    assert kept.document.state == "under_notice"
    before = kept.document
    assert kept.do(notice(received)) == ()
    assert kept.remarks
    assert kept.document == before


def test_a_notice_is_for_all_unless_it_is_said_to_be_for_the_party_alone() -> None:
    """Scenario 75."""
    for_all, alone = row(9), row(9)
    for_all.do(notice("2025-06-01"))
    assert last_day(for_all.document) == day("2025-12-31")
    alone.do(notice("2025-06-01", "party"))
    assert last_day(alone.document) is None
    assert remaining_parties(alone.document, day("2025-12-31")) == PARTIES
    assert set(PARTIES) - set(remaining_parties(alone.document, day("2026-01-01"))) == {"ragunda"}
    assert alone.document.state == "in_force"
    assert refused(alone, notice("2026-02-01", "party")).code == "not_a_party"


def test_a_document_without_a_rule_for_notice_is_given_none() -> None:
    """Scenario 78."""
    told = refused(row(15), notice("2025-06-01"))
    assert told.code == "notice_rule_missing"
    assert told.missing


@pytest.mark.parametrize("number", [12, 13, 24])
def test_a_single_year_is_asked_about_and_holds_on_or_ends_as_somebody_says(number: int) -> None:
    kept, other = row(number), row(number)
    kept.look(day("2025-01-13"))
    assert "validity_ambiguous" in kept.flags
    kept.do(acts.ConfirmTerm(on=day("2025-01-14"), open_ended=True))
    assert kept.document.state == "in_force"
    assert "validity_ambiguous" not in kept.flags
    other.do(acts.ConfirmTerm(on=day("2025-01-14"), valid_to=day("2024-12-31")))
    assert other.document.state == "expired"
    assert refused(other, acts.ConfirmTerm(on=day("2025-01-15"), open_ended=True)).code == "step_not_possible"


def test_a_single_year_that_has_not_begun_can_be_confirmed_too() -> None:
    validity = Validity(kind="fixed", start=day("2027-01-01"), end=day("2027-12-31"), ambiguous=True)
    kept = Kept(plain(validity), day("2026-11-21"))
    kept.do(acts.ConfirmTerm(on=day("2026-11-22"), valid_to=day("2029-12-31")))
    assert kept.document.state == "registered"
    kept.look(day("2027-01-01"))
    assert kept.document.state == "in_force"


def test_row_10_takes_no_step_before_somebody_has_said_its_term() -> None:
    kept = row(10)
    on = day("2025-02-01")
    for act in (
        acts.RecordFollowUp(on=on, by="svom"),
        acts.ExtendTerm(on=on, case=case(10)),
        acts.AssessDocument(on=on, keep=True),
        acts.Supersede(on=on, by="prov-1", from_day=on),
    ):
        told = refused(kept, act)
        assert (told.code, {each.code for each in told.missing}) == (
            "document_incomplete",
            {"validity_unknown", "forum_unknown"},
        )
    kept.do(acts.ConfirmTerm(on=on, valid_to=day("2027-12-31")))
    kept.look(on)
    assert (kept.document.state, "document_incomplete" in kept.flags) == ("in_force", True)
    kept.do(acts.ConfirmTerm(on=on, forums=("svom",)))
    assert (kept.document.state, kept.document.owners) == ("in_force", ("svom",))
    kept.look(on)
    assert set(kept.flags) == {"follow_up_period_missing"}


def test_a_document_cannot_take_its_own_place_nor_that_of_one_it_led_to() -> None:
    kept = row(7)
    for act in (
        acts.Supersede(on=day("2025-02-01"), by="b1-07", from_day=day("2025-02-01")),
        acts.Supersede(on=day("2025-02-01"), by="prov-1", from_day=day("2025-02-01"), line=("b1-07",)),
        acts.Supersede(on=day("2025-02-01"), by="prov-1"),
    ):
        assert refused(kept, act).code == "value_invalid"


def test_no_date_comes_from_the_one_before_it() -> None:
    """Rows 9 and 16, looked at in no year, in every one, or only now and then, stand alike a lifetime on."""

    def after(number: int, years: range) -> Document:
        kept = row(number, "2024-06-01")
        for year in years:
            kept.look(date(year, 3, 1))
        kept.look(day("2099-07-01"))
        return kept.document

    for number in (9, 16):
        often, seldom = after(number, range(2025, 2099)), after(number, range(2025, 2099, 13))
        assert set(often.flags) == set(seldom.flags)
        assert current_or_last(often, day("2099-07-01")) == current_or_last(seldom, day("2099-07-01"))
