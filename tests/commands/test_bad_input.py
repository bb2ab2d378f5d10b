"""What people type: each mistake gets one clear line, the right code, and writes nothing."""

import unicodedata
from pathlib import Path

import pytest

from tests.commands.claims import Desk, refused
from tests.office import Office

OPEN = ("case", "open", "--type", "ök", "--group", "barn-unga", "--on", "2026-01-12", "--title")
TITLE = "Överenskommelse placerade barn"


@pytest.mark.parametrize("title", ["", " ", "\t", "\u00a0\u2003", "\u200b"])
def test_a_title_of_nothing_is_refused(county: Office, title: str) -> None:
    refused(county, *OPEN, title, code="value_invalid", exit_code=65)


def test_a_title_of_ten_thousand_characters_is_refused_without_repeating_it(county: Office) -> None:
    refused(county, *OPEN, "å" * 10_000, code="value_invalid", exit_code=65)


@pytest.mark.parametrize(
    "title", ["Placerade\x00barn", "Placerade\nbarn", "Placerade\x1b[31mbarn", "Placerade\u202ebarn"]
)
def test_a_title_with_characters_nobody_sees_is_refused(county: Office, title: str) -> None:
    refused(county, *OPEN, title, code="value_invalid", exit_code=65)


@pytest.mark.parametrize("title", ["اتفاقية الأطفال", "הסכם ילדים", "Placerade barn 🧒", "協定", "P\u0430ke e\u0301"])
def test_a_title_in_any_script_is_kept_and_shown(county: Office, title: str) -> None:
    ref = county(*OPEN, title, expect=0).json["ref"]
    kept = unicodedata.normalize("NFC", title)
    assert county.show(ref)["title"] == kept
    assert [row["title"] for row in county("case", "list", expect=0).json] == [kept]
    assert county("case", "list", json=False, expect=0).out.strip()
    assert county("audit", "verify", expect=0).json["findings"] == []


def test_what_is_written_decomposed_is_kept_composed(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    organ, reason = "nämnden för unga, Åre", "kostnaden är för hög"
    loose = [unicodedata.normalize("NFD", text) for text in (organ, reason)]
    said = ("--party", "are", "--answer", "declines", "--organ", loose[0], "--reason", loose[1], "--on", "2026-04-20")
    office("case", "answer", ref, *said, actor=unicodedata.normalize("NFD", "förbundsstrateg"), expect=0)
    told = office("case", "history", ref, expect=0)
    for text in (organ, reason, "förbundsstrateg"):
        assert text in told.out
    stored = b"".join(office.copy_log_bytes())
    assert [text for text in loose if text.encode() in stored] == []


@pytest.mark.parametrize("reason", ["", "  ", "kost\x00naden"])
def test_a_reason_that_says_nothing_or_hides_something_is_refused(desk: Desk, reason: str) -> None:
    office, ref = desk("initiated")
    words = ("case", "withdraw", ref, "--on", "2026-01-20", "--reason", reason)
    refused(office, *words, code="value_invalid", exit_code=65)


@pytest.mark.parametrize("actor", ["", "   ", "sam\x00ordnare", "sam\nordnare", "x" * 10_000])
def test_nobody_acts_under_a_name_that_cannot_be_read(desk: Desk, actor: str) -> None:
    office, ref = desk("initiated")
    log = office.copy_log_bytes()
    reply = office("case", "prepare", ref, "--by", "au-barn-unga", "--on", "2026-01-20", actor=actor)
    assert reply.code in {65, 78}, reply.transcript()
    assert reply.error["message"]
    assert "\n" not in reply.error["message"]
    assert office.copy_log_bytes() == log


@pytest.mark.parametrize("day", ["nonsense", "2026-02-30", "", "32/1 2026", "2026-1"])
def test_a_today_that_is_no_day_is_refused(county: Office, day: str) -> None:
    refused(county, "case", "list", today=day, code="date_invalid", exit_code=65)


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        ("answer-by", ("--reason", "sommar", "--date", "31/6 2026")),
        ("answer", ("--party", "are", "--answer", "adopts", "--on", "2026-04-31")),
        ("answer", ("--party", "are", "--answer", "adopts", "--on", "2026-04-20", "--reported", "i går")),
    ],
)
def test_an_impossible_date_is_refused_wherever_it_stands(desk: Desk, verb: str, options: tuple[str, ...]) -> None:
    office, ref = desk("sent_to_parties")
    refused(office, "case", verb, ref, *options, code="date_invalid", exit_code=65)


@pytest.mark.parametrize("version", ["0", "-1", "2", "999999999999999999999"])
def test_a_text_version_that_never_was_is_refused(desk: Desk, version: str) -> None:
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "are", "--answer", "adopts", "--on", "2026-04-20")
    before = office.copy_log_bytes()
    reply = office(*words, "--text-version", version)
    assert reply.code in {1, 2, 65}, reply.transcript()
    assert reply.error["message"]
    assert office.copy_log_bytes() == before


def test_a_text_version_that_is_no_number_is_wrong_usage(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    words = ("case", "answer", ref, "--party", "are", "--answer", "adopts", "--text-version", "ett")
    refused(office, *words, code=None, exit_code=2)


@pytest.mark.parametrize("rule", ["threshold:0", "threshold:10", "threshold:x", "threshold", "some", "threshold:-1"])
def test_an_effect_rule_that_cannot_be_met_is_refused(county: Office, rule: str) -> None:
    refused(county, *OPEN, TITLE, "--effect", rule, code="value_invalid", exit_code=65)


@pytest.mark.parametrize(
    "address", ["", "inte en adress", "a@b\r\nBcc: x@y.example", "två@ord @example", "@", "a" * 400]
)
def test_a_mailbox_that_is_no_address_is_refused(county: Office, address: str) -> None:
    refused(county, "party", "mailbox", "are", address, code="value_invalid", exit_code=65)


@pytest.mark.parametrize("kind", ["missing", "folder", "below a file"])
def test_a_text_that_cannot_be_read_is_refused_with_its_name(county: Office, kind: str) -> None:
    paper = county.paper("text")
    path = {"missing": county.folder / "saknas", "folder": county.folder, "below a file": paper / "inne"}[kind]
    reply = refused(county, *OPEN, TITLE, "--text", path, code="file_unreadable", exit_code=65)
    assert path.name in reply.error["message"]


def test_a_text_nobody_may_read_is_refused(county: Office) -> None:
    paper = county.paper("hemlig")
    paper.chmod(0)
    if _readable(paper):
        pytest.skip("this user, or this system, reads every file whatever its mode")
    refused(county, *OPEN, TITLE, "--text", paper, code="file_unreadable", exit_code=65)


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except PermissionError:
        return False
    return True


@pytest.mark.parametrize("ref", ["SAM-2026-0002", "SAM-1999-0001", "sam", "", "../../etc", "SAM-2026-0001; --", "1"])
def test_a_reference_that_leads_nowhere_is_no_such_case(desk: Desk, ref: str) -> None:
    office, _ = desk("initiated")
    refused(office, "case", "show", ref, code="unknown_case", exit_code=66)


VERBS = [
    *("open", "show", "history", "next", "prepare", "anchor", "recommend", "decide", "return", "postpone", "withdraw"),
    *("close", "revise", "lift", "override", "dispatch", "answer-by", "answer", "correct", "effect", "spread"),
]


@pytest.mark.parametrize(
    "words",
    [
        *(("case", verb) for verb in VERBS),
        ("party", "mailbox"),
        ("party", "mailbox", "are"),
        ("structure", "show"),
        ("route", "explain"),
        ("diagram",),
        ("case", "recomend", "SAM-2026-0001"),
        ("kase", "list"),
        ("case", "list", "--colour", "red"),
        ("case", "answer", "SAM-2026-0001", "--party", "are", "--answer", "maybe"),
        ("diagram", "agreement", "--format", "png"),
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_whole_is_wrong_usage(county: Office, words: tuple[str, ...]) -> None:
    refused(county, *words, code=None, exit_code=2)


def test_a_language_we_do_not_speak_is_wrong_usage(county: Office) -> None:
    reply = county("case", "list", lang="da")
    assert reply.code == 2, reply.transcript()
    assert reply.error["message"]
    assert "Traceback" not in reply.err
