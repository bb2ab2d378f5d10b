"""flag list: what wants attention."""

import click

from commands.console import emit_json
from commands.flag_words import FLAG_KINDS, flag_sentence
from commands.params import Known, named, option
from commands.session import Session
from commands.tables import show_table
from commands.urgency_words import urgency_name
from persistence import questions
from translations import translate as _
from workflow.errors import N_


@click.command("list", help=_(N_("List the flags that stand, the gravest first, then the oldest.")))
@option("--kind", type=Known(FLAG_KINDS), help=N_("Only flags of this kind."))
@named("--party", "PARTY", N_("Only flags about this party."))
@named("--body", "BODY", N_("Only flags assigned to this body."))
@click.pass_obj
def list_flags(session: Session, /, kind: str | None, party: str | None, body: str | None) -> None:
    """Lists flags."""
    about = session.names.party(party, N_("the collaboration")) if party is not None else None
    assigned_to = session.names.body_or_party(body) if body is not None else None
    with session.database.reading() as connection:
        flags = questions.standing_flags(connection, kind, about, assigned_to)
    name_of = session.engine.rules.name_of
    rows = [{**flag, "text": flag_sentence(flag, name_of)} for flag in flags]
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Urgency")), _(N_("Due")), _(N_("Case")), _(N_("What")), _(N_("Assigned to")))
    told = [
        (
            urgency_name(row["severity"]),
            row["due"] or "–",
            row.get("case") or row.get("document") or "–",
            row["text"],
            ", ".join(row["assigned_to"]),
        )
        for row in rows
    ]
    show_table(headings, told, whole=(0, 1, 2))
