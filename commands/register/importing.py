"""register import, register export: a whole register in, and out again."""

from collections.abc import Iterable, Iterator
from datetime import date

import click

from commands.acting import on_or_today
from commands.console import emit_json, filled, remark, say, tell_remarks
from commands.failure import meant
from commands.params import on_date, option, pieces_of
from commands.session import Session
from commands.writing import write_files
from persistence.documents import documents_kept
from translations import translate as _
from workflow.errors import N_
from workflow.register.bilaga import built_in, entry_now
from workflow.register.entry import Entry
from workflow.register.faults import FaultyRegister
from workflow.register.importing import entries_of
from workflow.register.known import Known
from workflow.register.writing import BYTE_ORDER_MARK, csv_lines, json_lines

#: The largest register that is read, in bytes.
_LARGEST = 256 * 1024 * 1024


@click.command(
    "import", help=_(N_("Enter a county's register, CSV or JSON; without a file, Bilaga 1. All of it or nothing."))
)
@click.argument("file", required=False)
@on_date
@click.pass_obj
def import_register(session: Session, /, file: str | None, on: date | None) -> None:
    """Enters every document that is not in the register yet; importing again changes nothing."""
    rules = session.engine.rules
    known = Known(rules)
    entries: Iterable[Entry]
    entries = built_in(rules.register) if file is None else entries_of(pieces_of(file, _LARGEST), known, file)
    try:
        entered = session.engine.register.enter(entries, on_or_today(session, on))
    except FaultyRegister as faulty:
        if not session.as_json:
            _tell_faults(faulty)
        raise
    tell_remarks((*known.remarks, *entered.remarks))
    if session.as_json:
        emit_json({"added": entered.added, "unchanged": entered.unchanged})
        return
    counts = {"added": entered.added, "unchanged": entered.unchanged}
    say(filled(N_("Documents entered: {added}. In the register already, and unchanged: {unchanged}."), **counts))


def _tell_faults(faulty: FaultyRegister) -> None:
    """Every fault but the first, which the refusal itself tells."""
    for fault in faulty.faults[1:]:
        told = filled(
            N_("Row {row}, column {column}: {what}"), row=fault.row, column=fault.column or "–", what=fault.message
        )
        remark(f"{told} {meant(fault.suggestion)}".rstrip())


@click.command("export", help=_(N_("Write the register to a file that can be imported again.")))
@click.argument("file")
@option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", help=N_("CSV, or JSON."))
@option("--replace", is_flag=True, help=N_("Put the file in place of one that is there already."))
@click.pass_obj
def export_register(session: Session, /, file: str, kind: str, *, replace: bool) -> None:
    """Writes every document's entry as it reads today."""
    counted = 0

    def entries() -> Iterator[Entry]:
        nonlocal counted
        for document in documents_kept(connection):
            counted += 1
            yield entry_now(document)

    with session.database.reading() as connection:
        lines = csv_lines(entries()) if kind == "csv" else json_lines(entries())
        mark = [BYTE_ORDER_MARK] if kind == "csv" else []
        write_files(session.database, {file: (line.encode() for line in (*mark, *lines))}, replace=replace)
    if session.as_json:
        emit_json({"file": file, "documents": counted})
        return
    say(filled(N_("Documents written to {file}: {count}."), file=file, count=counted))
