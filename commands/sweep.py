"""sweep: every scheduled check once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import click
from msgspec import Struct

from commands.clock import SystemClock
from commands.console import emit_json, filled, say
from commands.flag_words import flag_sentence
from commands.progress import watched
from commands.session import Session
from persistence import questions
from persistence.clock_runs import RunBook
from persistence.documents import count_beyond
from scheduler.sweep import SWEEP, AnyFlag, Found, counted
from scheduler.sweep import sweep as run_sweep
from translations import translate as _
from workflow.errors import N_
from workflow.register.facts import DocumentFlag
from workflow.views import flag_body


class _Words(Struct, frozen=True):
    """What a sweep says to a person of what it found."""

    raised: str
    reminded: str
    took_effect: str
    rerouted: str
    summary: str


_DONE = _Words(
    raised=N_("! {about}: {text}"),
    reminded=N_("{ref}: a reminder to {party} waits in the outbox."),
    took_effect=N_("{ref} is in force."),
    rerouted=N_("{ref} goes on by the route that holds now."),
    summary=N_("{today}: flags raised {raised}, cleared {cleared}, standing {standing}."),
)
_FORESEEN = _Words(
    raised=N_("! {about} would be flagged: {text}"),
    reminded=N_("{ref}: a reminder to {party} would be put into the outbox."),
    took_effect=N_("{ref} would be in force."),
    rerouted=N_("{ref} would go on by the route that then holds."),
    summary=N_(
        "{today}: {raised} flags would be raised, {cleared} cleared, and {standing} would stand. Nothing was written."
    ),
)


@click.command(help=_(N_("Run every scheduled check once; as often as you like, nothing is raised twice.")))
@click.option("--dry-run", is_flag=True, help=_(N_("Tell what would be found, also on a later date; write nothing.")))
@click.pass_obj
def sweep(session: Session, /, dry_run: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Runs the sweep for the date asked for."""
    if not dry_run:
        session.require_today_real()
    started = SystemClock().now()
    found = run_sweep(session.engine, session.today, dry_run=dry_run, watch=watched(session, N_("Checking cases")))
    if not dry_run:
        ended = SystemClock().now()
        RunBook(session.database).done(SWEEP, started, ended, session.today, counted(found))
    with session.database.reading() as connection:
        standing = questions.count_flags(connection)
        if dry_run:
            standing = found.standing_after(standing)
        # Nothing is recorded for a day to come: only one that has been can be overtaken.
        passed_over = count_beyond(connection, session.today) if session.today < session.real_day else 0
    why = _why_passed_over(passed_over, session.today)
    raised = [_flag(session, ref, flag) for ref, flag in found.raised]
    cleared = [_flag(session, ref, flag) for ref, flag in found.cleared]
    if session.as_json:
        emit_json(
            {
                "today": str(session.today),
                "dry_run": dry_run,
                "raised": raised,
                "cleared": cleared,
                "took_effect": list(found.took_effect),
                "reminded": [
                    {"case": ref, "party": event.letter.party, "answer_by": str(event.answer_by)}
                    for ref, event in found.reminded
                ],
                "rerouted": list(found.rerouted),
                "standing": standing,
                "passed_over": {"documents": passed_over, "text": why},
            }
        )
        return
    words = _FORESEEN if dry_run else _DONE
    _say_found(session, found, raised, words)
    counts = {"raised": len(raised), "cleared": len(cleared), "standing": standing}
    say(filled(words.summary, today=session.today, **counts))
    if why is not None:
        say(why)


def _say_found(session: Session, found: Found, raised: Sequence[dict[str, Any]], words: _Words) -> None:
    """What was found, a line for each, in the words for what was done or for what would be."""
    for flag in raised:
        say(filled(words.raised, about=flag.get("case") or flag["document"], text=flag["text"]))
    for ref, event in found.reminded:
        say(filled(words.reminded, ref=ref, party=session.engine.rules.name_of(event.letter.party)))
    for ref in found.took_effect:
        say(filled(words.took_effect, ref=ref))
    for ref in found.rerouted:
        say(filled(words.rerouted, ref=ref))


def _why_passed_over(documents: int, day: date) -> str | None:
    """Why documents were not looked at for a day that has been; None when all of them could be."""
    if not documents:
        return None
    told = N_(
        "Documents passed over: {documents}. Something later than {day} is recorded of them; a sweep for today "
        "looks at them."
    )
    return filled(told, documents=documents, day=day)


def _flag(session: Session, ref: str, flag: AnyFlag) -> dict[str, Any]:
    if isinstance(flag, DocumentFlag):
        about = {"kind": flag.kind, "document": ref, "party": flag.party, "due": str(flag.due) if flag.due else None}
        told = {**about, "severity": flag.severity, "assigned_to": list(flag.assigned_to)}
        return {**told, "text": flag_sentence(told, session.engine.rules.name_of)}
    body = flag_body(flag, ref)
    case = session.engine.case(ref)
    standing = case.parties.get(flag.party or "")
    meeting = standing.answer.next_meeting if standing and standing.answer else None
    told = {**body, "due": str(body["due"]), "assigned_to": list(body["assigned_to"])}
    told["next_meeting"] = str(meeting) if meeting else None
    told["receiver"] = case.opened.particulars.receiver
    return {**told, "text": flag_sentence(told, session.engine.rules.name_of)}
