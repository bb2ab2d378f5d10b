"""No command loads what it does not use: a person waits for every library that is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.office import REPOSITORY, Office, uncounted

#: Libraries that take their time, or serve one purpose.
WATCHED = frozenset(
    {"alembic", "apscheduler", "babel", "correspondence", "holidays", "icalendar", "multiprocessing", "pg8000"}
    | {"rich", "scheduler", "smtplib", "sqlalchemy", "sqlalchemy.dialects.postgresql", "statemachine", "tomllib"}
)
QUESTION = frozenset({"sqlalchemy"})
# Urgency goes by the county's own days: the engine knows the rules in force, and the charts with them.
BY_URGENCY = QUESTION | {"statemachine", "tomllib"}
ACT = QUESTION | {"statemachine", "tomllib", "holidays"}

#: Each command line, and what it may load. With --json no table is drawn, so rich is nobody's.
MAY_LOAD = {
    "--help": frozenset[str](),
    "schema error": frozenset[str](),
    "case list": QUESTION,
    "case show SAM-2026-0001": QUESTION,
    "case history SAM-2026-0001": QUESTION,
    "flag list": BY_URGENCY,
    "worklist": BY_URGENCY,
    "case prepare SAM-2026-0001 --by au-barn-unga --on 2026-01-20": ACT,
    "diagram agreement": frozenset({"statemachine"}),
    "sweep": ACT | {"scheduler"},
    "route explain --type avtal --group vuxna": ACT,
}
#: The case as a table. Of the rules it needs names: the county's own file, and no chart.
FOR_A_PERSON = "case show SAM-2026-0001 --lang sv"
MAY_LOAD[FOR_A_PERSON] = QUESTION | {"rich", "tomllib"}


@pytest.fixture(scope="module")
def loaded(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What each command line had loaded when it was done."""
    if not hasattr(os, "fork"):
        pytest.skip("this platform cannot fork")
    folder: Path = tmp_path_factory.mktemp("loading")
    office = furnished.copied_to(folder)
    office.opened()
    lines = [{"options": office.argv(json=line != FOR_A_PERSON), "words": line.split()} for line in MAY_LOAD]
    words = [sys.executable, "-m", "tests.commands.what_is_loaded"]
    # What counts lines for coverage loads libraries of its own.
    ran = subprocess.run(
        words,
        input=json.dumps(lines),
        cwd=REPOSITORY,
        env=uncounted(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told: dict[str, dict[str, Any]] = json.loads(ran.stdout)
    return told


@pytest.mark.parametrize("line", MAY_LOAD)
def test_a_command_loads_no_library_that_it_does_not_use(loaded: dict[str, dict[str, Any]], line: str) -> None:
    assert loaded[line]["code"] == 0
    assert WATCHED & set(loaded[line]["loaded"]) <= MAY_LOAD[line]


def test_what_tells_a_fault_is_loaded_by_whatever_can_meet_one_and_not_for_help(
    loaded: dict[str, dict[str, Any]],
) -> None:
    """A command that has run out of files, or of memory, could load nothing more."""
    assert [line for line in MAY_LOAD if "commands.failure" not in loaded[line]["loaded"]] == ["--help"]


def test_what_a_command_does_use_is_seen(loaded: dict[str, dict[str, Any]]) -> None:
    """The negative control: the list tells of what was loaded, and not of nothing."""
    used = {line: WATCHED & set(told["loaded"]) for line, told in loaded.items()}
    assert used["case list"] == QUESTION
    assert used["case prepare SAM-2026-0001 --by au-barn-unga --on 2026-01-20"] >= {"sqlalchemy", "statemachine"}
    assert "scheduler" in used["sweep"]
