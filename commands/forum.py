"""forum list, forum status."""

from datetime import date
from typing import Any

import click

from commands.acting import on_or_today
from commands.console import emit_json, filled, say
from commands.params import day, line, on_date
from commands.rule_words import forum_kind_name, status_name
from commands.session import Session
from commands.tables import show_table
from translations import translate as _
from workflow.acts import SetForumStatus
from workflow.errors import N_


@click.command("list", help=_(N_("List the forums of the structure in force, and the status of each.")))
@click.pass_obj
def list_forums(session: Session, /) -> None:
    """Lists forums."""
    engine = session.engine
    structure = engine.organisation.structure_on(session.today)
    rows: list[dict[str, Any]] = []
    for forum in engine.rules.structure(structure).forum if structure is not None else ():
        status = engine.organisation.forum_status_on(forum.id, session.today)
        rows.append(
            {
                "id": forum.id,
                "name": forum.name,
                "kind": forum.kind,
                "structure": structure,
                "mandate": list(forum.mandate),
                "status": status.status if status else "active",
                "since": str(status.from_day) if status else None,
                "assumed": status.assumed if status else False,
                "mandate_description": forum.mandate_description.status if forum.mandate_description else "unknown",
            }
        )
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Forum")), _(N_("Name")), _(N_("Kind")), _(N_("Status")), _(N_("Since")))
    show_table(
        headings,
        [
            (row["id"], row["name"], forum_kind_name(row["kind"]), status_name(row["status"]), row["since"] or "–")
            for row in rows
        ],
    )


@click.command(help=_(N_("Record that a forum is dormant (vilande), or active again, from a day.")))
@click.argument("forum")
@click.option("--dormant", is_flag=True, help=_(N_("It is dormant from the day.")))
@click.option("--active", is_flag=True, help=_(N_("It is active from the day.")))
@day("--from", N_("The day."), required=True)
@line("--reason", N_("Why."), required=True)
@on_date
@click.pass_obj
def status(
    session: Session, /, forum: str, reason: str, on: date | None, *, dormant: bool, active: bool, **options: date
) -> None:
    """Sets a forum's status."""
    if dormant == active:
        raise click.UsageError(_(N_("Say --dormant or --active.")))
    status = "dormant" if dormant else "active"
    act = SetForumStatus(
        on=on_or_today(session, on),
        forum=session.names.forum(forum),
        status=status,
        from_day=options["from"],
        reason=reason,
    )
    done = session.engine.organise(act)
    if session.as_json:
        told = {"forum": act.forum, "status": status, "from": str(act.from_day), "changed": bool(done.records)}
        emit_json(told)
    elif done.records:
        name = session.engine.rules.name_of(act.forum)
        say(filled(N_("{forum}: {status} from {day}."), forum=name, status=status_name(status), day=act.from_day))
    else:
        say(
            filled(
                N_("{forum} has that status already: nothing was changed."),
                forum=session.engine.rules.name_of(act.forum),
            )
        )
