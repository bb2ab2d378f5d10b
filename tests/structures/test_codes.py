"""Each refusal of the rules for structures, provoked by the smallest matter that does it, and the way past it."""

import pytest

from tests.commands.claims import refused, suggested
from tests.office import Office
from tests.structures.steps import explained, opened, step, take

DORMANT = ("--dormant", "--reason", "vilar tills vidare")
AWAKE = ("--active", "--reason", "arbetar igen")


def status(office: Office, forum: str, day: str, *said: str) -> None:
    office("forum", "status", forum, "--from", day, *said, expect=0)


def test_mandate_description_missing_until_the_receiver_has_its_uppdragsbeskrivning_on_the_day(county: Office) -> None:
    ref = opened(county, "uppdrag", giver="LF", receiver="au-vuxna", on="2026-02-01")
    decide = step(ref, "decide LF 2026-02-10")
    owed = [("mandate_description_missing", "au-vuxna")]
    refused(county, *decide, code="mandate_description_missing", exit_code=1, missing=owed)
    described = opened(county, "uppdragsbeskrivning", for_="au-vuxna", on="2026-02-01")
    take(county, described, "decide LF 2026-02-11")
    refused(county, *decide, code="mandate_description_missing", exit_code=1, missing=owed)
    assert take(county, ref, "decide LF 2026-02-11") == "in_force"


def test_arena_not_designated_in_either_alternative_until_one_is(second: Office) -> None:
    words = ("--type", "stimulansmedel", "--on", "2026-02-01")
    refused(second, "route", "explain", *words, code="arena_not_designated", exit_code=1, missing=[])
    arena = ("structure", "configure", "alternativ-2", "--set", "designated_arena=svom", "--on", "2026-01-10")
    second(*arena, expect=0)
    assert explained(second, "stimulansmedel", on="2026-02-01")["decide"] == ["svom"]
    elsewhere = ("route", "explain", "--structure", "alternativ-1", *words)
    refused(second, *elsewhere, code="arena_not_designated", exit_code=1)


@pytest.mark.parametrize("board", ["gnus", "gemensam-namnd"])
def test_structure_disabled_until_the_board_is_named(county: Office, board: str) -> None:
    words = ("route", "explain", "--type", "avtal", "--group", "vuxna", "--structure", "alternativ-3")
    refused(county, *words, code="structure_disabled", exit_code=1, missing=[])
    adopt = ("structure", "adopt", "alternativ-3", "--from", "2026-11-01", "--minutes", "§ 7")
    refused(county, *adopt, code="structure_disabled", exit_code=1, missing=[])
    county("structure", "configure", "alternativ-3", "--board", board, "--on", "2026-10-31", expect=0)
    assert county(*words, expect=0).json["decide"] == [board]
    refused(county, *adopt, code="structure_order", exit_code=1, missing=[("structure_order", "rsr")])


@pytest.mark.parametrize("structure", ["halsam", "nsv-sormland", "gemensam-namnd-halland"])
def test_what_another_county_has_is_described_and_gives_no_route_here(county: Office, structure: str) -> None:
    for kind in ("ök", "rutin"):
        words = ("route", "explain", "--type", kind, "--group", "vuxna", "--structure", structure)
        refused(county, *words, code="route_undefined", exit_code=1)
    assert county("structure", "show", structure, expect=0).json["forums"]


def test_structure_content_missing_names_everything_the_agreement_lacks(before: Office) -> None:
    ref = opened(before, "samverkansstruktur", structure="alternativ-1", on="2025-02-01")
    take(before, ref, "decide rsr 2025-03-01")
    owed = [("structure_content_missing", each) for each in ("in_force", "direction", "goals")]
    words = step(ref, "decide rsr 2025-04-01")
    refused(before, *words, code="structure_content_missing", exit_code=1, missing=owed)


def test_sum_mismatch_is_bad_data_and_opens_no_case(county: Office) -> None:
    words = ("case", "open", "--type", "stimulansmedel", "--title", "Medel", "--on", "2022-02-01")
    reply = refused(county, *words, "--amount", "10", "--share", "rjh=7", code="sum_mismatch", exit_code=65, missing=[])
    assert "3" in reply.error["message"]
    assert county("case", "list", expect=0).json == []


def test_forum_dormant_when_another_forum_of_the_step_is_awake(county: Office) -> None:
    ref = opened(county, "ök", "alla", on="2022-03-01")
    status(county, "fredagsgruppen", "2022-03-02", *DORMANT)
    words = step(ref, "prepare FG 2022-03-10")
    refused(county, *words, code="forum_dormant", exit_code=1, missing=[("forum_dormant", "fredagsgruppen")])
    assert take(county, ref, "prepare SRK 2022-03-10") == "initiated"
    status(county, "fredagsgruppen", "2022-04-01", *AWAKE)
    refused(county, *words, code="forum_dormant", exit_code=1)
    assert take(county, ref, "prepare FG 2022-04-01") == "recommended_by_leadership"


def test_no_active_forum_when_every_forum_of_the_step_is_dormant(county: Office) -> None:
    ref = opened(county, "ök", "alla", on="2022-03-01")
    take(county, ref, "prepare SRK 2022-03-02", "prepare FG 2022-03-02")
    for forum in ("svom", "barnarenan"):
        status(county, forum, "2022-03-03", *DORMANT)
    owed = [("no_active_forum", "svom"), ("no_active_forum", "barnarenan")]
    for forum in ("svom", "barnarenan"):
        words = step(ref, f"recommend {forum} 2022-03-10")
        refused(county, *words, code="no_active_forum", exit_code=1, missing=owed)
    status(county, "svom", "2022-04-01", *AWAKE)
    assert take(county, ref, "recommend svom 2022-04-02") == "recommended_by_leadership"


def test_svom_alone_is_a_deviation_only_while_barnarenan_is_dormant(county: Office) -> None:
    """Reading G3: block, or go on by a logged deviation."""
    said = ("--rule", "svom-alone", "--by", "svom", "--reason", "barnarenan är vilande")
    awake = opened(county, "ök", "barn-unga", on="2022-03-01")
    words = ("case", "override", awake, *said, "--on", "2022-03-10")
    refused(county, *words, code="override_not_allowed", exit_code=1)
    asleep = opened(county, "ök", "barn-unga", on="2024-01-10")
    take(county, asleep, "prepare SRK 2024-01-20")
    county("case", "override", asleep, *said, "--on", "2024-02-01", expect=0)
    assert take(county, asleep, "recommend svom 2024-02-10") == "recommended_by_political_forum"
    shown = county.show(asleep)
    assert (shown["route"]["political"], shown["route"]["override"]) == (["svom"], "svom-alone")


def test_a_dormant_forum_does_nothing_else_with_a_matter_either(county: Office) -> None:
    ref = opened(county, "riktlinje", "alla", on="2022-03-01")
    status(county, "fredagsgruppen", "2022-03-02", *DORMANT)
    for verb in ("lift", "return", "close", "postpone"):
        until = " --until 2022-05-01" if verb == "postpone" else ""
        words = step(ref, f"{verb} FG 2022-03-10{until}")
        refused(county, *words, code="forum_dormant", exit_code=1, missing=[("forum_dormant", "fredagsgruppen")])
    other = opened(county, "ök", "barn-unga", on="2026-02-01")
    status(county, "ledningsforum", "2026-02-02", *DORMANT)
    said = ("--rule", "direct-leadership", "--by", "LF", "--reason", "väcktes av regionen", "--on", "2026-02-10")
    refused(county, "case", "override", other, *said, code="no_active_forum", exit_code=1)


def test_anchoring_missing_names_the_bodies_that_an_uppdragsbeskrivning_is_anchored_in(county: Office) -> None:
    ref = opened(county, "uppdragsbeskrivning", for_="barnarenan", on="2022-01-10")
    take(county, ref, "anchor buz 2022-01-20")
    owed = [("anchoring_missing", "socsam"), ("anchoring_missing", "hsn")]
    words = step(ref, "decide barnarenan 2022-02-10")
    refused(county, *words, code="anchoring_missing", exit_code=1, missing=owed)
    nowhere = step(ref, "anchor ifo-chefsnatverk 2022-01-20")
    refused(county, *nowhere, code="mandate_missing", exit_code=1, missing=[("mandate_missing", "ifo-chefsnatverk")])


@pytest.mark.parametrize("structure", ["nuvarande", "tillfallig", "alternativ-1", "alternativ-2"])
def test_document_incomplete_in_every_structure_of_the_county(county: Office, structure: str) -> None:
    words = ("route", "explain", "--type", "avtal", "--document", "b1-10", "--structure", structure)
    refused(county, *words, code="document_incomplete", exit_code=1, missing=[])


@pytest.mark.parametrize("row", ["b1-00", "b1-28", "b2-01", "28", "", "Tandvårdsavtal"])
def test_unknown_document_for_what_is_no_row_of_the_register(county: Office, row: str) -> None:
    words = ("--type", "avtal", "--group", "vuxna", "--document", row)
    refused(county, "route", "explain", *words, code="unknown_document", exit_code=66, missing=[])
    refused(county, "case", "open", "--title", "Ett avtal", *words, code="unknown_document", exit_code=66, missing=[])


def test_unknown_document_is_told_the_nearest_row(county: Office) -> None:
    words = ("route", "explain", "--type", "avtal", "--document", "b1-011")
    suggested(refused(county, *words, code="unknown_document", exit_code=66), "b1-11")


@pytest.mark.parametrize(
    "words",
    [
        ("--type", "uppdrag", "--giver", "jamtbus", "--receiver", "SRK"),
        ("--type", "uppdragsbeskrivning", "--for", "kunskapsstyrningsgrupp"),
        ("--type", "revisionssvar", "--addressee", "svom"),
        ("--type", "ök", "--group", "vuxna", "--structure", "alternativ-2", "--sector", "skola"),
    ],
)
def test_route_undefined_says_what_the_source_says_and_quotes_it(county: Office, words: tuple[str, ...]) -> None:
    reply = refused(county, "route", "explain", *words, "--on", "2022-03-01", code="route_undefined", exit_code=1)
    message = reply.error["message"]
    assert "«" in message, message
    assert "(00" in message, message


def test_a_forum_is_made_dormant_or_active_and_not_both(county: Office) -> None:
    words = ("forum", "status", "svom", "--from", "2026-10-15", "--reason", "avvaktar")
    for both in (("--dormant", "--active"), ("--active", "--dormant"), ()):
        assert county(*words, *both).code == 2
    told = county(*words, "--dormant", lang="sv", json=False, today="2026-10-16", expect=0).out
    assert told == "SVOM: vilande från 2026-10-15.\n"
    told = county(*words, "--dormant", lang="sv", json=False, today="2026-10-16", expect=0).out
    assert told.startswith("SVOM ")


def test_one_krona_too_little_is_told_so_that_the_noun_fits(county: Office) -> None:
    words = ("case", "open", "--type", "stimulansmedel", "--title", "Medel", "--group", "vuxna", "--on", "2026-01-12")
    reply = county(*words, "--amount", "2", "--share", "rjh=1", lang="sv")
    assert "Andelarna blir 1 kr, inte 2 kr: 1 kr för lite." in reply.error["message"]
