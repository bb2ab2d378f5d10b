"""Rounds in turn, medians, and ratios taken in one run: a machine that others use too still tells them apart."""

import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

#: One turn of something that is measured: does its work, and says how many units of it that was.
Turn = Callable[[], int]


class Figure(NamedTuple):
    """Microseconds of one unit of work: on the clock on the wall, and of the processor, helpers included."""

    wall: float
    processor: float


def in_turn(turns: Mapping[str, Turn], rounds: int) -> dict[str, Figure]:
    """The median of each over ``rounds``, one turn of each in a round; a first round warms up and is not counted."""
    taken: dict[str, list[Figure]] = {name: [] for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            figure = timed(turn)
            if number:
                taken[name].append(figure)
    return {
        name: Figure(statistics.median(each.wall for each in one), statistics.median(each.processor for each in one))
        for name, one in taken.items()
    }


def timed(turn: Turn) -> Figure:
    """One turn, by itself."""
    before, began = os.times(), time.perf_counter()
    units = turn()
    wall, after = time.perf_counter() - began, os.times()
    used = sum(after[:4]) - sum(before[:4])
    return Figure(wall / units * 1e6, used / units * 1e6)


def report(title: str, unit: str, figures: Mapping[str, Figure], base: str) -> None:
    """A table: microseconds and units a second of each, and its rate as a multiple of that of ``base``."""
    lines = [title, f"{'':34} {'wall µs':>10} {f'{unit}/s':>12} {'cpu µs':>10} {'rate':>8} {'by cpu':>8}"]
    for name, figure in figures.items():
        ratio = figures[base].wall / figure.wall
        by_processor = figures[base].processor / max(figure.processor, 1e-9)
        rate = 1e6 / figure.wall
        cells = f"{figure.wall:10.1f} {rate:12,.0f} {figure.processor:10.1f} {ratio:8.2f} {by_processor:8.2f}"
        lines.append(f"{name:34} {cells}")
    lines.append(f"rate: as a multiple of «{base}», in this run.")
    sys.stdout.write("\n".join(lines) + "\n\n")


def machine() -> str:
    """What was measured on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    about = (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}"
    )
    return f"{about}, {os.cpu_count()} processors{load}"


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
