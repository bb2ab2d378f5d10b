"""Sent back, put off, rewritten, taken back, closed: on every course that the parties have no part in."""

from dataclasses import dataclass
from typing import Any

import pytest

from machines.table import CHARTS
from tests.commands.claims import refused
from tests.office import Office
from tests.structures.steps import opened, sound, step, take


@dataclass(frozen=True, kw_only=True)
class Way:
    """A matter brought to where ``body`` is to decide; ``end`` is the state its decision leads to."""

    chart: str
    opened: tuple[str, str | None, dict[str, Any]]
    before: tuple[str, ...] = ()
    body: str
    decisions: tuple[str, ...]
    end: str = "in_force"
    sent_back: str | None = None


DAY = {"on": "2022-01-10"}
MONEY = {"amount": "100", "share": ["rjh=60", "berg=40"]}
WAYS = (
    Way(
        chart="officers-document",
        opened=("riktlinje", "vuxna", DAY),
        before=("prepare fredagsgruppens-beredningsgrupp 2022-01-20", "anchor deltagarnas-organisationer 2022-01-20"),
        body="fredagsgruppen",
        decisions=("anchor deltagarnas-organisationer 2022-02-20", "decide FG 2022-03-01"),
        sent_back="initiated",
    ),
    Way(
        chart="joint-board",
        opened=("överenskommelse", None, {"document": "b1-27", **DAY}),
        before=("prepare hjalpmedelsberedningsgruppen 2022-01-20",),
        body="gnus",
        decisions=("prepare hjalpmedelsberedningsgruppen 2022-02-20", "decide gnus 2022-03-01"),
        sent_back="initiated",
    ),
    Way(
        chart="mandate-description",
        opened=("uppdragsbeskrivning", None, {"for_": "FG", **DAY}),
        body="svom",
        decisions=("decide svom 2022-03-01",),
        sent_back="initiated",
    ),
    Way(
        chart="assignment",
        opened=("uppdrag", None, {"giver": "SRK", "receiver": "jamtbus", **DAY}),
        body="samreko-hsi",
        decisions=("decide SRK 2022-03-01",),
    ),
    Way(
        chart="stimulus-funds",
        opened=("stimulansmedel", "vuxna", {**MONEY, **DAY}),
        before=("prepare FG 2022-01-20",),
        body="svom",
        decisions=("prepare FG 2022-02-20", "decide svom 2022-03-01"),
        end="decided",
        sent_back="initiated",
    ),
    Way(
        chart="audit-answer",
        opened=("revisionssvar", None, {"addressee": "rs", "due": "2022-03-31", **DAY}),
        body="rs",
        decisions=("decide rs 2022-03-01",),
        end="answered",
    ),
    Way(
        chart="structure-decision",
        opened=("samverkansstruktur", None, {"structure": "alternativ-1", **DAY}),
        body="rsr",
        decisions=("decide rsr 2022-03-01",),
        end="direction_decided",
    ),
)

each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.chart)


def brought(office: Office, way: Way) -> str:
    """The reference of a matter on which ``way.body`` is to decide."""
    kind, group, said = way.opened
    ref = opened(office, kind, group, **said)
    take(office, ref, *way.before)
    assert office.show(ref)["chart"] == way.chart
    return ref


def test_there_is_a_way_for_every_course_without_the_parties() -> None:
    assert {way.chart for way in WAYS} == CHARTS.keys() - {"agreement", "ratification", "document"}


@each_way
def test_a_matter_put_off_waits_for_the_day_it_is_taken_up_again(county: Office, way: Way) -> None:
    ref = brought(county, way)
    before = county.show(ref)
    state = take(county, ref, f"postpone {way.body} 2022-02-01 --until 2022-02-15")
    assert state == before["state"]
    due = {row["due"] for row in county("worklist", way.body, expect=0).json if row["case"] == ref}
    assert due == {"2022-02-15"}
    day_before = step(ref, f"postpone {way.body} 2022-02-01 --until 2022-02-01")
    refused(county, *day_before, code="value_invalid", exit_code=65)
    last = [told for told in way.decisions if told.startswith("decide")]
    assert take(county, ref, *last) == way.end
    sound(county)


@each_way
def test_a_matter_is_sent_back_where_somebody_has_prepared_it(county: Office, way: Way) -> None:
    ref = brought(county, way)
    words = step(ref, f"return {way.body} 2022-02-01")
    if way.sent_back is None:
        refused(county, *words, code="step_not_possible", exit_code=1)
        return
    assert county(*words, expect=0).json["state"] == way.sent_back
    shown = county.show(ref)
    assert shown["done"]["prepare"] == shown["done"]["leadership"] == shown["done"]["decide"] == []
    assert take(county, ref, *way.decisions) == way.end
    sound(county)


@each_way
def test_a_new_text_makes_every_step_needed_anew(county: Office, way: Way) -> None:
    ref = brought(county, way)
    county("case", "revise", ref, "--text", county.paper("ny text"), "--on", "2022-02-01", expect=0)
    shown = county.show(ref)
    assert (shown["state"], shown["text"]["version"]) == ("initiated", 2)
    assert {body for bodies in shown["done"].values() for body in bodies} == set()
    first = [told.replace("2022-01-20", "2022-02-10") for told in way.before]
    assert take(county, ref, *first, way.decisions[-1]) == way.end
    sound(county)


@each_way
def test_a_matter_taken_back_is_over_and_waits_for_nobody(county: Office, way: Way) -> None:
    ref = brought(county, way)
    assert take(county, ref, "withdraw 2022-02-01") == "withdrawn"
    assert county.show(ref)["waiting_for"] == []
    assert [row for row in county("worklist", expect=0).json if row["case"] == ref] == []
    assert [one for one in county("case", "next", ref, expect=0).json["steps"] if one["allowed"]] == []
    refused(county, *step(ref, way.decisions[-1]), code="step_not_possible", exit_code=1)
    sound(county)


@each_way
def test_only_who_decides_a_matter_closes_it(county: Office, way: Way) -> None:
    ref = brought(county, way)
    stranger = "jamtbus" if way.body != "jamtbus" else "svom"
    refused(county, *step(ref, f"close {stranger} 2022-02-01"), code="mandate_missing", exit_code=1)
    assert take(county, ref, f"close {way.body} 2022-02-01") == "closed"
    assert county.show(ref)["waiting_for"] == []
    refused(county, *step(ref, "withdraw 2022-02-02"), code="step_not_possible", exit_code=1)
    sound(county)


@pytest.mark.parametrize("way", [way for way in WAYS if way.chart != "structure-decision"], ids=lambda way: way.chart)
def test_what_is_decided_is_neither_taken_back_nor_sent_back_nor_rewritten(county: Office, way: Way) -> None:
    ref = brought(county, way)
    take(county, ref, way.decisions[-1])
    for words in ("withdraw 2022-04-01", f"return {way.body} 2022-04-01", way.decisions[-1]):
        refused(county, *step(ref, words), code="step_not_possible", exit_code=1)
    revise = ("case", "revise", ref, "--text", county.paper("för sent"), "--on", "2022-04-01")
    refused(county, *revise, code="step_not_possible", exit_code=1)
    postpone = step(ref, f"postpone {way.body} 2022-04-01 --until 2022-05-01")
    refused(county, *postpone, code="step_not_possible", exit_code=1)


def test_an_uppdrag_that_is_carried_out_can_be_ended_by_its_giver(county: Office) -> None:
    ref = opened(county, "uppdrag", giver="SRK", receiver="jamtbus", due="2022-06-01", **DAY)
    take(county, ref, "decide SRK 2022-02-01")
    assert [row["due"] for row in county("worklist", "jamtbus", expect=0).json] == ["2022-06-01"]
    assert take(county, ref, "close SRK 2022-05-01") == "closed"
    refused(county, *step(ref, "report SRK 2022-06-01"), code="step_not_possible", exit_code=1)


def test_money_is_followed_up_by_a_forum_that_gave_it_out_and_by_no_other(county: Office) -> None:
    ref = opened(county, "stimulansmedel", "vuxna", **MONEY, **DAY)
    take(county, ref, "prepare FG 2022-01-20", "decide svom 2022-03-01")
    refused(county, *step(ref, "report barnarenan 2023-01-10"), code="mandate_missing", exit_code=1)
    early = step(ref, "report svom 2022-02-01")
    refused(county, *early, code="date_before_previous_step", exit_code=1)
    assert take(county, ref, "report svom 2023-01-10") == "followed_up"
