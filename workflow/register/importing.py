"""Whatever a county hands in as its register: told apart by how it begins, and read as what it is."""

import itertools
from collections.abc import Iterable, Iterator

from workflow.register.entry import Entry
from workflow.register.json_reading import json_entries
from workflow.register.known import Known
from workflow.register.reading import read_register

_BLANK = b"\xef\xbb\xbf \t\r\n"


def entries_of(chunks: Iterable[bytes], known: Known, path: str) -> Iterator[Entry]:
    """The entries of a CSV file or of a JSON array, from the bytes of a file in pieces of any size.

    A table is read row by row; JSON is read whole. All faults come together at the end (FaultyRegister), when some
    entries may have been given already: whoever writes does so in one transaction. Raises FileUnreadable for what is
    neither. ``path`` names the file; ``known`` finds names, and gathers what was read as something else than written.
    """
    pieces = iter(chunks)
    first = b""
    for piece in pieces:
        first += piece
        if first.lstrip(_BLANK):
            break
    whole = itertools.chain([first], pieces)
    if first.lstrip(_BLANK).startswith(b"["):
        return json_entries(b"".join(whole).removeprefix(b"\xef\xbb\xbf"), known, path)
    return read_register(whole, known, path)
