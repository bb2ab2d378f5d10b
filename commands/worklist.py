"""worklist: who must do what now."""

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from commands.console import emit_json
from commands.session import Session
from commands.step_words import step_name
from commands.tables import console, cut, show_table
from commands.urgency_words import urgency_name
from persistence import questions
from persistence.documents import duties_of_documents
from translations import translate as _
from workflow.errors import N_
from workflow.worklist import worklist_rows

#: What a title may take of a line that tells much else.
_TITLE = 24

_HELP = N_(
    "Show who must do what now; for one body or party, or for all.\n\n"
    "The most urgent comes first: as grave as the gravest flag that stands for it, or as near or past as its day is, "
    "whichever is more. Past by the days of escalation is high; past, or within the last reminder's days, a warning; "
    "within the first reminder's days, soon. Among equals the nearest day due comes first, and what has no day last. "
    "«Next» is the next day on which something happens to it: it is due, a reminder, a flag, a meeting."
)


@click.command(help=_(_HELP))
@click.argument("body", required=False)
@click.pass_obj
def worklist(session: Session, /, body: str | None) -> None:
    """Shows the worklist."""
    wanted = session.names.body_or_party(body) if body is not None else None
    times = session.engine.rules.county.ratification
    with session.database.reading() as connection:
        items = questions.duties_of_cases(connection, session.today, wanted)
        items += duties_of_documents(connection, wanted)
    rows = worklist_rows(items, session.today, times)
    if session.as_json:
        emit_json(rows)
        return
    width = console().width
    columns = [column for column in _COLUMNS if column.width <= width]
    told = [[column.cell(row) for column in columns] for row in rows]
    whole = [number for number, column in enumerate(columns) if column.whole]
    show_table([_(column.heading) for column in columns], told, whole=whole)


class _Column(NamedTuple):
    """A column, and the width of the console from which on there is room for it."""

    heading: str
    cell: Callable[[dict[str, Any]], str]
    whole: bool = False
    width: int = 0


_COLUMNS = (
    _Column(N_("Urgency"), lambda row: urgency_name(row["urgency"]), whole=True, width=80),
    _Column(N_("Due"), lambda row: row["due"] or "–", whole=True),
    _Column(N_("Next"), lambda row: row["next"] or "–", whole=True, width=80),
    _Column(N_("Who"), lambda row: str(row["body"])),
    _Column(N_("What"), lambda row: step_name(row["step"])),
    _Column(N_("Case"), lambda row: str(row.get("case") or row["document"]), whole=True),
    _Column(N_("Title"), lambda row: cut(row["title"], _TITLE), width=100),
)
