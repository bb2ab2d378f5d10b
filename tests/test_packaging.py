"""The pins, the locks and the package agree, and no file of ours names a place only its writer has."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import MAY_IMPORT
from tests.kept_files import kept_files

REPOSITORY = Path(__file__).resolve().parent.parent
REQUIREMENTS = REPOSITORY / "requirements"
LOCKS = ("build.txt", "runtime.txt", "develop.txt")
SHIPPED_SUFFIXES = {".py", ".toml", ".po", ".mo", ".json"}

# In parts, so that this file passes its own test.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("anaconda", "org"), ("debian", "org"))
)
MACHINE_PATH = re.compile(
    r"(?:(?<![\w.~*/-])|(?<=file://))/(?:root|home|Users|work|tmp|mnt|private)/\w|\b[A-Za-z]:\\+Users\b"
)


def pins(requirements: Iterator[str] | list[str]) -> dict[str, tuple[str, str]]:
    """Name to (version, marker) of requirements written ``name==version; marker``; raises on any other kind."""
    found = {}
    for requirement in requirements:
        what, _, marker = requirement.partition(";")
        name, version = what.strip().split("==")
        canonical = re.sub(r"[-_.]+", "-", name.strip()).lower()
        found[canonical] = (version.strip(), marker.strip().replace('"', "'"))
    return found


def locked(lock: str) -> dict[str, tuple[str, str]]:
    lines = (REQUIREMENTS / lock).read_text(encoding="utf-8").splitlines()
    return pins([line.removesuffix("\\") for line in lines if line and not line.startswith((" ", "#"))])


def asked_for(source: str) -> dict[str, tuple[str, str]]:
    lines = (REQUIREMENTS / source).read_text(encoding="utf-8").splitlines()
    return pins([line for line in lines if line and not line.startswith("#")])


def project() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def places_named(text: str) -> list[str]:
    """Each registry host and each absolute path of somebody's machine in the text."""
    hosts = [host for host in REGISTRIES if host in text.lower()]
    return hosts + [found.group() for found in MACHINE_PATH.finditer(text)]


def test_every_runtime_pin_is_the_one_in_the_locks() -> None:
    wanted = pins(project()["project"]["dependencies"])
    assert wanted
    for lock in ("runtime.txt", "develop.txt"):
        assert wanted.items() <= locked(lock).items(), lock


@pytest.mark.parametrize(
    ("source", "lock"), [("build.in", "build.txt"), ("develop.in", "develop.txt"), ("benchmark.in", "benchmark.txt")]
)
def test_every_tool_asked_for_is_in_its_lock(source: str, lock: str) -> None:
    wanted = asked_for(source)
    assert wanted
    assert wanted.items() <= locked(lock).items()


@pytest.mark.parametrize("lock", ["build.txt", "runtime.txt"])
def test_the_checks_run_on_what_is_delivered(lock: str) -> None:
    assert locked(lock).items() <= locked("develop.txt").items()


def test_the_pinned_build_backend_is_one_the_project_accepts() -> None:
    (requirement,) = project()["build-system"]["requires"]
    ((lowest, highest),) = re.findall(r"^setuptools>=([\d.]+),<(\d+)$", requirement)
    version = tuple(int(part) for part in locked("build.txt")["setuptools"][0].split("."))
    assert tuple(int(part) for part in lowest.split(".")) <= version < (int(highest),)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(lock))
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_leaves_the_choice_of_index_to_whoever_installs(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8")
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}
    assert "://" not in text


def test_no_kept_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    named = {str(file): places_named(file.read_text(encoding="utf-8", errors="replace")) for file in kept_files()}
    assert named
    assert {file: places for file, places in named.items() if places} == {}


@pytest.mark.parametrize(
    "text",
    [
        *(f"--index-url https://{host}/simple" for host in REGISTRIES),
        *(
            f"{before}/{folder}/someone"
            for before in ("see ", "file://")
            for folder in ("root", "home", "Users", "tmp")
        ),
        "C:" + r"\Users\someone",
    ],
)
def test_a_place_only_its_writer_has_is_found(text: str) -> None:
    assert places_named(text)


@pytest.mark.parametrize("text", ["#!/usr/bin/env bash", "docs/opt/list", "https://example.org/home/page", "~/tmp/x"])
def test_an_ordinary_path_is_left_alone(text: str) -> None:
    assert places_named(text) == []


def run(*command: str) -> None:
    ran = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What lies in a wheel of ours, less its metadata: built of a copy of the kept files, with nothing fetched."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for file in kept_files():
        target = copy / file.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-index", "--no-build-isolation")
    run(*pip, "--no-deps", "--wheel-dir", str(out), str(copy))
    (built,) = out.iterdir()
    with zipfile.ZipFile(built) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def needed_at_run_time() -> set[str]:
    """The command, and in the rooms every module, rule file, catalogue, schema and letter."""
    ours = [file.relative_to(REPOSITORY) for file in kept_files()]
    return {
        file.as_posix()
        for file in ours
        if file.name == "cli.py"
        or (file.parts[0] in MAY_IMPORT and (file.suffix in SHIPPED_SUFFIXES or "letters" in file.parts))
    }


def test_the_wheel_carries_all_that_is_needed_at_run_time_and_nothing_else(wheel: set[str]) -> None:
    assert wheel == needed_at_run_time()
