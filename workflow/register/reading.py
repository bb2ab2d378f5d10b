"""A county's register as a CSV file: bytes in, entries out, and every fault with its row and column in one refusal."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

from workflow.bad_data import FileUnreadable, ValueInvalid
from workflow.errors import N_, Remark
from workflow.names import fold_name
from workflow.register import columns
from workflow.register.doubles import Doubles
from workflow.register.entry import Entry
from workflow.register.escaping import as_meant
from workflow.register.faults import Faults, RowFaults
from workflow.register.known import Known
from workflow.register.lines_of_file import Unparsed, rows_of
from workflow.register.row import read_row


def read_register(chunks: Iterable[bytes], known: Known, path: str) -> Iterator[Entry]:
    """The entries of a CSV file, one after the other, as they are read; ``path`` names the file in a refusal.

    ``chunks`` are the bytes of the file in pieces of any size. No row is kept: what stays in memory for each is a mark
    of its id, sixteen bytes. After the first fault no entry comes any more and the rest is read for its faults alone;
    at the end they are raised together, as FaultyRegister. So whoever writes while reading does so in one transaction.
    Raises FileUnreadable for what is no table in UTF-8. Names are looked up in ``known``, which gathers remarks.
    """
    faults = Faults()
    rows = rows_of(chunks, path)
    heading = _heading(rows, faults, path)
    faults.require_none()
    doubles = Doubles()
    for number, cells in rows:
        entry = _entry(number, cells, heading, known, faults)
        if entry is None:
            continue
        doubles.add(entry.id, number)
        if not faults.count:
            yield entry
    faults.add_doubles(doubles, "id" if "id" in heading else "row")
    faults.require_none()


def _entry(
    number: int, cells: Sequence[str] | Unparsed, heading: Sequence[str], known: Known, faults: Faults
) -> Entry | None:
    found = RowFaults(faults, number)
    if isinstance(cells, Unparsed):
        found.found("", N_("its quotation marks do not close, or a cell is far too long."))
        return None
    if len(cells) < len(heading) or any(cells[len(heading) :]):
        why = N_("it has {cells} cells where the heading has {columns}.")
        found.found("", why, cells=len(cells), columns=len(heading))
        return None
    named = {column: as_meant(cell) for column, cell in zip(heading, cells, strict=False) if column}
    return read_row(named, known, found)


def _heading(rows: Iterator[tuple[int, list[str] | Unparsed]], faults: Faults, path: str) -> list[str]:
    """The column of each cell of the first row; an empty one where nothing is headed, as spreadsheets leave them."""
    number, cells = next(rows, (1, Unparsed()))
    if isinstance(cells, Unparsed):
        raise FileUnreadable(path=path, why=N_("its first row is no heading."))
    while cells and not cells[-1]:
        cells.pop()
    found = [columns.column_of(cell) for cell in cells]
    if not any(found):
        why = N_("its first row is no heading: it needs at least the columns {columns}.")
        raise FileUnreadable(path=path, why=why, columns=", ".join(columns.REQUIRED))
    heading = RowFaults(faults, number)
    for column, cell in zip(found, cells, strict=True):
        if column is None:
            near = difflib.get_close_matches(fold_name(cell), columns.headings(), n=1, cutoff=0.7)
            message = Remark(N_("there is no such column."), {})
            faults.add(number, cell, ValueInvalid.code, message, columns.column_of(near[0]) if near else None)
        elif column in faults.heading:
            heading.found(column, N_("the column stands there twice."))
        else:
            faults.heading[column] = cell
    for column in columns.REQUIRED:
        if column not in found:
            heading.found(column, N_("the column is missing."))
    if "id" not in found and "row" not in found:
        heading.found("id", N_("either this column or «row» is needed."))
    return [column or "" for column in found]
