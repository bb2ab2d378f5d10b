"""What is explained, and told of a change, is what then happens: the register is asked, and the day it is asked for."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.claims import refused
from tests.conftest import isolate
from tests.office import Office, Reply
from tests.structures.steps import explained, opened, sound, take

TODAY = "2026-11-20"
DAY = "2026-02-01"
OWN = """id;title;type;group;validity_text;recommending_forums;preparing_forums
eget-avtal;Avtal om något eget;avtal;vuxna;2024 - tills vidare;SVOM;Fredagsgruppen
egen-riktlinje;Riktlinje om något eget;riktlinje;barn och unga;2024 - tills vidare;;SamReKo HSI
"""


@pytest.fixture(scope="module")
def entered(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The county with Bilaga 1 and two documents of its own; row 10 confirmed, row 9 with its group. To be copied."""
    folder = tmp_path_factory.mktemp("entered")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        office = furnished.copied_to(folder)
        office("register", "import", "--on", "2026-01-02", today=TODAY, expect=0)
        office("register", "import", office.paper(OWN), "--on", "2026-01-02", today=TODAY, expect=0)
        office("register", "confirm", "b1-10", "--open-ended", "--on", "2026-01-03", expect=0)
        return office


@pytest.fixture
def register(isolated: None, entered: Office, tmp_path: Path) -> Office:
    return entered.copied_to(tmp_path / "register")


def asked(office: Office, kind: str, document: str) -> Reply:
    return office("route", "explain", "--type", kind, "--document", document, "--on", DAY)


def test_every_document_of_the_register_is_explained_as_a_case_on_it_is_routed(register: Office) -> None:
    rows = register("register", "list", today=TODAY, expect=0).json
    assert {"eget-avtal", "egen-riktlinje", "b1-10"} <= {row["id"] for row in rows}
    for row in rows:
        told = asked(register, row["type"], row["id"])
        words = ("--type", row["type"], "--title", "Ett ärende", "--document", row["id"], "--on", DAY)
        done = register("case", "open", *words)
        assert told.code == done.code, (row["id"], told.transcript(), done.transcript())
        if told.code:
            assert told.error["code"] == done.error["code"]
        else:
            route = done.json["route"]
            assert {key: told.json[key] for key in route.keys() & told.json} == {
                key: route[key] for key in route.keys() & told.json
            }


def test_a_document_that_neither_the_register_nor_bilaga_1_has_is_refused_alike(register: Office) -> None:
    words = ("route", "explain", "--type", "avtal", "--document", "eget-avtall", "--on", DAY)
    refused(register, *words, code="unknown_document", exit_code=66)


def documents(office: Office, before: str = "nuvarande", after: str = "alternativ-1") -> dict[str, Any]:
    found = office("route", "diff", before, after, "--on", TODAY, today=TODAY, expect=0).json
    assert found["documents_of"] == "register"
    return {each["id"]: each for each in found["documents"]}


def test_a_change_is_told_of_the_documents_the_register_has(register: Office) -> None:
    found = documents(register)
    listed = {row["id"] for row in register("register", "list", today=TODAY, expect=0).json}
    assert found.keys() == listed
    own = found["eget-avtal"]
    assert (own["row"], own["before"]["owners"], own["after"]["owners"]) == (None, ["svom"], ["politiskt-forum"])
    assert own["before"]["route"]["political"] == ["svom"]
    assert own["after"]["route"]["political"] == ["politiskt-forum"]
    assert own["changes"] == {"route": True, "owner": True}
    confirmed = found["b1-10"]
    assert (confirmed["row"], confirmed["before"]["refusal"], confirmed["after"]["refusal"]) == (10, None, None)


def test_what_is_ended_is_told_no_more(register: Office) -> None:
    register("register", "supersede", "b1-07", "--by", "eget-avtal", "--on", DAY, expect=0)
    assert documents(register).keys().isdisjoint({"b1-07"})


def test_before_anything_is_entered_the_rows_of_bilaga_1_are_told_and_that_is_said(county: Office) -> None:
    words = ("route", "diff", "nuvarande", "alternativ-1", "--on", TODAY)
    reply = county(*words, today=TODAY, expect=0)
    assert (reply.json["documents_of"], len(reply.json["documents"])) == ("bilaga-1", 27)
    for lang, mark in (("sv", "Bilaga 1"), ("en", "Bilaga 1")):
        assert mark in county(*words, today=TODAY, json=False, lang=lang, expect=0).err


def test_a_case_that_only_its_rule_is_called_otherwise_for_is_not_changed(before: Office) -> None:
    answer = opened(before, "revisionssvar", addressee="RS", audit="Granskning", due="2026-12-01", on="2025-02-01")
    other = opened(before, "ök", "vuxna", on="2025-02-01")
    found = before("route", "diff", "tillfallig", "alternativ-1", "--on", TODAY, today=TODAY, expect=0).json
    cases = {each["ref"]: each for each in found["cases"]}
    assert cases[answer]["before"]["rule"] != cases[answer]["after"]["rule"]
    assert (cases[answer]["changes"], cases[other]["changes"]) == (False, True)


# --- what is said of a structure, from its day -----------------------------------------------------------------------

MONEY = ("case", "open", "--type", "stimulansmedel", "--title", "Medel 2026", "--year", "2026", "--amount", "9")
ARENA = ("structure", "configure", "alternativ-1", "--set")


def test_an_arena_gives_out_no_money_before_the_day_it_was_designated(county: Office) -> None:
    """Scenario 108, reading G29."""
    said = county(*ARENA, "designated_arena=politiskt-forum", "--on", "2026-06-01", expect=0).json
    assert (said["from"], said["changed"]) == ("2026-06-01", True)
    for day in ("2026-01-05", "2026-05-31"):
        refused(county, *MONEY, "--share", "rjh=9", "--on", day, code="arena_not_designated", exit_code=1)
        words = ("route", "explain", "--type", "stimulansmedel", "--on", day)
        refused(county, *words, code="arena_not_designated", exit_code=1)
    ref = county(*MONEY, "--share", "rjh=9", "--on", "2026-06-01", expect=0).json["ref"]
    assert take(county, ref, "decide politiskt-forum 2026-06-10") == "decided"
    sound(county)


def test_another_arena_takes_over_on_its_day_and_what_was_recorded_late_counts_from_its_own(county: Office) -> None:
    choices = next(
        each["choices"]
        for each in county("structure", "show", "alternativ-1", expect=0).json["parameters"]
        if each["id"] == "designated_arena"
    )
    first, second = choices[:2]
    county(*ARENA, f"designated_arena={second}", "--on", "2026-09-01", expect=0)
    county(*ARENA, f"designated_arena={first}", "--on", "2026-03-01", expect=0)

    def decides(day: str) -> list[str]:
        decide: list[str] = explained(county, "stimulansmedel", on=day)["decide"]
        return decide

    assert [decides(day) for day in ("2026-03-01", "2026-08-31", "2026-09-01")] == [[first], [first], [second]]
    assert county(*ARENA, f"designated_arena={second}", "--on", "2026-10-01", expect=0).json["changed"] is False
    sound(county)


# --- refusals that tell what is the matter ----------------------------------------------------------------------------


def test_a_structure_that_waits_for_its_board_says_so_and_how_it_is_said(county: Office) -> None:
    adopt = ("structure", "adopt", "alternativ-3", "--from", "2027-01-01", "--minutes", "§ 7")
    assert "--board" in county(*adopt, expect=1).error["hint"]
    shown = county("structure", "show", "alternativ-3", today=TODAY, expect=0).json
    assert (shown["enabled"], shown["lacks"]) == (False, ["board"])
    out = county("structure", "show", "alternativ-3", json=False, today=TODAY, expect=0).out
    assert "configure alternativ-3 --board gnus|gemensam-namnd" in " ".join(out.split())
    county("structure", "configure", "alternativ-3", "--board", "gnus", "--on", DAY, expect=0)
    shown = county("structure", "show", "alternativ-3", today=TODAY, expect=0).json
    assert (shown["enabled"], shown["lacks"]) == (True, [])
    assert {each["id"]: each["value"] for each in shown["parameters"]} == {"board": "gnus", "designated_arena": None}


def test_of_a_structure_that_is_only_described_it_is_said_that_nothing_enables_it(county: Office) -> None:
    hint = county("structure", "adopt", "halsam", "--from", "2027-01-01", "--minutes", "§ 7", expect=1).error["hint"]
    assert "--board" not in hint
    assert "described" in hint
    assert "described" in county("structure", "show", "halsam", json=False, expect=0).out


@pytest.mark.parametrize(
    ("kind", "said", "option"),
    [
        ("uppdragsbeskrivning", (), "--for"),
        ("uppdrag", (), "--giver"),
        ("uppdrag", ("--giver", "FG"), "--receiver"),
        ("revisionssvar", (), "--addressee"),
    ],
)
def test_an_option_that_the_route_hangs_on_is_asked_for_as_an_opening_asks_for_it(
    county: Office, kind: str, said: tuple[str, ...], option: str
) -> None:
    told = refused(county, "route", "explain", "--type", kind, *said, code="value_invalid", exit_code=65)
    done = county("case", "open", "--title", "Ett ärende", "--type", kind, *said)
    assert told.error["message"] == done.error["message"]
    assert option in told.error["message"]


def test_a_thing_there_is_nothing_to_say_about_is_named_whatever_is_said_of_it(county: Office) -> None:
    reply = refused(county, *ARENA, "foo=bar", code="value_invalid", exit_code=65)
    assert (reply.error["message"].startswith("foo"), reply.error["suggestion"]) == (True, None)
    assert "designated_arena" in reply.error["message"]


def test_a_day_before_every_structure_is_told_with_the_calendar_as_its_remedy(county: Office) -> None:
    words = ("--type", "ök", "--group", "vuxna", "--on", "1950-01-01")
    for verb in (("route", "explain"), ("case", "open", "--title", "Ett ärende")):
        reply = refused(county, *verb, *words, code="route_undefined", exit_code=1)
        assert "1950-01-01" in reply.error["message"]
        assert "calendar" in reply.error["hint"]
