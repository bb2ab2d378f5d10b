"""Who chairs a forum in a year, who is its vice chair, which side is its secretary."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.claims import refused
from tests.office import Office
from tests.structures.matters import RULES, founded
from workflow import acts
from workflow.chairs import START_SIDE, Posts, Turn, posts_in, structures_in, turn_of
from workflow.rule_tables import Forum, Post

HSN, SOCSAM = "hsn", "socsam"
LEADERS = ("samverkansledare-rjh", "samverkansledare-kfjh-social-valfard")


def posts(office: Office, forum: str, year: int) -> tuple[str | None, str | None, str | None]:
    told = office("forum", "chair", forum, "--year", year, expect=0).json
    return told["chair"], told["vice"], told["secretary"]


def test_politiskt_forum_is_chaired_in_turn_and_its_secretary_comes_from_the_same_side(county: Office) -> None:
    """Scenario 96."""
    assert posts(county, "PF", 2026) == (HSN, SOCSAM, "rjh")
    assert posts(county, "PF", 2027) == (SOCSAM, HSN, "kfjh")
    assert posts(county, "PF", 2028) == (HSN, SOCSAM, "rjh")


def test_the_other_side_begins_when_the_county_says_so(county: Office) -> None:
    """Scenario 96 with reading G21: the start side is the county's to say."""
    words = ("structure", "configure", "alternativ-1", "--set", "start_side=KFJH", "--minutes", "§ 9")
    assert county(*words, "--on", "2026-01-02", expect=0).json["said"] == {"start_side": "kfjh"}
    assert posts(county, "PF", 2026) == (SOCSAM, HSN, "kfjh")
    assert posts(county, "PF", 2027) == (HSN, SOCSAM, "rjh")
    assert posts(county, "LF", 2026) == (LEADERS[1], LEADERS[0], "kfjh")


def test_ledningsforum_alternates_every_year_between_two_samverkansledare(county: Office) -> None:
    """Scenario 98."""
    assert posts(county, "LF", 2027)[:2] == (LEADERS[1], LEADERS[0])
    assert posts(county, "LF", 2026) == (*LEADERS, "rjh")


def test_the_forums_of_today_are_chaired_as_they_have_been_since_2021(county: Office) -> None:
    """What is older is not told: until then the sides took turns, and no source says whose turn it was."""
    assert posts(county, "svom", 2022) == (HSN, None, "rjh")
    assert posts(county, "barnarenan", 2022) == ("buz", None, "kommunerna")
    assert posts(county, "FG", 2021) == ("rjh", None, "rjh")
    assert posts(county, "SRK", 2021) == ("kommunerna", None, "kommunerna")
    assert posts(county, "FG", 2020) == (None, None, None)
    assert posts(county, "buz", 2025) == (None, None, None)


def test_a_structure_is_shown_with_the_posts_of_the_year_that_is_asked_about(county: Office) -> None:
    for year, chair, vice in ((2026, HSN, SOCSAM), (2027, SOCSAM, HSN)):
        words = ("structure", "show", "alternativ-1")
        told = county(*words, today=f"{year}-05-01", expect=0).json["forums"]
        (forum,) = [each for each in told if each["id"] == "politiskt-forum"]
        assert (forum["chair"], forum["vice"]) == (chair, vice)
    earlier = county("structure", "show", "alternativ-1", today="2025-05-01", expect=0).json["forums"]
    assert {each["chair"] for each in earlier} == {None}


def test_a_person_is_told_in_a_sentence(county: Office) -> None:
    swedish = county("forum", "chair", "PF", "--year", "2027", json=False, lang="sv", expect=0).out
    assert "SocSam" in swedish
    assert "ordförande" in swedish
    english = county("forum", "chair", "PF", "--year", "2027", json=False, expect=0).out
    assert "vice chair Hälso- och sjukvårdsnämnden" in english


@pytest.mark.parametrize(("forum", "year"), [("politiskt-forum", 2025), ("svom", 2027), ("halsam-presidium", 2026)])
def test_a_forum_that_no_structure_of_the_year_has_is_refused(county: Office, forum: str, year: int) -> None:
    words = ("forum", "chair", forum, "--year", year)
    refused(county, *words, code="value_invalid", exit_code=65)


SIDES = st.sampled_from([None, "rjh", "kfjh"])
YEARS = st.integers(2000, 2200)


def held(forum: str, structure: str, year: int, turn: Turn | None) -> Posts:
    found = RULES.structure(structure).forum_named(forum)
    assert found is not None
    return posts_in(found, year, turn)


@given(st.sampled_from(["politiskt-forum", "ledningsforum"]), YEARS, YEARS, SIDES)
def test_next_years_chair_is_this_years_vice_chair_and_never_the_same(
    forum: str, first: int, year: int, side: str | None
) -> None:
    """Scenario 97."""
    turn = Turn(first_year=first, start_side=side)
    now, then = held(forum, "alternativ-1", year, turn), held(forum, "alternativ-1", year + 1, turn)
    if year < first:
        assert now == Posts()
        return
    assert now.chair != now.vice
    assert (then.chair, then.vice) == (now.vice, now.chair)
    assert then.secretary != now.secretary
    assert "buz" not in {now.chair, now.vice}
    of_the_region = {HSN, "samverkansledare-rjh"}
    assert (now.chair in of_the_region) == (now.secretary == "rjh")


@given(YEARS, SIDES)
def test_the_side_that_the_county_names_begins(first: int, side: str | None) -> None:
    turn = Turn(first_year=first, start_side=side)
    assert held("politiskt-forum", "alternativ-1", first, turn).secretary == (side or "rjh")


@given(st.sampled_from(RULES.structure_ids), YEARS)
def test_a_structure_that_begins_on_no_day_has_no_turns(structure: str, year: int) -> None:
    for forum in RULES.structure(structure).forum:
        alternates = forum.chair is not None and forum.chair.rule == "alternates-yearly"
        assert not alternates or posts_in(forum, year, None) == Posts()


@given(st.integers(2009, 2035))
def test_every_year_has_its_structures_and_each_is_in_force_on_a_day_of_it(year: int) -> None:
    organisation = founded("alternativ-1").organisation
    days = {organisation.structure_on(date(year, month, day)) for month in range(1, 13) for day in (1, 28)}
    assert set(structures_in(organisation, year)) == days


def test_a_forum_without_posts_in_its_rules_has_none() -> None:
    forum = Forum(id="arbetsgrupp", name="Arbetsgrupp", kind="operative")
    assert posts_in(forum, 2026, Turn(first_year=2026)) == Posts()
    unknown = Forum(id="namnd", name="Nämnd", kind="board", chair=Post(rule="unknown"))
    assert posts_in(unknown, 2026, Turn(first_year=2026)) == Posts()


def test_what_the_county_says_of_the_side_is_part_of_its_history() -> None:
    said = acts.SayParameter(on=date(2026, 1, 2), structure="alternativ-1", parameter=START_SIDE, value="kfjh")
    context = founded("alternativ-1", said)
    assert turn_of(context.organisation, "alternativ-1") == Turn(first_year=2026, start_side="kfjh")
    assert turn_of(context.organisation, "alternativ-2") is None
