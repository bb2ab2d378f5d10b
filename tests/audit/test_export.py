"""«audit export»: every record byte for byte, whole or not at all, and never in place of what would be lost."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from commands.audit import verify_log
from tests.architecture import MAY_IMPORT, Module
from tests.audit.logs import exported
from tests.commands.claims import refused
from tests.office import Office

SCRIPT = Path(verify_log.__file__)
Sent = tuple[Office, str]


def run(office: Office, *words: object) -> subprocess.CompletedProcess[str]:
    """The script beside the export, by an interpreter that sees nothing of the product."""
    command = [sys.executable, "-I", "-X", "utf8", "verify_log.py", *map(str, words)]
    return subprocess.run(command, cwd=office.folder, capture_output=True, encoding="utf-8", check=False)


def test_an_export_is_the_bytes_that_were_hashed_one_record_a_line(sent: Sent) -> None:
    office, _ = sent
    told = office("audit", "export", office.folder / "log.jsonl", expect=0).json
    assert (office.folder / "log.jsonl").read_bytes() == exported(office.copy_log_bytes())
    assert told["checkpoint"] == office("audit", "checkpoint", expect=0).json["checkpoint"]
    assert (told["events"], told["verifier"]) == (len(office.copy_log_bytes()), None)
    assert sorted(each.name for each in office.folder.iterdir() if "log" in each.name) == ["log.jsonl"]


def test_the_script_beside_an_export_checks_it_alone(sent: Sent) -> None:
    office, ref = sent
    office("audit", "checkpoint", office.folder / "post.txt", expect=0)
    office.adopts(ref, "are")
    office("audit", "export", office.folder / "log.jsonl", "--with-verifier", json=False, expect=0)
    assert (office.folder / "verify_log.py").read_bytes() == SCRIPT.read_bytes()
    sound = run(office, "log.jsonl", "--checkpoint", "post.txt")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "Everything checked here holds." in sound.stdout
    log = (office.folder / "log.jsonl").read_bytes()
    (office.folder / "log.jsonl").write_bytes(log.replace(b"samordnare", b"registrator", 1))
    damaged = run(office, "log.jsonl", "--checkpoint", "post.txt")
    assert damaged.returncode == 1
    assert "SOMETHING DOES NOT HOLD." in damaged.stdout
    assert "the first record at fault: 1\n" in damaged.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("no.jsonl",),
        ("log.jsonl", "--checkpoint", "log.jsonl"),
        ("log.jsonl", "--checkpoint", "no.txt"),
        ("--proof", "log.jsonl", "--checkpoint", "post.txt"),
        ("--proof", "log.jsonl"),
        ("post.txt", "--checkpoint", "post.txt"),
        ("verify_log.py",),
        ("empty.jsonl",),
        (".",),
        (),
        ("log.jsonl", "--what"),
    ],
)
def test_what_the_script_cannot_check_it_says_and_shows_no_traceback(sent: Sent, words: tuple[str, ...]) -> None:
    office, _ = sent
    office("audit", "checkpoint", office.folder / "post.txt", expect=0)
    office("audit", "export", office.folder / "log.jsonl", "--with-verifier", expect=0)
    (office.folder / "empty.jsonl").touch()
    asked = run(office, *words)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr
    assert "Traceback" not in asked.stderr


def test_an_export_whose_line_ends_were_changed_on_its_way_is_told_as_such(sent: Sent) -> None:
    office, _ = sent
    office("audit", "export", office.folder / "log.jsonl", "--with-verifier", expect=0)
    log = (office.folder / "log.jsonl").read_bytes()
    (office.folder / "log.jsonl").write_bytes(log.replace(b"\n", b"\r\n"))
    asked = run(office, "log.jsonl")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "log.jsonl: none of its" in asked.stderr
    assert "line ends" in asked.stderr


def test_of_a_checkpoint_of_another_log_and_of_a_tail_cut_off_no_record_that_is_there_is_accused(sent: Sent) -> None:
    office, _ = sent
    told = office("audit", "export", office.folder / "log.jsonl", "--with-verifier", expect=0).json
    origin, size, root = told["checkpoint"].splitlines()
    (office.folder / "other.txt").write_text(f"annan.{origin}\n{size}\n{root}\n", encoding="utf-8")
    (office.folder / "later.txt").write_text(f"{origin}\n{int(size) + 1}\n{root}\n", encoding="utf-8")
    (office.folder / "whole.txt").write_text(told["checkpoint"], encoding="utf-8")
    (office.folder / "false.txt").write_text(f"{origin}\n{int(size) - 1}\n{root}\n", encoding="utf-8")
    for name, accuses in (("other.txt", False), ("later.txt", False), ("false.txt", True)):
        asked = run(office, "log.jsonl", "--checkpoint", name)
        assert asked.returncode == 1
        assert f"checkpoint {name}: DOES NOT HOLD" in asked.stdout
        assert ("the first record at fault" in asked.stdout) == accuses
    asked = run(office, "log.jsonl", "--checkpoint", "false.txt", "--checkpoint", "whole.txt")
    assert asked.returncode == 1
    assert "the first record at fault" not in asked.stdout, "the other checkpoint vouches for every one of them"


def test_the_script_uses_the_standard_library_alone_and_can_be_read_over_coffee() -> None:
    module = Module("commands/audit/verify_log.py", SCRIPT.read_text("utf-8"))
    assert {name for name, _ in module.imports} <= sys.stdlib_module_names - MAY_IMPORT.keys()
    assert module.source.count("\n") <= 200


def test_an_export_replaces_only_what_it_contains(sent: Sent) -> None:
    office, ref = sent
    file = office.folder / "log.jsonl"
    office("audit", "export", file, expect=0)
    before = file.read_bytes()
    office("audit", "export", file, expect=0)
    assert file.read_bytes() == before
    office.adopts(ref, "are")
    office("audit", "export", file, expect=0)
    later = file.read_bytes()
    assert later.startswith(before)
    assert len(later) > len(before)
    file.write_bytes(later.replace(b"samordnare", b"registrator"))
    refused(office, "audit", "export", file, code="value_invalid", exit_code=65)
    assert b"registrator" in file.read_bytes()
    office("audit", "export", file, "--replace", expect=0)
    assert file.read_bytes() == later


def test_when_one_file_may_not_be_replaced_neither_is_written(sent: Sent) -> None:
    office, _ = sent
    (office.folder / "verify_log.py").write_text("print('mitt eget')", encoding="utf-8")
    before = sorted(office.folder.iterdir())
    refused(
        office, "audit", "export", office.folder / "log.jsonl", "--with-verifier", code="value_invalid", exit_code=65
    )
    assert sorted(office.folder.iterdir()) == before
    office("audit", "export", office.folder / "log.jsonl", "--with-verifier", "--replace", expect=0)
    assert (office.folder / "verify_log.py").read_bytes() == SCRIPT.read_bytes()


@pytest.mark.parametrize("name", ["no/folder/log.jsonl", ".", "a\0b", "å" * 300])
def test_a_place_where_no_file_can_lie_is_refused(sent: Sent, name: str) -> None:
    office, _ = sent
    before = sorted(office.folder.iterdir())
    refused(office, "audit", "export", f"{office.folder}/{name}", code="value_invalid", exit_code=65)
    assert sorted(office.folder.iterdir()) == before


def test_a_disk_that_gives_up_half_way_leaves_nothing_behind(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    office, _ = sent
    file = office.folder / "log.jsonl"
    office("audit", "export", file, expect=0)
    before = {each: each.read_bytes() for each in office.folder.iterdir()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(office, "audit", "export", file, "--replace", code="value_invalid", exit_code=65)
    assert {each: each.read_bytes() for each in office.folder.iterdir()} == before


def test_a_broken_log_is_exported_as_it_is_for_others_to_judge(sent: Sent) -> None:
    office, _ = sent
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("DROP TRIGGER event_no_update")
        base.execute("UPDATE event SET bytes = x'00ff' WHERE seq = 1")
    told = office("audit", "export", office.folder / "log.jsonl", "--with-verifier", expect=0).json
    assert told["checkpoint"] is None
    assert (office.folder / "log.jsonl").read_bytes() == exported(office.copy_log_bytes())
    judged = run(office, "log.jsonl")
    assert judged.returncode == 1
    assert "record 1: its record does not hold" in judged.stdout
