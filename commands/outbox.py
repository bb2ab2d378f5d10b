"""The outbox: the letters there are, one of them in full, and a dead letter sent once more."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, get_args

import click
from msgspec.structs import replace

from commands.acting import on_or_today, tell_done
from commands.console import emit_json, filled, remark, say
from commands.letter_words import letter_about, letter_reason, letter_state
from commands.params import named, on_date, option
from commands.post import letterhead, letterhead_options
from commands.register.acting import document_id
from commands.register.acting import tell_done as tell_done_on_document
from commands.session import Session
from commands.tables import show_table
from persistence.letters import find_letter, list_letters
from persistence.outbox import Outbox
from scheduler.letters import compose_letter, shown, write_letter
from translations import translate as _
from workflow.acts import SendAgain
from workflow.errors import N_, Remark
from workflow.letters import LetterState
from workflow.local_time import county_time
from workflow.register.registrar import DocumentDone

#: The longest name of a letter that is shown on one line, as it is typed; the id of a document may be long.
_UNBROKEN = 40


@click.command("list", help=_(N_("List the letters, and how far each has come.")))
@option("--state", type=click.Choice(get_args(LetterState)), help=N_("Only letters in this state."))
@named("--case", "REF", N_("Only the letters of this case."))
@named("--document", "ID", N_("Only the letters of this document."))
@click.pass_obj
def list_outbox(session: Session, /, state: str | None, **options: str | None) -> None:
    """Lists the letters."""
    ref = options["case"]
    if options["document"] is not None:
        ref = document_id(session, options["document"])
    with session.database.reading() as connection:
        rows = list_letters(connection, state, ref)
    if session.as_json:
        emit_json(rows)
    elif rows:
        show_letters(rows)
    else:
        say(_(N_("There is no such letter.")))


def show_letters(rows: Sequence[dict[str, Any]]) -> None:
    """Shows letters as a table, and how far each has come."""
    headings = (_(N_("Letter")), _(N_("What")), _(N_("To")), _(N_("State")), _(N_("Tries")), _(N_("Why")))
    longest = max(len(row["id"]) for row in rows)
    show_table(headings, [_cells(row) for row in rows], whole=(0,) if longest <= _UNBROKEN else ())


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    when = county_time(datetime.fromisoformat(row["next_try_at"])) if row["next_try_at"] else None
    state = letter_state(row["state"], when)
    return (
        row["id"],
        letter_about(row["about"]),
        row["to"] or "–",
        state,
        str(row["attempts"]),
        letter_reason(row["why"]),
    )


@click.command(help=_(N_("Show one letter as it was sent, or as it would be sent today.")))
@click.argument("letter")
@letterhead_options
@click.pass_obj
def show(session: Session, /, letter: str, **options: Any) -> None:
    """Shows a letter."""
    with session.database.reading() as connection:
        row = find_letter(connection, letter)
    view = shown(session.engine.store.stream(row["ref"]), row["message_id"], session.today)
    head, rules, goes_with = letterhead(session, options), session.engine.rules, view.errand.goes_with
    written, as_sent = write_letter(view.errand, view.day, head, rules), None
    text = Outbox(session.database).text(goes_with, view.errand.posted.queued_seq)
    if view.errand.posted.letter.to:
        message = compose_letter(view.errand, text, view.day, head, rules).message
        as_sent = hashlib.sha256(message).hexdigest() == view.sha256 if view.sha256 is not None else None
    if session.as_json:
        attached = {"name": goes_with.name, "sha256": goes_with.sha256} if goes_with is not None else None
        emit_json({**row, "subject": written.subject, "text": written.text, "attached": attached, "as_sent": as_sent})
        return
    if as_sent is False:
        remark(_(N_("It left under another letterhead or in other words: the template or a setting has changed.")))
    if view.overtaken is not None:
        why = letter_reason(view.overtaken)
        remark(filled(N_("It is not sent: {why} This is what it said when it was queued."), why=why))
    say(f"{row['to'] or '–'}\n{written.subject}\n\n{written.text}".rstrip("\n"))


@click.command(help=_(N_("Queue an undeliverable letter again, to the mailbox the party has by now.")))
@click.argument("letter")
@on_date
@click.pass_obj
def retry(session: Session, /, letter: str, on: Any) -> None:
    """Makes a letter due at once; one that had been given up is queued anew first."""
    with session.database.reading() as connection:
        row = find_letter(connection, letter)
    outbox = Outbox(session.database)
    due = Remark(N_("{letter} is due: «outbox send» sends it."), {"letter": row["id"]})
    if row["state"] == "queued":
        outbox.hasten(row["message_id"])
        done = session.engine.unchanged(row["ref"])
    else:
        act = SendAgain(on=on_or_today(session, on), message_id=row["message_id"])
        done = session.engine.handle_letter(row["ref"], act)
        outbox.settle(row["message_id"], 0)
    done = replace(done, remarks=(*done.remarks, due))
    which = {"id": row["id"], "message_id": row["message_id"]}
    if isinstance(done, DocumentDone):
        tell_done_on_document(session, done, which)
    else:
        tell_done(session, done, which)
