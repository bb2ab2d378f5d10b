"""The report's own course, step by step: who prepares, who recommends, and what may not come before what."""

from typing import Any

import pytest

from tests.commands.claims import Desk, kinds, refused
from tests.office import PARTIES, Office


def explained(office: Office, kind: str, group: str) -> dict[str, Any]:
    words = ("route", "explain", "--type", kind, "--group", group, "--structure", "alternativ-1")
    route: dict[str, Any] = office(*words, today="2026-03-01", expect=0).json
    return route


@pytest.mark.parametrize("kind", ["överenskommelse", "avtal"])
def test_what_concerns_the_young_goes_from_au_to_ledningsforum_to_politiskt_forum_to_nine_parties(
    county: Office, kind: str
) -> None:
    """Scenario 15."""
    route = explained(county, kind, "barn-unga")
    assert route["prepare"] == ["au-barn-unga"]
    assert route["leadership"] == ["ledningsforum"]
    assert route["political"] == ["politiskt-forum"]
    assert route["decide"] == []
    assert route["anchoring"] == []
    assert route["ratify"] is True
    assert route["report_to"] == "politiskt-forum"
    assert route["follow_up"] == ["politiskt-forum"]
    assert route["agenda_part"] == 1
    assert (route["structure"], route["chart"]) == ("alternativ-1", "agreement")


@pytest.mark.parametrize("kind", ["överenskommelse", "avtal"])
def test_what_concerns_adults_is_taken_in_the_second_part_without_the_school(county: Office, kind: str) -> None:
    """Scenario 16."""
    route = explained(county, kind, "vuxna")
    assert (route["prepare"], route["agenda_part"]) == (["au-vuxna"], 2)
    ref = county.opened(group="vuxna", type=kind)
    assert county.show(ref)["sectors"] == ["halso-och-sjukvard", "socialtjanst"]


def test_what_concerns_all_ages_is_prepared_by_both_and_taken_in_the_first_part(county: Office) -> None:
    """Scenarios 15 and 16 for the third group (readings G23, G48)."""
    route = explained(county, "överenskommelse", "alla")
    assert (sorted(route["prepare"]), route["agenda_part"]) == (["au-barn-unga", "au-vuxna"], 1)
    ref = county.opened(group="alla")
    first = county("case", "prepare", ref, "--by", "au-vuxna", "--on", "2026-01-20", expect=0).json
    assert first["state"] == "initiated"
    shown = county.show(ref)
    assert (shown["done"]["prepare"], shown["waiting_for"]) == (["au-vuxna"], ["au-barn-unga"])
    second = county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", expect=0).json
    assert second["state"] == "prepared"


def test_politiskt_forum_cannot_begin_and_the_steps_there_are_are_listed(desk: Desk) -> None:
    """Scenario 36."""
    office, ref = desk("initiated")
    words = ("case", "recommend", ref, "--by", "politiskt-forum", "--on", "2026-02-20")
    refused(
        office,
        *words,
        code="leadership_recommendation_missing",
        exit_code=1,
        missing=[("leadership_recommendation_missing", "ledningsforum")],
    )
    steps = office("case", "next", ref, expect=0).json["steps"]
    assert ("prepare", "au-barn-unga") in {(one["step"], one["by"]) for one in steps if one["allowed"]}


def test_politiskt_forum_cannot_pass_ledningsforum_by_without_saying_why(desk: Desk) -> None:
    """Scenario 37: the refusal, then the deviation that reading G14 allows."""
    office, ref = desk("prepared")
    recommend = ("case", "recommend", ref, "--by", "politiskt-forum", "--on", "2026-02-20")
    owed = [("leadership_recommendation_missing", "ledningsforum")]
    refused(office, *recommend, code="leadership_recommendation_missing", exit_code=1, missing=owed)

    reason = "väcktes av politiken direkt"
    said = ("--rule", "direct-political", "--reason", reason, "--by", "politiskt-forum", "--on", "2026-02-20")
    office("case", "override", ref, *said, expect=0)
    assert office(*recommend, expect=0).json["state"] == "recommended_by_political_forum"

    shown = office.show(ref)
    assert "direct-political" in str(shown["route"]["override"])
    assert (shown["done"]["leadership"], shown["done"]["political"]) == ([], ["politiskt-forum"])
    assert reason in office("case", "history", ref, expect=0).out
    assert office("case", "dispatch", ref, "--on", "2026-02-23", expect=0).json["state"] == "sent_to_parties"


def test_ledningsforum_may_raise_a_matter_itself_only_with_a_recorded_deviation(desk: Desk) -> None:
    """Reading G49, the sibling of scenario 37."""
    office, ref = desk("initiated")
    recommend = ("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-02-05")
    owed = [("preparation_missing", "au-barn-unga")]
    refused(office, *recommend, code="preparation_missing", exit_code=1, missing=owed)
    said = ("--rule", "direct-leadership", "--reason", "väcktes av regionen", "--by", "ledningsforum")
    office("case", "override", ref, *said, "--on", "2026-02-05", expect=0)
    assert office(*recommend, expect=0).json["state"] == "recommended_by_leadership"
    assert office.show(ref)["done"]["prepare"] == []


def test_no_answer_is_recorded_before_the_parties_have_been_asked(desk: Desk) -> None:
    """Scenario 40."""
    office, ref = desk("recommended_by_political_forum")
    words = ("case", "answer", ref, "--party", "berg", "--answer", "adopts", "--on", "2026-03-01")
    refused(office, *words, code="not_dispatched", exit_code=1)


def test_no_party_can_have_decided_before_it_was_asked(desk: Desk) -> None:
    """Scenario 41: sent 2026-03-02, decided the day before."""
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "berg", "--answer", "adopts")
    refused(office, *words, "--on", "2026-03-01", code="date_before_previous_step", exit_code=1)
    assert office(*words, "--on", "2026-03-02", expect=0).json["state"] == "sent_to_parties"


@pytest.mark.parametrize("state", ["initiated", "prepared", "recommended_by_leadership"])
def test_an_arbetsutskott_recommends_nothing_to_the_parties(desk: Desk, state: str) -> None:
    """Scenario 43."""
    office, ref = desk(state)
    words = ("case", "recommend", ref, "--by", "au-barn-unga", "--on", "2026-02-20")
    refused(office, *words, code="mandate_missing", exit_code=1)


def test_dispatch_asks_nine_parties_and_waits_for_each(desk: Desk) -> None:
    """The end of scenario 15, and reading G7: 112 days from 2026-03-02 is 2026-06-22, a Monday."""
    office, ref = desk("recommended_by_political_forum")
    reply = office("case", "dispatch", ref, "--on", "2026-03-02", expect=0)
    assert kinds(reply), reply.transcript()
    shown = office.show(ref, today="2026-03-02")
    assert shown["state"] == "sent_to_parties"
    assert shown["answer_by"] == "2026-06-22"
    assert [one["party"] for one in shown["parties"]] == list(PARTIES)
    assert {one["state"] for one in shown["parties"]} == {"waiting"}
    assert sorted(shown["waiting_for"]) == sorted(PARTIES)


@pytest.mark.parametrize(
    ("sent", "answer_by"),
    [
        ("2026-02-09", "2026-06-01"),  # a Monday: stays
        ("2026-02-14", "2026-06-08"),  # nationaldagen, a Saturday, rolls to Monday
        ("2026-02-27", "2026-06-22"),  # midsommarafton rolls past the weekend
        ("2026-09-03", "2026-12-28"),  # julafton, juldagen, annandag jul, Sunday
        ("2026-09-10", "2027-01-04"),  # nyårsafton, nyårsdagen, the weekend
    ],
)
def test_answer_by_never_falls_on_a_day_off(county: Office, sent: str, answer_by: str) -> None:
    """Scenario 46's deadline: 112 days, rolled forward past days off."""
    ref = county.walked_to("initiated")
    for verb, body in (("prepare", "au-barn-unga"), ("recommend", "ledningsforum"), ("recommend", "politiskt-forum")):
        county("case", verb, ref, "--by", body, "--on", "2026-02-06", expect=0)
    county("case", "dispatch", ref, "--on", sent, expect=0)
    assert county.show(ref, today=sent)["answer_by"] == answer_by
