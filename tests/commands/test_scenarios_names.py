"""Names as people write them, dates as the report writes them."""

import unicodedata

import pytest

from tests.commands.claims import Desk, refused, suggested
from tests.office import PARTIES, Office

OPEN = ("case", "open", "--title", "Placerade barn", "--on", "2026-01-12")


def test_a_misspelt_type_is_refused_with_the_nearest_one(county: Office) -> None:
    """Scenario 123, the refusal."""
    words = (*OPEN, "--group", "barn-unga", "--type", "överenskommelsse")
    suggested(refused(county, *words, code="unknown_type", exit_code=65), "overenskommelse")


@pytest.mark.parametrize("name", ["ök", "Ök", "ÖVERENSKOMMELSE", unicodedata.normalize("NFD", "överenskommelse")])
def test_a_type_goes_by_its_alias_in_any_case_and_any_composition(county: Office, name: str) -> None:
    """Scenario 123, the alias."""
    ref = county(*OPEN, "--group", "barn-unga", "--type", name, expect=0).json["ref"]
    assert county.show(ref)["type"] == "overenskommelse"


def test_a_municipality_of_another_county_is_refused_and_the_nine_are_listed(desk: Desk) -> None:
    """Scenario 125."""
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "Sundsvall", "--answer", "adopts", "--on", "2026-04-20")
    reply = refused(office, *words, code="unknown_party", exit_code=65)
    assert [party for party in PARTIES if party not in reply.error["hint"]] == []


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Åre", "are"),
        (unicodedata.normalize("NFD", "Åre"), "are"),
        ("HÄRJEDALEN", "harjedalen"),
        ("Östersunds kommun", "ostersund"),
        ("region jämtland härjedalen", "rjh"),
        ("RJH", "rjh"),
    ],
)
def test_a_party_goes_by_id_or_name_in_any_case(desk: Desk, name: str, party: str) -> None:
    """Scenario 125, what is accepted: JSON always has the id."""
    office, ref = desk("sent_to_parties")
    office("case", "answer", ref, "--party", name, "--answer", "adopts", "--on", "2026-04-20", expect=0)
    adopted = [one["party"] for one in office.show(ref)["parties"] if one["state"] == "adopted"]
    assert adopted == [party]


@pytest.mark.parametrize("day", ["2026-02-30", "31/13 2026", "2026-13-01", "0/1 2026", "i morgon", ""])
def test_an_impossible_date_is_refused_with_its_field_and_its_value(county: Office, day: str) -> None:
    """Scenario 126, the refusals."""
    words = (*OPEN, "--type", "ök", "--group", "barn-unga", "--valid-from", day)
    reply = refused(county, *words, code="date_invalid", exit_code=65)
    assert day in reply.error["message"]
    assert "valid-from" in reply.error["message"].replace("_", "-")


@pytest.mark.parametrize(
    ("written", "read"),
    [("31/12 2026", "2026-12-31"), ("1/6 2026", "2026-06-01"), ("2026-12-31", "2026-12-31")],
)
def test_a_date_is_read_as_the_report_writes_it(county: Office, written: str, read: str) -> None:
    """Scenario 126, what is read: the case takes effect on that day and on no earlier one."""
    ref = county.walked_to("in_force", valid_from=written)
    shown = county.show(ref, today="2027-01-01")
    assert (shown["state"], shown["in_force_from"]) == ("in_force", read)


@pytest.mark.parametrize("name", ["PF", "politiskt forum", "POLITISKT-FORUM"])
def test_a_forum_goes_by_name_and_alias(desk: Desk, name: str) -> None:
    """Scenario 128, for the forums of this structure."""
    office, ref = desk("recommended_by_leadership")
    office("case", "recommend", ref, "--by", name, "--on", "2026-02-20", expect=0)
    assert office.show(ref)["done"]["political"] == ["politiskt-forum"]


@pytest.mark.parametrize(("name", "read"), [("SamReKo HSO", "SamReKo HSI"), ("Bararenan", "Barnarenan")])
def test_a_slip_of_the_report_is_read_as_what_it_means_and_said_so(county: Office, name: str, read: str) -> None:
    """Scenario 128, where any forum can be named."""
    county("worklist", name, expect=0)
    said = county("worklist", name, json=False, expect=0)
    assert name in said.err
    assert read in said.err
