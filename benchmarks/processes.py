"""Whole processes, begun from the repository root: how long each took on the wall, and of the processor."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(words: list[str]) -> None:
    """One command, whose answer nobody reads; a command that fails ends the measurement."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


def seconds(words: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of one whole process."""
    before, began = os.times(), time.perf_counter()
    run(words)
    after, ended = os.times(), time.perf_counter()
    used = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return ended - began, used
