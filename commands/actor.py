"""actor list, actor admit, actor remove."""

from datetime import date
from typing import Any

import click

from commands.acting import on_or_today
from commands.actor_words import role_name, standing_name, standing_on
from commands.console import emit_json, filled, say, tell_remarks
from commands.params import Line, day, line, named, on_date, option
from commands.session import Session
from commands.tables import show_table
from translations import translate as _
from workflow.acts import AdmitActor, RemoveActor
from workflow.decide.actors import as_admitted
from workflow.errors import N_, Message, Remark
from workflow.organisation_events import ActorAdmitted, ActorRemoved

_LONGEST_NAME = 200
_ROLE = N_("The role, as «secretary»; docs/permissions.md tells what each may do.")
_FORUM = N_("The forum, group or network that a secretary is admitted for.")
_PARTY = N_("The party that a registrar is admitted for.")
_UNCHANGED = N_("{name} is admitted so already: nothing was changed.")
_NOBODY = Remark(N_("No actor has been admitted: everybody may do everything."))


@click.command("list", help=_(N_("List who may act, and as what. Until the first is admitted, everybody may.")))
@option("--all", "everybody", is_flag=True, help=N_("Also those whose time is over, and those who were removed."))
@click.pass_obj
def list_actors(session: Session, /, everybody: bool) -> None:  # noqa: FBT001 - click's own
    """Lists actors."""
    organisation = session.engine.organisation
    if not organisation.actors:
        tell_remarks([_NOBODY])
    rows = [_row(each, standing_on(each, session.today)) for each in organisation.actors]
    if everybody:
        rows += [_row(each, "removed") for each in organisation.former_actors]
    else:
        rows = [row for row in rows if row["standing"] in {"acts", "coming"}]
    if session.as_json:
        emit_json(rows)
    elif rows:
        headings = (
            _(N_("Actor")),
            _(N_("Role")),
            _(N_("For")),
            _(N_("Organisation")),
            _(N_("From")),
            _(N_("Until")),
            _(N_("Standing")),
        )
        show_table(headings, [_cells(session, row) for row in rows], whole=(4, 5))


@click.command(help=_(N_("Let somebody act in a role; from the first on, only those admitted may act.")))
@click.argument("name", type=Line(_LONGEST_NAME))
@named("--role", "ROLE", _ROLE, required=True)
@named("--forum", "FORUM", _FORUM)
@named("--party", "PARTY", _PARTY)
@line("--organisation", N_("Where they belong; for a registrar, the party unless something else is said."))
@day("--from", N_("The first day they may act."), required=True)
@day("--until", N_("The last day they may act."))
@on_date
@click.pass_obj
def admit(session: Session, /, name: str, role: str, on: date | None, **options: Any) -> None:
    """Admits an actor."""
    organisation = options["organisation"]
    body = _body(session, options)
    act = AdmitActor(
        on=on_or_today(session, on),
        name=name,
        role=session.names.role(role),
        body=body,
        organisation=session.names.organisation(organisation) if organisation is not None else _of_party(options, body),
        from_day=options["from"],
        until=options["until"],
    )
    done = session.engine.organise(act)
    if session.as_json:
        office = as_admitted(act)
        emit_json({**_row(office, standing_on(office, session.today)), "changed": bool(done.records)})
        return
    office_name = _office_name(session, act.role, act.body)
    sentence = _admitted(act, session.today) if done.records else _UNCHANGED
    say(filled(sentence, name=act.name, day=act.from_day, until=act.until, office=office_name))


def _admitted(act: AdmitActor, today: date) -> Message:
    if act.until is None:
        return N_("{name} may act from {day}: {office}.")
    if act.until < today:
        return N_("{name} is admitted from {day} until {until}, which has passed: {office}.")
    return N_("{name} may act from {day} until {until}: {office}.")


@click.command(help=_(N_("Let somebody act no longer. What they have recorded keeps their name.")))
@click.argument("name", type=Line(_LONGEST_NAME))
@named("--role", "ROLE", N_("Only in this role; in every one when it is left out."))
@named("--forum", "FORUM", N_("Only as what they are admitted for this forum, group or network."))
@named("--party", "PARTY", N_("Only as what they are admitted for this party."))
@on_date
@click.pass_obj
def remove(session: Session, /, name: str, role: str | None, on: date | None, **options: Any) -> None:
    """Removes an actor."""
    act = RemoveActor(
        on=on_or_today(session, on),
        name=name,
        role=session.names.role(role) if role is not None else None,
        body=_body(session, options),
    )
    removed = [record.event for record in session.engine.organise(act).records]
    offices = [(each.role, each.body) for each in removed if isinstance(each, ActorRemoved)]
    if session.as_json:
        emit_json({"name": act.name, "removed": [{"role": each, "body": body} for each, body in offices]})
        return
    told = ", ".join(_office_name(session, each, body) for each, body in offices)
    say(filled(N_("{name} may act no longer: {offices}."), name=act.name, offices=told))


def _body(session: Session, options: dict[str, Any]) -> str | None:
    forum, party = options["forum"], options["party"]
    if forum is not None and party is not None:
        raise click.UsageError(_(N_("Say --forum or --party, not both.")))
    if party is not None:
        return session.names.party(party, N_("the collaboration"))
    return session.names.body(forum) if forum is not None else None


def _of_party(options: dict[str, Any], body: str | None) -> str | None:
    return body if options["party"] is not None else None


def _row(office: ActorAdmitted, standing: str) -> dict[str, Any]:
    return {
        "name": office.name,
        "role": office.role,
        "body": office.body,
        "organisation": office.organisation,
        "from": str(office.from_day),
        "until": str(office.until) if office.until else None,
        "standing": standing,
    }


def _cells(session: Session, row: dict[str, Any]) -> tuple[str, ...]:
    rules = session.engine.rules
    whose = [rules.name_of(row[each]) if row[each] else "–" for each in ("body", "organisation")]
    role = role_name(rules, row["role"]) or row["role"]
    return (row["name"], role, *whose, row["from"], row["until"] or "–", standing_name(row["standing"]))


def _office_name(session: Session, role: str, body: str | None) -> str:
    rules = session.engine.rules
    named_role = role_name(rules, role) or role
    return f"{named_role} ({rules.name_of(body)})" if body is not None else named_role
