"""What a check finds, and the rule files it is found in."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from workflow.checking.places import Path, Places
from workflow.errors import Remark
from workflow.rulebook import Rulebook, tables_in

#: A table as it was read, and the path to it.
Table = tuple[Path, Mapping[str, Any]]


class Finding(Struct, frozen=True, kw_only=True):
    """A fault of a rule file: where, under which check, what, and a matter or a course that shows it."""

    file: str
    line: int
    check: str
    message: Remark
    counterexample: str | None = None


class Report(Struct, frozen=True, kw_only=True):
    """What a rule set was put through, and everything that does not hold.

    ``combinations``: matters, each on each date and under each setting, that were held against the rules.
    ``courses``: the different courses that were walked to their ends. ``states`` and ``steps``: where they led, and
    what was tried there.
    """

    combinations: int = 0
    courses: int = 0
    states: int = 0
    steps: int = 0
    findings: tuple[Finding, ...] = ()


class RuleFiles:
    """A rule set as its files have it: what they say, and on which line.

    ``faulty`` gathers the rules, by file and number, that some finding is about.
    """

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self.faulty: set[tuple[str, int]] = set()
        self._places: dict[str, Places] = {}
        self._tables: dict[str, tuple[Table, ...]] = {}

    @cached_property
    def structures(self) -> Mapping[str, str]:
        """The file of each structure, by the id that its name gives it."""
        return {each: f"structures/{each}.toml" for each in self.rules.structure_ids}

    def tables(self, file: str) -> tuple[Table, ...]:
        """Every table of a file, those inside others too, in the order of the file."""
        if file not in self._tables:
            self._tables[file] = tuple(_walk(tables_in(file, self.rules.contents[file]), ()))
        return self._tables[file]

    def line(self, file: str, path: Path, value: str | None = None) -> int:
        """The line of ``path`` in ``file``."""
        if file not in self._places:
            self._places[file] = Places(self.rules.contents[file].decode("utf-8-sig", errors="replace"))
        return self._places[file].line(path, value)

    def place(self, file: str, path: Path) -> str:
        """File and line as one word, for a message that names a second place."""
        return f"{file}:{self.line(file, path)}"

    def finding(
        self,
        check: str,
        at: tuple[str, Path],
        message: Remark,
        *,
        value: str | None = None,
        counterexample: str | None = None,
    ) -> Finding:
        """A finding at a path of a file; ``value`` is the very word at fault."""
        file, path = at
        line = self.line(file, path, value)
        if path[:1] == ("rule",) and isinstance(path[1], int):
            self.faulty.add((file, path[1]))
        return Finding(file=file, line=line, check=check, message=message, counterexample=counterexample)


def _walk(node: object, path: Path) -> Iterator[Table]:
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _walk(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _walk(value, (*path, number))


def said(template: str, **values: object) -> Remark:
    """A message of the catalogues with its values."""
    return Remark(template, values)
