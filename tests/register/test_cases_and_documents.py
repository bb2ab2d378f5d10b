"""What a case brings about for the register: a document is born, revised, extended, replaced, ended; all or nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.office import PARTIES, Office

TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with alternativ-1 and Bilaga 1; to be copied."""
    office = Office(tmp_path_factory.mktemp("entered")).with_mailboxes()
    office("register", "import", "--on", "2026-01-02", today=TODAY, expect=0)
    return office


@pytest.fixture
def register(isolated: None, entered: Office, tmp_path: Path) -> Office:
    return entered.copied_to(tmp_path / "register")


def shown(office: Office, document: str, today: str = TODAY) -> dict[str, Any]:
    found: dict[str, Any] = office("register", "show", document, today=today, expect=0).json
    return found


def kinds(office: Office, document: str) -> list[str]:
    return [each["kind"] for each in shown(office, document)["history"]]


def sound(office: Office) -> bool:
    return bool(office("audit", "verify", expect=0).json["findings"] == [])


def test_what_a_case_without_a_document_decides_becomes_one(register: Office) -> None:
    ref = register.walked_to("in_force", title="Överenskommelse om något nytt", valid_to="2029-12-31")
    born = shown(register, f"dok-{ref.lower()}")
    assert (born["case"], born["status"], born["title"]) == (ref, "in_force", "Överenskommelse om något nytt")
    assert (born["valid_from"], born["term_ends"], born["owner"]) == ("2026-04-20", "2029-12-31", "politiskt-forum")
    assert sound(register)


def test_what_does_not_last_or_has_not_taken_effect_becomes_none(register: Office) -> None:
    before = len(register("register", "list", today=TODAY, expect=0).json)
    register.walked_to("ratified")
    register.walked_to("withdrawn")
    register.walked_to("sent_to_parties")
    assert len(register("register", "list", today=TODAY, expect=0).json) == before


def test_the_sweep_that_brings_a_case_into_force_brings_its_document(register: Office) -> None:
    ref = register.walked_to("ratified", valid_from="2026-09-01")
    assert register("register", "show", f"dok-{ref.lower()}", expect=66).error["code"] == "unknown_document"
    register("sweep", today="2026-09-02", expect=0)
    assert shown(register, f"dok-{ref.lower()}")["valid_from"] == "2026-09-01"
    assert sound(register)


def test_an_open_case_has_its_document_under_revision_until_it_is_over(register: Office) -> None:
    ref = register.opened(document="b1-14")
    assert shown(register, "b1-14")["state"] == "under_revision"
    register("case", "withdraw", ref, "--reason", "frågan har fallit", "--on", "2026-01-20", expect=0)
    assert shown(register, "b1-14")["state"] == "in_force"
    assert kinds(register, "b1-14")[-2:] == ["revision_begun", "revision_ended"]


def test_a_case_that_takes_effect_has_revised_its_document(register: Office) -> None:
    assert "review_wanted" in {flag["kind"] for flag in shown(register, "b1-14")["flags"]}
    register.walked_to("in_force", document="b1-14")
    after = shown(register, "b1-14")
    assert "document_revised" in kinds(register, "b1-14")
    assert (after["state"], after["term_ends"]) == ("in_force", None)
    assert "review_wanted" not in {flag["kind"] for flag in after["flags"]}


def test_a_case_that_is_to_extend_does_so_when_it_takes_effect(register: Office) -> None:
    register.walked_to("in_force", group="alla", document="b1-03", aim="extend", valid_to="2027-12-31")
    after = shown(register, "b1-03")
    assert (after["status"], after["term_ends"]) == ("in_force", "2027-12-31")
    assert sound(register)


def test_an_extension_without_a_last_day_is_not_opened(register: Office) -> None:
    words = ("case", "open", "--type", "ök", "--title", "Förlängning", "--document", "b1-03", "--on", "2026-01-12")
    assert register(*words, "--aim", "extend", expect=65).error["code"] == "value_invalid"
    without = (*words[:6], "--group", "vuxna", "--on", "2026-01-12", "--aim", "replace")
    assert register(*without, expect=65).error["code"] == "value_invalid"


def test_a_case_that_is_to_replace_ends_the_old_document_and_all_that_waited_for_that(register: Office) -> None:
    ref = register.walked_to("in_force", group="vuxna", type="avtal", document="b1-07", aim="replace")
    born = f"dok-{ref.lower()}"
    old, new, waiting = (shown(register, each) for each in ("b1-07", born, "b1-26"))
    assert (old["status"], old["superseded_by"]) == ("superseded", born)
    assert (new["status"], new["supersedes"]) == ("in_force", ["b1-07"])
    assert (waiting["status"], waiting["term_ends"]) == ("expired", "2026-04-19")
    assert sound(register)


def test_the_case_behind_a_document_can_be_named_as_the_successor(register: Office) -> None:
    ref = register.walked_to("in_force", group="alla", title="Ny länsöverenskommelse")
    register("register", "supersede", "b1-03", "--by", ref, "--on", TODAY, today=TODAY, expect=0)
    successor = shown(register, f"dok-{ref.lower()}")
    # Row 3 lies where the law demands an agreement, and what comes after it does so too.
    assert (successor["supersedes"], successor["statutory"], successor["follow_up"]) == (["b1-03"], "area", "yearly")
    assert successor["next_follow_up"] is None
    register("register", "implemented", successor["id"], "--on", TODAY, today=TODAY, expect=0)
    assert shown(register, successor["id"])["next_follow_up"] == "2027-12-31"
    flags = {flag["kind"] for flag in shown(register, "b1-03")["flags"]}
    assert not flags & {"expired_statutory", "successor_unknown"}


def test_a_case_that_is_not_in_force_replaces_nothing(register: Office) -> None:
    ref = register.walked_to("sent_to_parties", group="alla")
    reply = register("register", "supersede", "b1-03", "--by", ref, today=TODAY, expect=1)
    assert reply.error["code"] == "step_not_possible"
    assert register("register", "supersede", "b1-03", "--by", "b1-99", today=TODAY, expect=66).error["missing"] == []


def test_a_rattelse_that_undoes_a_case_takes_its_document_out_of_force_until_it_is_settled(register: Office) -> None:
    ref = register.walked_to("in_force")
    born = f"dok-{ref.lower()}"
    said = ("--party", PARTIES[-1], "--on", "2026-04-20", "--reason", "fel paragraf")
    register("case", "correct", ref, *said, "--answer", "declines", expect=0)
    assert shown(register, born)["state"] == "registered"
    assert born not in {row["id"] for row in register("register", "list", today=TODAY, expect=0).json}
    register("case", "correct", ref, *said, "--answer", "adopts", expect=0)
    assert shown(register, born)["state"] == "in_force"
    assert kinds(register, born).count("document_registered") == 1
    assert sound(register)


def test_a_rattelse_takes_back_what_the_case_had_led_to_for_its_document_and_says_so(register: Office) -> None:
    ref = register.walked_to("in_force", group="alla", document="b1-03", aim="extend", valid_to="2027-12-31")
    said = ("--party", PARTIES[-1], "--on", "2026-04-20", "--reason", "fel paragraf")
    reply = register("case", "correct", ref, *said, "--answer", "declines", expect=0)
    after = shown(register, "b1-03")
    assert (after["status"], after["term_ends"]) == ("expired", "2024-12-31")
    assert kinds(register, "b1-03")[-2:] == ["outcome_undone", "revision_begun"]
    assert "b1-03" in reply.err
    assert "register extend" in reply.err
    assert after["history"][-2]["text"].startswith(ref)
    assert sound(register)


def decided_on(register: Office, ref: str, day: str) -> Any:
    """A rättelse: the last party to adopt it had done so on ``day``; what was recorded because of that."""
    said = ("--party", PARTIES[-1], "--on", day, "--answer", "adopts", "--reason", "fel datum i protokollet")
    events = register("case", "correct", ref, *said, expect=0).json["events"]
    return {each["kind"] for each in events} - {"answer_recorded", "ratified"}


def test_a_rattelse_of_the_day_moves_the_first_day_of_what_the_case_led_to(register: Office) -> None:
    ref = register.walked_to("in_force", title="Överenskommelse om något nytt", valid_to="2029-12-31")
    assert decided_on(register, ref, "2026-05-04") == {"first_day_moved"}
    born = shown(register, f"dok-{ref.lower()}")
    assert (born["valid_from"], born["term_ends"], born["status"]) == ("2026-05-04", "2029-12-31", "in_force")
    assert (ref in born["history"][-1]["text"], "2026-05-04" in born["history"][-1]["text"]) == (True, True)
    register("audit", "rebuild", expect=0)
    assert shown(register, f"dok-{ref.lower()}") == born
    told = register("audit", "replay", f"dok-{ref.lower()}", expect=0).json
    assert told["steps"][-1]["kind"] == "first_day_moved"
    assert sound(register)


def test_a_rattelse_of_the_day_moves_what_was_added_to_a_document(register: Office) -> None:
    ref = register.walked_to("in_force", group="alla", document="b1-03", aim="extend", valid_to="2027-12-31")
    assert decided_on(register, ref, "2026-05-04") == {"term_extended"}
    after = shown(register, "b1-03")
    assert (after["status"], after["term_ends"]) == ("in_force", "2027-12-31")
    assert "2026-05-04" in after["history"][-1]["text"]
    assert sound(register)


def test_a_rattelse_of_the_day_moves_the_end_of_a_document(register: Office) -> None:
    ref = register.walked_to("in_force", document="b1-14", aim="terminate")
    assert shown(register, "b1-14")["term_ends"] == "2026-04-19"
    assert decided_on(register, ref, "2026-05-04") == {"termination_decided"}
    assert shown(register, "b1-14")["term_ends"] == "2026-05-03"
    assert sound(register)


def test_a_rattelse_of_the_day_moves_the_day_on_which_one_document_takes_the_place_of_another(register: Office) -> None:
    ref = register.walked_to("in_force", group="vuxna", type="avtal", document="b1-07", aim="replace")
    kinds_moved = {"first_day_moved", "document_superseded", "event_met"}
    assert decided_on(register, ref, "2026-05-04") == kinds_moved
    old, new, waiting = (shown(register, each) for each in ("b1-07", f"dok-{ref.lower()}", "b1-26"))
    assert (old["status"], new["valid_from"]) == ("superseded", "2026-05-04")
    assert (waiting["status"], waiting["term_ends"]) == ("expired", "2026-05-03")
    assert sound(register)


def test_a_case_on_a_document_of_the_countys_own_goes_the_way_of_that_document(register: Office) -> None:
    head = "id;title;type;group;validity_text;valid_from;lifted;recommending_forums\n"
    table = register.paper(f"{head}egen-1;Egen riktlinje;riktlinje;vuxna;2026-;2026-01-01;yes;politiskt-forum\n")
    register("register", "import", table, "--on", "2026-01-02", today=TODAY, expect=0)
    words = ("case", "open", "--type", "riktlinje", "--title", "Egen", "--document", "EGEN-1", "--on", "2026-01-12")
    opened = register(*words, expect=0).json
    assert opened["route"]["political"] == ["politiskt-forum"]
    assert shown(register, "egen-1")["state"] == "under_revision"
    assert sound(register)
