"""docs/cli.md: the help of every command, as the command itself gives it."""

import contextlib
import io
import os
import subprocess
import sys

import cli
from commands.index import NOUNS, VERBS
from tests.docs.transcript import ROOT

PLACE = ROOT / "docs" / "cli.md"

_HEAD = """\
# Commands

Every command with the help it gives itself. This file is made by `python -m tests.docs.renew`, and a test compares it
with the command. Options that stand before the noun may stand anywhere on the line. Dates are read as `2026-03-13` or
`13/3 2026`; parties, forums, types, groups and structures by id, name or alias, in any letter case.
"""


def written() -> str:
    """The whole file. A process of its own reads the help: a verb's words are looked up once, when it is loaded."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.docs.reference"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "ARENDEGANG_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return told.stdout


def _help(*words: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        cli.main([*words, "--lang", "en", "--help"])
    lines = [line.rstrip() for line in out.getvalue().strip().split("\n")]
    return "\n".join(["```text", *lines, "```"])


def _pages() -> list[str]:
    pages = [_HEAD, _help(), ""]
    for noun, (verbs, _told) in NOUNS.items():
        pages += [f"## arendegang {noun}", "", _help(noun), ""]
        for verb in verbs:
            pages += [f"### arendegang {noun} {verb}", "", _help(noun, verb), ""]
    for verb in VERBS:
        pages += [f"## arendegang {verb}", "", _help(verb), ""]
    return pages


if __name__ == "__main__":
    sys.stdout.write("\n".join(_pages()))
