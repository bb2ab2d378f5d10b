"""The house stands as docs/architecture.md draws it; and each check that says so has been seen to fail."""

from pathlib import Path

import pytest

from tests.architecture import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    MAY_IMPORT,
    OF_ALL_CODE,
    OF_THE_PRODUCT,
    Check,
    Module,
    every_exception_has_its_reason,
    files_are_short,
    functions_are_short,
    imports_point_one_way,
    late_imports_only_at_the_front,
    libraries_stay_home,
    modules,
    nothing_is_left_for_later,
    one_clock,
    printing_only_at_the_front,
    what_is_public_is_described,
)

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = modules(ROOT)
PRODUCT = [module for module in EVERYTHING if module.room in MAY_IMPORT]


def lines(number: int) -> str:
    return "    one = 1\n" * number


OFFENCES: list[tuple[Check, str, str]] = [
    (imports_point_one_way, "machines/chart.py", "from workflow import case"),
    (imports_point_one_way, "machines/chart.py", "import workflow.case as case"),
    (imports_point_one_way, "workflow/case.py", "from persistence.tables import events"),
    (imports_point_one_way, "workflow/case.py", "def late():\n    import commands.case"),
    (imports_point_one_way, "workflow/rules/read.py", "import translations"),
    (imports_point_one_way, "persistence/log.py", "import correspondence"),
    (imports_point_one_way, "persistence/log.py", "import scheduler"),
    (imports_point_one_way, "correspondence/mail.py", "import persistence"),
    (imports_point_one_way, "correspondence/mail.py", "import scheduler"),
    (imports_point_one_way, "scheduler/sweep.py", "import commands"),
    (imports_point_one_way, "commands/case.py", "from cli import main"),
    (imports_point_one_way, "translations/__init__.py", "from workflow.errors import Refusal"),
    (imports_point_one_way, "cli.py", "from tests.office import Office"),
    (libraries_stay_home, "commands/case.py", "from sqlalchemy import select"),
    (libraries_stay_home, "commands/case.py", "import sqlite3"),
    (libraries_stay_home, "workflow/case.py", "import click"),
    (libraries_stay_home, "persistence/log.py", "import rich.table"),
    (libraries_stay_home, "workflow/case.py", "from statemachine import StateChart"),
    (libraries_stay_home, "commands/sweep.py", "import apscheduler"),
    (libraries_stay_home, "workflow/case.py", "import holidays"),
    (libraries_stay_home, "commands/dates.py", "import holidays"),
    (libraries_stay_home, "machines/case.py", "import msgspec"),
    (libraries_stay_home, "scheduler/sweep.py", "import smtplib"),
    (libraries_stay_home, "persistence/log.py", "from platformdirs import user_data_path"),
    (libraries_stay_home, "translations/__init__.py", "from babel.support import Translations"),
    (libraries_stay_home, "cli.py", "import pytest"),
    (libraries_stay_home, "cli.py", "import conveniences"),
    (late_imports_only_at_the_front, "workflow/case.py", "import importlib\nimportlib.import_module('persistence')"),
    (late_imports_only_at_the_front, "workflow/case.py", "from importlib import import_module as get\nget('commands')"),
    (late_imports_only_at_the_front, "workflow/case.py", "__import__('persistence')"),
    (printing_only_at_the_front, "workflow/case.py", "print('here')"),
    (printing_only_at_the_front, "persistence/log.py", "show = print"),
    (printing_only_at_the_front, "scheduler/sweep.py", "import sys\nsys.stdout.write('here')"),
    (one_clock, "workflow/case.py", "from datetime import datetime\ndatetime.now()"),
    (one_clock, "persistence/log.py", "import datetime as dt\ndt.datetime.now(dt.UTC)"),
    (one_clock, "commands/case.py", "from datetime import date as day\nday.today()"),
    (one_clock, "scheduler/sweep.py", "import time\nclock = time.time"),
    (one_clock, "cli.py", "from time import time\ntime()"),
    (functions_are_short, "tests/test_x.py", f"def long():\n{lines(LONGEST_FUNCTION)}"),
    (functions_are_short, "workflow/case.py", f"class C:\n  async def long():\n{lines(LONGEST_FUNCTION)}"),
    (files_are_short, "tests/test_x.py", "\n" * (LONGEST_FILE + 1)),
    (nothing_is_left_for_later, "workflow/case.py", "one = 1  # TODO: two"),
    (nothing_is_left_for_later, "workflow/case.py", '"""Reads. FIXME writes."""'),
    (nothing_is_left_for_later, "tests/test_x.py", "def later():\n    raise NotImplementedError"),
    (nothing_is_left_for_later, "workflow/case.py", "def later():\n    raise NotImplementedError('soon')"),
    (nothing_is_left_for_later, "workflow/case.py", "def later():\n    return NotImplemented"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore  # because"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore[misc]"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # noqa"),
    (every_exception_has_its_reason, "tests/test_x.py", "one = f()  # noqa: S101, S102"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore[misc]  # noqa: S101"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # pragma: no cover"),
    (every_exception_has_its_reason, "workflow/case.py", "# ruff: noqa: S101 - because\none = 1"),
    (what_is_public_is_described, "workflow/case.py", "one = 1"),
    (what_is_public_is_described, "workflow/case.py", '"""Here."""\ndef f():\n    return 1'),
    (what_is_public_is_described, "workflow/case.py", '"""Here."""\nclass C:\n    one = 1'),
    (what_is_public_is_described, "workflow/case.py", '"""Here."""\nclass C:\n    """C."""\n    def f(self): ...'),
]

LAWFUL: list[tuple[Check, str, str]] = [
    (imports_point_one_way, "cli.py", "import commands, translations\nfrom workflow.errors import Refusal"),
    (imports_point_one_way, "commands/case.py", "import scheduler, correspondence, persistence, translations"),
    (imports_point_one_way, "scheduler/sweep.py", "import correspondence, persistence, workflow"),
    (imports_point_one_way, "workflow/case.py", "from workflow import events\nfrom machines import agreement"),
    (libraries_stay_home, "workflow/dates_off.py", "import holidays"),
    (libraries_stay_home, "cli.py", "import json, click, rich, platformdirs"),
    (libraries_stay_home, "persistence/log.py", "from collections.abc import Mapping\nimport msgspec, sqlalchemy"),
    (late_imports_only_at_the_front, "commands/__init__.py", "import importlib\nimportlib.import_module('x')"),
    (printing_only_at_the_front, "cli.py", "print('here')"),
    (printing_only_at_the_front, "workflow/case.py", "self.print()"),
    (one_clock, "commands/clock.py", "from datetime import datetime\ndatetime.now()"),
    (one_clock, "workflow/case.py", "clock.now()\nclock.today()"),
    (functions_are_short, "workflow/case.py", f"def long():\n{lines(LONGEST_FUNCTION - 1)}"),
    (files_are_short, "workflow/case.py", "\n" * LONGEST_FILE),
    (nothing_is_left_for_later, "workflow/case.py", "class C:\n  def __eq__(self, o):\n    return NotImplemented"),
    (nothing_is_left_for_later, "workflow/case.py", "mark = 'TODO'"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore[misc]  # the stub is wrong"),
    (every_exception_has_its_reason, "workflow/case.py", "# the stub is wrong\none = f()  # type: ignore[misc]"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # noqa: S101 - because"),
    (every_exception_has_its_reason, "workflow/case.py", "one = f()  # type: ignore[misc]  # noqa: S101  # both"),
    (what_is_public_is_described, "workflow/case.py", '"""Here."""\ndef _f():\n    return 1'),
]


@pytest.mark.parametrize("check", OF_THE_PRODUCT, ids=lambda check: check.__name__)
def test_the_product_keeps_to(check: Check) -> None:
    assert [offence for module in PRODUCT for offence in check(module)] == []


@pytest.mark.parametrize("check", OF_ALL_CODE, ids=lambda check: check.__name__)
def test_the_product_and_its_tests_keep_to(check: Check) -> None:
    assert [offence for module in EVERYTHING for offence in check(module)] == []


@pytest.mark.parametrize(("check", "path", "source"), OFFENCES)
def test_an_offence_is_found(check: Check, path: str, source: str) -> None:
    found = check(Module(path, source))
    assert found
    assert all(offence.startswith(path) for offence in found)


@pytest.mark.parametrize(("check", "path", "source"), LAWFUL)
def test_what_is_lawful_is_let_pass(check: Check, path: str, source: str) -> None:
    assert check(Module(path, source)) == []


def test_every_check_has_been_seen_to_fail_and_to_pass() -> None:
    checks = {*OF_THE_PRODUCT, *OF_ALL_CODE}
    assert {check for check, _, _ in OFFENCES} == checks
    assert {check for check, _, _ in LAWFUL} == checks


def test_the_walk_finds_the_rooms_and_the_tests_and_leaves_out_what_is_made(tmp_path: Path) -> None:
    kept = {"cli.py", "machines/chart.py", "workflow/rules/read.py", "tests/machines/test_chart.py"}
    for name in kept | {".venv/lib/site.py", ".venv-check/lib/site.py", "build/lib/cli.py", "workflow/rules.toml"}:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    assert {module.path for module in modules(tmp_path)} == kept
    assert {"cli", "machines", "workflow", "tests"} <= {module.room for module in EVERYTHING}
