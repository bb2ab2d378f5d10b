"""What a large register costs: entering it, and listing it with its flags, beside one durable commit in the same run.

Run from the repository root, in an environment where the product is installed: ``python -m benchmarks.register_import
[ROWS]``. Absolute figures say more of the machine than of the product; the ratios, taken in one run, are compared.
"""

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import run, seconds

ROWS = 100_000
COMMITS = 200
HEADING = "id;titel;typ;grupp;validity_text;valid_from;recommending_forums;followup_rule"


def main() -> None:
    """Prints a line for each step: wall seconds, processor seconds, and how many durable commits it is worth."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        commit = durable_commit(Path(folder) / "commit.db")
        report("one durable commit", *commit, commit[0], 1)
        file = Path(folder) / "register.csv"
        file.write_text("\n".join([HEADING, *(line(number) for number in range(rows))]) + "\n", encoding="utf-8")
        db = ["-m", "cli", "--db", f"sqlite:///{(Path(folder) / 'bench.db').as_posix()}", "--json"]
        run([*db, "init"])
        report(f"import {rows} rows", *seconds([*db, "register", "import", str(file)]), commit[0], rows)
        report(f"import {rows} rows again", *seconds([*db, "register", "import", str(file)]), commit[0], rows)
        report(f"list {rows} rows with flags", *seconds([*db, "register", "list"]), commit[0], rows)


def line(number: int) -> str:
    """One row of a county's register; every tenth has run out."""
    term = "2020–2021" if number % 10 == 0 else "2024-"
    start = "2020-01-01" if number % 10 == 0 else "2024-01-01"
    return f"dok-{number:06};Avtal nummer {number};avtal;vuxna;{term};{start};SVOM;yearly"


def durable_commit(file: Path) -> tuple[float, float]:
    """The median wall and processor seconds of one small commit that is on the disk when it returns."""
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("PRAGMA journal_mode = wal")
    base.execute("PRAGMA synchronous = full")
    base.execute("CREATE TABLE note (said TEXT)")
    taken = []
    for number in range(COMMITS):
        began, used = time.perf_counter(), time.process_time()
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO note VALUES (?)", (str(number),))
        base.execute("COMMIT")
        taken.append((time.perf_counter() - began, time.process_time() - used))
    base.close()
    return statistics.median(each[0] for each in taken), statistics.median(each[1] for each in taken)


def report(what: str, wall: float, used: float, commit: float, rows: int) -> None:
    """One line of JSON."""
    told = {"what": what, "wall_s": round(wall, 4), "processor_s": round(used, 4), "commits": round(wall / commit)}
    sys.stdout.write(json.dumps({**told, "commits_a_row": round(wall / commit / rows, 2)}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
