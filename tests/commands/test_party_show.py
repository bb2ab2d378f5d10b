"""Which text bound whom on which day, asked of a party and of a case, through the command line."""

import hashlib
from typing import Any

import pytest

from tests.commands.claims import Desk, refused
from tests.office import PARTIES, Office, Word

Row = tuple[str, str | None, str | None]


def asked(office: Office, party: str, as_of: str) -> dict[str, Any]:
    told: dict[str, Any] = office("party", "show", party, "--as-of", as_of, expect=0).json
    assert told["as_of"] == as_of
    return told


def bound(office: Office, party: str, as_of: str) -> list[Row]:
    """The texts that bind: case, from, until; and the case itself says the same of the party on that day."""
    rows = asked(office, party, as_of)["bound"]
    for row in rows:
        shown = office("case", "show", row["case"], "--as-of", as_of, expect=0).json
        (standing,) = [each for each in shown["parties"] if each["party"] == party]
        assert standing["in_force_from"] == row["bound_from"]
        assert shown["text"]["version"] == row["text_version"]
        assert shown["text"]["sha256"] == row["sha256"]
        assert (shown["state"], shown["effect_rule"]) == (row["state"], row["effect_rule"])
    return [(row["case"], row["bound_from"], row["bound_until"]) for row in rows]


def sent(office: Office, **options: Any) -> str:
    """A case of three parties, sent on 2026-03-02."""
    return office.walked_to("sent_to_parties", party=["berg", "are", "krokom"], **options)


def answer(office: Office, ref: str, party: str, said: str, on: str, *words: Word) -> None:
    office("case", "answer", ref, "--party", party, "--answer", said, "--on", on, "--reason", "r", *words, expect=0)


def test_all_binds_everyone_from_the_last_adoption(county: Office) -> None:
    ref = sent(county)
    answer(county, ref, "berg", "adopts", "2026-05-20")
    answer(county, ref, "krokom", "adopts", "2026-04-01")
    assert bound(county, "berg", "2026-06-30") == []
    (row,) = asked(county, "berg", "2026-06-30")["coming"]
    assert (row["case"], row["bound_from"], row["party_state"]) == (ref, None, "adopted")
    answer(county, ref, "are", "adopts", "2026-06-18")
    assert bound(county, "berg", "2026-06-17") == []
    for party in ("berg", "krokom", "are"):
        assert bound(county, party, "2026-06-18") == [(ref, "2026-06-18", None)]
    assert bound(county, "rjh", "2026-06-18") == []


def test_per_party_binds_each_adopter_from_its_own_day_and_nobody_else(county: Office) -> None:
    ref = sent(county, effect="per-party")
    answer(county, ref, "berg", "adopts", "2026-05-20")
    answer(county, ref, "krokom", "declines", "2026-05-01")
    answer(county, ref, "are", "adopts", "2026-04-10")
    assert bound(county, "are", "2026-04-09") == []
    assert bound(county, "are", "2026-04-10") == [(ref, "2026-04-10", None)]
    assert bound(county, "berg", "2026-05-19") == []
    assert bound(county, "berg", "2026-05-20") == [(ref, "2026-05-20", None)]
    told = asked(county, "krokom", "2026-12-31")
    assert [told[place] for place in ("bound", "coming", "ended", "asked")] == [[], [], [], []]
    assert [(row["case"], row["party_state"]) for row in told["not_bound"]] == [(ref, "declined")]


def test_a_threshold_binds_its_adopters_from_the_day_it_is_met_and_late_joiners_from_their_own(county: Office) -> None:
    ref = sent(county, effect="threshold:2+are", not_before="2026-04-15")
    answer(county, ref, "berg", "adopts", "2026-03-20")
    answer(county, ref, "are", "adopts", "2026-04-10")
    answer(county, ref, "krokom", "adopts", "2026-09-01")
    (row,) = asked(county, "berg", "2026-04-14")["coming"]
    assert row["bound_from"] == "2026-04-15"
    assert bound(county, "berg", "2026-04-15") == [(ref, "2026-04-15", None)]
    assert bound(county, "are", "2026-04-15") == [(ref, "2026-04-15", None)]
    assert [row["case"] for row in asked(county, "krokom", "2026-08-31")["asked"]] == [ref]
    assert bound(county, "krokom", "2026-09-01") == [(ref, "2026-09-01", None)]


def test_what_is_valid_from_and_to_a_day_binds_between_them_both_included(county: Office) -> None:
    ref = sent(county, valid_from="2026-07-01", valid_to="2026-08-31")
    county.adopts(ref, "berg", "are", "krokom", on="2026-04-20")
    assert [row["bound_from"] for row in asked(county, "are", "2026-06-30")["coming"]] == ["2026-07-01"]
    assert bound(county, "are", "2026-07-01") == [(ref, "2026-07-01", "2026-08-31")]
    assert bound(county, "are", "2026-08-31") == [(ref, "2026-07-01", "2026-08-31")]
    told = asked(county, "are", "2026-09-01")
    assert (told["bound"], [row["case"] for row in told["ended"]]) == ([], [ref])


def test_after_a_rattelse_the_party_was_never_bound(county: Office) -> None:
    ref = sent(county, effect="per-party")
    answer(county, ref, "are", "adopts", "2026-04-10")
    assert bound(county, "are", "2026-05-01") == [(ref, "2026-04-10", None)]
    corrected = ("--answer", "not-now", "--on", "2026-04-20", "--reason", "protokollet lästes fel")
    county("case", "correct", ref, "--party", "are", *corrected, expect=0)
    assert bound(county, "are", "2026-05-01") == []
    shown = county("case", "show", ref, "--as-of", "2026-04-15", expect=0).json
    assert (shown["state"], shown["waiting_for"]) == ("sent_to_parties", ["berg", "krokom", "are"])


def test_a_new_text_binds_in_place_of_one_that_never_did_and_names_its_own_checksum(county: Office) -> None:
    ref = sent(county, text=county.paper("ett"))
    county.adopts(ref, "berg", "krokom", on="2026-04-01")
    answer(county, ref, "are", "declines", "2026-04-20")
    county("case", "revise", ref, "--text", county.paper("två"), "--on", "2026-05-04", expect=0)
    for verb, body, on in (
        ("prepare", "au-barn-unga", "2026-05-06"),
        ("recommend", "ledningsforum", "2026-05-11"),
        ("recommend", "politiskt-forum", "2026-05-18"),
    ):
        county("case", verb, ref, "--by", body, "--on", on, expect=0)
    county("case", "dispatch", ref, "--on", "2026-05-20", expect=0)
    county.adopts(ref, "berg", "are", "krokom", on="2026-06-10")
    before = asked(county, "berg", "2026-05-01")["coming"]
    assert [(row["text_version"], row["state"]) for row in before] == [(1, "not_ratified")]
    assert asked(county, "berg", "2026-05-10")["asked"] == []
    assert [row["text_version"] for row in asked(county, "berg", "2026-06-01")["asked"]] == [2]
    assert bound(county, "berg", "2026-06-10") == [(ref, "2026-06-10", None)]
    (row,) = asked(county, "berg", "2026-06-10")["bound"]
    assert (row["text_version"], row["sha256"]) == (2, hashlib.sha256("två".encode()).hexdigest())


def test_a_later_text_of_the_same_document_takes_the_place_of_the_earlier_party_by_party(county: Office) -> None:
    older, newer = (sent(county, effect="per-party", document="b1-09", type="avtal") for _ in range(2))
    county.adopts(older, "berg", "are", on="2026-04-01")
    county.adopts(newer, "are", on="2026-07-01")
    assert bound(county, "are", "2026-06-30") == [(older, "2026-04-01", None)]
    assert bound(county, "are", "2026-07-01") == [(newer, "2026-07-01", None)]
    (row,) = asked(county, "are", "2026-07-01")["ended"]
    assert (row["case"], row["bound_until"], row["replaced_by"]) == (older, "2026-06-30", newer)
    assert bound(county, "berg", "2026-12-31") == [(older, "2026-04-01", None)]


def test_what_is_asked_and_not_answered_is_told_with_its_day_and_the_next_meeting(county: Office) -> None:
    ref = sent(county)
    answer(county, ref, "are", "adjourned", "2026-06-01", "--next-meeting", "2026-09-16")
    (row,) = asked(county, "are", "2026-06-22")["asked"]
    assert (row["asked_on"], row["answer_by"], row["overdue"]) == ("2026-03-02", "2026-06-22", False)
    assert (row["party_state"], row["next_meeting"]) == ("adjourned", "2026-09-16")
    (row,) = asked(county, "are", "2026-06-23")["asked"]
    assert row["overdue"] is True
    (row,) = asked(county, "are", "2026-05-31")["asked"]
    assert (row["party_state"], row["next_meeting"]) == ("waiting", None)
    assert asked(county, "are", "2026-03-01")["asked"] == []


def test_what_is_withdrawn_is_asked_of_nobody(county: Office) -> None:
    ref = sent(county)
    county.adopts(ref, "are", on="2026-04-20")
    county("case", "withdraw", ref, "--reason", "r", "--on", "2026-05-04", expect=0)
    for party in ("are", "berg"):
        told = asked(county, party, "2026-05-04")
        assert [told[place] for place in ("bound", "coming", "ended", "asked")] == [[], [], [], []]
        assert [(row["case"], row["state"]) for row in told["not_bound"]] == [(ref, "withdrawn")]
    assert [row["case"] for row in asked(county, "berg", "2026-05-03")["asked"]] == [ref]


def test_the_mailbox_is_that_of_the_day(office: Office) -> None:
    office.founded()
    for address, on in (("gammal@are.example", "2026-02-01"), ("ny@are.example", "2026-05-01")):
        office("party", "mailbox", "are", address, "--on", on, expect=0)
    days = {"2026-01-31": None, "2026-02-01": "gammal@are.example", "2026-05-01": "ny@are.example"}
    assert {day: asked(office, "are", day)["mailbox"] for day in days} == days


def test_without_a_day_today_is_meant_and_the_party_may_be_named_as_people_name_it(desk: Desk) -> None:
    office, ref = desk("in_force")
    told = office("party", "show", "Härjedalens kommun", today="2026-06-25", expect=0).json
    assert (told["party"], told["as_of"]) == ("harjedalen", "2026-06-25")
    assert [row["case"] for row in told["bound"]] == [ref]
    refused(office, "party", "show", "Sundsvall", code="unknown_party", exit_code=65)
    refused(office, "party", "show", "politiskt-forum", code="not_a_party", exit_code=65)
    refused(office, "party", "show", "are", "--as-of", "2026-02-30", code="date_invalid", exit_code=65)


@pytest.mark.parametrize("columns", [80, 100])
def test_a_party_fits_the_page_with_every_date_and_reference_whole(
    county: Office, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = "Överenskommelse om samverkan kring placerade barn och unga i Jämtlands län"
    refs = [
        county.walked_to(state, effect="per-party", title=long, text=county.paper(state), valid_to="2026-12-31")
        for state in ("in_force", "sent_to_parties")
    ]
    out = county("party", "show", "are", today="2026-07-10", lang="sv", json=False, expect=0).out
    assert max(map(len, out.splitlines())) <= columns
    for word in (*refs, "2026-04-20", "2026-12-31", "2026-06-22 !", "Åre kommun", "i kraft"):
        assert word in out
    assert "\x1b" not in out


def test_before_anything_was_sent_it_says_so(county: Office) -> None:
    assert "No text had been sent" in county("party", "show", PARTIES[0], json=False, expect=0).out


def test_a_text_that_was_sent_and_is_not_adopted_is_never_said_not_to_have_been_sent(county: Office) -> None:
    ref = sent(county)
    answer(county, ref, "berg", "adopts-with-reservation", "2026-05-01")
    for party in ("berg", "are"):
        assert "No text had been sent" not in county("party", "show", party, json=False, expect=0).out
    shown = county("party", "show", "berg", json=False, expect=0).out
    assert "Asked, and not bound by" in shown
    assert ref in shown
    revised = ("case", "revise", ref, "--text", county.paper("ny text"), "--on", "2026-05-04")
    county(*revised, expect=0)
    told = county("party", "show", "berg", expect=0).json
    assert [told[place] for place in ("bound", "coming", "ended", "asked", "not_bound")] == [[]] * 5
    out = county("party", "show", "berg", json=False, expect=0).out
    assert "No text that was sent to this party by then still stands." in out
