"""init: the database, the parties, the forums and the dated structure calendar."""

import secrets
from datetime import date

import click

from commands.console import emit_json, filled, say
from commands.params import day, named, option
from commands.session import Session
from translations import translate as _
from workflow.acts import Initialise
from workflow.errors import N_
from workflow.names import Names
from workflow.organisation import fold
from workflow.record import ORGANISATION
from workflow.rulebook import shipped_rules


@click.command(help=_(N_("Create the database, the parties and the structure calendar. Again, it changes nothing.")))
@named("--adopt", "STRUCTURE", N_("A structure that comes into force after those of the report's calendar."))
@day("--from", N_("The day the adopted structure is in force from."))
@option(
    "--application-role",
    metavar="ROLE",
    envvar="ARENDEGANG_APPLICATION_ROLE",
    help=N_("On PostgreSQL: give this role what acting needs; it can add to the log and never change it."),
)
@option(
    "--auditor-role",
    metavar="ROLE",
    envvar="ARENDEGANG_AUDITOR_ROLE",
    help=N_("On PostgreSQL: let this role read everything, and write nothing."),
)
@click.pass_obj
def init(
    session: Session,
    /,
    adopt: str | None,
    application_role: str | None,
    auditor_role: str | None,
    **options: date | None,
) -> None:
    """Creates what is not there, and tells what was."""
    from persistence.kind import Roles

    from_day = options["from"]
    if (adopt is None) != (from_day is None):
        raise click.UsageError(_(N_("--adopt and --from go together: give both.")))
    structure = Names(shipped_rules()).structure(adopt) if adopt is not None else None
    act = Initialise(on=session.today, origin=new_origin(), adopt=structure, adopt_from=from_day)
    session.require_today_real()
    session.database.create(Roles(application=application_role or None, auditor=auditor_role or None))
    done = session.engine.initialise(act)
    organisation = fold(session.store.stream(ORGANISATION))
    if session.as_json:
        calendar = [{"structure": entry.structure, "from": str(entry.from_day)} for entry in organisation.calendar]
        where = session.database.where
        emit_json({"created": bool(done.records), "where": where, "origin": organisation.origin, "calendar": calendar})
    elif done.records:
        next_step = N_("Created {where}. Next: «party mailbox» for each party, then «case open».")
        say(filled(next_step, where=session.database.where))
    else:
        say(filled(N_("{where} exists already: nothing was changed."), where=session.database.where))


def new_origin() -> str:
    """A name for a new log that no other log has."""
    return f"{shipped_rules().county.county.id}.{secrets.token_hex(4)}.arendegang"
