"""Which way a matter goes in the structure of today, and where the later structures send it instead."""

import pytest

from tests.commands.claims import refused
from tests.office import PARTIES, Office
from tests.structures.steps import events, explained, opened, routed, sound, step, take, tried

NOW = "2022-03-01"
NETWORKS = {"ifo-chefsnatverk", "elevhalsochefsnatverk"}
BOTH, POLITICS = {"samreko-hsi", "fredagsgruppen"}, {"svom", "barnarenan"}


def test_what_concerns_the_young_is_prepared_by_samreko_and_recommended_by_barnarenan(county: Office) -> None:
    """Scenario 1."""
    route = routed(county, "överenskommelse", "barn-unga", sector=["skola", "IFO", "vård"], on=NOW)
    assert (route["leadership"], route["political"]) == (["samreko-hsi"], ["barnarenan"])
    assert (route["prepare"], route["decide"], route["anchoring"]) == ([], [], [])
    assert (route["ratify"], route["report_to"]) == (True, "barnarenan")
    assert (route["structure"], route["chart"]) == ("nuvarande", "agreement")
    assert take(county, route["ref"], "prepare SRK 2022-03-02", "recommend Barnarenan 2022-03-20")
    assert take(county, route["ref"], "dispatch 2022-03-21") == "sent_to_parties"
    assert sorted(county.show(route["ref"])["waiting_for"]) == sorted(PARTIES)


def test_what_concerns_adults_is_prepared_by_fredagsgruppen_and_recommended_by_svom(county: Office) -> None:
    """Scenario 2."""
    route = routed(county, "avtal", "vuxna", sector=["vård", "omsorg"], on=NOW)
    assert (route["leadership"], route["political"]) == (["fredagsgruppen"], ["svom"])
    assert (route["ratify"], route["report_to"]) == (True, "svom")


def test_what_concerns_all_ages_needs_both_officers_forums_and_both_political_ones(county: Office) -> None:
    """Scenario 3."""
    route = routed(county, "överenskommelse", "alla", on=NOW)
    assert (set(route["leadership"]), set(route["political"])) == (BOTH, POLITICS)
    ref = route["ref"]
    state = take(county, ref, "prepare SRK 2022-03-02", "prepare FG 2022-03-03", "recommend SVOM 2022-03-10")
    assert state == "recommended_by_leadership"
    owed = [("political_recommendation_missing", "barnarenan")]
    words = step(ref, "dispatch 2022-03-21")
    refused(county, *words, code="political_recommendation_missing", exit_code=1, missing=owed)
    assert take(county, ref, "recommend Barnarenan 2022-03-20", "dispatch 2022-03-21") == "sent_to_parties"


def test_a_riktlinje_for_the_young_is_decided_by_samreko_and_sent_to_no_party(county: Office) -> None:
    """Scenario 4."""
    route = routed(county, "riktlinje", "barn-unga", on=NOW)
    assert (route["decide"], route["leadership"], route["political"]) == (["samreko-hsi"], [], [])
    assert route["ratify"] is False
    assert set(route["spread_via"]) == NETWORKS
    words = step(route["ref"], "dispatch 2022-03-21")
    refused(county, *words, code="not_recommended", exit_code=1)


def test_a_rutin_for_adults_is_decided_by_fredagsgruppen_and_spread_by_its_participants(county: Office) -> None:
    """Scenario 5."""
    route = routed(county, "rutin", "vuxna", on=NOW)
    assert (route["decide"], route["ratify"]) == (["fredagsgruppen"], False)
    assert route["spread_via"] == ["deltagarnas-organisationer"]
    ref = route["ref"]
    state = take(county, ref, "anchor deltagarnas-organisationer 2022-03-02", "decide FG 2022-03-10")
    assert state == "in_force"
    owed = [(row["body"], row["step"]) for row in county("worklist", expect=0).json if row["case"] == ref]
    assert owed == [("deltagarnas-organisationer", "spread")]
    take(county, ref, "spread deltagarnas-organisationer 2022-03-11")
    assert [row for row in county("worklist", expect=0).json if row["case"] == ref] == []


@pytest.mark.parametrize("row", [18, 19, 22])
@pytest.mark.parametrize(("on", "day"), [("nuvarande", NOW), ("tillfallig", "2025-02-01")])
def test_a_riktlinje_of_samreko_that_stands_lifted_is_spread_as_samrekos_others(
    county: Office, row: int, on: str, day: str
) -> None:
    """Rows 18, 19 and 22 of Bilaga 1 are spread as SamReKo HSI's others (X7, Q14); lifting changes who decides."""
    route = explained(county, "riktlinje", document=f"b1-{row}", on=day)
    assert (route["structure"], route["leadership"], route["ratify"]) == (on, ["samreko-hsi"], True)
    assert (set(route["spread_via"]), set(route["anchoring_duty"])) == (NETWORKS, NETWORKS)
    assert route["anchoring"] == []


def test_what_is_lifted_is_spread_through_the_same_networks_as_before(county: Office) -> None:
    """X7 for riktlinjer and rutiner; what Q3 reads of överenskommelser and avtal is of those alone."""
    for kind, group in (("riktlinje", "barn-unga"), ("rutin", "alla"), ("riktlinje", "vuxna")):
        ref = opened(county, kind, group, on=NOW)
        before = county.show(ref)["route"]["spread_via"]
        take(county, ref, f"lift {'FG' if group == 'vuxna' else 'SRK'} {NOW}")
        assert set(county.show(ref)["route"]["spread_via"]) == set(before)
    assert explained(county, "ök", "barn-unga", on=NOW)["spread_via"] == ["deltagarnas-organisationer"]


def test_row_19_goes_the_way_bilaga_1_prints_and_not_the_way_of_its_type(county: Office) -> None:
    """Scenario 6."""
    route = routed(county, "riktlinje", None, document="b1-19", on=NOW)
    assert (route["leadership"], route["political"]) == (["samreko-hsi"], ["barnarenan"])
    assert (route["ratify"], route["override"]) == (True, "b1-19")
    words = ("route", "explain", "--type", "riktlinje", "--document", "b1-19", "--on", NOW)
    said = county(*words, json=False, expect=0)
    told = "override: Bilaga 1 row 19 differs from the default rule for riktlinje"
    assert told in said.out + said.err
    assert explained(county, "riktlinje", "barn-unga", on=NOW)["override"] is None


def test_a_political_handlingsplan_goes_to_both_political_forums_and_to_the_parties(county: Office) -> None:
    """Scenario 9."""
    route = routed(county, "handlingsplan", None, document="b1-06", on=NOW)
    assert (set(route["leadership"]), set(route["political"])) == (BOTH, POLITICS)
    assert (route["ratify"], route["chart"], route["override"]) == (True, "agreement", None)


def test_an_officers_handlingsplan_is_decided_by_fredagsgruppen(county: Office) -> None:
    """Scenario 10."""
    route = routed(county, "handlingsplan", None, document="b1-24", on=NOW)
    assert (route["decide"], route["political"], route["ratify"]) == (["fredagsgruppen"], [], False)


def test_a_riktlinje_that_needs_politics_is_lifted_with_a_reason_and_goes_on_by_another_route(county: Office) -> None:
    """Scenario 11."""
    ref = opened(county, "riktlinje", "barn-unga", on=NOW)
    take(county, ref, "lift SRK 2022-03-02")
    shown = county.show(ref)
    assert (shown["route"]["political"], shown["route"]["decide"]) == (["barnarenan"], [])
    assert (shown["route"]["ratify"], shown["chart"], shown["lifted"]) == (True, "agreement", True)
    (event,) = [row for row in county("case", "history", ref, expect=0).json if row["kind"] == "lifted"]
    assert (event["actor"], event["data"]["by"]) == ("samordnare", "samreko-hsi")
    assert event["data"]["reason"] == "kräver politiskt ställningstagande"
    told = explained(county, "riktlinje", "barn-unga", on=NOW, structure="nuvarande")
    assert told["decide"] == ["samreko-hsi"]
    words = ("route", "explain", "--type", "riktlinje", "--group", "barn-unga", "--on", NOW, "--lifted")
    assert county(*words, expect=0).json["political"] == ["barnarenan"]
    steps = ("prepare SRK 2022-03-03", "recommend Barnarenan 2022-03-20", "dispatch 2022-03-21")
    assert take(county, ref, *steps) == "sent_to_parties"
    sound(county)


@pytest.mark.parametrize("day", ["2022-05-01", "2024-03-01", "2025-03-01"])
def test_row_27_is_decided_by_the_joint_board_whatever_the_other_forums_do(county: Office, day: str) -> None:
    """Scenario 12: today's structure, the time when Barnarenan is dormant, the temporary arrangement."""
    route = routed(county, "överenskommelse", None, document="b1-27", on=day)
    assert route["prepare"] == ["hjalpmedelsberedningsgruppen"]
    assert (route["decide"], route["political"]) == (["gnus"], [])
    assert (route["inform"], route["ratify"]) == (["fredagsgruppen"], False)


def test_the_same_matter_goes_another_way_in_alternativ_1(county: Office) -> None:
    """Scenario 15: asked today about the structure to come, and found so when it has come."""
    told = explained(county, "överenskommelse", "barn-unga", structure="alternativ-1", on=NOW)
    then = routed(county, "överenskommelse", "barn-unga", on="2026-02-01")
    for route in (told, then):
        assert route["prepare"] == ["au-barn-unga"]
        assert (route["leadership"], route["political"]) == (["ledningsforum"], ["politiskt-forum"])
        assert (route["agenda_part"], route["ratify"]) == (1, True)
        assert route["report_to"] == "politiskt-forum"


def test_the_school_does_not_attend_when_a_matter_of_adults_is_taken(county: Office) -> None:
    """Scenario 16."""
    route = routed(county, "överenskommelse", "vuxna", on="2026-02-01")
    assert route["agenda_part"] == 2
    forums = {each["id"]: each for each in county("structure", "show", "alternativ-1", expect=0).json["forums"]}
    for forum, school in (("politiskt-forum", "buz"), ("ledningsforum", "skolchefsnatverk")):
        first, second = forums[forum]["attendance"]
        assert school in first
        assert set(first) - set(second) == {school}


def test_in_alternativ_1_ledningsforum_decides_riktlinjer_and_arbetsutskott_decide_rutiner(county: Office) -> None:
    """Scenario 17."""
    guideline = routed(county, "riktlinje", "vuxna", on="2026-02-01")
    assert (guideline["prepare"], guideline["decide"]) == (["au-vuxna"], ["ledningsforum"])
    routine = routed(county, "rutin", "barn-unga", on="2026-02-01")
    assert (routine["decide"], routine["inform"]) == (["au-barn-unga"], ["ledningsforum"])
    assert (guideline["ratify"], routine["ratify"]) == (False, False)


@pytest.mark.parametrize("group", ["barn-unga", "alla"])
def test_alternativ_2_has_no_route_for_what_includes_school_and_quotes_the_sentence_that_says_so(
    second: Office, group: str
) -> None:
    """Scenario 18, the first half."""
    words = ("--type", "ök", "--group", group, "--on", "2026-02-01")
    explain = ("route", "explain", *words)
    reply = refused(second, *explain, code="route_undefined", exit_code=1)
    sentence = "dokument som inkluderar skolan behöver tas fram"
    assert sentence in reply.error["message"]
    assert sentence in second(*explain, lang="sv", expect=1).error["message"]
    refused(second, "case", "open", "--title", "Med skolan", *words, code="route_undefined", exit_code=1)


def test_alternativ_2_takes_a_matter_without_school_by_arbetsutskott_ledningsforum_and_svom(second: Office) -> None:
    """Scenario 18, the second half, to the parties' mailboxes."""
    without = ["halso-och-sjukvard", "socialtjanst"]
    route = routed(second, "överenskommelse", "barn-unga", sector=without, on="2026-02-01")
    assert route["prepare"] == ["au-barn-unga"]
    assert (route["leadership"], route["political"]) == (["ledningsforum"], ["svom"])
    ref = route["ref"]
    steps = ("prepare au-barn-unga 2026-02-02", "recommend LF 2026-02-10", "recommend SVOM 2026-02-20")
    assert take(second, ref, *steps, "dispatch 2026-02-21") == "sent_to_parties"
    assert len(second.show(ref)["waiting_for"]) == len(PARTIES)
    assert tried(second, ref, "recommend Barnarenan 2026-02-22").code == 1
    assert events(second, ref)[-1] == "dispatched"
