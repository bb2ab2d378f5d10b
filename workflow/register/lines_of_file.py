"""From the bytes of a table to its rows of cells: encoding, line ends, separator. Nothing is read twice or kept."""

import codecs
import csv
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from workflow.bad_data import FileUnreadable
from workflow.errors import N_
from workflow.register.columns import column_of

#: Characters that one line may have; a longer one is no table's.
LONGEST_LINE = 1024 * 1024

_OTHER_UNICODE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Unparsed(Struct, frozen=True):
    """In the place of a row whose quotation marks do not close, or with a cell beyond all measure."""


def rows_of(chunks: Iterable[bytes], path: str) -> Iterator[tuple[int, list[str] | Unparsed]]:
    """The rows of a table, each with its number as a spreadsheet has it, and its cells in composed form (NFC).

    The separator is ``;`` or ``,``, whichever makes headings of the first row. A row that cannot be taken apart comes
    as Unparsed. Raises FileUnreadable, with ``path``, for bytes that are no UTF-8 text or no table at all.
    """
    lines = _lines(_text(chunks, path), path)
    first = next(lines, "")
    number = 1
    while first and not first.strip(" \t\r\n;,"):
        first, number = next(lines, ""), number + 1
    if not first:
        raise FileUnreadable(path=path, why=N_("it is empty."))
    reader = csv.reader(_with_first(first, lines), delimiter=_separator(first), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield number, Unparsed()
        else:
            if cells is None:
                return
            if any(cells):
                yield number, [_plain(cell) for cell in cells]
        number += 1


def _with_first(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _plain(cell: str) -> str:
    """The cell composed, on one line, without white space around it."""
    text = cell.strip()
    if text.isascii():
        return text if "\n" not in text and "\r" not in text else " ".join(text.split())
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text if "\n" not in text and "\r" not in text else " ".join(text.split())


def _separator(first: str) -> str:
    """The sign that makes more headings of the first row; ``;`` where neither makes any."""

    def headings(separator: str) -> int:
        try:
            return sum(column_of(cell) is not None for cell in next(csv.reader([first], delimiter=separator), ()))
        except csv.Error:
            return 0

    return max((";", ","), key=headings)


def _text(chunks: Iterable[bytes], path: str) -> Iterator[str]:
    """The text of the file without its byte order mark. Raises FileUnreadable with the line that is no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, begun = 1, False
    for chunk in _and_an_end(chunks):
        if not begun and chunk.startswith(_OTHER_UNICODE):
            raise FileUnreadable(path=path, why=N_("it is UTF-16; save it as CSV in UTF-8."))
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as fault:
            line += bytes(fault.object[: fault.start]).count(b"\n")
            why = N_("line {line} is not UTF-8 (perhaps Latin-1 or Windows-1252); save the file as CSV in UTF-8.")
            raise FileUnreadable(path=path, why=why, line=line) from None
        if "\0" in text:
            line += text[: text.index("\0")].count("\n")
            why = N_("line {line} holds a NUL byte: it is no text, or not in UTF-8; save the file as CSV in UTF-8.")
            raise FileUnreadable(path=path, why=why, line=line)
        line += text.count("\n")
        if text:
            yield text if begun else text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
            begun = True


def _and_an_end(chunks: Iterable[bytes]) -> Iterator[bytes]:
    yield from (chunk for chunk in chunks if chunk)
    yield b""


def _lines(texts: Iterable[str], path: str) -> Iterator[str]:
    """The lines with their ends, whichever of the three these are."""
    pending = ""
    for text in texts:
        pending += text
        # A carriage return at the very end may be half of a line end: it waits for the next piece.
        held = "\r" if pending.endswith("\r") else ""
        whole = pending.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        pending = whole.pop() + held
        for each in whole:
            yield each + "\n"
        if len(pending) > LONGEST_LINE:
            raise FileUnreadable(path=path, why=N_("it has a line of more than {most} characters."), most=LONGEST_LINE)
    if pending:
        yield pending.removesuffix("\r") + "\n"
