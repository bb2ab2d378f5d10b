"""What the rule files say of the report's own examples, against tables written by hand from the two documents."""

import re
from typing import Any

import pytest

from tests.rule_data import Entry, load, plain
from tests.rule_data_routes import routed

SHIPPED = load()
SHORT = {"SRK": "samreko-hsi", "FG": "fredagsgruppen", "LF": "ledningsforum", "PF": "politiskt-forum"}
SRK, FG, PF = SHORT["SRK"], SHORT["FG"], SHORT["PF"]
NETWORKS, OWN = ("ifo-chefsnatverk", "elevhalsochefsnatverk"), ("deltagarnas-organisationer",)

Expected = dict[str, tuple[str, ...]]

# structure | matter (type, group, then what else is said) | step: bodies ; … or refused: code | who decides in the end
TABLE = """
nuvarande | overenskommelse barn-unga | leadership: SRK; political: barnarenan | parties
nuvarande | avtal vuxna | leadership: FG; political: svom | parties
nuvarande | avtal vuxna sectors=skola | leadership: FG SRK; political: svom | parties
nuvarande | overenskommelse alla | leadership: SRK FG; political: svom barnarenan | parties
nuvarande | riktlinje barn-unga | decide: SRK | forum
nuvarande | riktlinje barn-unga lifted=yes | leadership: SRK; political: barnarenan | parties
nuvarande | rutin vuxna | decide: FG | forum
nuvarande | rutin alla | decide: SRK FG | forum
nuvarande | handlingsplan alla level=political | leadership: SRK FG; political: svom barnarenan | parties
nuvarande | handlingsplan vuxna level=officers | decide: FG | forum
nuvarande | gemensam-plan alla level=officers | decide: SRK FG | forum
nuvarande | stimulansmedel alla | leadership: SRK FG; decide: svom barnarenan | forum
nuvarande | stimulansmedel alla dormant=barnarenan | leadership: SRK FG; decide: svom | forum
nuvarande | policy | political: rsr | parties
nuvarande | uppdragsbeskrivning for=SRK | decide: barnarenan svom | forum
nuvarande | uppdragsbeskrivning for=FG | decide: svom | forum
nuvarande | uppdragsbeskrivning for=kunskapsstyrningsgrupp | refused: route_undefined |
nuvarande | uppdrag giver=FG receiver=jamtbus | decide: $giver | forum
nuvarande | uppdrag giver=jamtbus receiver=FG | refused: route_undefined |
nuvarande | revisionssvar addressee=run | decide: $addressee | forum
nuvarande | revisionssvar addressee=svom | refused: route_undefined |
nuvarande | samverkansstruktur | decide: rsr | forum
tillfallig | overenskommelse barn-unga | leadership: SRK; political: svom buz | parties
tillfallig | overenskommelse vuxna | leadership: FG; political: svom | parties
tillfallig | avtal alla | leadership: SRK FG; political: svom buz | parties
tillfallig | rutin barn-unga | decide: SRK | forum
tillfallig | stimulansmedel alla | leadership: SRK FG; decide: svom | forum
tillfallig | uppdrag giver=buz receiver=partsammansatt-arbetsgrupp | decide: svom buz | forum
alternativ-1 | overenskommelse barn-unga | prepare: au-barn-unga; leadership: LF; political: PF | parties
alternativ-1 | avtal alla | prepare: au-barn-unga au-vuxna; leadership: LF; political: PF | parties
alternativ-1 | riktlinje vuxna | prepare: au-vuxna; decide: LF | forum
alternativ-1 | rutin barn-unga | decide: au-barn-unga | forum
alternativ-1 | rutin alla | decide: au-barn-unga au-vuxna | forum
alternativ-1 | handlingsplan alla level=officers | decide: LF | forum
alternativ-1 | uppdragsbeskrivning for=au-vuxna | decide: LF | forum
alternativ-1 | stimulansmedel alla | refused: arena_not_designated |
alternativ-1 | stimulansmedel alla parameters=designated_arena | decide: $designated_arena | forum
alternativ-2 | overenskommelse barn-unga | refused: route_undefined |
alternativ-2 | avtal vuxna | prepare: au-vuxna; leadership: LF; political: svom | parties
alternativ-2 | rutin alla | refused: route_undefined |
alternativ-2 | rutin vuxna | prepare: au-vuxna; decide: LF | forum
alternativ-3 | overenskommelse vuxna | refused: structure_disabled |
alternativ-3 | overenskommelse vuxna parameters=board | decide: $board | forum
alternativ-3 | riktlinje vuxna parameters=board | refused: route_undefined |
halsam | overenskommelse alla | refused: route_undefined |
nsv-sormland | avtal vuxna | refused: route_undefined |
gemensam-namnd-halland | rutin vuxna | refused: route_undefined |
"""


def _matter(words: str) -> dict[str, Any]:
    type_id, *rest = words.split()
    said: dict[str, Any] = {"type": type_id}
    for word in rest:
        key, _, value = word.rpartition("=")
        if key in {"sectors", "dormant", "parameters"}:
            said[key] = [value]
        else:
            said[key or "group"] = True if key == "lifted" else value
    return said


def _steps(answer: Entry) -> Expected:
    if "code" in answer:
        return {"refused": (answer["code"],)}
    return {key: tuple(answer[key]) for key in ("prepare", "leadership", "political", "decide") if answer.get(key)}


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_a_matter_is_routed_as_the_report_has_it_and_refused_where_it_is_silent(row: str) -> None:
    spelt_out = re.sub(r"\b(?:SRK|FG|LF|PF)\b", lambda short: SHORT[short[0]], row)
    structure, words, steps, decides = (cell.strip() for cell in spelt_out.split("|"))
    answer = routed(SHIPPED, structure, **_matter(words))
    expected = {step.partition(":")[0].strip(): tuple(step.partition(":")[2].split()) for step in steps.split(";")}
    assert _steps(answer) == expected
    assert answer.get("ratify") is {"parties": True, "forum": False, "": None}[decides]


def test_school_in_alternativ_2_is_refused_with_the_report_s_own_sentence() -> None:
    refusal = routed(SHIPPED, "alternativ-2", type="overenskommelse", group="barn-unga")
    assert any("dokument som inkluderar skolan behöver tas fram" in source["quote"] for source in refusal["sources"])


def test_what_officers_decide_is_anchored_and_spread_through_the_networks_or_the_members_of_the_forum() -> None:
    samreko = routed(SHIPPED, "nuvarande", type="riktlinje", group="barn-unga")
    fredagsgruppen = routed(SHIPPED, "nuvarande", type="rutin", group="vuxna")
    assert (tuple(samreko["anchoring"]), tuple(samreko["spread_via"])) == (NETWORKS, NETWORKS)
    assert (tuple(fredagsgruppen["anchoring"]), tuple(fredagsgruppen["spread_via"])) == (OWN, OWN)


def test_anchoring_bars_no_recommendation_but_stands_as_a_duty() -> None:
    rule = routed(SHIPPED, "tillfallig", type="overenskommelse", group="barn-unga")
    assert not rule.get("anchoring")
    assert tuple(rule["anchoring_duty"]) == OWN
    assert {"X6", "X10"} <= {source.get("rule") for source in rule["sources"]}


def test_in_the_new_forums_children_and_all_ages_come_first_and_adults_second() -> None:
    parts = {
        group: routed(SHIPPED, "alternativ-1", type="avtal", group=group)["agenda_part"]
        for group in ("barn-unga", "alla", "vuxna")
    }
    assert parts == {"barn-unga": 1, "alla": 1, "vuxna": 2}


def _clock(minutes: int) -> str:
    return f"{minutes // 60}.{minutes % 60:02}"


@pytest.mark.parametrize("forum", ["ledningsforum", "politiskt-forum"])
def test_the_example_agenda_keeps_the_printed_times_and_words(forum: str) -> None:
    printed = plain(SHIPPED.documents["004"])
    read = SHIPPED.entry("alternativ-1", "forum", forum)
    hour, minute = read["agenda_from"].split(".")
    now = int(hour) * 60 + int(minute)
    for item in read["agenda"]:
        then = now + item["minutes"]
        assert f"{_clock(now)}-{_clock(then)} {item['title']}" in printed
        now = then
    assert _clock(now) == "16.00"


# --- Bilaga 1, row by row: (recommending, preparing) as printed ----------------------------------------------------

BOTH_POLITICAL, BOTH_OFFICERS = {"svom", "barnarenan"}, {SRK, FG}
PRINTED: dict[int, tuple[set[str], set[str]]] = {
    1: ({"rsr"}, set()),
    **dict.fromkeys((2, 3, 5, 6), (BOTH_POLITICAL, BOTH_OFFICERS)),
    4: ({"svom"}, BOTH_OFFICERS),
    **dict.fromkeys((7, 8, 9), ({"svom"}, {FG})),
    **dict.fromkeys((11, 12, 13), ({"svom"}, {SRK})),
    **dict.fromkeys((14, 15, 16, 17, 18, 19, 22), ({"barnarenan"}, {SRK})),
    20: (set(), {SRK}),
    **dict.fromkeys((21, 23), (set(), BOTH_OFFICERS)),
    **dict.fromkeys((24, 25, 26), (set(), {FG})),
    27: ({"gnus"}, {"hjalpmedelsberedningsgruppen"}),
}


def _of_row(row: int, structure: str) -> Entry:
    document = SHIPPED.register["document"][row - 1]
    assert document["row"] == row
    exception = document.get("exception", {})
    held = {each["id"] for each in SHIPPED.register["variant"] if structure in each.get("structures", [structure])}
    variant = exception.get("variant", "ordinary")
    said = {key: document[key] for key in ("type", "group", "level") if key in document}
    if said["type"] == "policy":
        del said["group"]
    lifted = bool(exception.get("lifted"))
    return routed(SHIPPED, structure, **said, lifted=lifted, variant=variant if variant in held else "ordinary")


@pytest.mark.parametrize("row", sorted(PRINTED))
def test_a_row_of_bilaga_1_is_routed_as_the_table_has_it(row: int) -> None:
    recommending, preparing = PRINTED[row]
    document = SHIPPED.register["document"][row - 1]
    assert (set(document["recommending"]), set(document["preparing"])) == (recommending, preparing)
    rule = _of_row(row, "nuvarande")
    if rule.get("decide"):
        # Nothing in the first column: the forum in the second decides. A joint board decides, others prepare for it.
        assert set(rule["decide"]) == (recommending or preparing)
        assert set(rule.get("prepare", ())) == (preparing if recommending else set())
    else:
        assert set(rule["political"]) == recommending
        assert set(rule.get("leadership", ())) == preparing


def test_row_10_is_refused_until_a_coordinator_completes_it_in_every_structure_of_the_county() -> None:
    for structure in ("nuvarande", "tillfallig", "alternativ-1", "alternativ-2"):
        assert _of_row(10, structure)["code"] == "document_incomplete"


def test_the_printed_route_of_a_youth_avtal_ends_with_the_structure_it_was_printed_for() -> None:
    assert _of_row(11, "tillfallig")["political"] == ["svom", "buz"]
    assert _of_row(11, "alternativ-1")["political"] == [PF]


def test_a_riktlinje_that_stands_lifted_is_inherited_by_the_political_forum() -> None:
    for row in (18, 19, 22):
        assert _of_row(row, "alternativ-1")["political"] == [PF]
        assert _of_row(row, "tillfallig")["political"] == ["svom", "buz"]
