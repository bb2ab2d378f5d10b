"""case timeline: one case on one page, what has been, where it stands, and what is ahead."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import click
from msgspec import to_builtins

from commands.ahead_words import ahead_name
from commands.console import emit_json, filled, say
from commands.flag_words import flag_sentence
from commands.session import Session
from commands.step_words import kind_name, place_name, stage_name
from commands.tables import show_heading, show_table, show_text
from commands.words import PARTY_STATES, answer_name, effect_rule_name, party_state_name, state_name
from translations import translate as _
from workflow.ahead import ahead
from workflow.bad_data import UnknownCase
from workflow.case import Case
from workflow.errors import N_
from workflow.evolve import fold
from workflow.record import Record
from workflow.views import case_body

_OVERDUE = "!"

#: Kinds of record that say what a person did, and name no body.
_BY_A_PERSON = frozenset({"case_opened", "text_revised", "dispatched", "answer_by_changed", "withdrawn"})


@click.command(help=_(N_("Show one case on one page: what has been, where it stands, and what is ahead.")))
@click.argument("ref")
@click.pass_obj
def timeline(session: Session, /, ref: str) -> None:
    """Shows the timeline of a case."""
    records = session.store.stream(ref)
    case = fold(records)
    if case is None:
        raise UnknownCase(ref=ref, suggestion=session.store.nearest_ref(ref))
    told = _told(session, case, records)
    if session.as_json:
        emit_json(told)
    else:
        _show(told)


def _told(session: Session, case: Case, records: Sequence[Record]) -> dict[str, Any]:
    today = session.today
    coming = ahead(case, today)
    return {
        "ref": case.ref,
        "title": case.opened.title,
        "type": case.opened.type,
        "today": str(today),
        "happened": [_happened(record) for record in sorted(records, key=lambda record: (record.on, record.seq))],
        "now": _now(session, case, today),
        "ahead": [{**to_builtins(each), "text": ahead_name(each.what)} for each in coming],
    }


def _happened(record: Record) -> dict[str, Any]:
    data: dict[str, Any] = to_builtins(record.event)
    parts = (data, data.get("flag", {}), data.get("letter", {}))
    body = next((part[key] for part in parts for key in ("by", "party", "via") if part.get(key)), None)
    return {
        "seq": record.seq,
        "on": str(record.on),
        "kind": data["kind"],
        "body": body,
        "step": data.get("step") or data.get("stage"),
        "minutes": data.get("minutes"),
        "actor": record.actor,
        "state": record.state,
        "text": _in_words(data),
    }


#: The days a record may tell of, beside its own.
_DAYS = {
    "until": N_("until {day}"),
    "in_force_from": N_("in force from {day}"),
}


def _in_words(data: dict[str, Any]) -> str:
    """What happened, in few words: the kind, or the step itself where a body took one."""
    if data["kind"] == "step_taken":
        return place_name(data["step"])
    said = [kind_name(data["kind"])]
    if data.get("corrects"):
        said = [_(N_("rättelse"))]
    if "answer" in data:
        said.append(answer_name(data["answer"]))
    if data["kind"] == "text_revised":
        said.append(str(data["text"]["version"]))
    said.extend(_codes(data))
    said.extend(filled(told, day=data[name]) for name, told in _DAYS.items() if data.get(name))
    if data.get("deadline"):
        said.append(filled(N_("answer by {day}"), day=data["deadline"]["answer_by"]))
    if data.get("stage"):
        said.append(stage_name(data["stage"]))
    return " · ".join(said)


def _codes(data: dict[str, Any]) -> Iterator[str]:
    """The rule a record names, an effect rule in words, and the structure."""
    if data.get("rule"):
        yield effect_rule_name(data["rule"]) if data["kind"].startswith("effect_rule") else str(data["rule"])
    if data.get("structure"):
        yield str(data["structure"])


def _now(session: Session, case: Case, today: date) -> dict[str, Any]:
    body = case_body(case)
    meetings = {party["party"]: party["next_meeting"] for party in body["parties"]}
    receiver = body["particulars"].get("receiver")
    flags = [{**flag, "next_meeting": meetings.get(flag["party"]), "receiver": receiver} for flag in body["flags"]]
    name_of = session.engine.rules.name_of
    return {
        "state": case.state_on(today),
        "waiting_for": body["waiting_for"],
        "text": body["text"],
        "effect_rule": case.effect_rule,
        "in_force_from": body["in_force_from"],
        "parties": dict(Counter(party["state"] for party in body["parties"])) if case.dispatched else {},
        "flags": [{**flag, "text": flag_sentence(flag, name_of)} for flag in flags],
    }


def _show(told: dict[str, Any]) -> None:
    show_heading(f"{told['ref']}  {told['title']}")
    headings = (_(N_("On")), _(N_("What")), _(N_("Who")), "§")
    show_table(headings, list(_lines(told["happened"])), title=_(N_("What has happened")), whole=(0,))
    now = told["now"]
    state = state_name(now["state"])
    show_heading(filled(N_("{today}: {state}"), today=told["today"], state=state))
    for line in _standing(now):
        show_text(line)
    for flag in now["flags"]:
        show_text(f"! {flag['text']}", style="red")
    if not told["ahead"]:
        say(_(N_("Nothing is ahead.")))
        return
    rows = [(_day(each), each["text"], ", ".join(each["by"])) for each in told["ahead"]]
    show_table((_(N_("On")), _(N_("What")), _(N_("Who"))), rows, title=_(N_("What is ahead")), whole=(0,))
    if any(each["overdue"] for each in told["ahead"]):
        say(f"{_OVERDUE} {_(N_('the day has passed'))}")


def _lines(happened: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """A line each; what several did alike, one after the other on the same day, stands on one."""
    for (on, text, minutes), group in groupby(happened, key=lambda row: (row["on"], row["text"], row["minutes"])):
        yield on, text, ", ".join(dict.fromkeys(_who(row) for row in group)), minutes or ""


def _who(row: dict[str, Any]) -> str:
    """The body; where none is named, the person who acted, if it was no consequence of another's act."""
    return row["body"] or (row["actor"] if row["kind"] in _BY_A_PERSON else "")


def _standing(now: dict[str, Any]) -> Iterator[str]:
    version, digest = now["text"]["version"], now["text"]["sha256"]
    yield filled(N_("Text version {version}."), version=version) + (f" SHA-256 {digest}" if digest else "")
    if now["waiting_for"]:
        yield filled(N_("Waiting for: {who}."), who=", ".join(now["waiting_for"]))
    if now["parties"]:
        counts = [f"{party_state_name(each)} {now['parties'][each]}" for each in PARTY_STATES if each in now["parties"]]
        yield filled(N_("Parties: {counts}."), counts=" · ".join(counts))
    if now["in_force_from"]:
        yield filled(N_("In force from {day}."), day=now["in_force_from"])


def _day(row: dict[str, Any]) -> str:
    return f"{row['on'] or '–'}{' ' + _OVERDUE if row['overdue'] else ''}"
