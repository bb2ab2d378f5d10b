"""sweep, and the flags it raises."""

from typing import Any

import click

from commands.clock import SystemClock
from commands.console import emit_json, filled, say
from commands.params import Known, option
from commands.session import Session
from commands.tables import show_table
from commands.words import FLAG_KINDS, flag_sentence
from persistence import questions
from persistence.clock_runs import RunBook
from scheduler.sweep import SWEEP, counted
from scheduler.sweep import sweep as run_sweep
from translations import translate as _
from workflow.errors import N_
from workflow.facts import Flag
from workflow.views import flag_body


@click.command(help=_(N_("Run every scheduled check once; as often as you like, nothing is raised twice.")))
@click.option("--dry-run", is_flag=True, help=_(N_("Tell what would be found, also on a later date; write nothing.")))
@click.pass_obj
def sweep(session: Session, /, dry_run: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Runs the sweep for the date asked for."""
    if not dry_run:
        session.require_today_real()
    started = SystemClock().now()
    found = run_sweep(session.engine, session.today, dry_run=dry_run)
    if not dry_run:
        ended = SystemClock().now()
        RunBook(session.database).done(SWEEP, started, ended, session.today, counted(found))
    with session.database.reading() as connection:
        standing = questions.count_flags(connection)
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
                "rerouted": list(found.rerouted),
                "standing": standing,
            }
        )
        return
    for flag in raised:
        say(f"! {flag['case']}: {flag['text']}")
    for ref in found.took_effect:
        say(filled(N_("{ref} is in force."), ref=ref))
    for ref in found.rerouted:
        say(filled(N_("{ref} goes on under the structure now in force."), ref=ref))
    summary = N_("{today}: flags raised {raised}, cleared {cleared}, standing {standing}.")
    counts = {"raised": len(raised), "cleared": len(cleared), "standing": standing}
    say(filled(summary, today=session.today, **counts))


def _flag(session: Session, ref: str, flag: Flag) -> dict[str, Any]:
    body = flag_body(flag, ref)
    standing = session.engine.case(ref).parties.get(flag.party or "")
    meeting = standing.answer.next_meeting if standing and standing.answer else None
    told: dict[str, Any] = {**body, "due": str(body["due"]), "assigned_to": list(body["assigned_to"])}
    told["next_meeting"] = str(meeting) if meeting else None
    return {**told, "text": flag_sentence(told, session.engine.rules.name_of)}


@click.command("list", help=_(N_("List the flags that stand.")))
@option("--kind", type=Known(FLAG_KINDS), help=N_("Only flags of this kind."))
@click.pass_obj
def list_flags(session: Session, /, kind: str | None) -> None:
    """Lists flags, the oldest first."""
    with session.database.reading() as connection:
        flags = questions.standing_flags(connection, kind)
    name_of = session.engine.rules.name_of
    rows = [{**flag, "text": flag_sentence(flag, name_of)} for flag in flags]
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Due")), _(N_("Case")), _(N_("Party")), _(N_("What")), _(N_("Assigned to")))
    show_table(
        headings,
        [(row["due"], row["case"], row["party"] or "–", row["text"], ", ".join(row["assigned_to"])) for row in rows],
    )
