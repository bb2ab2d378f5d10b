"""What becomes of a matter under way when forums fall dormant and when one structure follows another."""

import pytest

from tests.commands.claims import refused
from tests.office import PARTIES, Office
from tests.structures.steps import events, explained, opened, sound, step, take, tried

POLITICAL = "political_recommendation_missing"


def with_svom_and_buz(office: Office) -> str:
    """A matter of the young under the temporary arrangement, prepared by SamReKo HSI."""
    ref = opened(office, "ök", "barn-unga", on="2025-01-10")
    take(office, ref, "prepare SRK 2025-01-20")
    return ref


@pytest.mark.parametrize(("first", "other"), [("svom", "buz"), ("buz", "svom")])
def test_one_of_two_forums_is_not_enough_to_ask_the_parties(county: Office, first: str, other: str) -> None:
    """Scenario 21, in either order."""
    ref = with_svom_and_buz(county)
    assert take(county, ref, f"recommend {first} 2025-02-10") == "recommended_by_leadership"
    shown = county.show(ref)
    assert (shown["done"]["political"], shown["waiting_for"]) == ([first], [other])
    words = step(ref, "dispatch 2025-02-11")
    refused(county, *words, code=POLITICAL, exit_code=1, missing=[(POLITICAL, other)])
    again = step(ref, f"recommend {first} 2025-02-11")
    refused(county, *again, code="step_not_possible", exit_code=1)


@pytest.mark.parametrize("order", [("svom", "buz"), ("buz", "svom")], ids="-".join)
def test_both_forums_on_the_same_text_let_the_nine_parties_be_asked(county: Office, order: tuple[str, str]) -> None:
    """Scenario 22; reading G5: in any order, on any day."""
    ref = with_svom_and_buz(county)
    states = [take(county, ref, f"recommend {forum} 2025-02-1{day}") for day, forum in enumerate(order)]
    assert states == ["recommended_by_leadership", "recommended_by_political_forum"]
    assert take(county, ref, "dispatch 2025-02-12") == "sent_to_parties"
    assert county.show(ref)["waiting_for"] == list(PARTIES)


def test_a_changed_text_voids_what_the_other_forum_said_of_the_old_one(county: Office) -> None:
    """Scenario 22 with reading G5: the same text version, or none."""
    ref = with_svom_and_buz(county)
    take(county, ref, "recommend svom 2025-02-10")
    county("case", "revise", ref, "--text", county.paper("BUZ vill ändra"), "--on", "2025-02-12", expect=0)
    take(county, ref, "prepare SRK 2025-02-20", "recommend buz 2025-02-25")
    words = step(ref, "dispatch 2025-02-26")
    refused(county, *words, code=POLITICAL, exit_code=1, missing=[(POLITICAL, "svom")])
    assert take(county, ref, "recommend svom 2025-03-01") == "recommended_by_political_forum"


def test_a_dormant_barnarena_recommends_nothing_and_svom_does_not_stand_in_by_itself(county: Office) -> None:
    """Scenario 25."""
    ref = opened(county, "ök", "barn-unga", on="2024-01-12")
    take(county, ref, "prepare SRK 2024-03-01")
    for forum in ("barnarenan", "svom"):
        words = step(ref, f"recommend {forum} 2024-03-15")
        owed = [("no_active_forum", "barnarenan")]
        reply = refused(county, *words, code="no_active_forum", exit_code=1, missing=owed)
        assert "2023-10-01" in reply.error["message"]
    assert tried(county, ref, "recommend fredagsgruppen 2024-03-15").error["code"] == "mandate_missing"


def test_under_the_temporary_arrangement_the_same_matter_goes_on_to_svom_and_buz(county: Office) -> None:
    """Scenario 26: the preparation counts, and one event tells of the new route."""
    ref = opened(county, "ök", "barn-unga", on="2024-01-12")
    take(county, ref, "prepare SRK 2024-03-01")
    assert tried(county, ref, "recommend barnarenan 2024-03-15").code == 1
    before = events(county, ref)
    take(county, ref, "recommend svom 2024-10-15")
    assert events(county, ref)[len(before) :] == ["rerouted", "step_taken"]
    shown = county.show(ref)
    assert (shown["structure"], shown["route"]["political"]) == ("tillfallig", ["svom", "buz"])
    assert (shown["done"]["leadership"], shown["done"]["political"]) == (["samreko-hsi"], ["svom"])
    rerouted = next(row for row in county("case", "history", ref, expect=0).json if row["kind"] == "rerouted")
    assert (rerouted["data"]["before"], rerouted["data"]["structure"]) == ("nuvarande", "tillfallig")
    assert take(county, ref, "recommend buz 2024-10-20", "dispatch 2024-10-21") == "sent_to_parties"
    sound(county)


def test_a_recommendation_of_svom_stands_when_politiskt_forum_has_taken_its_place(county: Office) -> None:
    """Scenario 29."""
    ref = opened(county, "avtal", "vuxna", on="2025-10-01")
    take(county, ref, "prepare FG 2025-11-01", "recommend svom 2025-12-10", today="2025-12-31")
    done = county.show(ref, today="2025-12-31")["done"]
    county("sweep", today="2026-01-02", expect=0)
    shown = county.show(ref, today="2026-01-02")
    assert (shown["structure"], shown["state"]) == ("alternativ-1", "recommended_by_political_forum")
    assert shown["done"] == done
    assert (shown["route"]["report_to"], shown["waiting_for"]) == ("politiskt-forum", ["politiskt-forum"])
    assert take(county, ref, "dispatch 2026-01-15") == "sent_to_parties"
    sound(county)


def test_a_matter_half_recommended_when_the_structure_changes_is_recommended_by_the_new_forum(county: Office) -> None:
    """The sibling of scenario 29: SVOM alone had said yes, so the step is not done (reading G39)."""
    ref = with_svom_and_buz(county)
    take(county, ref, "recommend svom 2025-12-10", today="2025-12-31")
    county("sweep", today="2026-01-02", expect=0)
    shown = county.show(ref, today="2026-01-02")
    assert (shown["route"]["leadership"], shown["done"]["leadership"]) == (["samreko-hsi"], ["samreko-hsi"])
    assert (shown["route"]["political"], shown["done"]["political"]) == (["politiskt-forum"], [])
    assert take(county, ref, "recommend politiskt-forum 2026-02-01", "dispatch 2026-02-02") == "sent_to_parties"


def structure_decided(office: Office) -> str:
    """RSR has decided on direction and agreement: alternativ-1 from the first day of 2026."""
    said = {"in_force": "2026-01-01", "direction": "En väg in", "goals": "Jämlik vård i länet"}
    ref = opened(office, "samverkansstruktur", structure="alternativ-1", on="2025-02-01", **said)
    take(office, ref, "decide rsr 2025-03-01", "decide rsr 2025-11-15", today="2025-11-20")
    return ref


ADOPT = ("structure", "adopt", "alternativ-1", "--from", "2026-01-01", "--minutes", "§ 7")


def test_a_structure_that_is_decided_on_is_not_yet_in_force(before: Office) -> None:
    """Scenario 31."""
    structure_decided(before)
    before(*ADOPT, today="2025-11-20", expect=0)
    ref = opened(before, "ök", "vuxna", on="2025-12-01")
    assert take(before, ref, "prepare FG 2025-12-01", today="2025-12-31") == "recommended_by_leadership"
    assert before.show(ref, today="2025-12-31")["structure"] == "tillfallig"
    assert take(before, ref, "recommend svom 2025-12-31", today="2025-12-31") == "recommended_by_political_forum"
    assert explained(before, "ök", "vuxna", on="2025-12-31")["structure"] == "tillfallig"
    assert explained(before, "ök", "vuxna", on="2026-01-01")["structure"] == "alternativ-1"


def test_adopting_a_structure_moves_the_open_cases_and_leaves_what_is_done(before: Office) -> None:
    """Scenarios 29 and 31 by the decision of RSR rather than by the calendar of a new database."""
    ref = opened(before, "ök", "alla", on="2025-10-01")
    take(before, ref, "prepare SRK 2025-10-10", "prepare FG 2025-10-12")
    settled = opened(before, "rutin", "vuxna", on="2025-10-01")
    take(before, settled, "anchor deltagarnas-organisationer 2025-10-02", "decide FG 2025-10-12")
    structure_decided(before)
    reply = before(*ADOPT, "--on", "2025-11-20", expect=0).json
    assert reply["rerouted"] == [ref]
    shown = before.show(ref)
    assert (shown["route"]["leadership"], shown["route"]["political"]) == (
        ["samreko-hsi", "fredagsgruppen"],
        ["politiskt-forum"],
    )
    assert before.show(settled)["structure"] == "tillfallig"
    assert before(*ADOPT, "--on", "2025-11-20", expect=0).json["changed"] is False
    sound(before)


def test_no_structure_is_adopted_that_rsr_has_not_decided_on_for_that_day(before: Office) -> None:
    """Scenario 31 and §7: direction first, then the agreement that names the day."""
    owed = [("structure_order", "rsr")]
    refused(before, *ADOPT, "--on", "2025-11-20", code="structure_order", exit_code=1, missing=owed)
    structure_decided(before)
    other = ("structure", "adopt", "alternativ-1", "--from", "2026-02-01", "--minutes", "§ 7", "--on", "2025-11-20")
    refused(before, *other, code="structure_order", exit_code=1, missing=owed)
    before(*ADOPT, "--on", "2025-11-20", expect=0)
