"""What is told beside the answer: what somebody else must still do, what is unusual, what was put right."""

import pytest

from tests.office import Office

SAME_DAY = "recommended it on the same day"


@pytest.fixture
def county(isolated: None, furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in alternativ-1."""
    return furnished.copied_to(tmp_path_factory.mktemp("besides"))


@pytest.mark.parametrize(("later", "told"), [("2026-01-27", True), ("2026-01-28", False)])
def test_two_forums_on_one_day_are_recorded_and_told_of(county: Office, later: str, *, told: bool) -> None:
    """Reading G47: politiskt forum's day is after ledningsforum's."""
    ref = county.opened()
    county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", expect=0)
    first = county("case", "recommend", ref, "--by", "ledningsforum", "--on", "2026-01-27", expect=0)
    then = county("case", "recommend", ref, "--by", "politiskt-forum", "--on", later, expect=0)
    assert (SAME_DAY in first.err, SAME_DAY in then.err) == (False, told)
    assert then.json["state"] == "recommended_by_political_forum"


def test_a_forum_that_was_passed_over_is_named(county: Office) -> None:
    """Reading G14."""
    ref = county.opened()
    county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", expect=0)
    assert county.show(ref)["route"]["passed_over"] == []
    deviation = ("--rule", "direct-political", "--by", "politiskt-forum", "--reason", "Brådskar")
    county("case", "override", ref, *deviation, "--on", "2026-02-10", expect=0)
    county("case", "recommend", ref, "--by", "politiskt-forum", "--on", "2026-02-10", expect=0)
    assert county.show(ref)["route"]["passed_over"] == ["ledningsforum"]
    shown = county("case", "show", ref, json=False, lang="sv", expect=0).out
    assert "direct-political · hoppades över: ledningsforum" in " ".join(shown.split())


def test_an_effect_rule_names_its_parties_as_people_do(county: Office) -> None:
    ref = county.opened(effect="Threshold:2+Krokom+Östersunds kommun", party=["krokom", "ostersund", "are"])
    assert county.show(ref)["effect_rule"] == "threshold:2+krokom+ostersund"
    county("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", expect=0)
    said = ("case", "effect", ref, "--by", "politiskt-forum", "--on", "2026-02-10", "--rule")
    county(*said, "threshold:1+Åre", expect=0)
    assert county.show(ref)["effect_rule"] == "threshold:1+are"
    assert county(*said, "threshold:1+Åree", expect=65).error["suggestion"] == "are"
    assert county(*said, "threshold:1+svom", expect=65).error["code"] == "not_a_party"
    assert county(*said, "threshold:1+berg", expect=65).error["code"] == "value_invalid"


def test_a_case_with_an_escalated_party_is_on_the_forums_worklist_and_waits_for_the_party(county: Office) -> None:
    ref = county.walked_to("sent_to_parties")
    county("sweep", expect=0)
    rows = county("worklist", expect=0).json
    assert "politiskt-forum" in {row["body"] for row in rows if row["case"] == ref}
    waiting = {
        body: county("case", "list", "--waiting-for", body, expect=0).json for body in ("politiskt-forum", "are")
    }
    assert [row["ref"] for row in waiting["are"]] == [ref]
    assert waiting["politiskt-forum"] == []


def test_a_correction_is_called_one_in_the_history(county: Office) -> None:
    ref = county.walked_to("sent_to_parties")
    county.adopts(ref, "are")
    assert "rättelse" not in county("case", "history", ref, json=False, expect=0).out
    said = ("--party", "are", "--answer", "declines", "--on", "2026-04-20", "--reason", "Fel avskrift")
    county("case", "correct", ref, *said, expect=0)
    assert "rättelse" in county("case", "history", ref, json=False, expect=0).out


def test_each_of_several_forums_hears_whose_decision_on_the_effect_rule_is_still_to_come(county: Office) -> None:
    """Rule X10: SVOM and BUZ recommend together under the temporary structure."""
    ref = county.opened(on="2025-01-10")
    assert county.show(ref)["route"]["political"] == ["svom", "buz"]
    said = ("case", "effect", ref, "--rule", "per-party", "--on", "2025-02-01", "--by")
    assert "by these forums too: BUZ." in county(*said, "svom", expect=0).err
    assert county.show(ref)["effect_rule"] == "all"
    assert "forums too" not in county(*said, "buz", expect=0).err
    assert county.show(ref)["effect_rule"] == "per-party"


def test_shares_of_no_amount_are_refused_and_a_level_that_says_nothing_is_told_of(county: Office) -> None:
    money = ("case", "open", "--type", "stimulansmedel", "--title", "Medel", "--group", "alla", "--on", "2025-01-10")
    refused = county(*money, "--share", "rjh=100", expect=65)
    assert (refused.error["code"], "--amount" in refused.error["message"]) == ("value_invalid", True)
    avtal = ("case", "open", "--type", "avtal", "--title", "A", "--group", "vuxna", "--on", "2026-01-12")
    assert "--level means nothing for this type" in county(*avtal, "--level", "officers", expect=0).err
