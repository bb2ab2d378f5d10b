"""How long a person waits before a command begins: whole processes, in turn, as ratios to what they cannot do without.

Run from the repository root, in an environment where the product is installed: ``python -m benchmarks.cold_start``.
Absolute figures say more of the machine than of the product; only the ratios, taken in one run, are compared.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import run, seconds

ROUNDS = 15
CASE = "SAM-2026-0001"


def main() -> None:
    """Prints a line for each command: median wall and processor milliseconds, and the ratio of their medians."""
    with tempfile.TemporaryDirectory() as folder:
        db = f"sqlite:///{Path(folder) / 'bench.db'}"
        prepare(db)
        show = ["-m", "cli", "--db", db, "case", "show", CASE]
        commands = {
            "import click": ["-c", "import click"],
            "--help": ["-m", "cli", "--help"],
            "import sqlalchemy": ["-c", "import sqlalchemy"],
            "case show --json": [*show, "--json"],
            "case show": show,
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, words in commands.items():
                taken[name].append(seconds(words))
    report(taken)


def prepare(db: str) -> None:
    """A database with one case under way."""
    run(["-m", "cli", "--db", db, "init", "--adopt", "alternativ-1", "--from", "2026-01-01"])
    opened = ["case", "open", "--type", "avtal", "--group", "vuxna", "--title", "Avtal", "--on", "2026-01-12"]
    run(["-m", "cli", "--db", db, *opened])


def report(taken: dict[str, list[tuple[float, float]]]) -> None:
    """The medians and what each is compared with."""
    wall = {name: statistics.median(each[0] for each in times) * 1000 for name, times in taken.items()}
    used = {name: statistics.median(each[1] for each in times) * 1000 for name, times in taken.items()}
    compared = {"--help": "import click", "case show --json": "import sqlalchemy", "case show": "import sqlalchemy"}
    lines = [
        {"command": name, "wall_ms": round(wall[name], 1), "processor_ms": round(used[name], 1)}
        | ({"ratio_to": base, "ratio": round(wall[name] / wall[base], 2)} if (base := compared.get(name)) else {})
        for name in taken
    ]
    sys.stdout.write("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n")


if __name__ == "__main__":
    main()
