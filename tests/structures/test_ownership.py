"""Who answers for each document of Bilaga 1, on a day and after a change of structure."""

from datetime import date
from typing import Any

import pytest

from tests.office import Office
from workflow.organisation import Organisation, Said
from workflow.organisation_events import ForumStatusSet, StructureAdopted
from workflow.ownership import first_handlers, heirs, owned_on, sectors_of
from workflow.rulebook import shipped_rules

RULES = shipped_rules()
DOCUMENTS = {document.row: document for document in RULES.register.document}
SVOM_OR_BARNARENAN = {2, 3, 4, 5, 6, 7, 8, 9, *range(11, 20), 22}
OFFICERS = {20, 21, 23, 24, 25, 26}


def calendar(*days: tuple[str, str]) -> tuple[StructureAdopted, ...]:
    return tuple(StructureAdopted(structure=each, from_day=date.fromisoformat(day)) for each, day in days)


REPORT = Organisation(
    calendar=calendar(("nuvarande", "2009-01-01"), ("tillfallig", "2024-10-01"), ("alternativ-1", "2026-01-01")),
    statuses=(ForumStatusSet(forum="barnarenan", status="dormant", from_day=date(2023, 10, 1)),),
)


def owners(row: int, day: str) -> tuple[str, ...]:
    return owned_on(DOCUMENTS[row], REPORT, RULES, date.fromisoformat(day)).forums


def side(office: Office, before: str, after: str, of: str) -> dict[int, list[str]]:
    """The owners that «route diff» tells on one side, by row."""
    rows: list[dict[str, Any]] = office("route", "diff", before, after, expect=0).json["documents"]
    return {each["row"]: each[of]["owners"] for each in rows}


def test_alternativ_1_gives_each_document_the_owner_that_the_report_names(county: Office) -> None:
    """Scenario 34, rule X12; joint board and RSR go on, row 10 names no forum."""
    found = side(county, "tillfallig", "alternativ-1", "after")
    named = {
        **{row: ["politiskt-forum"] for row in SVOM_OR_BARNARENAN},
        **{row: ["ledningsforum"] for row in OFFICERS},
        1: ["rsr"],
        10: [],
        27: ["gnus"],
    }
    assert found == named
    assert len(found) == 27
    # The same whether the temporary arrangement lay between or not, and whether asked as a change or as it stands.
    assert side(county, "nuvarande", "alternativ-1", "after") == named
    assert side(county, "alternativ-1", "alternativ-1", "before") == named
    assert {row: list(owners(row, "2026-01-01")) for row in named} == named


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        ("2022-06-01", ("barnarenan",)),
        ("2024-09-30", ("barnarenan",)),
        ("2024-10-01", ("svom", "buz")),
        ("2025-12-31", ("svom", "buz")),
        ("2026-01-01", ("politiskt-forum",)),
    ],
)
def test_the_owner_changes_on_the_day_the_structure_does(day: str, owner: tuple[str, ...]) -> None:
    """Rules X10 and X12 for a document that Barnarenan recommended."""
    assert owners(14, day) == owner


def test_a_dormant_forum_still_owns_and_is_told_to_be_dormant() -> None:
    """Documents of Barnarenan have nobody who follows them up from 2023 until SVOM and BUZ take them over."""
    asleep = owned_on(DOCUMENTS[15], REPORT, RULES, date(2024, 3, 1))
    assert (asleep.forums, asleep.dormant) == (("barnarenan",), ("barnarenan",))
    awake = owned_on(DOCUMENTS[15], REPORT, RULES, date(2023, 9, 30))
    assert (awake.forums, awake.dormant) == (("barnarenan",), ())


def test_the_deciding_forum_stands_in_the_other_column_where_nobody_recommends() -> None:
    for row in OFFICERS:
        assert first_handlers(DOCUMENTS[row]) == DOCUMENTS[row].preparing
    assert first_handlers(DOCUMENTS[10]) == ()


def inherited(row: int, *structures: str, **said: dict[str, str]) -> tuple[str, ...]:
    document = DOCUMENTS[row]
    return heirs(first_handlers(document), structures, sectors_of(document, RULES), RULES, said)


def test_alternativ_2_leaves_what_includes_school_without_an_owner() -> None:
    """004 §1: «Struktur för … dokument som inkluderar skolan behöver tas fram»."""
    assert inherited(7, "nuvarande", "tillfallig", "alternativ-2") == ("svom",)
    assert inherited(25, "nuvarande", "tillfallig", "alternativ-2") == ("ledningsforum",)
    for row in (2, 14, 20, 21, 23):
        assert inherited(row, "nuvarande", "tillfallig", "alternativ-2") == ()


def test_alternativ_3_owns_nothing_before_its_board_is_named(county: Office) -> None:
    assert inherited(7, "nuvarande", "alternativ-3") == ()
    said = {"alternativ-3": {"board": "gnus"}}
    assert inherited(7, "nuvarande", "alternativ-3", **said) == ("gnus",)
    county("structure", "configure", "alternativ-3", "--board", "gnus", "--on", "2026-02-01", expect=0)
    assert side(county, "tillfallig", "alternativ-3", "after")[7] == ["gnus"]


def test_a_parameter_that_was_said_is_told_by_the_organisation_that_holds_it() -> None:
    said = Said(from_day=date(2026, 10, 1), structure="alternativ-3", parameter="board", value="gemensam-namnd")
    organisation = Organisation(
        calendar=calendar(("nuvarande", "2009-01-01"), ("alternativ-3", "2027-01-01")),
        said=(said,),
    )
    assert owned_on(DOCUMENTS[14], organisation, RULES, date(2027, 1, 1)).forums == ("gemensam-namnd",)
    assert owned_on(DOCUMENTS[14], organisation, RULES, date(2026, 12, 31)).forums == ("barnarenan",)
