"""Tables, colours and other looks, for people. With NO_COLOR, or no terminal, the same words without colour.

rich is loaded when something is shown: who asked for JSON does not wait for it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from commands.columns import Needs, widths
from commands.console import seen
from commands.words import party_state_name, state_name

if TYPE_CHECKING:
    from rich.console import Console

#: Without a terminal to ask, a width that a letter and a log can hold.
_WIDTH = 100
_NARROWEST = 40

#: What a table takes beside its cells: the blanks at its two edges, and those between two columns.
_EDGES = 2
_BETWEEN = 3

#: From this width on, dates and references stand on one line.
_ROOMY = 80

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
    from rich.console import Console

    return Console(file=sys.stdout, width=_width(), highlight=False, markup=False, emoji=False, soft_wrap=False)


def _width() -> int:
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(int(asked), _NARROWEST)
    return max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST)


def show_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None, whole: Collection[int] = ()
) -> None:
    """A table; a cell that is the name of a state may carry its colour.

    The columns numbered in ``whole`` (dates, references) are not broken, unless the console is very narrow.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=seen(title) if title else None, title_justify="left", pad_edge=False)
    told = [[seen(cell) for cell in row] for row in rows]
    shown = console()
    room = shown.width - _EDGES - _BETWEEN * (len(headings) - 1)
    needs = [_needs([heading, *(row[number] for row in told)]) for number, heading in enumerate(headings)]
    # The library's own reckoning takes columns that have a least width for narrower than they become, and cuts lines.
    reckoned = widths(needs, room, whole if shown.width >= _ROOMY else ())
    for heading, width in zip(headings, reckoned, strict=True):
        table.add_column(heading, overflow="fold", width=width)
    styles = {name(code): style for code, style in STYLES.items() for name in (state_name, party_state_name)}
    for row in told:
        table.add_row(*(Text(cell, style=styles.get(cell, "")) for cell in row))
    shown.print(table)


def _needs(cells: Sequence[str]) -> Needs:
    from rich.cells import cell_len

    lines = [line.expandtabs() for cell in cells for line in cell.split("\n")]
    return Needs(
        line=max((cell_len(line) for line in lines), default=0) or 1,
        word=max((cell_len(word) for line in lines for word in line.split()), default=0) or 1,
    )


def cut(text: str, width: int) -> str:
    """The text, or as much of it as ``width`` columns hold, with a sign that there is more."""
    from rich.text import Text

    shown = Text(seen(text))
    shown.truncate(width, overflow="ellipsis")
    return shown.plain


def show_text(text: str, style: str = "") -> None:
    """One paragraph, wrapped to the console."""
    from rich.text import Text

    console().print(Text(seen(text), style=style))


def show_heading(text: str) -> None:
    """A heading."""
    from rich.text import Text

    console().print(Text(seen(text), style="bold"))
