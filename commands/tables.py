"""Tables, colours and other looks, for people. With NO_COLOR, or no terminal, the same words without colour."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from commands.words import party_state_name, state_name

#: Without a terminal to ask, a width that a letter and a log can hold.
_WIDTH = 100
_NARROWEST = 40

#: By the code of a state; what stands in a table is the word for it.
STYLES = {
    "adopted": "green",
    "in_force": "green",
    "ratified": "green",
    "waiting": "yellow",
    "adjourned": "yellow",
    "remitted": "yellow",
    "adopted_with_reservation": "magenta",
    "declined": "red",
    "not_now": "red",
    "not_ratified": "red",
    "late": "red",
}


def console() -> Console:
    """A console on stdout as it is now."""
    return Console(file=sys.stdout, width=_width(), highlight=False, markup=False, emoji=False, soft_wrap=False)


def _width() -> int:
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(int(asked), _NARROWEST)
    return max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> None:
    """A table; a cell that is the name of a state may carry its colour."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    styles = {name(code): style for code, style in STYLES.items() for name in (state_name, party_state_name)}
    for row in rows:
        table.add_row(*(Text(cell, style=styles.get(cell, "")) for cell in row))
    console().print(table)


def show_text(text: str, style: str = "") -> None:
    """One paragraph, wrapped to the console."""
    console().print(Text(text, style=style))


def show_heading(text: str) -> None:
    """A heading."""
    console().print(Text(text, style="bold"))
