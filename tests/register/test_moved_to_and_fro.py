"""After any corrections, there and back, the register has the days that follow from the answers; the audit sees to it.

What it must say is counted here by hand, and told by a register in which the case had bound from that day at once.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from tests.persistence.keeping import Keeping
from tests.persistence.rewriting import copied, log_of, written_anew
from tests.register.moving import (
    DAY,
    EARLIER,
    FIRST,
    LATER,
    MATTERS,
    PAIR,
    corrected,
    county_in,
    document,
    last_day,
    replaced_from,
    through,
)
from workflow.register import carried_out
from workflow.register.document import Document

#: The last day of b1-03, as it was made and once extended.
LAPSED = date(2024, 12, 31)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    return county_in(tmp_path_factory.mktemp("county"))


@pytest.fixture
def office(county: Keeping, tmp_path: Path) -> Keeping:
    return copied(county, tmp_path / "office")


# --- as if it had always been that day -------------------------------------------------------------------------------

#: What tells how it was entered and when something was recorded; no fact of what holds.
OF_THE_LOG = {"entry", "version", "latest_on", "checked_on", "registered_on", "revised_on", "revised_by"}


def of_all(office: Keeping) -> dict[str, dict[str, Any]]:
    """What is so of every document, once the sweep has looked."""
    for name in office.store.document_ids():
        office.engine.register.check(name, date(2026, 6, 1))
    return {name: _facts(document(office, name)) for name in office.store.document_ids()}


def _facts(found: Document) -> dict[str, Any]:
    told = {name: each for name, each in asdict(found).items() if name not in OF_THE_LOG}
    for name in ("superseded", "event_met", "termination"):
        told[name] = told[name] and {**asdict(told[name]), "moved": False}
    told["extensions"] = [{**asdict(each), "moved": False} for each in found.extensions]
    return told | {"flags": frozenset(found.flags)}


@pytest.mark.parametrize(("name", "said"), MATTERS)
def test_the_register_is_as_if_the_case_had_bound_from_that_day_at_once(
    county: Keeping, tmp_path: Path, name: str | None, said: dict[str, Any]
) -> None:
    moved, at_once = copied(county, tmp_path / "moved"), copied(county, tmp_path / "at-once")
    corrected(moved, through(moved, name, **said), LATER)
    through(at_once, name, LATER, **said)
    assert of_all(moved) == of_all(at_once)


# --- any sequence of corrections -------------------------------------------------------------------------------------


class Said(NamedTuple):
    """One rättelse."""

    party: str
    day: date
    adopts: bool = True


SAID = st.builds(
    Said,
    party=st.sampled_from(PAIR),
    day=st.dates(date(2026, 3, 3), date(2026, 6, 1)),
    adopts=st.sampled_from([True, True, True, False]),
)


def binding_day(answers: dict[str, Said]) -> date | None:
    """Both must have adopted; the later of the two days counts."""
    return max(each.day for each in answers.values()) if all(each.adopts for each in answers.values()) else None


def days_by_hand(name: str | None, said: dict[str, Any], day: date | None) -> dict[str, date | None]:
    """What the register must say of each document when the case binds from ``day``, or from none."""
    if said.get("aim") == "extend":
        return {"b1-03 added": day and max(day, LAPSED + DAY)}
    if said.get("aim") == "terminate":
        return {f"{name} last": day and day - DAY}
    expected = {"born": day} if name is None or said.get("aim") == "replace" else {}
    if said.get("aim") == "replace":
        expected[f"{name} replaced"] = day
    if name == "b1-07":
        expected["b1-26 last"] = day and day - DAY
    return expected


def days_in(office: Keeping, ref: str, asked: dict[str, date | None]) -> dict[str, date | None]:
    """The same as the register says it."""
    return {each: _day_in(office, ref, *each.partition(" ")[::2]) for each in asked}


def _day_in(office: Keeping, ref: str, name: str, what: str) -> date | None:
    if what == "replaced":
        return replaced_from(office, name)
    if what == "last":
        return last_day(office, name)
    found = document(office, f"dok-{ref.lower()}" if name == "born" else name)
    if what == "added":
        return found.extensions[0].from_day if found.extensions else None
    return None if found.suspended else found.validity.start


def agree(county: Keeping, folder: Path, matter: tuple[str | None, dict[str, Any]], rattelser: list[Said]) -> bool:
    """Whether the register says what is counted by hand, after each rättelse and to the audit."""
    name, said = matter
    office = copied(county, folder)
    ref = through(office, name, **said)
    answers = {"rjh": Said("rjh", date(2026, 3, 9)), "are": Said("are", FIRST)}
    for each in rattelser:
        answers[each.party] = each
        corrected(office, ref, each.day, party=each.party, answer="adopts" if each.adopts else "declines")
        expected = days_by_hand(name, said, binding_day(answers))
        if days_in(office, ref, expected) != expected:
            return False
    return office.findings() == ()


@settings(max_examples=20, deadline=None)
@example(matter=MATTERS[4], rattelser=[Said("are", LATER), Said("are", FIRST), Said("are", LATER)])
@example(matter=MATTERS[0], rattelser=[Said("are", LATER, adopts=False), Said("are", EARLIER), Said("rjh", LATER)])
@given(matter=st.sampled_from(MATTERS[:-1]), rattelser=st.lists(SAID, min_size=1, max_size=5))
def test_after_any_corrections_the_register_has_the_days_that_are_counted_by_hand(
    county: Keeping,
    tmp_path_factory: pytest.TempPathFactory,
    matter: tuple[str | None, dict[str, Any]],
    rattelser: list[Said],
) -> None:
    assert agree(county, tmp_path_factory.mktemp("drawn") / "office", matter, rattelser)


def test_a_register_that_moved_only_what_was_born_would_be_caught(
    county: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    there = [Said("are", LATER)]
    assert agree(county, tmp_path / "right", MATTERS[4], there)
    monkeypatch.setattr(carried_out, "_meet_anew", lambda *_: None)
    assert not agree(county, tmp_path / "wrong", MATTERS[4], there)


# --- what the audit finds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "field"),
    [("first_day_moved", "from_day"), ("document_superseded", "from_day"), ("event_met", "last_day")],
)
def test_a_day_that_is_written_otherwise_afterwards_is_found(
    office: Keeping, tmp_path: Path, kind: str, field: str
) -> None:
    ref = through(office, "b1-07", aim="replace")
    corrected(office, ref, LATER)
    log = log_of(office)
    at = max(place for place, each in enumerate(log) if each["event"]["kind"] == kind)
    written_anew(office, [*log[:at], {**log[at], "event": {**log[at]["event"], field: "2026-05-11"}}, *log[at + 1 :]])
    found = {(each.check, each.seq) for each in office.findings()}
    assert ("lawful", at + 1) in found


def test_an_act_that_says_another_day_than_the_case_is_found(office: Keeping) -> None:
    ref = through(office, None)
    corrected(office, ref, LATER)
    log = log_of(office)
    at = next(place for place, each in enumerate(log) if each["event"]["kind"] == "first_day_moved")
    act, event = log[at]["act"], log[at]["event"]
    act = {**act, "case": {**act["case"], "in_force_from": "2026-05-11"}}
    written_anew(office, [*log[:at], {**log[at], "act": act, "event": {**event, "from_day": "2026-05-11"}}])
    assert {each.check for each in office.findings()} >= {"case facts", "followed"}
