"""case list, show, history: looking, without changing anything."""

from datetime import date
from typing import Any

import click

from commands.console import emit_json, filled
from commands.flag_words import flag_sentence
from commands.params import Known, day, line, named, option
from commands.session import Session
from commands.step_words import kind_name, place_name, stage_name
from commands.words import STATES, answer_name, effect_rule_name, state_name
from persistence import questions
from translations import translate as _
from workflow.errors import N_


@click.command("list", help=_(N_("List cases.")))
@option("--state", type=Known(list(STATES)), help=N_("Only cases in this state."))
@named("--waiting-for", "BODY", N_("Only cases that wait for this body or party."))
@click.pass_obj
def list_cases(session: Session, /, state: str | None, waiting_for: str | None) -> None:
    """Lists cases by reference."""
    body = session.names.body_or_party(waiting_for) if waiting_for is not None else None
    with session.database.reading() as connection:
        rows = questions.list_cases(connection, session.today, state, body)
    if session.as_json:
        emit_json(rows)
        return
    from commands.tables import show_table

    headings = (_(N_("Case")), _(N_("Title")), _(N_("State")), _(N_("Waiting for")))
    told = [(row["ref"], row["title"], state_name(row["state"]), ", ".join(row["waiting_for"]) or "–") for row in rows]
    show_table(headings, told)


@click.command(help=_(N_("Show one case, now or as of a date.")))
@click.argument("ref")
@day("--as-of", N_("Where it stood on this day, by the dates in the minutes."))
@line("--known-at", N_("What was known at this time, by the time of recording."))
@click.pass_obj
def show(session: Session, /, ref: str, as_of: date | None, known_at: str | None) -> None:
    """Shows a case."""
    if as_of is None and known_at is None:
        with session.database.reading() as connection:
            body = questions.case_body(connection, ref, session.today)
            audit = body["particulars"].get("audit")
            if audit is not None:
                body["audit"] = questions.audit_standing(connection, ref, audit)
    else:
        body = _told_then(session, ref, as_of, known_at)
    body["flags"] = [_with_text(session, flag, body) for flag in body["flags"]]
    if session.as_json:
        emit_json(body)
        return
    from commands.case.showing import show_case
    from persistence.rule_sets import county_names

    with session.database.reading() as connection:
        names = county_names(connection)
    show_case(body, lambda known: names.get(known, known))


def _told_then(session: Session, ref: str, as_of: date | None, known_at: str | None) -> dict[str, Any]:
    """The case as a part of its records tells it; folding is loaded only when it is asked for."""
    from commands.case.past import body_then

    return body_then(session, ref, as_of, known_at)


def _with_text(session: Session, flag: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    party: dict[str, Any] = next((each for each in body["parties"] if each["party"] == flag["party"]), {})
    told = {**flag, "next_meeting": party.get("next_meeting"), "receiver": body["particulars"].get("receiver")}
    return {**told, "text": flag_sentence(told, session.engine.rules.name_of)}


@click.command(help=_(N_("Show everything recorded about a case, in order.")))
@click.argument("ref")
@click.pass_obj
def history(session: Session, /, ref: str) -> None:
    """Shows the records of a case."""
    with session.database.reading() as connection:
        rows = [_record(row) for row in questions.history(connection, ref)]
    if session.as_json:
        emit_json(rows)
        return
    from commands.tables import show_table

    headings = (_(N_("No")), _(N_("On")), _(N_("What")), _(N_("State")), _(N_("Recorded")), _(N_("By")))
    show_table(
        headings,
        [
            (
                str(row["seq"]),
                row["on"],
                _told(row["kind"], row["data"]),
                state_name(row["state"]) if row["state"] else "",
                row["recorded_at"][:16],
                row["actor"],
            )
            for row in rows
        ],
    )


def _record(row: dict[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in row["event"].items() if name != "kind"}
    kept = ("seq", "version", "on", "recorded_at", "actor", "rules")
    return {"kind": row["event"]["kind"], **{name: row[name] for name in kept}, "state": row.get("state"), "data": data}


#: The days a record may tell of, beside its own.
_DAYS = {"answer_by": N_("answer by {day}"), "until": N_("until {day}")}


def _told(kind: str, data: dict[str, Any]) -> str:
    """What happened, and the few plain values that tell one record from another of its kind."""
    shown = ("step", "stage", "by", "party", "answer", "rule", "answer_by", "until", "via", "reason", "minutes")
    values = {**data, **data.get("deadline", {})}
    told = {name: str(values[name]) for name in shown if values.get(name)}
    told |= {name: filled(day, day=told[name]) for name, day in _DAYS.items() if name in told}
    if kind.startswith("effect_rule"):
        told["rule"] = effect_rule_name(told["rule"])
    if "step" in told:
        told["step"] = place_name(told["step"])
    if "stage" in told:
        told["stage"] = stage_name(told["stage"])
    if "answer" in told:
        told["answer"] = answer_name(told["answer"])
    return " · ".join((_(N_("rättelse")) if values.get("corrects") else kind_name(kind), *told.values()))
