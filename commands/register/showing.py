"""register show: one document's whole life."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click
from msgspec import to_builtins

from commands.console import emit_json, filled
from commands.flag_words import flag_sentence
from commands.outbox import show_letters
from commands.params import day
from commands.register.acting import document_id
from commands.register.listing import owners_on
from commands.register.words import follow_up_name, status_name
from commands.session import Session
from commands.step_words import in_words
from commands.tables import show_heading, show_table, show_text
from persistence.letters import list_letters
from translations import translate as _
from workflow.errors import N_
from workflow.events import kind_of
from workflow.register.events import NoticeReceived
from workflow.register.flags import flags_on
from workflow.register.listing import row_on
from workflow.register.spans import remaining_parties
from workflow.register.standing import state_on
from workflow.register.telling import replay_document
from workflow.replay import Told


@click.command(help=_(N_("Show one document: its terms, what it asks for, and all that has happened to it.")))
@click.argument("document", metavar="ID")
@day("--as-of", N_("As it stands on this day; today when it is left out."))
@click.pass_obj
def show(session: Session, /, document: str, as_of: date | None) -> None:
    """Shows a document."""
    on = as_of or session.today
    found = session.engine.register.document(document_id(session, document))
    records = session.store.stream(found.id)
    with session.database.reading() as connection:
        letters = list_letters(connection, ref=found.id)
    owners = owners_on(session, on)(found)
    row = row_on(found, on, owners) or {"id": found.id, "status": None, "state": state_on(found, on), "flags": []}
    flags = [{**to_builtins(flag), "document": found.id, "party": None} for flag in flags_on(found, on)]
    name_of = session.engine.rules.name_of
    told = [{"due": None, "severity": "warning", "assigned_to": [], **flag} for flag in flags]
    body: dict[str, Any] = {
        **row,
        "title": found.entry.title,
        "type": found.entry.type,
        "group": found.entry.group,
        "owners": list(owners),
        "validity": to_builtins(found.validity),
        "validity_text": found.entry.validity_text,
        "notes": found.entry.notes,
        "follow_up": found.follow_up,
        "recommending": list(found.entry.recommending),
        "preparing": list(found.entry.preparing),
        "parties": list(found.parties),
        "bound": list(remaining_parties(found, on)) if row["status"] == "in_force" else [],
        "case": found.case,
        "superseded_by": found.superseded.by if found.superseded else None,
        "supersedes": list(found.predecessors),
        "notices": [_notice(notice) for notice in found.notices],
        "letters": letters,
        "flags": [{**flag, "text": flag_sentence(flag, name_of)} for flag in told],
        "history": [_recorded(told) for told in replay_document(records)],
        "version": found.version,
    }
    if session.as_json:
        emit_json(body)
    else:
        _show(body, name_of)


def _notice(notice: NoticeReceived) -> dict[str, Any]:
    """The notice itself; its letters are told with what has become of them."""
    fields = ("kind", "party", "received", "scope", "ends_on", "late")
    return {name: value for name, value in to_builtins(notice).items() if name in fields}


def _recorded(told: Told) -> dict[str, Any]:
    record = told.record
    return {
        "seq": record.seq,
        "kind": kind_of(record.event),
        "on": record.on.isoformat(),
        "recorded_at": record.recorded_at.isoformat(),
        "actor": record.actor,
        "text": filled(told.why.template, **in_words(told.why.values)),
    }


def _show(body: dict[str, Any], name_of: Callable[[str], str]) -> None:
    show_heading(f"{body['id']}  {body['title']}")
    until = body.get("term_ends")
    facts = (
        (_(N_("Status")), status_name(body["status"] or "registered")),
        (_(N_("Type")), " · ".join(name_of(part) for part in (body["type"], body["group"]) if part)),
        (_(N_("In force from")), body.get("valid_from") or ""),
        (_(N_("Until")), until or ""),
        (_(N_("Times renewed")), str(body.get("renewals") or "")),
        (_(N_("Last day for notice")), body.get("last_notice_date") or ""),
        (_(N_("Follow-up")), follow_up_name(body["follow_up"])),
        (_(N_("Next follow-up")), body.get("next_follow_up") or ""),
        (_(N_("Next revision")), body.get("next_revision") or ""),
        (_(N_("Owner")), ", ".join(body["owners"])),
        (_(N_("Replaced by")), body["superseded_by"] or ""),
        (_(N_("Replaces")), ", ".join(body["supersedes"])),
        (_(N_("As written")), body["validity_text"]),
        (_(N_("Notes")), body["notes"]),
    )
    show_table(("", ""), [(name, value) for name, value in facts if value])
    headings = (_(N_("No")), _(N_("On")), _(N_("What")), _(N_("Who")))
    told = [(str(each["seq"]), each["on"], each["text"], each["actor"]) for each in body["history"]]
    show_table(headings, told, whole=(0, 1))
    if body["letters"]:
        show_letters(body["letters"])
    for flag in body["flags"]:
        show_text(f"! {flag['text']}", style="red")
