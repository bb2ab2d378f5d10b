"""Where in a rule file a table, a key or a value stands: the line to name when it is at fault.

The library that reads TOML tells no lines, so the text is gone through once more: headers, keys, and how far each
key's value reaches. Texts that cannot be read as TOML are gone through as far as they make sense.
"""

import re

#: A table, or a key in it, from the top of the file: ``("rule", 3, "stage", 0, "by")``.
Path = tuple[str | int, ...]

_SPOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""' + r"|'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'|#[^\n]*", re.DOTALL
)
_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]")
_KEY = re.compile(r"\s*([\w\"'.-]+)\s*=")


class Places:
    """The lines of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._silent = _SPOKEN.sub(_blank, text).split("\n")
        self._tables: dict[Path, int] = {}
        self._spans: dict[Path, tuple[int, int]] = {}
        self._read()

    def line(self, path: Path, value: str | None = None) -> int:
        """The line of what ``path`` leads to, or of the nearest thing around it that is there.

        With ``value``, the line of that word inside the key's value. A table with an id is named by the line of its id.
        """
        if path in self._spans:
            start, end = self._spans[path]
            return self._word(value, start, end) or start
        if path in self._tables:
            id_line = self._spans.get((*path, "id"))
            return id_line[0] if id_line else self._tables[path]
        if (*path, 0) in self._tables:
            return self._tables[(*path, 0)]
        around = next((cut for cut in range(len(path) - 1, 0, -1) if path[:cut] in self._spans), None)
        if around is not None:
            return self._inside(path, around)
        return self.line(path[:-1]) if path else 1

    def _inside(self, path: Path, cut: int) -> int:
        """The line of something inside a key's own value: the key of an inline table, by its name and its place."""
        start, end = self._spans[path[:cut]]
        names = [part for part in path[cut:] if isinstance(part, str)]
        number = next((part for part in path[cut:] if isinstance(part, int)), 0)
        if not names:
            return start
        found = _occurrences(rf"(?<![\w-]){re.escape(names[-1])}\s*=", self._silent, start, end)
        if not found:
            return start
        return found[number] if number < len(found) else found[0]

    def _word(self, value: str | None, start: int, end: int) -> int | None:
        if value is None:
            return None
        found = _occurrences(rf"(?<![\w$-]){re.escape(value)}(?![\w-])", self._lines, start, end)
        return found[0] if found else None

    def _read(self) -> None:
        """Goes through the lines, with everything between quotation marks and after # blanked."""
        here: Path = ()
        counts: dict[Path, int] = {}
        open_key: Path | None = None
        depth = 0
        for number, line in enumerate(self._silent, start=1):
            if depth == 0:
                open_key = None
                header, key = _HEADER.match(line), _KEY.match(self._lines[number - 1])
                if header is not None:
                    here = _led_to(_names(self._lines[number - 1]), counts, several=header[1] == "[[")
                    self._tables[here] = number
                    continue
                if key is None or "=" not in line:
                    continue
                open_key = (*here, key[1].strip("\"'"))
                self._spans[open_key] = (number, number)
            elif open_key is not None:
                self._spans[open_key] = (self._spans[open_key][0], number)
            depth = max(0, depth + sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}"))


def _occurrences(pattern: str, lines: list[str], start: int, end: int) -> list[int]:
    """The line of each occurrence, from one line to another."""
    return [number for number in range(start, end + 1) for _ in re.findall(pattern, lines[number - 1])]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _names(line: str) -> list[str]:
    found = _HEADER.match(line)
    return [part.strip(" \"'") for part in found[2].split(".")] if found else []


def _led_to(names: list[str], counts: dict[Path, int], *, several: bool) -> Path:
    """Where a header leads: of an array of tables, the one that was begun last."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, *names[-1:])
    if several:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path
