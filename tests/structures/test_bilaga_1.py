"""Bilaga 1, row by row: who the command says takes a document, and who the report's own table says does."""

from collections import Counter
from typing import Any

import pytest

from tests.commands.claims import refused
from tests.office import Office
from tests.rule_data import Entry, load
from tests.structures.steps import explained, options, routed

ROWS: list[Entry] = load().register["document"]
NAMES = [each["id"] for each in ROWS]
WHEN_ALL_WERE_ACTIVE = "2022-05-01"

#: Rows that are not routed as the table's two columns have them, and why (row by row in the readings B1-NN).
DECIDED_UNDER_BEREDANDE = "the first column is empty: the forum under «Beredande» is the one that decides"
A_BOARD_DECIDES = "a joint board decides within its area and recommends nothing (X14)"
NO_FORUM = "the first column names units and persons: nothing is done before a coordinator completes the entry"
NOBODY_PREPARES = "the second column is empty: the council recommends what nobody has prepared"
LISTED = {
    **dict.fromkeys((20, 21, 23, 24, 25, 26), DECIDED_UNDER_BEREDANDE),
    1: NOBODY_PREPARES,
    10: NO_FORUM,
    27: A_BOARD_DECIDES,
}


def said(row: Entry) -> dict[str, Any]:
    return {"document": row["id"], "on": WHEN_ALL_WERE_ACTIVE}


def equal(row: Entry, route: dict[str, Any]) -> bool:
    """Whether the route has the forums of the table, each in its own column's place."""
    columns = set(row["recommending"]), set(row["preparing"])
    return bool(columns[0] and columns[1]) and (set(route["political"]), set(route["leadership"])) == columns


def test_there_are_27_rows_and_the_first_column_counts_as_printed() -> None:
    assert [row["row"] for row in ROWS] == list(range(1, 28))
    printed = Counter(" + ".join(sorted(row["recommending"])) for row in ROWS)
    assert printed == {"svom": 7, "barnarenan": 7, "barnarenan + svom": 4, "": 7, "rsr": 1, "gnus": 1}
    assert [row["row"] for row in ROWS if "recommending_as_printed" in row] == [10]


@pytest.mark.parametrize("row", [row for row in ROWS if row["row"] not in LISTED], ids=lambda row: str(row["id"]))
def test_a_row_with_both_columns_filled_goes_just_so_and_then_to_the_parties(county: Office, row: Entry) -> None:
    route = routed(county, row["type"], None, **said(row))
    assert equal(row, route), (row["recommending"], row["preparing"], route["political"], route["leadership"])
    assert (route["prepare"], route["decide"]) == ([], [])
    assert (route["ratify"], route["chart"]) == (True, "agreement")
    assert route["report_to"] in row["recommending"]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["row"] in LISTED and row["row"] != 10], ids=lambda r: r["id"]
)
def test_a_row_that_goes_otherwise_is_listed_with_the_reason(county: Office, row: Entry) -> None:
    route = routed(county, row["type"], None, **said(row))
    assert not equal(row, route)
    reason = LISTED[row["row"]]
    if reason == DECIDED_UNDER_BEREDANDE:
        assert (row["recommending"], set(route["decide"])) == ([], set(row["preparing"]))
        assert (route["political"], route["ratify"]) == ([], False)
    elif reason == A_BOARD_DECIDES:
        assert (route["decide"], route["prepare"]) == (row["recommending"], row["preparing"])
        assert (route["political"], route["ratify"]) == ([], False)
    else:
        assert reason == NOBODY_PREPARES
        assert (route["political"], row["preparing"]) == (row["recommending"], [])
        assert (route["prepare"], route["leadership"], route["ratify"]) == ([], [], True)


def test_row_10_is_refused_by_every_command_that_would_route_it(county: Office) -> None:
    words = ("--type", "avtal", *options(said(ROWS[9])))
    reply = refused(county, "route", "explain", *words, code="document_incomplete", exit_code=1)
    assert "Ska detta beslutas i SVOM" in reply.error["message"] or "Kommunernas chefer" in reply.error["message"]
    refused(county, "case", "open", "--title", "Tandvård", *words, code="document_incomplete", exit_code=1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_the_command_says_so_whenever_a_row_differs_from_the_rule_for_its_type(county: Office, row: Entry) -> None:
    if row["row"] == 10:
        return
    words = ("route", "explain", "--type", row["type"], *options(said(row)))
    exceptional = "exception" in row
    assert (explained(county, row["type"], **said(row))["override"] == row["id"]) is exceptional
    told = f"row {row['row']} differs"
    assert (told in county(*words, json=False, expect=0).err) is exceptional


@pytest.mark.parametrize("number", [11, 12, 13])
def test_the_printed_way_of_a_youth_avtal_is_not_that_of_a_new_one_nor_of_a_later_structure(
    county: Office, number: int
) -> None:
    """Readings B1-11 to B1-13: kept as historic; new versions go by the age group."""
    document = NAMES[number - 1]
    assert explained(county, "avtal", document=document, on="2022-05-01")["political"] == ["svom"]
    assert explained(county, "avtal", "barn-unga", on="2022-05-01")["political"] == ["barnarenan"]
    assert explained(county, "avtal", document=document, on="2025-05-01")["political"] == ["svom", "buz"]
    assert explained(county, "avtal", document=document, on="2026-05-01")["political"] == ["politiskt-forum"]


@pytest.mark.parametrize(
    ("kind", "group", "document"), [("överenskommelse", "barn-unga", "b1-19"), ("avtal", "vuxna", "b1-11")]
)
def test_what_is_stored_of_a_document_does_not_bind_a_successor_of_another_kind(
    county: Office, kind: str, group: str, document: str
) -> None:
    """Row 8's «Ny ök» (rules, 4.1): the type of a successor may differ, and then so does its way."""
    plain = explained(county, kind, group, on="2022-05-01")
    succeeding = explained(county, kind, group, document=document, on="2022-05-01")
    assert succeeding["override"] is None
    assert {**succeeding, "near_misses": []} == {**plain, "near_misses": []}
