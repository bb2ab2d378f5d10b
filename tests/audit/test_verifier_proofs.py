"""A proof is accepted as it was made, against the checkpoint it was made for, and in no other form."""

import json
import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from commands.audit import verify_log
from tests.audit.logs import Log, made, point
from tests.torture import times
from workflow.bad_data import ValueInvalid
from workflow.continuation import KeptCheckpoint
from workflow.merkle import inclusion_ranges, leaf_hash, node_hash
from workflow.proof import Prover
from workflow.record import decode
from workflow.refusals import HistoryBroken

REF = "SAM-2026-0001"
Document = dict[str, Any]
Judged = Callable[[str, Log, int], int]
Accepted = Callable[[str, Log, int], bool]


def kept(log: Log, size: int) -> KeptCheckpoint:
    return KeptCheckpoint(file="post.txt", checkpoint=point(log, size))


def proof(log: Log, size: int, ref: str = REF) -> Document:
    """The proof of a case against the checkpoint of that size."""
    places = [place for place, content in enumerate(log) if decode(content).stream == ref]
    prover = Prover(kept(log, size), point(log).origin, len(log), places)
    for content in log:
        prover.add(content)
    told: Document = to_builtins(prover.proof(ref))
    return told


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judged:
    """What the verifier ends with for a proof, in text, against the checkpoint of a log when it had that size."""

    def judge(text: str, log: Log, size: int) -> int:
        (tmp_path / "proof.json").write_text(text, encoding="utf-8")
        (tmp_path / "post.txt").write_text(point(log, size).text, encoding="utf-8")
        words = ["--proof", str(tmp_path / "proof.json"), "--checkpoint", str(tmp_path / "post.txt")]
        monkeypatch.setattr("sys.argv", ["verify_log.py", *words])
        return verify_log.main()

    return judge


@pytest.fixture
def accepted(judged: Judged) -> Accepted:
    """Whether it accepts one."""
    return lambda text, log, size: judged(text, log, size) == 0


LOG = made(23, random.Random(5))  # noqa: S311 - the same log every time


def test_every_proof_is_accepted_for_every_case_at_every_size(accepted: Accepted) -> None:
    for ref in sorted({decode(content).stream for content in LOG}):
        for size in range(1, len(LOG) + 1):
            assert accepted(json.dumps(proof(LOG, size, ref)), LOG, size), (ref, size)


def test_the_records_of_a_proof_are_the_bytes_of_the_log() -> None:
    told = proof(LOG, 9)
    assert [each["record"].encode() for each in told["records"]] == [LOG[each["index"]] for each in told["records"]]
    assert [decode(each["record"].encode()).version for each in told["records"]] == [
        *range(1, len(told["records"]) + 1)
    ]


def test_what_came_after_the_checkpoint_is_said_to_rest_on_a_newer_one(
    accepted: Accepted, capsys: pytest.CaptureFixture[str]
) -> None:
    told = proof(LOG, 9)
    assert accepted(json.dumps(told), LOG, 9)
    lines = capsys.readouterr().out.splitlines()
    for each in told["records"]:
        (line,) = (line for line in lines if line.startswith(f"record {each['index'] + 1},"))
        assert ("only a newer checkpoint proves it" in line) == (each["index"] >= 9)


def forgeries(document: Document) -> Iterator[tuple[str, Document]]:
    """The proof with one thing in it that is not so."""
    records = document["records"]
    for place, each in enumerate(records):
        for other in _other_records(each):
            yield "a record", document | {"records": [*records[:place], other, *records[place + 1 :]]}
        for other_records in _other_orders(records, place):
            yield "the records", document | {"records": other_records}
    for path in _other_paths(document["continues"]):
        yield "the continuation", document | {"continues": path}
    for name in ("head", "checkpoint"):
        origin, size, root = document[name].splitlines()
        for line in (f"x{origin}\n{size}\n{root}\n", f"{origin}\n0{size}\n{root}\n", f"{origin}\n{size}\n"):
            yield name, document | {name: line}
        yield name, document | {name: point(LOG, 2).text}
    yield "another case", document | {"ref": "SAM-2026-0002"}
    yield "no records", document | {"records": []}
    for name in ("ref", "head", "checkpoint", "continues", "records"):
        yield f"no {name}", {key: value for key, value in document.items() if key != name}


def _other_records(each: Document) -> Iterator[Document]:
    text = each["record"]
    for other in (text.replace("samordnare", "registrator"), f"{text} ", text[:-1], "", "{}", "[]"):
        yield each | {"record": other}
    for step in (-1, 1, 64, 0.5, -1000):
        yield each | {"index": each["index"] + step}
    for path in _other_paths(each["proof"]):
        yield each | {"proof": path}


def _other_orders(records: list[Document], place: int) -> Iterator[list[Document]]:
    yield [*records[:place], records[place], *records[place:]]
    if place + 1 < len(records):
        yield [*records[:place], *records[place + 1 :]]
        yield [*records[:place], records[place + 1], records[place], *records[place + 2 :]]


def _other_paths(path: list[str]) -> Iterator[list[str]]:
    for place, each in enumerate(path):
        yield [*path[:place], *path[place + 1 :]]
        yield [*path[:place], each, *path[place:]]
        yield [*path[:place], f"{'0' if each[0] != '0' else '1'}{each[1:]}", *path[place + 1 :]]
        yield [*path[:place], each[:-2], *path[place + 1 :]]
    yield [*path, "00" * 32]
    yield ["00" * 32, *path]


@pytest.mark.parametrize("size", [1, 8, 9, 16, 22, 23])
def test_no_forged_proof_is_accepted(accepted: Accepted, size: int) -> None:
    """Fault T5."""
    honest = proof(LOG, size)
    assert accepted(json.dumps(honest), LOG, size)
    for what, forged in forgeries(honest):
        if forged != honest:
            assert not accepted(json.dumps(forged), LOG, size), (what, forged)


@pytest.mark.parametrize("form", [None, "", "arendegang-proof-10", "Arendegang-proof-1", ["arendegang-proof-1"], 1])
def test_what_does_not_call_itself_our_proof_is_none_whatever_else_holds(judged: Judged, form: object) -> None:
    """Fault T5."""
    honest = proof(LOG, 9)
    assert judged(json.dumps(honest), LOG, 9) == 0
    assert judged(json.dumps(honest | {"format": form}), LOG, 9) == 2
    assert judged(json.dumps({name: told for name, told in honest.items() if name != "format"}), LOG, 9) == 2


@pytest.mark.parametrize("kind", [float, str, lambda place: [place], lambda _: None, lambda _: False])
def test_a_place_that_is_no_whole_number_is_no_place(judged: Judged, kind: Callable[[int], object]) -> None:
    """Fault T5: forty point nought is no number that we have written."""
    honest = proof(LOG, 9)
    for place, each in enumerate(honest["records"]):
        others = [*honest["records"][:place], each | {"index": kind(each["index"])}, *honest["records"][place + 1 :]]
        assert judged(json.dumps(honest | {"records": others}), LOG, 9) == 2


def nodes_told_at_once(each: Document) -> Iterator[Document]:
    """The record changed, and in place of its path from some node on the two hashes that this node was made of."""
    changed = each["record"].replace("samordnare", "registrator")
    leaf = each["record"].encode()
    beside = [bytes.fromhex(part) for part in each["proof"]]
    for upto, (_start, end) in enumerate(inclusion_ranges(each["index"], 9)):
        node = leaf_hash(leaf)
        for (_first, after), part in zip(inclusion_ranges(each["index"], 9)[:upto], beside, strict=False):
            node = node_hash(part, node) if after <= each["index"] else node_hash(node, part)
        both = beside[upto] + node if end <= each["index"] else node + beside[upto]
        yield each | {"record": changed, "proof": [both.hex(), *each["proof"][upto + 1 :]]}


def test_a_path_in_which_two_hashes_are_told_as_one_proves_nothing(accepted: Accepted) -> None:
    """Whoever makes proofs knows what every node is made of: told as one hash of 64 bytes, it makes the root."""
    honest = proof(LOG, 9)
    records, tried = honest["records"], 0
    for place, each in enumerate(records):
        for forged in nodes_told_at_once(each) if each["index"] < 9 else ():
            told = honest | {"records": [*records[:place], forged, *records[place + 1 :]]}
            assert not accepted(json.dumps(told), LOG, 9), forged
            tried += 1
    assert tried > 3
    continues = honest["continues"]
    for upto in range(2, len(continues) + 1):
        told = honest | {"continues": ["".join(continues[:upto]), *continues[upto:]]}
        assert not accepted(json.dumps(told), LOG, 9), upto


def test_no_root_comes_of_a_path_that_does_not_fit_whatever_is_in_it() -> None:
    """Each way to tell too little or too much, at every place of trees of every size up to nine."""
    nodes = [bytes([sign]) * length for sign in (1, 2) for length in (0, 31, 32, 64)]
    for size in range(1, 10):
        for place in range(size):
            wanted = len(inclusion_ranges(place, size))
            for length, node in product(range(5), nodes):
                path = [b"\1" * 32] * (length - 1) + [node] * (length > 0)
                root = verify_log.root_with(b"\0" * 32, place, size, path)
                assert bool(root) == (length == wanted and (not length or len(node) == 32)), (place, size, path)


def test_nothing_a_proof_says_can_hide_or_move_what_the_verifier_says(
    accepted: Accepted, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = proof(LOG, 9)
    records = honest["records"]
    records[0]["record"] = records[0]["record"].replace('"on":"', '"on":"\\u001b[8m\\n\\u202e')
    assert not accepted(json.dumps(honest | {"ref": "\x1b[2J\r"}), LOG, 9)
    told = capsys.readouterr().out
    assert all(line.isprintable() for line in told.split("\n"))
    assert told.count("\n") == len(records) + 2


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_proof_is_read_in_whatever_windows_writes_what_a_command_says(tmp_path: Path, coding: str) -> None:
    file, post = tmp_path / "proof.json", verify_log.read_checkpoint(point(LOG, 9).text.encode())
    file.write_bytes(json.dumps(proof(LOG, 9), ensure_ascii=False).replace("\n", "\r\n").encode(coding))
    assert verify_log.check_proof(file, "post.txt", post)


def test_no_size_but_its_own_fits_the_checkpoint_a_proof_was_made_for(accepted: Accepted) -> None:
    """Fault T5. The size of today's log is another matter: it stands in the proof alone, and nobody has kept it."""
    origin, _, root = proof(LOG, 9)["checkpoint"].splitlines()
    for size in range(1, 30):
        told = json.dumps(proof(LOG, 9) | {"checkpoint": f"{origin}\n{size}\n{root}\n"})
        assert accepted(told, LOG, 9) == (size == 9)


def test_a_proof_says_nothing_to_whoever_keeps_another_checkpoint(accepted: Accepted) -> None:
    told = json.dumps(proof(LOG, 9))
    other = made(23, random.Random(6))  # noqa: S311 - another log, the same every time
    assert not any(accepted(told, LOG, size) for size in range(1, 24) if size != 9)
    assert not any(accepted(told, other, size) for size in range(1, 24))


def sense(text: str) -> object:
    """What a proof says, however it is written: the digits of a hash may be large or small.

    The size of today's log is left out: no proof of consistency binds it, and nobody has kept it.
    """
    told = json.loads(text)
    origin, _, root = told["head"].splitlines()
    return (
        (told["ref"], told["checkpoint"], origin, root),
        [bytes.fromhex(each) for each in told["continues"]],
        [(each["index"], each["record"], [bytes.fromhex(part) for part in each["proof"]]) for each in told["records"]],
    )


def test_a_proof_with_any_character_changed_is_refused_or_says_the_same(accepted: Accepted) -> None:
    chance = random.Random(8)  # noqa: S311 - which places are tried is no secret
    honest = json.dumps(proof(LOG, 9), ensure_ascii=False)
    for _ in range(times(400, 20_000)):
        place = chance.randrange(len(honest))
        altered = honest[:place] + chance.choice('0123456789abcdefABCDEF "{}[],:\\n\n.-xå') + honest[place + 1 :]
        if accepted(altered, LOG, 9):
            assert sense(altered) == sense(honest), place


def test_a_verifier_that_believed_every_path_would_be_found_out(
    accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the forgeries."""
    honest = proof(LOG, 9)
    monkeypatch.setattr(verify_log, "root_with", lambda *_: point(LOG, 9).root)
    honest["records"] = honest["records"][:1]
    honest["records"][0]["record"] = honest["records"][0]["record"].replace("samordnare", "registrator")
    assert honest["records"][0]["index"] < 9
    assert accepted(json.dumps(honest), LOG, 9)


def test_no_proof_is_made_where_the_log_does_not_continue_the_checkpoint() -> None:
    other = made(23, random.Random(6))  # noqa: S311 - another log, the same every time
    prover = Prover(kept(other, 9), point(LOG).origin, len(LOG), [3])
    for content in LOG:
        prover.add(content)
    with pytest.raises(HistoryBroken):
        prover.proof(REF)
    with pytest.raises(HistoryBroken) as cut:
        Prover(kept(LOG, 23), point(LOG).origin, 20, [3])
    assert cut.value.values["seq"] == 21
    with pytest.raises(HistoryBroken):
        Prover(kept(LOG, 9), None, len(LOG), [3])
    with pytest.raises(ValueInvalid):
        Prover(kept(LOG, 9), "annan.00000000.arendegang", len(LOG), [3])
