"""register follow-up, revised, implemented, confirm, assess: what is done for a document while it is in force."""

from datetime import date
from typing import Any

import click

from commands.acting import on_or_today
from commands.params import day, minutes, named, on_date, option
from commands.register.acting import act_on
from commands.session import Session
from translations import translate as _
from workflow.errors import N_
from workflow.register.acts import (
    AssessDocument,
    ConfirmTerm,
    RecordFollowUp,
    RecordImplementation,
    RecordRevision,
)


@click.command("follow-up", help=_(N_("Record that a forum has followed the document up.")))
@click.argument("document", metavar="ID")
@named("--by", "FORUM", N_("The forum."), required=True)
@minutes
@on_date
@click.pass_obj
def follow_up(session: Session, /, document: str, by: str, minutes: str | None, on: date | None) -> None:
    """Records a follow-up."""
    forum = session.names.forum(by)
    act_on(session, document, RecordFollowUp(on=on_or_today(session, on), by=forum, minutes=minutes))


@click.command(help=_(N_("Record that the document has been revised.")))
@click.argument("document", metavar="ID")
@named("--by", "FORUM", N_("The forum that revised it."))
@minutes
@on_date
@click.pass_obj
def revised(session: Session, /, document: str, by: str | None, minutes: str | None, on: date | None) -> None:
    """Records a revision."""
    forum = session.names.forum(by) if by is not None else None
    act_on(session, document, RecordRevision(on=on_or_today(session, on), by=forum, minutes=minutes))


@click.command(help=_(N_("Record that the document is in use at the parties.")))
@click.argument("document", metavar="ID")
@on_date
@click.pass_obj
def implemented(session: Session, /, document: str, on: date | None) -> None:
    """Records that it is in use."""
    act_on(session, document, RecordImplementation(on=on_or_today(session, on)))


@click.command(help=_(N_("Say what the document's entry leaves open.")))
@click.argument("document", metavar="ID")
@day("--valid-to", N_("Its last day."))
@option("--open-ended", is_flag=True, help=N_("It has no last day."))
@option("--follow-up", type=click.Choice(["yearly", "none"]), help=N_("How it is followed up."))
@named("--group", "GROUP", N_("barn-unga, vuxna or alla."))
@option("--level", type=click.Choice(["political", "officers"]), help=N_("For plans: who they are for."))
@named("--forum", "FORUM", N_("A forum that decides on it and follows it up."), multiple=True)
@on_date
@click.pass_obj
def confirm(session: Session, /, document: str, **said: Any) -> None:
    """Completes an entry."""
    names = session.names
    act = ConfirmTerm(
        on=on_or_today(session, said["on"]),
        valid_to=said["valid_to"],
        open_ended=said["open_ended"],
        follow_up=said["follow_up"],
        group=names.group(said["group"]) if said["group"] is not None else None,
        level=said["level"],
        forums=tuple(dict.fromkeys(names.forum(forum) for forum in said["forum"])),
    )
    act_on(session, document, act)


@click.command(help=_(N_("Record whether the document is kept under the new structure.")))
@click.argument("document", metavar="ID")
@option("--keep/--end", default=None, help=N_("It is kept, or it is to end."))
@named("--by", "FORUM", N_("The forum that assessed it."))
@minutes
@on_date
@click.pass_obj
def assess(
    session: Session, /, document: str, by: str | None, minutes: str | None, on: date | None, *, keep: bool | None
) -> None:
    """Records an assessment."""
    if keep is None:
        raise click.UsageError(_(N_("Say --keep or --end.")))
    forum = session.names.forum(by) if by is not None else None
    act_on(session, document, AssessDocument(on=on_or_today(session, on), keep=keep, by=forum, minutes=minutes))
