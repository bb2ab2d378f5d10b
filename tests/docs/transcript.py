"""Documents as they are read here: which commands a Markdown file shows, and what it says they answer.

A fence marked ``console`` is an exchange: a line after ``$`` is run, the lines up to the next one are the answer a
reader is promised. ``[…]`` alone on a line stands for any lines. A fence after ``<!-- output of: COMMAND -->`` is the
answer to that command, and one after ``<!-- file: NAME -->`` is a file of that name.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cli

ROOT = Path(cli.__file__).resolve().parent

#: As wide as a document may show an answer.
COLUMNS = 100

ANYTHING = "[…]"

#: A page that needs a server; it has a test of its own.
ON_A_SERVER = "postgresql.md"

_FENCE = re.compile(r"^```(\w*)$")
_SAID_OF_A_FENCE = re.compile(r"^<!-- (file|output of): (.+) -->$")

# What differs from one run to the next, and the sign that stands for it when answers are compared.
_VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"), "<moment>"),
    (re.compile(r"\b[a-z-]+\.[0-9a-f]{8}\.arendegang\b"), "<origin>"),
    (re.compile(r"(?<![\w+/=])[A-Za-z0-9+/]{43}=(?![\w+/=])"), "<root>"),
    (re.compile(r"(?<=\"previous\":\")[0-9a-f]{64}"), "<digest>"),
    (re.compile(r"(?<=\"rules\":\")[0-9a-f]{64}"), "<digest>"),
    (re.compile(r"(?<=^SHA-256: )[0-9a-f]{64}"), "<digest>"),
    (re.compile(r"sqlite:\S*/arendegang-demo-\w+/"), "sqlite:///<folder>/"),
    (re.compile(r"\S*[/\\]arendegang-demo-\w+[/\\]"), "<folder>/"),
)


@dataclass(frozen=True)
class Exchange:
    """One command a document shows, the answer it promises, and the number of the line it stands on."""

    line: int
    command: str
    promised: tuple[str, ...]


@dataclass(frozen=True)
class Fence:
    """A fenced block: its kind, what the line before says that it is, its first line's number, and its lines."""

    kind: str
    said: tuple[str, str] | None
    line: int
    lines: tuple[str, ...]

    @property
    def file(self) -> str | None:
        """The name of the file this block is, if it is one."""
        return self.said[1] if self.said and self.said[0] == "file" else None

    @property
    def exchanges(self) -> list[Exchange]:
        """The commands of a ``console`` block with their answers, and the one this block is the output of."""
        if self.said and self.said[0] == "output of":
            return [Exchange(self.line - 1, self.said[1], self.lines)]
        if self.kind != "console":
            return []
        found: list[tuple[int, str, list[str]]] = []
        for offset, line in enumerate(self.lines):
            if line.startswith("$ "):
                found.append((self.line + offset, line.removeprefix("$ "), []))
            elif found:
                found[-1][2].append(line)
        return [Exchange(number, command, tuple(answer)) for number, command, answer in found]


def fences(text: str) -> Iterator[Fence]:
    """Every fenced block of a document, in order."""
    kind: str | None = None
    said: tuple[str, str] | None = None
    begun = 0
    lines: list[str] = []
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = _FENCE.match(line)
        if kind is None and fence:
            told = _SAID_OF_A_FENCE.match(before)
            said = (told.group(1), told.group(2)) if told else None
            kind, begun, lines = fence.group(1), number + 1, []
        elif kind is not None and line == "```":
            yield Fence(kind, said, begun, tuple(lines))
            kind = None
        elif kind is not None:
            lines.append(line)
        before = line


@dataclass
class Shell:
    """As much of a shell as documents use: the command itself, a Python script, settings, the last exit code."""

    folder: Path
    lang: str
    code: int = 0
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> str:
        """What the command writes, on both streams together. Raises ValueError for what no document may show."""
        words = shlex.split(command)
        if words[0] == "arendegang":
            return self._product(words[1:])
        if words[0] == "python":
            return self._script(words[1:])
        if words[0] == "export" and len(words) == 2:
            name, _, value = words[1].partition("=")
            self.settings[name] = value
            return ""
        if command == "echo $?":
            return f"{self.code}\n"
        message = f"no command a document may show: {command}"
        raise ValueError(message)

    def _product(self, words: list[str]) -> str:
        page = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)
        with (
            _environment(self.folder, {"COLUMNS": str(COLUMNS), "ARENDEGANG_LANG": self.lang, **self.settings}),
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(page),
            contextlib.redirect_stderr(page),
        ):
            self.code = cli.main(words)
        page.seek(0)
        return page.read()

    def _script(self, words: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, "-I", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout


@contextlib.contextmanager
def _environment(home: Path, settings: dict[str, str]) -> Iterator[None]:
    """Only these settings of the product, and nothing of the person who runs this: neither settings nor files."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("ARENDEGANG_", "LC_", "XDG_", "FORCE_COLOR", "TTY_"))]:
        del os.environ[name]
    os.environ.update(dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home)))
    os.environ.update({"LANG": "C.UTF-8", "NO_COLOR": "1", **settings})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@dataclass(frozen=True)
class Answered:
    """An exchange and what the command answered."""

    exchange: Exchange
    answer: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the answer is the promised one, but for what differs from run to run."""
        promised = tidy("\n".join(self.exchange.promised))
        return matches([neutral(line) for line in promised], [neutral(line) for line in self.answer])


def neutral(line: str) -> str:
    """The line with a sign in place of everything that differs from one run to the next."""
    for pattern, sign in _VARYING:
        line = pattern.sub(sign, line)
    return line


def matches(promised: list[str], answer: list[str]) -> bool:
    """Whether the answer's lines are the promised ones, where ``[…]`` stands for any lines."""
    first, *rest = _stretches(promised)
    if not rest:
        return answer == first
    if answer[: len(first)] != first:
        return False
    *middle, last = rest
    place = len(first)
    for stretch in middle:
        starts = range(place, len(answer) - len(stretch) + 1)
        found = next((start for start in starts if answer[start : start + len(stretch)] == stretch), None)
        if found is None:
            return False
        place = found + len(stretch)
    return len(answer) - len(last) >= place and answer[len(answer) - len(last) :] == last


def _stretches(promised: list[str]) -> list[list[str]]:
    """The lines between one ``[…]`` and the next."""
    found: list[list[str]] = [[]]
    for line in promised:
        if line == ANYTHING:
            found.append([])
        else:
            found[-1].append(line)
    return found


def run_through(text: str, folder: Path, lang: str) -> list[Answered]:
    """Everything the document shows, run in order in ``folder``: one shell, one database, its files laid down first."""
    found = list(fences(text))
    for fence in found:
        if fence.file is not None:
            (folder / fence.file).write_text("\n".join([*fence.lines, ""]), encoding="utf-8", newline="\n")
    shell = Shell(folder, lang)
    return [Answered(exchange, tidy(shell.run(exchange.command))) for fence in found for exchange in fence.exchanges]


def tidy(answer: str) -> tuple[str, ...]:
    """The lines of an answer as a document holds them: no blanks at their ends, no empty ones around them."""
    lines = [line.rstrip() for line in answer.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def documents() -> list[Path]:
    """The documents of the checkout: those at its top, and those in docs."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def language_of(document: Path) -> str:
    """The language a document is written in: ``README.sv.md`` is Swedish."""
    return "sv" if document.stem.endswith(".sv") else "en"
