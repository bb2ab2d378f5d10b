"""outbox send: the letters that are due leave."""

from datetime import datetime
from typing import Any

import click

from commands import failure
from commands.console import emit_json, filled, say, tell_remarks
from commands.letter_words import letter_reason, letter_state
from commands.post import folder, letterhead_options, no_sender, sender
from commands.session import Session
from commands.tables import show_table
from persistence.letters import letter_id
from persistence.outbox import Outbox
from scheduler.outbox import Fate, is_out_of_reach, send_due
from translations import translate as _
from workflow.errors import N_, Refusal
from workflow.local_time import county_time
from workflow.out_of_reach import FolderUnavailable, MailUnavailable

_OUTCOMES = ("sent", "put_off", "undeliverable", "dropped")


@click.command(help=_(N_("Send the letters that are due, as files in a folder or by a mail server.")))
@letterhead_options
@click.option("--now", is_flag=True, help=_(N_("Try letters that were put off without waiting any longer.")))
@click.pass_obj
def send(session: Session, /, now: bool, **options: Any) -> int:  # noqa: FBT001 - click passes flags by name
    """Sends; gives the exit code of what stopped it after some letters, or of what let none leave, else 0."""
    session.require_today_real()
    outbox, whoever = Outbox(session.database), sender(session, options, session.today)
    if now:
        outbox.hasten()
    fates: list[Fate] = []
    stopped: Refusal | None = None
    try:
        for fate in send_due(session.engine, outbox, whoever):
            fates.append(fate)  # noqa: PERF402 - what was done before a failure is told as well
    except Refusal as refusal:
        if not fates:
            raise
        stopped = refusal
    nobody = (no_sender(whoever.head),) if fates and options["from"] is None else ()
    place = str(folder(session, options)) if options["smtp"] is None else whoever.transport.name
    if stopped is None and is_out_of_reach(fates):
        stopped = _out_of_reach(fates, place, is_folder=options["smtp"] is None)
    # A server that nobody reaches is told of once: as what stopped it, or else beside what was done.
    tell_remarks((*(whoever.transport.remarks if stopped is None else ()), *nobody))
    _tell(session, fates, place, outbox.next_try())
    return failure.report(stopped, as_json=session.as_json) if stopped is not None else 0


def _out_of_reach(fates: list[Fate], place: str, *, is_folder: bool) -> MailUnavailable:
    kind = FolderUnavailable if is_folder else MailUnavailable
    said = next(fate.why for fate in fates if fate.unheard)
    return kind(server=place, why=N_("no letter could be handed over: {said}."), said=said)


def _tell(session: Session, fates: list[Fate], place: str, next_try: datetime | None) -> None:
    if session.as_json:
        told = {outcome: [_row(fate) for fate in fates if fate.outcome == outcome] for outcome in _OUTCOMES}
        emit_json({"by_way_of": place, **told, "next_try_at": next_try.isoformat() if next_try else None})
        return
    if fates:
        headings = (_(N_("Letter")), _(N_("To")), _(N_("What became of it")), _(N_("Why")))
        show_table(headings, [_cells(fate) for fate in fates])
    counts = {outcome: sum(fate.outcome == outcome for fate in fates) for outcome in _OUTCOMES}
    summary = N_("By way of {place}: sent {sent}, put off {put_off}, undeliverable {undeliverable}, dropped {dropped}.")
    say(filled(summary, place=place, **counts) if fates else _(N_("No letter is due.")))
    if next_try is not None:
        say(filled(N_("Next try: {when}."), when=county_time(next_try)))


def _cells(fate: Fate) -> tuple[str, str, str, str]:
    when = county_time(fate.next_try_at) if fate.next_try_at else None
    return (letter_id(fate.message_id), fate.to, letter_state(fate.outcome, when), letter_reason(fate.why))


def _row(fate: Fate) -> dict[str, Any]:
    return {
        "id": letter_id(fate.message_id),
        "message_id": fate.message_id,
        "ref": fate.ref,
        "party": fate.party,
        "to": fate.to,
        "why": fate.why,
        "next_try_at": fate.next_try_at.isoformat() if fate.next_try_at else None,
    }
