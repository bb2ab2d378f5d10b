"""Questions that the views answer, without folding anything. Rows come as plain dictionaries."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence import tables as t
from persistence.references import nearest_ref
from workflow.bad_data import UnknownCase
from workflow.case_types import AUDIT_ANSWER
from workflow.facts import Severity
from workflow.refusals import HistoryBroken
from workflow.state import state_on
from workflow.worklist import URGENCIES, Item


def case_body(connection: Connection, ref: str, day: date) -> dict[str, Any]:
    """A case as it stands on ``day``. Raises UnknownCase."""
    row = connection.execute(sa.select(t.cases.c.body).where(t.cases.c.ref == ref)).one_or_none()
    if row is None:
        raise UnknownCase(ref=ref, suggestion=nearest_ref(connection, ref))
    return as_it_stands(json.loads(row.body), day)


def as_it_stands(body: dict[str, Any], day: date) -> dict[str, Any]:
    """``body`` with the state the case has on ``day``; what is in force waits for its day no more.

    A body has decided a matter that is decided in stages when no stage of its own is left; what is kept tells only of
    the stage under way.
    """
    if body["route"]["stages"]:
        body = {**body, "done": {**body["done"], "decide": _decided_every_stage(body)}}
    in_force_from = date.fromisoformat(body["in_force_from"]) if body["in_force_from"] else None
    state = state_on(body["state"], in_force_from, day)
    if state == body["state"]:
        return body
    if body["route"]["stages"]:
        # What is decided in stages waits for the next one when its day has come, and for nobody to say that it has.
        return {**body, "state": state}
    parties = {each["party"] for each in body["parties"]}
    return {**body, "state": state, "waiting_for": [each for each in body["waiting_for"] if each in parties]}


def _decided_every_stage(body: dict[str, Any]) -> list[str]:
    stages = body["route"]["stages"]
    left = [stage for stage in stages if stage["id"] not in body["stages_done"]]
    under_way = body["done"]["decide"]
    owing = {each for place, stage in enumerate(left) for each in stage["by"] if place or each not in under_way}
    return [each for each in dict.fromkeys(each for stage in stages for each in stage["by"]) if each not in owing]


def audit_standing(connection: Connection, ref: str, name: str) -> dict[str, Any]:
    """How far an audit is answered, each addressee counted once; and how late the answer of ``ref`` was."""
    query = sa.select(t.cases.c.body).where(t.cases.c.type == AUDIT_ANSWER)
    asked = [json.loads(body) for body in connection.execute(query).scalars()]
    answers = [each for each in asked if each["particulars"].get("audit") == name]
    addressed = {each["particulars"].get("addressee") for each in answers}
    answered = {each["particulars"].get("addressee") for each in answers if each["state"] == "answered"}
    handed_in = (row["event"] for row in history(connection, ref) if row["event"]["kind"] == "handed_in")
    late = next((event["days_late"] for event in handed_in), None)
    return {"name": name, "addressed": len(addressed), "answered": len(answered), "days_late": late}


def list_cases(
    connection: Connection, day: date, state: str | None = None, waiting_for: str | None = None
) -> list[dict[str, Any]]:
    """Every case, by reference; only those in ``state`` on ``day``, only those that wait for a body, when asked.

    What a case waits for is what it says itself: an escalated one is on a forum's worklist, and waits for the parties.
    """
    query = sa.select(t.cases.c.body).order_by(t.cases.c.ref)
    if waiting_for is not None:
        owed = sa.select(t.duties.c.ref).where(t.duties.c.body == waiting_for)
        query = query.where(t.cases.c.ref.in_(owed))
    bodies = (as_it_stands(json.loads(body), day) for body in connection.execute(query).scalars())
    keys = (
        "ref",
        "type",
        "title",
        "group",
        "structure",
        "state",
        "waiting_for",
        "answer_by",
        "in_force_from",
        "version",
    )
    return [
        {key: body[key] for key in keys}
        for body in bodies
        if state in {None, body["state"]} and (waiting_for is None or waiting_for in body["waiting_for"])
    ]


def matrix(connection: Connection, day: date) -> list[dict[str, Any]]:
    """Every case that has been sent to parties, by reference: its state on ``day`` and where each party stands.

    ``late``: the party answered after the day to answer by. ``overdue``: on ``day`` that day has passed, and the party
    still owes its answer.
    """
    query = sa.select(t.cases.c.body).order_by(t.cases.c.ref)
    bodies = (as_it_stands(json.loads(body), day) for body in connection.execute(query).scalars())
    return [
        {
            **{key: body[key] for key in ("ref", "title", "state", "answer_by")},
            "parties": [_standing(party, body, day) for party in body["parties"]],
        }
        for body in bodies
        if any(party["state"] != "not_sent" for party in body["parties"])
    ]


def _standing(party: dict[str, Any], body: dict[str, Any], day: date) -> dict[str, Any]:
    owes = party["party"] in body["waiting_for"]
    overdue = owes and body["answer_by"] is not None and body["answer_by"] < day.isoformat()
    return {"party": party["party"], "state": party["state"], "late": party["late"], "overdue": overdue}


def cases_sent_to(connection: Connection, party: str) -> list[str]:
    """The references of the cases that have ever been sent to ``party``, in order."""
    of_a_case = sa.exists().where(t.cases.c.ref == t.outbox.c.ref)
    query = sa.select(t.outbox.c.ref).where(t.outbox.c.party == party, of_a_case).distinct().order_by(t.outbox.c.ref)
    return list(connection.execute(query).scalars())


def duties_of_cases(connection: Connection, day: date, body: str | None = None) -> list[Item]:
    """Who must do what about cases on ``day``; for one body only, when asked."""
    query = (
        sa.select(t.duties, t.cases.c.title, t.cases.c.body.label("told"))
        .join(t.cases, t.cases.c.ref == t.duties.c.ref)
        .where(sa.or_(t.duties.c.step != "take_effect", t.duties.c.due > day.isoformat()))
    )
    if body is not None:
        query = query.where(t.duties.c.body == body)
    severities: dict[tuple[str, str], list[Severity]] = {}
    for flag in connection.execute(sa.select(t.flags.c.ref, t.flags.c.party, t.flags.c.severity)):
        severities.setdefault((flag.ref, flag.party), []).append(flag.severity)
    return [
        Item(
            body=row.body,
            case=row.ref,
            title=row.title,
            step=row.step,
            due=date.fromisoformat(row.due) if row.due else None,
            days=_days_of(row) if row.step == "answer" else (),
            severities=(*severities.get((row.ref, row.body), ()), *severities.get((row.ref, ""), ())),
        )
        for row in connection.execute(query)
    ]


def _days_of(row: Any) -> tuple[date, ...]:
    """The days on which something happens to an answer that is owed: reminders, flags, the party's next meeting."""
    told = json.loads(row.told)
    overdue_on = [str(date.fromisoformat(row.due) + timedelta(days=1))] if row.due else []
    meetings = [each["next_meeting"] for each in told["parties"] if each["party"] == row.body]
    days = [*told["remind_on"], *overdue_on, told["escalate_on"], *meetings]
    return tuple(date.fromisoformat(day) for day in days if day is not None)


def standing_flags(
    connection: Connection, kind: str | None = None, party: str | None = None, body: str | None = None
) -> list[dict[str, Any]]:
    """The flags that stand, the gravest first, then the oldest; each with the day its party meets next, where known.

    Only those of a kind, about a party, or assigned to a body, when asked.
    """
    query = (
        sa.select(t.flags, t.cases.c.body)
        .join(t.cases, t.cases.c.ref == t.flags.c.ref, isouter=True)
        .order_by(t.flags.c.due, t.flags.c.ref, t.flags.c.party)
    )
    if kind is not None:
        query = query.where(t.flags.c.kind == kind)
    if party is not None:
        query = query.where(t.flags.c.party == party)
    found = [_flag(row) for row in connection.execute(query)]
    asked = [flag for flag in found if body is None or body in flag["assigned_to"]]
    return sorted(asked, key=lambda flag: URGENCIES.index(flag["severity"]))


def _flag(row: Any) -> dict[str, Any]:
    if row.body is None:
        return {
            "kind": row.kind,
            "document": row.ref,
            "party": row.party or None,
            "due": row.due or None,
            "severity": row.severity,
            "assigned_to": json.loads(row.assigned_to),
        }
    told = json.loads(row.body)
    parties = {each["party"]: each for each in told["parties"]}
    return {
        "kind": row.kind,
        "case": row.ref,
        "party": row.party or None,
        "due": row.due,
        "severity": row.severity,
        "assigned_to": json.loads(row.assigned_to),
        "text_version": row.text_version,
        "next_meeting": parties.get(row.party, {}).get("next_meeting"),
        "receiver": told["particulars"].get("receiver"),
    }


def count_flags(connection: Connection) -> int:
    """How many flags stand."""
    return connection.execute(sa.select(sa.func.count()).select_from(t.flags)).scalar_one()


def history(connection: Connection, ref: str) -> Sequence[dict[str, Any]]:
    """Everything recorded about a case, in order, as it stands in the log. Raises UnknownCase."""
    query = sa.select(t.events.c.seq, t.events.c.bytes).where(t.events.c.stream == ref).order_by(t.events.c.version)
    rows = [_plain_record(row.seq, row.bytes) for row in connection.execute(query)]
    if not rows:
        raise UnknownCase(ref=ref, suggestion=nearest_ref(connection, ref))
    return rows


def _plain_record(seq: int, content: bytes) -> dict[str, Any]:
    """A record as plain values. Raises HistoryBroken."""
    try:
        record = json.loads(content)
    except ValueError as fault:
        raise HistoryBroken(seq=seq, why=str(fault)) from None
    if not isinstance(record, dict) or not isinstance(record.get("event"), dict):
        raise HistoryBroken(seq=seq, why="–")
    return record
