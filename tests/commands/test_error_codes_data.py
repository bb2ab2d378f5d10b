"""Each refusal of bad data, of what is not there, of what may not be: with the value, and the nearest that would do."""

import contextlib
import sqlite3
from datetime import date, timedelta

import pytest

from tests.commands.claims import Desk, refused, suggested
from tests.office import Office

OPEN = ("case", "open", "--title", "Placerade barn", "--on", "2026-01-12")
DONE = ("--on", "2026-03-01")


@pytest.mark.parametrize(
    ("option", "given", "code", "nearest"),
    [
        ("--type", "överenskommelsse", "unknown_type", "overenskommelse"),
        ("--type", "avtall", "unknown_type", "avtal"),
        ("--group", "barn-ung", "unknown_group", "barn-unga"),
        ("--group", "vuxnna", "unknown_group", "vuxna"),
        ("--party", "krokm", "unknown_party", "krokom"),
        ("--party", "Strömsnd", "unknown_party", "stromsund"),
        ("--sector", "skolan", "value_invalid", "skola"),
        ("--initiated-by", "ledningforum", "unknown_forum", "ledningsforum"),
    ],
)
def test_an_unknown_name_gets_the_nearest_one(county: Office, option: str, given: str, code: str, nearest: str) -> None:
    said = {"--type": "ök", "--group": "barn-unga"} | {option: given}
    words = [word for pair in said.items() for word in pair]
    suggested(refused(county, *OPEN, *words, code=code, exit_code=65), nearest)


@pytest.mark.parametrize(
    ("words", "code", "nearest"),
    [
        (("recommend", "--by", "ledningforum"), "unknown_forum", "ledningsforum"),
        (("prepare", "--by", "au-barn-och-unga"), "unknown_forum", "au-barn-unga"),
        (("spread", "--via", "lokala-samverkansarenorna"), "unknown_forum", "lokala-samverkansarenor"),
        (("anchor", "--in", "ifo-chefsnatverket"), "unknown_forum", "ifo-chefsnatverk"),
    ],
)
def test_an_unknown_body_gets_the_nearest_one(desk: Desk, words: tuple[str, ...], code: str, nearest: str) -> None:
    office, ref = desk("prepared")
    verb, *options = words
    suggested(refused(office, "case", verb, ref, *options, *DONE, code=code, exit_code=65), nearest)


def test_an_unknown_deviation_gets_the_nearest_one(desk: Desk) -> None:
    office, ref = desk("initiated")
    words = ("--rule", "direct-politcal", "--reason", "brådskar", "--by", "politiskt-forum", *DONE)
    reply = refused(office, "case", "override", ref, *words, code="override_not_allowed", exit_code=1)
    suggested(reply, "direct-political")


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("case", "recomend", "SAM-2026-0001"), "recommend"),
        (("kase", "list"), "case"),
        (("diagram", "agrement"), "agreement"),
        (("case", "list", "--state", "preparde"), "prepared"),
        (("case", "list", "--waitng-for", "are"), "--waiting-for"),
    ],
)
def test_a_slip_of_the_finger_in_a_command_gets_the_nearest_one(
    county: Office, words: tuple[str, ...], nearest: str
) -> None:
    reply = county(*words)
    assert reply.code in {2, 65}, reply.transcript()
    assert nearest in f"{reply.error['suggestion']} {reply.error['message']}", reply.transcript()


def test_unknown_case_gets_the_nearest_one(desk: Desk) -> None:
    office, ref = desk("prepared")
    suggested(refused(office, "case", "show", ref.lower(), code="unknown_case", exit_code=66), ref)


def test_unknown_structure_gets_the_nearest_one(county: Office) -> None:
    reply = refused(county, "structure", "show", "alternativ1", code="unknown_structure", exit_code=65)
    suggested(reply, "alternativ-1")


@pytest.mark.parametrize("name", ["kfjh", "KFJH", "Kommunförbundet Jämtland Härjedalen"])
def test_not_a_party_for_an_association_that_is_known_and_bound_by_nothing(desk: Desk, name: str) -> None:
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", name, "--answer", "adopts", "--on", "2026-04-20")
    refused(office, *words, code="not_a_party", exit_code=65)


def test_not_a_party_for_one_that_stands_outside_this_case(county: Office) -> None:
    ref = county.walked_to("sent_to_parties", party=["rjh", "berg", "are"])
    words = ("case", "answer", ref, "--party", "krokom", "--answer", "adopts", "--on", "2026-04-20")
    refused(county, *words, code="not_a_party", exit_code=65)


def test_group_required_lists_the_groups(county: Office) -> None:
    reply = refused(county, *OPEN, "--type", "ök", code="group_required", exit_code=65)
    assert "barn-unga" in reply.error["hint"]


def test_date_in_future_for_what_cannot_have_happened(desk: Desk) -> None:
    office, ref = desk("prepared")
    words = ("case", "recommend", ref, "--by", "ledningsforum", "--on")
    refused(office, *words, "2026-03-03", code="date_in_future", exit_code=65, today="2026-03-02")
    beyond = date.today() + timedelta(days=2)  # noqa: DTZ011 - two days reach beyond every time zone
    refused(office, *words, str(beyond), code="date_in_future", exit_code=65, today="2099-01-01")
    refused(office, *words[:-1], code="date_in_future", exit_code=65, today="2099-01-01")


@pytest.mark.parametrize(
    "dates",
    [
        ("--valid-from", "2026-09-01", "--valid-to", "2026-08-31"),
        ("--not-before", "2027-01-01", "--valid-to", "2026-12-31"),
    ],
)
def test_validity_invalid_when_the_dates_contradict_each_other(county: Office, dates: tuple[str, ...]) -> None:
    words = (*OPEN, "--type", "ök", "--group", "barn-unga", *dates)
    refused(county, *words, code="validity_invalid", exit_code=65)


def test_file_unreadable_names_the_file(county: Office) -> None:
    words = (*OPEN, "--type", "ök", "--group", "barn-unga", "--text", county.folder / "saknas.docx")
    assert "saknas.docx" in refused(county, *words, code="file_unreadable", exit_code=65).error["message"]


def test_value_invalid_for_a_revision_that_changes_nothing(county: Office) -> None:
    ref = county.opened(text=county.paper("samma text"))
    words = ("case", "revise", ref, "--text", county.paper("samma text"), "--on", "2026-01-20")
    refused(county, *words, code="value_invalid", exit_code=65)


def test_unknown_case_for_every_verb_that_takes_one(county: Office) -> None:
    for words in (
        ("case", "show", "SAM-2026-0001"),
        ("case", "next", "SAM-2026-0001"),
        ("case", "history", "SAM-2026-0001"),
        ("case", "prepare", "SAM-2026-0001", "--by", "au-barn-unga", *DONE),
        ("audit", "replay", "SAM-2026-0001"),
    ):
        refused(county, *words, code="unknown_case", exit_code=66)


def test_no_database_says_how_to_make_one(office: Office) -> None:
    reply = refused(office, "case", "list", code="no_database", exit_code=66)
    assert "init" in reply.error["hint"]
    assert list(office.folder.iterdir()) == []


def test_level_required_where_the_route_hangs_on_it(county: Office) -> None:
    words = (*OPEN, "--type", "handlingsplan", "--group", "alla")
    refused(county, *words, code="level_required", exit_code=65)


def test_rules_invalid_when_the_stored_rules_are_not_the_ones_decided_under(desk: Desk) -> None:
    """A changed rule file in the database is no rule file: nobody acts by it, and «audit verify» names it."""
    office, ref = desk("initiated")
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("UPDATE rule_file SET content = CAST(content || x'0A' AS BLOB)")
    words = ("case", "prepare", ref, "--by", "au-barn-unga", *DONE)
    refused(office, *words, code="rules_invalid", exit_code=78)
    assert office("audit", "verify").code == 3
