"""worklist: who must do what now."""

import click

from commands.console import emit_json
from commands.session import Session
from commands.step_words import step_name
from commands.tables import show_table
from persistence import questions
from translations import translate as _
from workflow.errors import N_


@click.command(help=_(N_("Show who must do what now; for one body or party, or for all.")))
@click.argument("body", required=False)
@click.pass_obj
def worklist(session: Session, /, body: str | None) -> None:
    """Shows the worklist, the nearest day first."""
    wanted = session.names.body_or_party(body) if body is not None else None
    with session.database.reading() as connection:
        rows = questions.worklist(connection, session.today, wanted)
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Due")), _(N_("Who")), _(N_("What")), _(N_("Case")), _(N_("Title")))
    told = [(row["due"] or "–", row["body"], step_name(row["step"]), row["case"], row["title"]) for row in rows]
    show_table(headings, told)
