"""A secretary among many: every other command on a case that all work on, every other on a new one.

``python -m tests.persistence.writing_at_once URL REF NUMBER COUNT``. Begins when it is told to on standard input; one
line on standard output for each command that came back. Who was beaten to it looks again and repeats.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from tests.office import Office, Word

FIRST = date(2027, 1, 1)


def commands(ref: str, number: int, count: int) -> list[tuple[Word, ...]]:
    """What this one does; no two of them set the same day."""
    days = [FIRST + timedelta(days=number * count + each) for each in range(count)]
    said = ("--reason", f"nummer {number}", "--on", "2026-04-01")
    together: list[tuple[Word, ...]] = [("case", "answer-by", ref, "--date", day, *said) for day in days]
    title = ("--type", "ök", "--group", "vuxna", "--on", "2026-01-12", "--title", f"Nummer {number}")
    alone: list[tuple[Word, ...]] = [("case", "open", *title)] * count
    return [words for pair in zip(together, alone, strict=True) for words in pair]


def main(url: str, ref: str, number: str, count: str) -> None:
    office = Office(Path())
    office.url = url
    sys.stdin.readline()
    for words in commands(ref, int(number), int(count)):
        reply = office(*words)
        while reply.code == 75:
            reply = office(*words)
        if reply.code:
            sys.exit(reply.transcript())
        sys.stdout.write(f"{json.dumps(reply.json)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
