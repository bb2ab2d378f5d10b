"""register list, register calendar: every document on a day, and what a year holds."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from commands.clock import SystemClock
from commands.console import emit_json, filled, remark, say
from commands.flag_words import flag_name
from commands.params import Known, day, option
from commands.register.words import STATUSES, status_name, what_name
from commands.session import Session
from commands.tables import cut, show_table
from commands.writing import write_files
from persistence.documents import documents_kept
from translations import translate as _
from workflow.errors import N_
from workflow.ownership import owned_on
from workflow.register.document import Document
from workflow.register.listing import row_on, year_of

_TITLE = 34


def owners_on(session: Session, on: date) -> Callable[[Document], tuple[str, ...]]:
    """Who answers for a document on a day; documents with the same forums and group are looked up once."""
    engine = session.engine
    found: dict[object, tuple[str, ...]] = {}

    def owners(document: Document) -> tuple[str, ...]:
        entry = document.entry
        key = (entry.recommending, entry.recommending_as_printed, entry.preparing, entry.group)
        if key not in found:
            found[key] = owned_on(entry, engine.organisation, engine.rules, on).answering
        return found[key]

    return owners


@click.command("list", help=_(N_("List the documents of the register, as they stand on a day.")))
@day("--as-of", N_("The day; today when it is left out."))
@option("--status", type=Known(STATUSES), help=N_("Only those of this status."))
@click.pass_obj
def list_documents(session: Session, /, as_of: date | None, status: str | None) -> None:
    """Lists documents; those whose first day has not come are left out, and it is said how many."""
    on = as_of or session.today
    owners = owners_on(session, on)
    rows: list[dict[str, Any]] = []
    later = 0
    with session.database.reading() as connection:
        for document in documents_kept(connection):
            row = row_on(document, on, owners(document))
            if row is None:
                later += 1
            elif status in {None, row["status"]}:
                rows.append(row)
    if later:
        remark(filled(N_("Left out, as their first day comes after {on}: {count}."), on=on, count=later))
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Document")), _(N_("Title")), _(N_("Status")), _(N_("Until")), _(N_("Owner")), _(N_("Flags")))
    told = [
        (
            row["id"],
            cut(row["title"], _TITLE),
            status_name(row["status"]),
            row["term_ends"] or "–",
            row["owner"] or "–",
            ", ".join(flag_name(kind) for kind in row["flags"]) or "–",
        )
        for row in rows
    ]
    show_table(headings, told, whole=(0, 3))


@click.command("calendar", help=_(N_("Show what a year holds: follow-ups, revisions, days for notice, ends.")))
@option("--year", type=click.IntRange(1900, 9980), metavar="YEAR", help=N_("The year; this one when it is left out."))
@option("--ics", metavar="FILE", help=N_("Write it as an iCalendar file as well."))
@option("--replace", is_flag=True, help=N_("Put the file in place of one that is there already."))
@click.pass_obj
def calendar(session: Session, /, year: int | None, ics: str | None, *, replace: bool) -> None:
    """Shows a year of duties, the nearest day first."""
    chosen = year or session.today.year
    rows: list[dict[str, Any]] = []
    with session.database.reading() as connection:
        for document in documents_kept(connection):
            for each in year_of(document, chosen):
                owner = "+".join(owners_on(session, each.day)(document)) or None
                about = {"document": document.id, "title": document.entry.title, "owner": owner}
                rows.append({"date": each.day.isoformat(), "what": each.what, **about})
    rows.sort(key=lambda row: (row["date"], row["document"], row["what"]))
    if ics is not None:
        write_files(session.database, {ics: [_calendar_file(session, rows, chosen)]}, replace=replace)
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Date")), _(N_("What")), _(N_("Document")), _(N_("Title")), _(N_("Owner")))
    told = [
        (row["date"], what_name(row["what"]), row["document"], cut(row["title"], _TITLE), row["owner"] or "–")
        for row in rows
    ]
    show_table(headings, told, whole=(0, 2))
    if ics is not None:
        say(filled(N_("Written to {file}."), file=ics))


def _calendar_file(session: Session, rows: list[dict[str, Any]], year: int) -> bytes:
    # Imported here: only whoever asks for the file needs the library.
    from workflow.register.calendar_file import CalendarDay, calendar_file

    origin = session.engine.organisation.origin
    days = [
        CalendarDay(
            day=date.fromisoformat(row["date"]),
            uid=f"{row['document']}.{row['what']}.{row['date']}@{origin}",
            summary=f"{row['document']}: {what_name(row['what'])}",
            description=row["title"],
        )
        for row in rows
    ]
    name = filled(N_("The register {year}"), year=year)
    return calendar_file(days, name=name, stamp=SystemClock().now())
