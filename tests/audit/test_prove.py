"""«audit prove»: what a party can check by itself, and when there is nothing to prove."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from commands.audit import verify_log
from tests.commands.claims import refused
from tests.office import Office

Sent = tuple[Office, str]


@pytest.fixture
def party(sent: Sent) -> tuple[Office, str, Path]:
    """A case sent out, and the checkpoint a party has kept since then; the office has gone on working."""
    office, ref = sent
    post = office.folder / "post.txt"
    office("audit", "checkpoint", post, expect=0)
    office.adopts(ref, "are")
    office.opened(title="Ett annat ärende")
    return office, ref, post


def test_a_party_checks_a_proof_with_nothing_but_the_script_and_its_checkpoint(
    party: tuple[Office, str, Path], tmp_path: Path
) -> None:
    office, ref, post = party
    file = tmp_path / "proof.json"
    told = office("audit", "prove", ref, "--checkpoint", post, "--out", file, expect=0).json
    history = office("case", "history", ref, expect=0).json
    assert (told["records"], told["covered"]) == (len(history), len(history) - 1)
    command = [sys.executable, "-I", "-X", "utf8", verify_log.__file__, "--proof", str(file), "--checkpoint", str(post)]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.count("in the log of the checkpoint") == len(history) - 1
    assert checked.stdout.count("only a newer checkpoint proves it") == 1


def test_a_proof_holds_the_bytes_of_the_case_and_of_no_other(party: tuple[Office, str, Path]) -> None:
    office, ref, post = party
    shown = office("audit", "prove", ref, "--checkpoint", post, expect=0).json
    log = office.copy_log_bytes()
    mine = [content for content in log if json.loads(content)["stream"] == ref]
    assert [each["record"].encode() for each in shown["records"]] == mine
    assert [log[each["index"]] for each in shown["records"]] == mine
    assert "Ett annat ärende" not in json.dumps(shown, ensure_ascii=False)
    assert shown["checkpoint"] == post.read_text("utf-8")
    spoken = office("audit", "prove", ref, "--checkpoint", post, json=False, expect=0)
    assert json.loads(spoken.out) == shown
    assert "vouched for by the checkpoint" in spoken.err


def test_of_a_case_opened_since_the_checkpoint_only_its_place_in_todays_log_is_shown(
    party: tuple[Office, str, Path],
) -> None:
    office, _, post = party
    told = office("audit", "prove", "SAM-2026-0002", "--checkpoint", post, "--out", office.folder / "p", expect=0).json
    assert (told["records"], told["covered"]) == (1, 0)
    assert (
        "written to"
        in office(
            "audit", "prove", "SAM-2026-0002", "--checkpoint", post, "--out", office.folder / "q", json=False, expect=0
        ).out
    )


def test_there_is_no_proof_of_a_case_that_is_not_there(party: tuple[Office, str, Path]) -> None:
    office, _, post = party
    refused(office, "audit", "prove", "SAM-2026-0009", "--checkpoint", post, code="unknown_case", exit_code=66)


def test_against_a_log_that_is_not_the_checkpoints_nothing_is_proven(
    party: tuple[Office, str, Path], tmp_path: Path
) -> None:
    office, ref, post = party
    other = Office(tmp_path / "other")
    other.folder.mkdir()
    other.founded()
    other("audit", "checkpoint", tmp_path / "a.txt", expect=0)
    prove = ("audit", "prove", ref, "--checkpoint")
    refused(office, *prove, tmp_path / "a.txt", code="value_invalid", exit_code=65)
    origin, size, root = post.read_text("utf-8").splitlines()
    longer = office.paper(f"{origin}\n{int(size) + 100}\n{root}\n")
    assert "only" in refused(office, *prove, longer, code="history_broken", exit_code=3).error["message"]
    forked = office.paper(f"{origin}\n{int(size) - 1}\n{root}\n")
    refused(office, *prove, forked, code="history_broken", exit_code=3)


@pytest.mark.parametrize("seq", [-1, 0, 4000])
def test_a_record_with_a_number_that_is_no_place_is_found_as_a_broken_history(
    party: tuple[Office, str, Path], seq: int
) -> None:
    office, ref, post = party
    with contextlib.closing(sqlite3.connect(office.file)) as base, base:
        base.execute("DROP TRIGGER event_no_update")
        base.execute("UPDATE event SET seq = ? WHERE stream = ? AND version = 2", (seq, ref))
    refused(office, "audit", "prove", ref, "--checkpoint", post, code="history_broken", exit_code=3)
