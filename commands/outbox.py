"""The outbox: the letters there are, one of them in full, and a dead letter sent once more."""

import hashlib
from datetime import datetime
from typing import Any, get_args

import click

from commands.acting import on_or_today, tell_done
from commands.console import emit_json, filled, remark, say
from commands.letter_words import letter_about, letter_reason, letter_state
from commands.params import named, on_date, option
from commands.post import letterhead, letterhead_options
from commands.session import Session
from commands.tables import show_table
from persistence.letters import find_letter, list_letters
from persistence.outbox import Outbox
from scheduler.letters import compose_letter, shown
from translations import translate as _
from workflow.acts import SendAgain
from workflow.engine import Done
from workflow.errors import N_, Remark
from workflow.letters import LetterState
from workflow.local_time import county_time


@click.command("list", help=_(N_("List the letters, and how far each has come.")))
@option("--state", type=click.Choice(get_args(LetterState)), help=N_("Only letters in this state."))
@named("--case", "REF", N_("Only the letters of this case."))
@click.pass_obj
def list_outbox(session: Session, /, state: str | None, **options: str | None) -> None:
    """Lists the letters."""
    with session.database.reading() as connection:
        rows = list_letters(connection, state, options["case"])
    if session.as_json:
        emit_json(rows)
    elif rows:
        headings = (_(N_("Letter")), _(N_("What")), _(N_("To")), _(N_("State")), _(N_("Tries")), _(N_("Why")))
        show_table(headings, [_cells(row) for row in rows])
    else:
        say(_(N_("There is no such letter.")))


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    when = county_time(datetime.fromisoformat(row["next_try_at"])) if row["next_try_at"] else None
    state = letter_state(row["state"], when)
    return (row["id"], letter_about(row["about"]), row["to"], state, str(row["attempts"]), letter_reason(row["why"]))


@click.command(help=_(N_("Show one letter as it was sent, or as it would be sent today.")))
@click.argument("letter")
@letterhead_options
@click.pass_obj
def show(session: Session, /, letter: str, **options: Any) -> None:
    """Shows a letter."""
    with session.database.reading() as connection:
        row = find_letter(connection, letter)
    outbox = Outbox(session.database)
    view = shown(session.engine.store.stream(row["ref"]), row["message_id"], session.today)
    text = outbox.text(view.errand.goes_with, view.errand.posted.queued_seq)
    composed = compose_letter(view.errand, text, view.day, letterhead(session, options), session.engine.rules)
    digest = hashlib.sha256(composed.message).hexdigest()
    as_sent = digest == view.sha256 if view.sha256 is not None else None
    goes_with = view.errand.goes_with
    if session.as_json:
        attached = {"name": goes_with.name, "sha256": goes_with.sha256} if goes_with is not None else None
        written = {"subject": composed.written.subject, "text": composed.written.text, "attached": attached}
        emit_json({**row, **written, "as_sent": as_sent})
        return
    if as_sent is False:
        remark(_(N_("It left under another letterhead or in other words: the template or a setting has changed.")))
    if view.overtaken is not None:
        why = letter_reason(view.overtaken)
        remark(filled(N_("It is not sent: {why} This is what it said when it was queued."), why=why))
    say(f"{row['to']}\n{composed.written.subject}\n\n{composed.written.text}".rstrip("\n"))


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
        done = Done(case=session.engine.case(row["ref"]), records=(), remarks=(due,))
    else:
        act = SendAgain(on=on_or_today(session, on), message_id=row["message_id"])
        queued = session.engine.handle(row["ref"], act)
        outbox.settle(row["message_id"], 0)
        done = Done(case=queued.case, records=queued.records, remarks=(*queued.remarks, due))
    tell_done(session, done, {"id": row["id"], "message_id": row["message_id"]})
