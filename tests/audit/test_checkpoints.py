"""«audit checkpoint» and «audit verify --checkpoint»: what others have kept, and what a log is held to by it."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it comes without types

from tests.audit.logs import Log, chained, made, point, root_of
from tests.commands.claims import refused
from tests.office import Office
from tests.persistence.homes import unlocked
from workflow.chain import Finding
from workflow.checkpoint import Checkpoint, read_checkpoint
from workflow.continuation import KeptCheckpoint, is_proven, judged

Sent = tuple[Office, str]


def kept(office: Office, name: str) -> Path:
    """A checkpoint of today, in a file."""
    place = office.folder / name
    office("audit", "checkpoint", place, expect=0)
    return place


def test_the_three_lines_name_the_log_count_its_records_and_prove_them(sent: Sent) -> None:
    office, _ = sent
    contents = office.copy_log_bytes()
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(contents)
    told = office("audit", "checkpoint", expect=0).json
    assert read_checkpoint(told["checkpoint"].encode(), "–") == Checkpoint(
        origin=json.loads(contents[0])["event"]["origin"], size=len(contents), root=tree.get_root()
    )
    assert told["checkpoint"].splitlines() == [told["origin"], str(told["size"]), told["root"]]
    assert office("audit", "checkpoint", json=False, expect=0).out == told["checkpoint"]
    assert kept(office, "a.txt").read_bytes() == told["checkpoint"].encode()


def test_a_log_that_has_only_grown_continues_every_checkpoint_of_it(sent: Sent) -> None:
    office, ref = sent
    first = kept(office, "första.txt")
    office.adopts(ref, "are")
    second = kept(office, "andra.txt")
    proven = office("audit", "verify", "--checkpoint", first, "--checkpoint", second, expect=0).json
    assert (proven["tail"], proven["findings"]) == ("proven", [])
    assert [each["holds"] for each in proven["checkpoints"]] == [True, True]
    assert "every record is covered" in office("audit", "verify", "--checkpoint", second, json=False, expect=0).out
    older = office("audit", "verify", "--checkpoint", first, json=False, expect=0).out
    assert "proven up to record" in older
    assert office("audit", "verify", expect=0).json["tail"] == "unproven"


def test_a_tail_that_was_cut_off_is_named(sent: Sent) -> None:
    """Whoever takes the last answer back, and all that was made of it, leaves a database that is whole in itself."""
    office, ref = sent
    before = office.copied_to(office.folder / "before")
    office.adopts(ref, "are")
    point = kept(office, "post.txt")
    assert before("audit", "verify", expect=0).json["findings"] == []
    told = before("audit", "verify", "--checkpoint", point, expect=3).json
    size = len(before.copy_log_bytes())
    (finding,) = told["findings"]
    assert (finding["check"], finding["seq"], told["tail"]) == ("checkpoint size", size + 1, "unproven")
    assert told["checkpoints"][0]["between"] == [size + 1, size + 1]
    assert "does not continue" in before("audit", "verify", "--checkpoint", point, json=False, expect=3).out


def test_a_log_written_anew_is_found_between_the_checkpoints_beside_the_change(sent: Sent) -> None:
    office, ref = sent
    first = kept(office, "1.txt")
    office.adopts(ref, "are")
    second = kept(office, "2.txt")
    office.adopts(ref, "berg")
    third = kept(office, "3.txt")
    size = int(first.read_text().split()[1])
    log = office.copy_log_bytes()
    log[size] = log[size].replace(b'"actor":"samordnare"', b'"actor":"annan"')
    with unlocked(office.file) as base:
        for seq, content in enumerate(chained(log), 1):
            base.execute("UPDATE event SET bytes = ? WHERE seq = ?", (content, seq))
    told = office("audit", "verify", *(w for cp in (first, second, third) for w in ("--checkpoint", cp)), expect=3).json
    assert [(each["holds"], each["between"]) for each in told["checkpoints"]] == [
        (True, None),
        (False, [size + 1, size + 1]),
        (False, [size + 1, size + 1]),
    ]
    assert {each["seq"] for each in told["findings"] if each["check"] == "checkpoint root"} == {size + 1}


def test_a_checkpoint_of_another_log_is_told_apart(sent: Sent, tmp_path: Path) -> None:
    office, _ = sent
    other = Office(tmp_path / "other")
    other.folder.mkdir()
    other.founded()
    told = office("audit", "verify", "--checkpoint", kept(other, "a.txt"), expect=3).json
    assert [each["check"] for each in told["findings"]] == ["checkpoint origin"]


def test_a_log_that_no_longer_names_itself_is_judged_all_the_same(sent: Sent) -> None:
    office, _ = sent
    point = kept(office, "post.txt")
    with unlocked(office.file) as base:
        base.execute("UPDATE event SET bytes = x'00' WHERE seq = 1")
    told = office("audit", "verify", "--checkpoint", point, expect=3).json
    assert {"record", "hash", "checkpoint origin"} <= {each["check"] for each in told["findings"]}
    assert office("audit", "checkpoint").error["code"] == "history_broken"


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n1\nå\n", "en\nfil\nmed\ntext\n", "\x00" * 90])
def test_what_is_no_checkpoint_is_refused(sent: Sent, text: str) -> None:
    office, ref = sent
    file = office.paper(text)
    for words in (("verify",), ("prove", ref)):
        refusal = refused(office, "audit", *words, "--checkpoint", file, code="file_unreadable", exit_code=65)
        assert str(file) in refusal.error["message"]
    refused(office, "audit", "verify", "--checkpoint", office.folder / "no", code="file_unreadable", exit_code=65)


def test_a_checkpoint_needs_a_log(office: Office) -> None:
    refused(office, "audit", "checkpoint", code="no_database", exit_code=66)


def judgement(log: Log, points: list[Checkpoint]) -> tuple[list[tuple[bool, object]], list[Finding], bool]:
    named = [KeptCheckpoint(file=str(place), checkpoint=each) for place, each in enumerate(points)]
    roots = {each.size: root_of(log[: each.size]) for each in points}
    verdicts, findings = judged(named, point(log).origin, len(log), roots)
    return [(each.holds, each.between) for each in verdicts], findings, is_proven(verdicts)


@given(st.data())
def test_the_first_change_lies_where_it_is_said_to_lie(data: st.DataObject) -> None:
    """Against a fork made here: the same records up to a place, and others from there on."""
    log = made(12, data.draw(st.randoms(use_true_random=False)))
    fork = data.draw(st.integers(2, 12))
    other = [*log[: fork - 1], *(content + b" " for content in log[fork - 1 :])]
    sizes = data.draw(st.lists(st.integers(1, 14), max_size=4))
    points = [
        point(other, size) if size <= 12 else Checkpoint(origin=point(log).origin, size=size, root=bytes(32))
        for size in sizes
    ]
    verdicts, findings, proven = judgement(log, points)
    assert proven == (bool(sizes) and all(size < fork for size in sizes))
    assert len(findings) == sum(size >= fork for size in sizes)
    for size, (holds, between) in zip(sizes, verdicts, strict=True):
        assert holds == (size < fork)
        if size > 12:
            assert between == (13, size)
        elif not holds:
            assert isinstance(between, tuple)
            assert between[0] <= fork <= between[1] <= size
            assert between[0] == max((each for each in sizes if each < fork), default=0) + 1


def test_a_checkpoint_of_nothing_proves_nothing() -> None:
    log = made(3, random.Random(1))  # noqa: S311 - the same log every time
    assert judgement(log, [point(log, 0)]) == ([(True, None)], [], False)


@pytest.mark.parametrize(("false", "holds"), [(0, 2), (1, 2), (2, 2), (2, 3)])
def test_a_checkpoint_that_another_one_gainsays_accuses_no_record(false: int, holds: int) -> None:
    """Whatever somebody brings: what is vouched for stays vouched for, and the false one is called so."""
    log = made(3, random.Random(1))  # noqa: S311 - the same log every time
    brought = Checkpoint(origin=point(log).origin, size=false, root=bytes(32))
    verdicts, (finding,), proven = judgement(log, [brought, point(log, holds)])
    assert (verdicts, proven) == ([(False, None), (True, None)], False)
    assert (finding.check, finding.seq) == ("checkpoint root", None)
    assert "the checkpoint is false" in finding.found


def test_a_checkpoint_of_nothing_with_a_root_of_something_is_false_by_itself() -> None:
    log = made(3, random.Random(1))  # noqa: S311 - the same log every time
    false = Checkpoint(origin=point(log).origin, size=0, root=bytes(32))
    assert judgement(log, [false])[0] == [(False, None)]
