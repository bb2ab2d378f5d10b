"""Each refusal by a rule on the course through alternativ-1, provoked by the smallest case that does it."""

import pytest

from tests.commands.claims import Desk, refused
from tests.office import PARTIES, Office

DONE = ("--on", "2026-03-01")


def test_preparation_missing_names_the_group_that_owes_it(desk: Desk) -> None:
    office, ref = desk("initiated", "vuxna")
    owed = [("preparation_missing", "au-vuxna")]
    words = ("case", "recommend", ref, "--by", "ledningsforum", *DONE)
    refused(office, *words, code="preparation_missing", exit_code=1, missing=owed)


def test_preparation_missing_names_only_the_group_that_has_not(desk: Desk) -> None:
    office, ref = desk("initiated", "alla")
    words = ("case", "recommend", ref, "--by", "ledningsforum", *DONE)
    both = [("preparation_missing", "au-barn-unga"), ("preparation_missing", "au-vuxna")]
    refused(office, *words, code="preparation_missing", exit_code=1, missing=both)
    office("case", "prepare", ref, "--by", "au-vuxna", "--on", "2026-01-20", expect=0)
    refused(office, *words, code="preparation_missing", exit_code=1, missing=both[:1])


@pytest.mark.parametrize("state", ["initiated", "prepared"])
def test_leadership_recommendation_missing_names_ledningsforum(desk: Desk, state: str) -> None:
    office, ref = desk(state)
    owed = [("leadership_recommendation_missing", "ledningsforum")]
    words = ("case", "recommend", ref, "--by", "politiskt-forum", *DONE)
    refused(office, *words, code="leadership_recommendation_missing", exit_code=1, missing=owed)


@pytest.mark.parametrize("state", ["initiated", "prepared", "recommended_by_leadership"])
def test_political_recommendation_missing_names_politiskt_forum(desk: Desk, state: str) -> None:
    office, ref = desk(state)
    owed = [("political_recommendation_missing", "politiskt-forum")]
    words = ("case", "dispatch", ref, *DONE)
    refused(office, *words, code="political_recommendation_missing", exit_code=1, missing=owed)


def test_mandate_missing_names_what_the_group_may_do_instead(desk: Desk) -> None:
    office, ref = desk("recommended_by_leadership")
    words = ("case", "recommend", ref, "--by", "au-barn-unga", *DONE)
    refused(office, *words, code="mandate_missing", exit_code=1)


def test_not_dispatched_comes_before_any_answer(desk: Desk) -> None:
    office, ref = desk("recommended_by_political_forum")
    words = ("case", "answer", ref, "--party", "berg", "--answer", "adopts", *DONE)
    refused(office, *words, code="not_dispatched", exit_code=1)


def test_mailbox_missing_names_every_party_without_one_and_sends_to_nobody(office: Office) -> None:
    office.founded()
    for party in PARTIES[:6]:
        office("party", "mailbox", party, f"registrator@{party}.example", expect=0)
    ref = office.walked_to("recommended_by_political_forum")
    owed = [("mailbox_missing", party) for party in PARTIES[6:]]
    refused(office, "case", "dispatch", ref, *DONE, code="mailbox_missing", exit_code=1, missing=owed)


@pytest.mark.parametrize("body", ["politiskt-forum", "ledningsforum", "au-barn-unga"])
def test_only_party_decides_when_a_forum_answers_for_one(desk: Desk, body: str) -> None:
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", body, "--answer", "adopts", "--on", "2026-04-20")
    refused(office, *words, code="only_party_decides", exit_code=1)


def test_only_party_decides_when_a_forum_decides_an_overenskommelse(desk: Desk) -> None:
    office, ref = desk("recommended_by_leadership")
    words = ("case", "decide", ref, "--by", "politiskt-forum", *DONE)
    refused(office, *words, code="only_party_decides", exit_code=1)


def test_already_answered_says_what_the_answer_was(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "berg")
    words = ("case", "answer", ref, "--party", "berg", "--answer", "declines", "--on", "2026-04-20")
    reply = refused(office, *words, code="already_answered", exit_code=1)
    assert "correct" in reply.error["hint"]


def test_text_version_outdated_names_both_versions(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "berg", "--answer", "adopts", "--on", "2026-04-20")
    office("case", "revise", ref, "--text", office.paper("ny text"), "--on", "2026-04-01", expect=0)
    for verb, body in (("prepare", "au-barn-unga"), ("recommend", "ledningsforum"), ("recommend", "politiskt-forum")):
        office("case", verb, ref, "--by", body, "--on", "2026-04-10", expect=0)
    office("case", "dispatch", ref, "--on", "2026-04-15", expect=0)
    reply = refused(office, *words, "--text-version", 1, code="text_version_outdated", exit_code=1)
    assert "1" in reply.error["message"]
    assert "2" in reply.error["message"]
    office(*words, "--text-version", 2, expect=0)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("initiated", ("prepare", "--by", "au-barn-unga", "--on", "2026-01-11")),
        ("prepared", ("recommend", "--by", "ledningsforum", "--on", "2026-01-19")),
        ("recommended_by_leadership", ("recommend", "--by", "politiskt-forum", "--on", "2026-02-04")),
        ("recommended_by_political_forum", ("dispatch", "--on", "2026-02-19")),
        ("sent_to_parties", ("answer", "--party", "are", "--answer", "declines", "--on", "2026-03-01")),
    ],
)
def test_date_before_previous_step_holds_along_the_whole_course(desk: Desk, state: str, words: tuple[str, ...]) -> None:
    office, ref = desk(state)
    verb, *options = words
    refused(office, "case", verb, ref, *options, code="date_before_previous_step", exit_code=1)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("prepared", ("prepare", "--by", "au-barn-unga")),
        ("recommended_by_leadership", ("recommend", "--by", "ledningsforum")),
        ("recommended_by_political_forum", ("recommend", "--by", "politiskt-forum")),
        ("sent_to_parties", ("dispatch",)),
        ("withdrawn", ("prepare", "--by", "au-barn-unga")),
        ("closed", ("withdraw", "--reason", "igen")),
        ("in_force", ("withdraw", "--reason", "för sent")),
        ("in_force", ("return", "--by", "politiskt-forum", "--reason", "för sent")),
        ("initiated", ("lift", "--by", "ledningsforum", "--reason", "är redan politiskt")),
    ],
)
def test_step_not_possible_when_it_is_done_or_the_matter_is_over(
    desk: Desk, state: str, words: tuple[str, ...]
) -> None:
    office, ref = desk(state)
    verb, *options = words
    refused(office, "case", verb, ref, *options, "--on", "2026-05-02", code="step_not_possible", exit_code=1)


def test_override_not_allowed_where_no_rule_of_the_structure_names_it(desk: Desk) -> None:
    office, ref = desk("initiated")
    said = ("--reason", "brådskar", "--by", "politiskt-forum", "--on", "2026-01-20")
    words = ("case", "override", ref, "--rule", "svom-alone", *said)
    reply = refused(office, *words, code="override_not_allowed", exit_code=1)
    assert "direct-political" in reply.error["message"] + reply.error["hint"]


def test_structure_order_when_the_calendar_already_says_otherwise(county: Office) -> None:
    words = ("init", "--adopt", "alternativ-1", "--from", "2026-06-01")
    refused(county, *words, code="structure_order", exit_code=1)


def test_route_undefined_on_a_day_before_there_was_any_structure(county: Office) -> None:
    words = ("--type", "ök", "--group", "barn-unga", "--on", "2008-12-31")
    refused(county, "route", "explain", *words, code="route_undefined", exit_code=1)
    refused(county, "case", "open", "--title", "Placerade barn", *words, code="route_undefined", exit_code=1)
