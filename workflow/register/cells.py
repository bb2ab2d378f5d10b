"""The cells of one row, each read as what its column holds."""

import re
from collections.abc import Mapping
from datetime import date

from workflow.dates import read_date
from workflow.errors import N_
from workflow.lines import LONGEST, one_line
from workflow.names import fold_name
from workflow.register import columns
from workflow.register.faults import RowFaults
from workflow.register.known import Known

_YEARS = re.compile(r"\s*\(\d+ (?:years?|år)\)", re.ASCII)
_BRACKETED_NOTE = re.compile(r"\s*\[=[^\]]*\]")


class Row:
    """The cells of one row, by column; one that the file lacks is no cell."""

    def __init__(self, cells: Mapping[str, str], known: Known, faults: RowFaults) -> None:
        self.cells = cells
        self.known = known
        self.faults = faults

    def text(self, column: str) -> str:
        """The cell as it stands; empty when a word in it says that it holds nothing."""
        cell = self.cells.get(column)
        if not cell:
            return ""
        if cell[0] != "(" or column in columns.FREE_TEXT:
            return cell
        return "" if fold_name(cell) in columns.NOTHING else cell

    def line(self, column: str, longest: int = LONGEST) -> str:
        """The cell as one line of text; empty when it holds nothing."""
        cell, found = self.text(column), ""
        if cell:
            with self.faults.within(column):
                found = one_line(column, cell, longest)
        return found

    def day(self, column: str) -> date | None:
        """The day of the cell; None when it holds none."""
        cell, found = self.text(column), None
        if cell:
            with self.faults.within(column):
                found = read_date(cell, self.faults.heading(column))
        return found

    def word(self, column: str) -> str | None:
        """What the cell's word means in a column of closed words; None when it holds none."""
        cell = self.text(column)
        if not cell:
            return None
        cell = _YEARS.sub("", cell)
        meaning = columns.meaning_of(column, cell)
        if meaning is None:
            words = "», «".join(columns.words_of(column))
            self.faults.found(
                column, N_("«{given}» is none of its words; they are «{words}»."), given=cell, words=words
            )
        return meaning

    def yes(self, column: str) -> bool | None:
        """Whether the cell says yes; None when it holds nothing."""
        meaning = self.word(column)
        return None if meaning is None else meaning == "yes"

    def several(self, column: str, kind: str) -> tuple[str, ...]:
        """The ids of the names in a cell, each once, in their order; ``[=…]`` behind a name is a note on it."""
        cell = self.text(column)
        if not cell:
            return ()
        found: dict[str, None] = {}
        for each in (_BRACKETED_NOTE.sub("", cell) if "[" in cell else cell).split(columns.BETWEEN):
            with self.faults.within(column):
                found[self.known.id_of(kind, each.strip())] = None
        return tuple(found)
