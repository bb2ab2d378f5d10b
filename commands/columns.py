"""How wide each column of a table is: no line wider than the console, and no word broken that could stand whole."""

from collections.abc import Collection, Sequence

from msgspec import Struct

#: As much of a word as a line must hold to be read at a glance.
_READABLE = 9


class Needs(Struct, frozen=True):
    """What a column holds, in columns of the console: its longest line, and the longest of its words."""

    line: int
    word: int


def widths(columns: Sequence[Needs], room: int, whole: Collection[int] = ()) -> list[int]:
    """The width of each column, together at most ``room``, as long as there is one for each.

    Those numbered in ``whole`` get their longest line if the others can then still get their longest word. Where not
    even all words can stand whole, the longest are broken: those of ``whole`` only where the others could not be read.
    """
    line, word = [each.line for each in columns], [each.word for each in columns]
    kept = [each.line if number in whole else each.word for number, each in enumerate(columns)]
    for least in (kept, word):
        if sum(least) <= room:
            return _filled(least, line, room)
    readable = [each if number in whole else min(each, _READABLE) for number, each in enumerate(word)]
    return _filled(readable if sum(readable) <= room else [1] * len(columns), word, room)


def _filled(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Each at least ``least`` and at most ``most``; the narrowest is widened first, of equals the last."""
    found = list(least)
    left = room - sum(found)
    while left > 0 and (growing := [number for number, width in enumerate(found) if width < most[number]]):
        narrowest = min(growing, key=lambda number: (found[number], -number))
        found[narrowest] += 1
        left -= 1
    return found
