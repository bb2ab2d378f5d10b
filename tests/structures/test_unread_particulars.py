"""What is said at an opening and means nothing for its type is kept, and whoever said it is told."""

import pytest

from tests.office import Office

OPEN = ("case", "open", "--title", "Samverkan kring vårdplatser")
FOR_ANY = {
    "--for": "srk",
    "--giver": "srk",
    "--receiver": "jamtbus",
    "--kind": "limited",
    "--due": "2022-11-30",
    "--addressee": "rs",
    "--audit": "Samverkan",
    "--year": "2022",
    "--amount": "100",
    "--share": "rjh=100",
    "--structure": "alternativ-1",
    "--in-force": "2026-01-01",
    "--direction": "Nära vård",
    "--goals": "En ingång",
}
#: By hand: which of them each type asks for.
OF_TYPE = {
    "överenskommelse": (),
    "uppdragsbeskrivning": ("--for",),
    "uppdrag": ("--giver", "--receiver", "--kind", "--due"),
    "revisionssvar": ("--due", "--addressee", "--audit"),
    "stimulansmedel": ("--year", "--amount", "--share"),
    "samverkansstruktur": ("--structure", "--in-force", "--direction", "--goals"),
}
NO_DAY = "No day was given on which the answer is due"


def opening(county: Office, type_name: str, *options: str, lang: str = "en") -> tuple[str, list[str]]:
    """Opens a matter with these options; its reference and the lines said besides."""
    said = [word for option in options for word in (option, FOR_ANY[option])]
    reply = county(*OPEN, "--type", type_name, "--group", "vuxna", "--on", "2022-03-01", *said, lang=lang, expect=0)
    return reply.json["ref"], reply.err.splitlines()


@pytest.mark.parametrize("type_name", OF_TYPE)
def test_whoever_says_everything_hears_what_nothing_reads(county: Office, type_name: str) -> None:
    _, told = opening(county, type_name, *FOR_ANY)
    unread = [line.split(" means nothing for this type")[0].split()[-1] for line in told]
    assert unread == [option for option in FOR_ANY if option not in OF_TYPE[type_name]]


@pytest.mark.parametrize("type_name", OF_TYPE)
def test_whoever_says_what_the_type_asks_for_hears_nothing(county: Office, type_name: str) -> None:
    assert opening(county, type_name, *OF_TYPE[type_name])[1] == []


def test_what_nothing_reads_is_in_the_record_all_the_same(county: Office) -> None:
    opening(county, "överenskommelse", "--audit")
    assert b'"audit":"Samverkan"' in county.copy_log_bytes()[-1]


def test_an_answer_to_the_auditors_that_is_due_on_no_day_says_so(county: Office) -> None:
    (told,) = opening(county, "revisionssvar", "--addressee", "--audit")[1]
    assert NO_DAY in told
    in_swedish, asked_before = opening(county, "revisionssvar", "--addressee", "--audit", lang="sv")[1]
    assert "räknas som lämnat i tid" in in_swedish
    assert "räknas en gång" in asked_before


def test_a_person_hears_it_too(county: Office) -> None:
    words = ("--type", "ök", "--group", "vuxna", "--on", "2022-03-01", "--amount", "100")
    reply = county(*OPEN, *words, json=False, expect=0)
    assert reply.err.count("--amount means nothing for this type") == 1
