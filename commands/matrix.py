"""party matrix: cases down, parties across, one letter a state."""

from collections.abc import Iterator, Sequence
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text

from commands.console import emit_json, say
from commands.session import Session
from commands.tables import STYLES, console, cut, show_text
from commands.words import PARTY_STATES, party_letter, party_state_name
from persistence import questions
from translations import translate as _
from workflow.errors import N_

#: Letters of a party's id that head its column; more where two parties would otherwise share them.
_SHORTEST = 3

#: What a table puts between two columns.
_BETWEEN = 2

#: What a table puts at its two edges, and before its last column.
_EDGES = 3

#: A title is cut to what the line has left, and left out where too little of it would remain.
_SHORTEST_TITLE = 12
_LONGEST_TITLE = 60

#: Stands after a letter: answered after the day to answer by, or not answered though it has passed.
_LATE = "!"


@click.command(help=_(N_("Show where every party stands on every case that has been sent out, one letter a state.")))
@click.pass_obj
def matrix(session: Session, /) -> None:
    """Shows the ratification matrix."""
    with session.database.reading() as connection:
        rows = questions.matrix(connection, session.today)
    if session.as_json:
        emit_json(rows)
    elif rows:
        parties = _parties(session, rows)
        ref_width = max(len(row["ref"]) for row in rows)
        blocks = list(_blocks(parties, ref_width))
        for block in blocks:
            _show(rows, block, title_width=_room_for_title(block, ref_width) if len(blocks) == 1 else 0)
        _show_legend(session, rows, parties)
    else:
        say(_(N_("No case has been sent to the parties.")))


def _parties(session: Session, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What heads the column of each party that was asked in any case, in the county's order."""
    asked = dict.fromkeys(party["party"] for row in rows for party in row["parties"])
    known = [party.id for party in session.engine.rules.county.party if party.id in asked]
    ids = list(dict.fromkeys([*known, *asked]))
    longest = max(len(party) for party in ids)
    lengths = range(_SHORTEST, longest + 1)
    length = next((each for each in lengths if len({party[:each] for party in ids}) == len(ids)), longest)
    return {party: party[:length] for party in ids}


def _blocks(parties: dict[str, str], ref_width: int) -> Iterator[dict[str, str]]:
    """The parties in as many lots as the console's width asks for."""
    column = max(len(short) for short in parties.values()) + _BETWEEN
    fitting = max((console().width - ref_width - _BETWEEN) // column, 1)
    names = list(parties)
    for start in range(0, len(names), fitting):
        yield {party: parties[party] for party in names[start : start + fitting]}


def _room_for_title(parties: dict[str, str], ref_width: int) -> int:
    """The columns left for a title beside the letters of every party; 0 when no title would be known again in them."""
    column = max(len(short) for short in parties.values()) + _BETWEEN
    taken = ref_width + _BETWEEN + column * len(parties) + _EDGES
    room = min(console().width - taken, _LONGEST_TITLE)
    return room if room >= _SHORTEST_TITLE else 0


def _show(rows: Sequence[dict[str, Any]], parties: dict[str, str], title_width: int) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_(N_("Case")), no_wrap=True)
    for short in parties.values():
        table.add_column(short, no_wrap=True)
    if title_width:
        table.add_column(_(N_("Title")), no_wrap=True)
    for row in rows:
        standings = {party["party"]: party for party in row["parties"]}
        title = [cut(row["title"], title_width)] if title_width else []
        table.add_row(row["ref"], *(_cell(standings.get(party)) for party in parties), *title)
    console().print(table)


def _cell(standing: dict[str, Any] | None) -> Text:
    if standing is None:
        return Text("")
    mark = _LATE if standing["late"] or standing["overdue"] else ""
    style = STYLES["late"] if standing["overdue"] else STYLES.get(standing["state"], "")
    return Text(party_letter(standing["state"]) + mark, style=style)


def _show_legend(session: Session, rows: Sequence[dict[str, Any]], parties: dict[str, str]) -> None:
    standings = [party for row in rows for party in row["parties"]]
    shown = {standing["state"] for standing in standings}
    letters = [f"{party_letter(state)} {party_state_name(state)}" for state in PARTY_STATES if state in shown]
    if any(standing["late"] or standing["overdue"] for standing in standings):
        letters.append(f"{_LATE} {_(N_('after the day to answer by'))}")
    name_of = session.engine.rules.name_of
    for entries in (letters, [f"{short} {name_of(party)}" for party, short in parties.items()]):
        for line in _lines(entries, console().width):
            show_text(line)


def _lines(entries: Sequence[str], width: int) -> Iterator[str]:
    """The entries one after the other, with no line broken inside an entry that a line can hold."""
    line = ""
    for entry in entries:
        longer = f"{line} · {entry}" if line else entry
        if line and len(longer) > width:
            yield line
            longer = entry
        line = longer
    yield line
