"""A county's own rule files: checked, brought into force for what comes, and never turned against what has been."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.claims import refused, unbroken
from tests.office import PARTIES, Office
from tests.structures.own_rules import TENTH, example_structure, laid, shipped
from tests.structures.steps import events, explained, opened, sound, take

pytestmark = pytest.mark.slow

TODAY = "2026-11-20"
IMPORT = ("structure", "import")


def records(office: Office) -> list[dict[str, Any]]:
    return [json.loads(content) for content in office.copy_log_bytes()]


def imported(office: Office, place: Path, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = office(*IMPORT, place, "--on", TODAY, today=TODAY, expect=0, **options).json
    return found


def declined(office: Office, place: Path, *told: str) -> str:
    """The files are refused in every way of asking and nothing is written; the message names these."""
    message: str = refused(office, *IMPORT, place, code="rules_invalid", exit_code=78).error["message"]
    assert all(each in message for each in told), message
    assert place.is_dir() or message.startswith(f"{place.name}:"), message
    return message


def adopted(office: Office, structure: str) -> None:
    """RSR decides on the structure for the first day of 2026, and it is adopted."""
    said = {"in_force": "2026-01-01", "direction": "En väg in", "goals": "Jämlik vård i länet"}
    ref = opened(office, "samverkansstruktur", structure=structure, on="2025-02-01", **said)
    take(office, ref, "decide rsr 2025-03-01", "decide rsr 2025-11-15")
    words = ("structure", "adopt", structure, "--from", "2026-01-01", "--minutes", "§ 7", "--on", "2025-11-20")
    office(*words, today=TODAY, expect=0)


def test_a_tenth_party_and_a_structure_of_the_countys_own_carry_a_case_to_the_day_it_binds(before: Office) -> None:
    """By rule files only: no line of code knows of Härnösand or of Länsforum."""
    folder = laid(before, lansforum=example_structure(), lan=shipped("county.toml", more=TENTH))
    told = imported(before, folder)
    assert told["files"] == ["county.toml", "structures/lansforum.toml"]
    assert (told["changed"], told["structures"]) == (True, ["lansforum"])
    before("party", "mailbox", "Härnösand", "registrator@harnosand.example", expect=0)
    adopted(before, "lansforum")
    ref = opened(before, "överenskommelse", "vuxna", on="2026-02-01")
    shown = before.show(ref, today=TODAY)
    assert (shown["structure"], shown["route"]["leadership"]) == ("lansforum", ["chefsforum"])
    parties = [each["party"] for each in shown["parties"]]
    assert parties == [*PARTIES, "harnosand"]
    take(before, ref, "recommend Chefsforum 2026-02-10", "recommend lansforum 2026-03-01", "dispatch 2026-03-02")
    for party in parties[:-1]:
        assert take(before, ref, f"answer {party} 2026-04-20") == "sent_to_parties"
    assert take(before, ref, "answer harnosand 2026-05-02", today=TODAY) == "in_force"
    assert before.show(ref, today=TODAY)["in_force_from"] == "2026-05-02"
    sound(before)


def test_nothing_of_an_open_or_a_closed_case_changes(before: Office) -> None:
    still_open = opened(before, "ök", "barn-unga", on="2025-01-10")
    take(before, still_open, "prepare SRK 2025-02-01")
    closed = opened(before, "rutin", "vuxna", on="2025-01-10")
    take(before, closed, "anchor deltagarnas-organisationer 2025-02-01", "decide FG 2025-03-01")
    asked = [(*words, ref) for ref in (still_open, closed) for words in (("case", "show"), ("audit", "replay"))]
    then = [before(*words, today=TODAY, expect=0).json for words in asked]
    log = before.copy_log_bytes()
    imported(before, laid(before, lansforum=example_structure(), lan=shipped("county.toml", more=TENTH)))
    assert [before(*words, today=TODAY, expect=0).json for words in asked] == then
    assert before.copy_log_bytes()[:-1] == log
    take(before, still_open, "recommend svom 2025-04-01", "recommend buz 2025-04-02", "dispatch 2025-04-03")
    assert [each["party"] for each in before.show(still_open)["parties"]] == list(PARTIES)
    sound(before)


def test_each_record_keeps_the_rules_it_was_decided_under(before: Office) -> None:
    ref = opened(before, "ök", "vuxna", on="2025-01-10")
    told = imported(before, laid(before, lansforum=example_structure()))
    take(before, ref, "prepare FG 2025-02-01")
    *earlier, adoption, later = records(before)
    assert {record["rules"] for record in earlier} == {told["before"]}
    assert (adoption["event"]["kind"], adoption["stream"]) == ("rules_adopted", "organisation")
    assert adoption["rules"] == later["rules"] == told["digest"] != told["before"]
    assert adoption["act"]["digest"] == told["digest"]
    assert adoption["event"]["before"] == told["before"]
    assert events(before, ref) == ["case_opened", "step_taken"]


def test_the_same_files_again_change_nothing(extended: Office) -> None:
    log = extended.copy_log_bytes()
    again = imported(extended, laid(extended, lansforum=example_structure()))
    assert (again["changed"], again["files"], again["digest"]) == (False, [], records(extended)[-1]["rules"])
    assert extended.copy_log_bytes() == log
    shipped_file = extended.paper(shipped("structures/nuvarande.toml"))
    assert imported(extended, shipped_file)["changed"] is False


def test_a_file_may_be_called_anything(before: Office) -> None:
    place = before.folder / "Vårt länsforum (utkast 3).toml"
    place.write_text(example_structure(), encoding="utf-8")
    assert imported(before, place)["files"] == ["structures/lansforum.toml"]
    assert explained(before, "avtal", "vuxna", structure="lansforum", on="2026-11-20")["rule"] == "lansforum-agreement"


def test_a_person_is_told_which_files_are_in_force_in_either_language(before: Office) -> None:
    for lang, name in (("sv", "lansforum"), ("en", "andra-lansforum")):
        text = example_structure().replace(
            'id = "lansforum"\nname = "Länsforum"\nenabled', f'id = "{name}"\nname = "X"\nenabled'
        )
        reply = before(*IMPORT, laid(before, eget=text), "--on", TODAY, today=TODAY, lang=lang, json=False, expect=0)
        assert f"structures/{name}.toml" in reply.out
        assert max(map(len, reply.out.splitlines())) <= 100


# --- what is in use stays ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", ["nuvarande", "tillfallig"])
def test_the_file_of_a_structure_in_the_calendar_is_frozen(before: Office, structure: str) -> None:
    opened(before, "ök", "vuxna", on="2025-01-10")
    changed = shipped(f"structures/{structure}.toml", ('report_to = "svom"', 'report_to = "barnarenan"'))
    declined(before, before.paper(changed), "id of its own")


def test_a_structure_can_be_changed_until_it_is_adopted(extended: Office) -> None:
    changed = example_structure().replace('follow_up = ["lansforum"]', 'follow_up = ["chefsforum"]')
    assert imported(extended, extended.paper(changed))["files"] == ["structures/lansforum.toml"]
    adopted(extended, "lansforum")
    declined(extended, extended.paper(example_structure()), "in the calendar")
    sound(extended)


def test_a_structure_that_was_configured_is_frozen(before: Office) -> None:
    before("structure", "configure", "alternativ-3", "--board", "gnus", "--on", TODAY, today=TODAY, expect=0)
    changed = shipped("structures/alternativ-3.toml", ('name = "Alternativ 3"', 'name = "Gemensam nämnd"'))
    declined(before, before.paper(changed), "configured")


COUNTY_FAULTS: list[tuple[str, str, str]] = [
    ('[[party]]\nid = "berg"', '[[organisation]]\nid = "berg"', "berg"),
    ('id = "vuxna"', 'id = "aldre"', "vuxna"),
    ('chart = "stimulus-funds"', 'chart = "officers-document"', "stimulansmedel"),
    ("from = 2024-10-01", "from = 2024-11-01", "calendar"),
    ('forum = "jamtbus"\nstatus = "dormant"', 'forum = "jamtbus"\nstatus = "active"', "calendar"),
]


@pytest.mark.parametrize(
    ("old", "new", "told"), COUNTY_FAULTS, ids=[told for _, _, told in COUNTY_FAULTS[:4]] + ["status"]
)
def test_what_holds_in_every_structure_can_be_added_to_and_not_taken_from(
    before: Office, old: str, new: str, told: str
) -> None:
    declined(before, before.paper(shipped("county.toml", (old, new))), told)


def test_another_countys_file_belongs_in_another_database(before: Office) -> None:
    head = shipped("county.toml").split("[county]\n", 1)[1].split("\n", 1)[0]
    declined(before, before.paper(shipped("county.toml", (head, 'id = "vasternorrland"'))), "database")


def test_names_and_times_may_change(before: Office) -> None:
    new = shipped("county.toml", ("answer_days = 112", "answer_days = 56"), ('name = "Bergs kommun"', 'name = "Berg"'))
    assert imported(before, before.paper(new))["files"] == ["county.toml"]
    names = {row["id"]: row["name"] for row in before("party", "list", expect=0).json}
    assert names["berg"] == "Berg"


def test_a_document_of_the_register_stays_as_it_is_and_others_may_be_added(before: Office) -> None:
    changed = shipped("register.toml", ("exception = { lifted = true }", ""))
    declined(before, before.paper(changed), "b1-18")
    row = '\n[[document]]\nid = "b1-28"\nrow = 28\ntitle = "Avtal om något nytt"\ntype = "avtal"\ngroup = "vuxna"\n'
    row += 'recommending = ["svom"]\npreparing = ["fredagsgruppen"]\nsources = [\n'
    row += '  { cite = "protokoll 2026-10-01 § 4", quote = "Avtalet tecknas.", evidence = "text" },\n]\n'
    assert imported(before, before.paper(shipped("register.toml", more=row)))["files"] == ["register.toml"]
    assert explained(before, "avtal", document="b1-28", on="2025-01-10")["rule"] == "s1-agreement-vuxna"


# --- what is no rule file --------------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[str, str]] = {
    "no TOML": ("[structure\nid =", "line 1"),
    "no rule file": ("a = 1\n", "no rule file"),
    "no id": ("[structure]\nname = 'X'\n", "a–z"),
    "an id that is a path": ("[structure]\nid = '../county'\n", "a–z"),
    "a misspelt key": (example_structure().replace("sectors_without", "sector_without", 1), "sector_without"),
    "a value of another type": (example_structure().replace("enabled = true", 'enabled = "ja"'), "enabled"),
    "a forum nobody knows": (
        example_structure().replace('leadership = ["chefsforum"]', 'leadership = ["ingen"]'),
        "ingen",
    ),
    "two rules for one matter": (
        example_structure()
        .replace('id = "lansforum-own-ways"', 'id = "lansforum-twice"')
        .replace('variant = ["joint-board", "incomplete"]\n', ""),
        "lansforum-agreement",
    ),
    "a type without an answer": (example_structure().replace('"policy", ', ""), "policy"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_does_not_hold_together_is_refused_with_the_file_and_what_is_wrong(before: Office, fault: str) -> None:
    text, told = BROKEN[fault]
    declined(before, before.paper(text), told)


def test_a_file_that_is_not_text_is_refused(before: Office) -> None:
    declined(before, before.paper(b"\xff\xfe\x00structure"))


def test_two_files_that_are_the_same_one_are_refused(before: Office) -> None:
    declined(before, laid(before, ett=example_structure(), två=example_structure()), "structures/lansforum.toml")


def test_a_place_without_rule_files_is_refused(before: Office) -> None:
    empty = before.folder / "tom"
    empty.mkdir()
    for place in (empty, before.folder / "finns inte.toml"):
        refused(before, *IMPORT, place, code="file_unreadable", exit_code=65)


def test_nothing_is_imported_on_a_day_that_has_not_come(before: Office) -> None:
    place = before.paper(example_structure())
    refused(before, *IMPORT, place, "--on", "2026-11-21", code="date_in_future", exit_code=65)


# --- at the same time, and before an audit ---------------------------------------------------------------------------


def test_of_two_imports_at_the_same_time_neither_is_lost(before: Office) -> None:
    other = example_structure().replace(
        'id = "lansforum"\nname = "Länsforum"\nenabled', 'id = "annat"\nname = "X"\nenabled'
    )
    places = [before.paper(example_structure()), before.paper(other)]
    running = [before.spawn(*IMPORT, place) for place in places]
    codes = []
    for process in running:
        process.communicate()
        codes.append(process.returncode)
    assert set(codes) <= {0, 75}
    assert 0 in codes
    for place, code in zip(places, codes, strict=True):
        if code == 75:
            before(*IMPORT, place, expect=0)
    known = {row["id"] for row in before("structure", "list", expect=0).json}
    assert {"lansforum", "annat"} <= known
    sound(before)


def test_every_byte_that_the_record_names_is_kept_with_it(extended: Office) -> None:
    with contextlib.closing(sqlite3.connect(extended.file)) as base:
        kept = {row[0] for row in base.execute("SELECT digest FROM rule_file")}
    last = records(extended)[-1]
    assert {last["rules"], last["event"]["before"], last["event"]["files"]["structures/lansforum.toml"]} <= kept


def test_a_file_taken_out_of_the_database_is_found(extended: Office) -> None:
    with contextlib.closing(sqlite3.connect(extended.file)) as base, base:
        base.execute("DELETE FROM rule_file WHERE digest = ?", (records(extended)[-1]["rules"],))
    found = extended("audit", "verify", expect=3).json["findings"]
    assert "rules" in {finding["check"] for finding in found}


def test_a_name_of_the_new_structure_is_told_in_whole_sentences(extended: Office) -> None:
    shown = extended("structure", "show", "Länsforum", json=False, lang="sv", expect=0).out
    assert "«Ett länsforum inrättas.»" in unbroken(shown)
