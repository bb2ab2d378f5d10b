"""Ids that stand in a table twice, found without keeping the ids: sixteen bytes a row, whatever they are."""

from array import array
from collections.abc import Iterator
from hashlib import blake2b

_BUCKETS = 256


class Doubles:
    """Takes every id with its row, and tells in the end which rows have the id of an earlier one.

    An id is known by 64 bits of its BLAKE2 digest: in a table of a million rows two different ones are taken for the
    same once in some 37 million tables.
    """

    def __init__(self) -> None:
        self._marks = [array("Q") for _ in range(_BUCKETS)]
        self._rows = [array("Q") for _ in range(_BUCKETS)]

    def add(self, document: str, row: int) -> None:
        """One more id, and the row that has it."""
        mark = int.from_bytes(blake2b(document.encode(), digest_size=8).digest())
        self._marks[mark % _BUCKETS].append(mark)
        self._rows[mark % _BUCKETS].append(row)

    def found(self) -> Iterator[tuple[int, int]]:
        """Each row whose id stands in an earlier one, and the first that has it."""
        for marks, rows in zip(self._marks, self._rows, strict=True):
            first: dict[int, int] = {}
            for mark, row in zip(marks, rows, strict=True):
                if (earlier := first.setdefault(mark, row)) != row:
                    yield row, earlier
