"""Mandates to give and to get an uppdrag, the money, and the answers to the auditors."""

import pytest

from tests.commands.claims import refused
from tests.office import Office
from tests.structures.steps import events, explained, opened, sound, step, take, tried


def test_nobody_gets_an_uppdrag_without_an_uppdragsbeskrivning(county: Office) -> None:
    """Scenario 102."""
    ref = opened(county, "uppdrag", giver="LF", receiver="au-vuxna", on="2026-02-01")
    words = step(ref, "decide LF 2026-02-02")
    owed = [("mandate_description_missing", "au-vuxna")]
    refused(county, *words, code="mandate_description_missing", exit_code=1, missing=owed)
    other = opened(county, "uppdragsbeskrivning", for_="au-barn-unga", on="2026-02-01")
    take(county, other, "decide LF 2026-02-01")
    refused(county, *words, code="mandate_description_missing", exit_code=1, missing=owed)
    described = opened(county, "uppdragsbeskrivning", for_="au-vuxna", on="2026-02-01")
    take(county, described, "decide LF 2026-02-02")
    assert take(county, ref, "decide LF 2026-02-02") == "in_force"
    sound(county)


MONEY = {"year": "2022", "amount": "900000", "share": ["rjh=450000", "berg=150000", "are=300000"]}


@pytest.mark.parametrize("order", [("svom", "barnarenan"), ("barnarenan", "svom")], ids="-".join)
def test_svom_and_barnarenan_give_out_the_money_themselves(county: Office, order: tuple[str, str]) -> None:
    """Scenario 105."""
    ref = opened(county, "stimulansmedel", "alla", on="2022-01-10", **MONEY)
    take(county, ref, "prepare SRK 2022-01-20", "prepare FG 2022-01-20")
    states = [take(county, ref, f"decide {forum} 2022-02-1{day}") for day, forum in enumerate(order)]
    assert states == ["recommended_by_leadership", "decided"]
    refused(county, *step(ref, "dispatch 2022-02-20"), code="not_recommended", exit_code=1)
    assert {each["state"] for each in county.show(ref)["parties"]} == {"not_sent"}


def test_svom_alone_gives_out_the_money_while_barnarenan_is_dormant(county: Office) -> None:
    """Scenario 105's sibling (rules, 2.9): «2024 endast SVOM då Barnarenan varit vilande»."""
    ref = opened(county, "stimulansmedel", "alla", on="2024-01-10", **MONEY)
    assert county.show(ref)["route"]["decide"] == ["svom"]
    steps = ("prepare SRK 2024-01-20", "prepare FG 2024-01-20", "decide svom 2024-02-10")
    assert take(county, ref, *steps) == "decided"


def test_a_new_structure_gives_out_no_money_before_its_arena_is_named(county: Office) -> None:
    """Scenario 108."""
    words = ("case", "open", "--type", "stimulansmedel", "--title", "Medel 2026", "--on", "2026-02-01")
    refused(county, *words, code="arena_not_designated", exit_code=1)
    configure = ("structure", "configure", "alternativ-1", "--set", "designated_arena=PF", "--minutes", "§ 3")
    told = county(*configure, "--on", "2026-02-01", expect=0).json
    assert (told["said"], told["changed"]) == ({"designated_arena": "politiskt-forum"}, True)
    assert county(*configure, "--on", "2026-02-01", expect=0).json["changed"] is False
    ref = opened(county, "stimulansmedel", on="2026-02-01", year="2026", amount="100", share=["rjh=60", "berg=40"])
    assert take(county, ref, "decide PF 2026-02-20") == "decided"
    assert tried(county, ref, "dispatch 2026-02-21").error["code"] == "not_recommended"
    sound(county)


AUDIT = {"audit": "Samverkan barn och unga med psykisk ohälsa", "due": "2021-11-30", "on": "2021-10-01"}


def test_an_answer_to_the_auditors_after_its_day_is_an_answer_and_is_late(county: Office) -> None:
    """Scenario 111."""
    ref = opened(county, "revisionssvar", addressee="RS", **AUDIT)
    assert take(county, ref, "decide RS 2021-12-09") == "answered"
    assert county.show(ref)["audit"]["days_late"] == 9
    assert events(county, ref) == ["case_opened", "step_taken", "handed_in"]
    on_time = opened(county, "revisionssvar", addressee="HSN", **AUDIT)
    take(county, on_time, "decide HSN 2021-11-30")
    assert county.show(on_time)["audit"]["days_late"] == 0


def test_an_audit_is_open_until_each_of_those_it_was_addressed_to_has_answered(county: Office) -> None:
    """Scenario 112."""
    refs = [opened(county, "revisionssvar", addressee=board, **AUDIT) for board in ("RS", "HSN", "RUN")]
    assert len(set(refs)) == 3
    opened(county, "revisionssvar", addressee="RS", audit="En annan granskning", due="2021-12-31", on="2021-10-01")
    take(county, refs[0], "decide RS 2021-12-09")
    for ref in refs:
        audit = county.show(ref)["audit"]
        assert (audit["answered"], audit["addressed"]) == (1, 3)
    assert [county.show(ref)["state"] for ref in refs] == ["answered", "initiated", "initiated"]
    assert [county.show(ref)["waiting_for"] for ref in refs] == [[], ["hsn"], ["run"]]
    told = county("case", "show", refs[1], json=False, expect=0).out
    assert "1 of 3" in told


def due(office: Office, ref: str, today: str) -> list[tuple[str, str, str | None]]:
    rows = office("worklist", today=today, expect=0).json
    return [(row["body"], row["step"], row["due"]) for row in rows if row.get("case") == ref]


def test_a_board_has_its_answer_on_the_worklist_with_the_auditors_day_whatever_it_is_put_off_to(county: Office) -> None:
    ref = opened(county, "revisionssvar", addressee="HSN", **AUDIT)
    assert due(county, ref, "2021-10-02") == [("hsn", "decide", "2021-11-30")]
    put_off = ("case", "postpone", ref, "--by", "hsn", "--reason", "underlag saknas", "--on", "2021-10-10", "--until")
    county(*put_off, "2021-11-09", expect=0)
    assert due(county, ref, "2021-10-11") == [("hsn", "decide", "2021-11-09")]
    county(*put_off, "2021-12-14", expect=0)
    assert due(county, ref, "2021-10-11") == [("hsn", "decide", "2021-11-30")]
    undated = opened(county, "revisionssvar", addressee="RS", audit="En annan granskning", on="2021-10-01")
    assert due(county, undated, "2021-10-02") == [("rs", "decide", None)]


def test_the_day_of_an_uppdrag_is_that_of_its_report_and_not_of_giving_it(before: Office) -> None:
    said = {"giver": "samreko-hsi", "receiver": "jamtbus", "kind": "limited", "due": "2022-11-30"}
    ref = opened(before, "uppdrag", "barn-unga", on="2022-03-01", **said)
    assert due(before, ref, "2022-03-02") == [("samreko-hsi", "decide", None)]
    take(before, ref, "decide samreko-hsi 2022-04-01")
    assert ("jamtbus", "report", "2022-11-30") in due(before, ref, "2022-04-02")


def test_a_board_asked_twice_for_one_audit_is_counted_once_and_whoever_asks_hears_so(county: Office) -> None:
    first, _ = (opened(county, "revisionssvar", addressee=board, **AUDIT) for board in ("RS", "HSN"))
    words = ("case", "open", "--type", "revisionssvar", "--title", "Svar", "--addressee", "rs", "--due", "2021-11-30")
    again = county(*words, "--audit", AUDIT["audit"], "--on", "2021-10-02", expect=0)
    assert f"{first} is the answer of Regionstyrelsen to that audit already: the board is counted once." in again.err
    take(county, again.json["ref"], "decide RS 2021-11-10")
    audit = county.show(first)["audit"]
    assert (audit["answered"], audit["addressed"]) == (1, 2)
    other = county(*words, "--audit", "En annan granskning", "--on", "2021-10-02", expect=0)
    assert "already" not in other.err
    county("case", "withdraw", other.json["ref"], "--reason", "fel granskning", "--on", "2021-10-03", expect=0)
    assert "already" not in county(*words, "--audit", "En annan granskning", "--on", "2021-10-03", expect=0).err


def test_an_answer_to_the_auditors_goes_the_same_way_whatever_the_structure(county: Office) -> None:
    """Scenario 111 in every structure of the county (rules, 2.11)."""
    for day in ("2021-10-01", "2024-03-01", "2025-03-01", "2026-03-01"):
        route = explained(county, "revisionssvar", addressee="rs", on=day)
        assert (route["decide"], route["ratify"], route["inform"]) == (["rs"], False, ["revisorerna"])
