"""Every way in which a case as shown differs from the case on paper, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.model import LEADERSHIP, POLITICAL, PaperCase


def differences(paper: PaperCase, shown: dict[str, Any], asked: date) -> list[str]:
    """Compare what ``case show --json`` printed on the day ``asked`` with the model; empty when all is well."""
    return [f"{what}: the rules give {rules}, shown is {found}" for what, rules, found in _unequal(paper, shown, asked)]


def _unequal(paper: PaperCase, shown: dict[str, Any], asked: date) -> Iterator[tuple[str, Any, Any]]:
    standing = paper.standing(asked)
    if shown["state"] not in standing.states:
        yield "state", sorted(standing.states), shown["state"]
    expected = {
        "structure": "alternativ-1",
        "chart": "agreement",
        "group": paper.group,
        "opened_on": str(paper.opened_on),
        "effect_rule": str(paper.rule),
        "in_force_from": _day(standing.in_force_from),
    }
    text = {"version": paper.version, "sha256": paper.sha256}
    if not text.items() <= shown["text"].items():
        yield "text", text, shown["text"]
    if not paper.ended:
        expected["answer_by"] = _day(paper.deadline)
    for key, value in expected.items():
        if shown[key] != value:
            yield key, value, shown[key]
    yield from _unequal_steps(paper, shown)
    yield from _unequal_waiting(paper, shown, asked)
    yield from _unequal_parties(paper, shown, asked)


def _unequal_steps(paper: PaperCase, shown: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    route = {"prepare": set(paper.preparers), "leadership": {LEADERSHIP}, "political": {POLITICAL}, "decide": set()}
    for step, bodies in route.items():
        if set(shown["route"][step]) != bodies:
            yield f"route.{step}", bodies, shown["route"][step]
        done = bodies & paper.taken.keys()
        if sorted(shown["done"][step]) != sorted(done):
            yield f"done.{step}", sorted(done), shown["done"][step]


def _unequal_waiting(paper: PaperCase, shown: dict[str, Any], asked: date) -> Iterator[tuple[str, Any, Any]]:
    must, may = paper.waits_for(asked)
    found = set(shown["waiting_for"])
    if not must <= found:
        yield "waiting_for at least", sorted(must), sorted(found)
    if may is not None and not found <= may:
        yield "waiting_for at most", sorted(may), sorted(found)


def _unequal_parties(paper: PaperCase, shown: dict[str, Any], asked: date) -> Iterator[tuple[str, Any, Any]]:
    found = {row["party"]: row for row in shown["parties"]}
    if len(found) != len(shown["parties"]) or found.keys() != set(paper.parties):
        yield "parties", sorted(paper.parties), [row["party"] for row in shown["parties"]]
        return
    of_party = paper.standing(asked).of_party
    for party, row in found.items():
        expected = _party_row(paper, party)
        if not paper.ended:
            expected["in_force_from"] = _day(of_party.get(party))
        for key, value in expected.items():
            if row[key] != value:
                yield f"{party}.{key}", value, row[key]


def _party_row(paper: PaperCase, party: str) -> dict[str, Any]:
    said = paper.answers.of(party)
    row: dict[str, Any] = {
        "answer": said.answer if said else None,
        "decided_on": _day(said.on) if said else None,
        "organ": said.organ if said else None,
        "minutes": said.minutes if said else None,
        "text_version": paper.version if said else None,
    }
    if paper.dispatched_on:
        row["state"] = paper.answers.state_of(party)
    elif not paper.ended:
        row["state"] = "not_sent"
    late = paper.answers.is_late(party, paper.deadline)
    return row if late is None else {**row, "late": late}


def _day(day: date | None) -> str | None:
    return str(day) if day else None
