"""What a question gives back: the keys a script may count on, and their types."""

import shlex
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any

import pytest

from tests.commands.claims import Desk, refused
from tests.office import PARTIES, Office

Shape = dict[str, type | UnionType]
Text = str | None

CASE: Shape = {
    **dict.fromkeys(("ref", "type", "title", "group", "structure", "chart", "state", "opened_on", "effect_rule"), str),
    **dict.fromkeys(("sectors", "waiting_for", "parties", "flags"), list),
    **dict.fromkeys(("in_force_from", "answer_by"), Text),
    **dict.fromkeys(("text", "route", "done"), dict),
    "version": int,
}
STEPS = ("prepare", "leadership", "political", "decide", "anchoring")
ROUTE: Shape = {
    **dict.fromkeys((*STEPS, "may_prepare", "inform", "spread_via", "follow_up"), list),
    **dict.fromkeys(("rule", "report_to"), str),
    "ratify": bool,
    "agenda_part": int | None,
}
PARTY: Shape = {
    **dict.fromkeys(("party", "state"), str),
    **dict.fromkeys(("answer", "decided_on", "reported_on", "organ", "minutes", "in_force_from"), Text),
    "text_version": int | None,
    "late": bool,
}


def shaped(row: dict[str, Any], shape: Shape) -> None:
    """Every key of the shape is there, and holds what it should."""
    wrong = {key: row.get(key, "(no such key)") for key, kind in shape.items() if not _holds(row, key, kind)}
    assert wrong == {}, row


def _holds(row: dict[str, Any], key: str, kind: type | UnionType) -> bool:
    return key in row and isinstance(row[key], kind)


@pytest.mark.parametrize("state", ["initiated", "recommended_by_leadership", "sent_to_parties", "ratified", "in_force"])
def test_case_show_has_every_key_in_every_state(desk: Desk, state: str) -> None:
    office, ref = desk(state)
    shown = office.show(ref, today="2026-06-25")
    shaped(shown, CASE)
    shaped(shown["route"], {**ROUTE, "override": str | dict | None})
    shaped(shown["text"], {"version": int, "sha256": Text})
    shaped(shown["done"], dict.fromkeys(STEPS, list))
    assert shown["state"] == state
    assert len(shown["parties"]) == 9
    for row in shown["parties"]:
        shaped(row, PARTY)


def test_case_show_names_the_text_by_number_and_checksum(county: Office) -> None:
    ref = county.opened(text=county.paper("abc"))
    of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert {**county.show(ref)["text"]}.items() >= {"version": 1, "sha256": of_abc}.items()
    assert county.show(county.opened())["text"].items() >= {"version": 1, "sha256": None}.items()


def test_case_list_has_one_row_a_case_and_filters_by_state_and_by_who_is_waited_for(county: Office) -> None:
    refs = [county.walked_to(state) for state in ("initiated", "prepared", "sent_to_parties")]
    rows = county("case", "list", expect=0).json
    assert [row["ref"] for row in rows] == refs
    for row in rows:
        shaped(row, {**dict.fromkeys(("ref", "title", "type", "state"), str), "waiting_for": list})
    for words, found in (
        (("--state", "prepared"), [refs[1]]),
        (("--waiting-for", "au-barn-unga"), [refs[0]]),
        (("--waiting-for", "Åre"), [refs[2]]),
        (("--waiting-for", "politiskt-forum"), []),
    ):
        assert [row["ref"] for row in county("case", "list", *words, expect=0).json] == found, words


def test_case_history_is_in_order_with_both_dates_and_the_actor(desk: Desk) -> None:
    office, ref = desk("in_force")
    rows = office("case", "history", ref, expect=0).json
    for row in rows:
        shaped(row, {"seq": int, **dict.fromkeys(("kind", "on", "recorded_at", "actor"), str)})
        assert datetime.fromisoformat(row["recorded_at"]).utcoffset() == timedelta(0)
    assert [row["seq"] for row in rows] == sorted({row["seq"] for row in rows})
    assert [row["recorded_at"] for row in rows] == sorted(row["recorded_at"] for row in rows)
    assert rows[0]["on"] == "2026-01-12"
    assert {row["actor"] for row in rows} == {"samordnare"}


@pytest.mark.parametrize(
    "state", ["initiated", "prepared", "recommended_by_leadership", "sent_to_parties", "not_ratified"]
)
def test_case_next_lists_steps_that_hold_when_they_are_tried(desk: Desk, state: str) -> None:
    """The list and the refusals say the same: an allowed step is taken, another is refused with just what is listed."""
    office, ref = desk(state)
    told = office("case", "next", ref, today="2026-05-02", expect=0).json
    assert told["ref"] == ref
    assert [one for one in told["steps"] if one["allowed"]]
    for number, one in enumerate(told["steps"]):
        shaped(one, {"step": str, "by": Text, "allowed": bool, "missing": list, "command": str})
        assert one["allowed"] == (one["missing"] == []), one
        trial = office.copied_to(office.folder / f"trial-{number}")
        reply = trial(*_filled_in(one["command"], trial), today="2026-05-02")
        assert (reply.code == 0) == one["allowed"], reply.transcript()
        if not one["allowed"]:
            assert reply.missing == {(owed["code"], owed.get("by")) for owed in one["missing"]}, reply.transcript()


def _filled_in(command: str, office: Office) -> list[str]:
    """The command a step is taken with, its blanks filled in as a person would."""
    name, *words = shlex.split(command)
    assert name == "arendegang"
    blanks = {
        "DATE": "2026-05-02",
        "RULE": "per-party",
        "PARTY": "krokom",
        "ANSWER": "adopts",
        "…": "skälet",
        "§ …": "§ 1",
    }
    blanks |= {"FILE": str(office.paper("en annan text")), "NETWORK": "lokala-samverkansarenor"}
    after = {"--until": "2026-06-01", "--date": "2026-07-01"}
    return [after.get(before, blanks.get(word, word)) for before, word in zip(["", *words], words, strict=False)]


def test_every_open_case_stands_on_a_worklist_and_a_finished_one_on_none(county: Office) -> None:
    finished = {county.walked_to(state) for state in ("withdrawn", "closed")}
    states = ("initiated", "prepared", "recommended_by_leadership", "recommended_by_political_forum")
    opened = {county.walked_to(state) for state in (*states, "sent_to_parties", "not_ratified", "ratified")}
    rows = county("worklist", today="2026-06-25", expect=0).json
    for row in rows:
        shaped(row, {"body": str, "case": str, "step": str, "due": Text})
    assert {row["case"] for row in rows} >= opened
    assert {row["case"] for row in rows} & finished == set()


def test_a_worklist_is_asked_for_one_body_or_one_party(desk: Desk) -> None:
    office, ref = desk("sent_to_parties")
    office.adopts(ref, "berg")
    mine = office("worklist", "Krokom", expect=0).json
    assert [(row["body"], row["case"], row["due"]) for row in mine] == [("krokom", ref, "2026-06-22")]
    assert office("worklist", "berg", expect=0).json == []
    refused(office, "worklist", "krokm", code=None, exit_code=65)


def test_party_list_has_the_nine_and_their_mailboxes(county: Office) -> None:
    rows = county("party", "list", expect=0).json
    assert sorted(row.get("id", row.get("party")) for row in rows) == sorted(PARTIES)
    assert {row["mailbox"] for row in rows} == {f"registrator@{party}.example" for party in PARTIES}
    county("party", "mailbox", "Åre", "ny@are.example", expect=0)
    assert "ny@are.example" in {row["mailbox"] for row in county("party", "list", expect=0).json}


def test_structures_are_listed_shown_and_dated(county: Office) -> None:
    listed = county("structure", "list", expect=0).json
    assert "alternativ-1" in {row.get("id", row.get("structure")) for row in listed}
    shown = county("structure", "show", "Alternativ 1", expect=0)
    for forum in ("politiskt-forum", "ledningsforum", "au-barn-unga", "au-vuxna"):
        assert forum in shown.out
    calendar = county("structure", "calendar", expect=0).json
    for row in calendar:
        shaped(row, {"structure": Text, "from": str, "assumed": bool})
    assert [row["from"] for row in calendar] == sorted(row["from"] for row in calendar)
    assert {row["structure"]: row["assumed"] for row in calendar}["tillfallig"] is True


def test_route_explain_gives_the_rule_its_sentence_and_what_nearly_matched(county: Office) -> None:
    words = ("route", "explain", "--type", "avtal", "--group", "alla", "--on", "2026-03-01")
    told = county(*words, expect=0).json
    shaped(told, {**ROUTE, **dict.fromkeys(("structure", "on", "chart"), str), "sources": list, "near_misses": list})
    assert told["sources"]
    for source in told["sources"]:
        shaped(source, dict.fromkeys(("cite", "quote", "evidence"), str))
        assert source["evidence"] in {"text", "appendix", "inferred", "gap"}
    assert told["near_misses"]
    for miss in told["near_misses"]:
        shaped(miss, dict.fromkeys(("rule", "because"), str))
        assert miss["rule"] != told["rule"]


def test_the_route_explained_is_the_route_a_case_is_given(county: Office) -> None:
    told = county("route", "explain", "--type", "ök", "--group", "vuxna", "--on", "2026-01-12", expect=0).json
    shown = county.show(county.opened(group="vuxna"))["route"]
    assert {key: told[key] for key in ROUTE} == {key: shown[key] for key in ROUTE}


@pytest.mark.parametrize("chart", ["agreement", "ratification"])
def test_a_diagram_names_every_state_of_its_chart(county: Office, chart: str) -> None:
    states = {
        "agreement": [
            "initiated",
            "prepared",
            "recommended_by_political_forum",
            "sent_to_parties",
            "not_ratified",
            "closed",
        ],
        "ratification": ["not_sent", "waiting", "adjourned", "remitted", "adopted_with_reservation", "not_now"],
    }[chart]
    for form, begins in (("mermaid", "stateDiagram"), ("svg", "<svg")):
        drawn = county("diagram", chart, "--format", form, json=False, expect=0).out
        assert begins in drawn
        assert [state for state in states if state not in drawn] == []


def test_audit_verify_counts_the_events_and_says_that_the_tail_is_unproven(desk: Desk) -> None:
    office, _ = desk("in_force")
    told = office("audit", "verify", expect=0).json
    assert told["events"] == len(office.copy_log_bytes())
    assert (told["findings"], told["tail"]) == ([], "unproven")


def test_as_of_and_known_at_answer_two_different_questions(desk: Desk) -> None:
    """A decision of February recorded later: it stood in February, and nobody knew it before it was recorded."""
    office, ref = desk("recommended_by_leadership")
    before = office("case", "history", ref, expect=0).json[-1]["recorded_at"]
    office("case", "recommend", ref, "--by", "politiskt-forum", "--on", "2026-02-20", expect=0)
    show = ("case", "show", ref)
    assert office(*show, "--as-of", "2026-02-20", expect=0).json["state"] == "recommended_by_political_forum"
    assert office(*show, "--as-of", "2026-02-19", expect=0).json["state"] == "recommended_by_leadership"
    assert office(*show, "--known-at", before, expect=0).json["state"] == "recommended_by_leadership"
    both = ("--as-of", "2026-02-20", "--known-at", before)
    assert office(*show, *both, expect=0).json["state"] == "recommended_by_leadership"


def test_before_the_case_was_opened_there_is_nothing_to_show(desk: Desk) -> None:
    office, ref = desk("prepared")
    refused(office, "case", "show", ref, "--as-of", "2026-01-11", code=None, exit_code=65)
    for option, when in (("--as-of", "2026-01-11"), ("--known-at", "2020-01-01")):
        refused(office, "audit", "replay", ref, option, when, code="value_invalid", exit_code=65)
        assert [(each["state"], each["steps"]) for each in office("audit", "replay", option, when, expect=0).json] == [
            (None, [])
        ]
    refused(office, "case", "show", ref, "--known-at", "2020-01-01T00:00:00+00:00", code=None, exit_code=65)


def test_none_is_none_and_not_a_missing_key() -> None:
    """The shape check above can fail."""
    with pytest.raises(AssertionError):
        shaped({"due": 1}, {"due": Text})
    with pytest.raises(AssertionError):
        shaped({}, {"due": NoneType})
