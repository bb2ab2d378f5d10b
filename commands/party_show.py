"""party show: which texts bind a party on a day, and what it has been asked and has not answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, get_args

import click
from msgspec import to_builtins

from commands.console import emit_json, filled, say
from commands.params import day
from commands.session import Session
from commands.tables import cut, show_heading, show_table
from commands.words import party_state_name, state_name
from persistence.questions import cases_sent_to
from translations import translate as _
from workflow import organisation as organisations
from workflow.as_of import case_as_of
from workflow.bound_texts import PartyText, Place, texts_sent_to
from workflow.errors import N_
from workflow.events import Dispatched
from workflow.record import ORGANISATION, Record

_PLACES: tuple[Place, ...] = get_args(Place)

#: What a title may take of a line that tells much else.
_TITLE = 24

#: Digits that are enough to tell one checksum from another on a page; the whole of it is in the JSON.
_DIGEST = 8


@click.command(help=_(N_("Show which texts bind a party on a date, and what it has been asked and has not answered.")))
@click.argument("party")
@day("--as-of", N_("Where it stood on this day, by the dates in the minutes; today when it is left out."))
@click.pass_obj
def show(session: Session, /, party: str, as_of: date | None) -> None:
    """Shows a party, from the records dated up to the day."""
    party_id = session.names.party(party, N_("the collaboration"))
    on = as_of or session.today
    with session.database.reading() as connection:
        streams = [session.store.stream(ref) for ref in cases_sent_to(connection, party_id)]
    told = _told(session, party_id, on, streams)
    if session.as_json:
        emit_json(told)
    else:
        _show(told, was_sent=any(_sent_by(records, on) for records in streams))


def _sent_by(records: Iterable[Record], day: date) -> bool:
    return any(isinstance(record.event, Dispatched) and record.on <= day for record in records)


def _told(session: Session, party: str, on: date, streams: Iterable[Sequence[Record]]) -> dict[str, Any]:
    folded = (case_as_of(records, on) for records in streams)
    texts = texts_sent_to(party, (case for case in folded if case is not None))
    known = (record for record in session.store.stream(ORGANISATION) if record.on <= on)
    return {
        "party": party,
        "name": session.engine.rules.name_of(party),
        "as_of": str(on),
        "mailbox": organisations.fold(known).mailboxes.get(party),
        **{place: [_row(text, on) for text in texts if text.place_on(on) == place] for place in _PLACES},
    }


def _row(text: PartyText, on: date) -> dict[str, Any]:
    row: dict[str, Any] = to_builtins(text)
    owes = row.pop("owes")
    return {**row, "overdue": owes and text.answer_by is not None and text.answer_by < on}


def _show(told: dict[str, Any], *, was_sent: bool) -> None:
    show_heading(f"{told['name']} · {told['as_of']}")
    say(filled(N_("Funktionsbrevlåda: {address}"), address=told["mailbox"] or "–"))
    if not any(told[place] for place in _PLACES):
        nothing = N_("No text had been sent to this party by then.")
        say(_(N_("No text that was sent to this party by then still stands.") if was_sent else nothing))
    for place, title in _TITLES.items():
        if told[place]:
            _show_texts(title, told[place])
    if told["asked"]:
        _show_asked(told["asked"])
    if told["not_bound"]:
        _show_not_bound(told["not_bound"])


_TITLES: dict[Place, str] = {
    "bound": N_("Bound by"),
    "coming": N_("Adopted, and not binding yet"),
    "ended": N_("No longer bound by"),
}


def _show_texts(title: str, rows: Iterable[dict[str, Any]]) -> None:
    headings = (_(N_("Case")), _(N_("Title")), _(N_("Text")), _(N_("From")), _(N_("Until")), _(N_("State")))
    told = [
        (
            *(row["case"], cut(row["title"], _TITLE), _text(row)),
            *(row["bound_from"] or "–", _until(row), f"{state_name(row['state'])} ({row['effect_rule']})"),
        )
        for row in rows
    ]
    show_table(headings, told, title=_(title), whole=(0, 3, 4))


def _show_asked(rows: Iterable[dict[str, Any]]) -> None:
    headings = (_(N_("Case")), _(N_("Title")), _(N_("Text")), _(N_("Answer by")), _(N_("State")))
    told = [
        (
            *(row["case"], cut(row["title"], _TITLE), _text(row)),
            *(f"{row['answer_by']}{' !' if row['overdue'] else ''}", _asked_state(row)),
        )
        for row in rows
    ]
    show_table(headings, told, title=_(N_("Asked, and not answered")), whole=(0, 3))
    if any(row["overdue"] for row in rows):
        say(f"! {_(N_('after the day to answer by'))}")


def _show_not_bound(rows: Iterable[dict[str, Any]]) -> None:
    headings = (_(N_("Case")), _(N_("Title")), _(N_("Text")), _(N_("Answer")), _(N_("State")))
    told = [
        (
            *(row["case"], cut(row["title"], _TITLE), _text(row)),
            *(party_state_name(row["party_state"]), f"{state_name(row['state'])} ({row['effect_rule']})"),
        )
        for row in rows
    ]
    show_table(headings, told, title=_(N_("Asked, and not bound by")), whole=(0,))


def _text(row: dict[str, Any]) -> str:
    digest = f" · {row['sha256'][:_DIGEST]}" if row["sha256"] else ""
    return f"{row['text_version']}{digest}"


def _until(row: dict[str, Any]) -> str:
    return "\n→ ".join(part for part in (row["bound_until"], row["replaced_by"]) if part) or "–"


def _asked_state(row: dict[str, Any]) -> str:
    meets = filled(N_("meets {day}"), day=row["next_meeting"]) if row["next_meeting"] else ""
    return ", ".join(part for part in (party_state_name(row["party_state"]), meets) if part)
