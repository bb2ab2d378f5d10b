"""Cells that a spreadsheet would take for a formula: made harmless on the way out, and read back as they were.

A cell that begins with one of the signs below gets an apostrophe before it. So does one that has apostrophes before
such a sign already, so that taking one away again always gives back what was meant.
"""

import re

# The four that begin a formula, their full-width twins, and the two that some programs skip before one.
_FULL_WIDTH = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
_FORMULA = re.compile(rf"'*[=+\-@\t\r{_FULL_WIDTH}]")


def harmless(cell: str) -> str:
    """The cell as it is written: no spreadsheet reads it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_meant(cell: str) -> str:
    """The cell that ``harmless`` was given; any other text stays as it is."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
