"""The verifier finds every change of an exported log, names where it begins, and says what it cannot know.

The long form (TORTURE=1) goes through every byte of a real log, with some fifteen other values for each.
"""

import io
import json
import random
import re

import pytest

from commands.audit import verify_log
from tests.audit.logs import Log, chained, damaged, engine_says, exported, made, point, verifier_says
from tests.torture import LONG, times
from workflow.checkpoint import Checkpoint


def first_named(data: bytes, kept: list[Checkpoint]) -> str | None:
    """What the verifier calls the first record at fault; None when all holds. As its «check_export» works it out."""
    export = verify_log.Export(io.BytesIO(data), {each.size for each in kept})
    wrong = {each.size for each in kept if export.against(verify_log.read_checkpoint(each.text.encode()))}
    if not export.faults and not wrong:
        return None
    good = max((each.size for each in kept if each.size not in wrong), default=0)
    return export.first_fault(good, [size for size in wrong if size > good])


def record_of(log: Log) -> list[int]:
    """For each byte of the export, the number of the record it is of; the end of a line is of the record before it."""
    return [number for number, content in enumerate(log, 1) for _ in range(len(content) + 1)]


def values(old: int, chance: random.Random) -> set[int]:
    """Other values for a byte: one bit off, the end of a line, a blank, and any."""
    some = {chance.randrange(256) for _ in range(times(1, 12))}
    return {old ^ 1, 0x0A, 0x20, (old + 1) % 256, *some} - {old}


def test_every_byte_of_an_export_is_watched_and_the_record_it_is_of_is_named(real: Log) -> None:
    """Fault T1. A checkpoint of the last record but one tells its fault from that of the last."""
    chance = random.Random(1)  # noqa: S311 - which values are tried is no secret
    log = real if LONG else made(4, chance)
    data, numbers = exported(log), record_of(log)
    kept = [point(log, len(log) - 1), point(log)]
    assert first_named(data, kept) is None
    tried = 0
    for place, old in enumerate(data):
        for value in values(old, chance):
            altered = data[:place] + bytes([value]) + data[place + 1 :]
            told = first_named(altered, kept)
            assert told is not None, (place, value)
            named = [int(each) for each in re.findall(r"\d+", told)]
            assert named[0] == numbers[place], (place, value, told)
            tried += 1
    assert tried >= 3 * len(data)


def test_against_the_last_checkpoint_alone_no_byte_goes_unnoticed(real: Log) -> None:
    """Fault T1, for a party that keeps one checkpoint: where it begins is told as far as it can be known."""
    data, numbers = exported(real), record_of(real)
    chance = random.Random(2)  # noqa: S311 - which values are tried is no secret
    for place in sorted(chance.sample(range(len(data)), times(300, len(data)))):
        altered = data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
        told = first_named(altered, [point(real)])
        assert told is not None, place
        first, *rest = (int(each) for each in re.findall(r"\d+", told))
        assert first <= numbers[place] <= (rest or [first])[0], (place, told)


def test_records_deleted_inserted_doubled_swapped_or_cut_off_are_found_at_every_place(real: Log) -> None:
    """Fault T2, by whoever can only move bytes and by whoever numbers and chains everything anew."""
    kept = [point(real)]
    for at in range(len(real)):
        for what, log in damaged(real, at):
            for altered in (log, chained(log)):
                # The last record doubled and chained is one more record: no checkpoint speaks against that.
                continued = altered[: len(real)] == real
                assert not continued or (at, what) == (len(real) - 1, "duplicated")
                for says in (verifier_says, engine_says):
                    assert says(altered, kept).holds == (continued and altered is not log), (at, what, says)


def test_without_a_checkpoint_a_cut_tail_is_whole_and_is_called_unproven(
    real: Log, tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What no chain shows. The negative control of the test above: it is the checkpoint that finds it."""
    for at in range(1, len(real)):
        for says in (verifier_says, engine_says):
            assert says(real[:at], []).holds
    monkeypatch.chdir(str(tmp_path))
    with open("log.jsonl", "wb") as file:  # noqa: PTH123 - by its plain name, as a person would
        file.write(exported(real[:-1]))
    monkeypatch.setattr("sys.argv", ["verify_log.py", "log.jsonl"])
    assert verify_log.main() == 0
    assert f"records 1 to {len(real) - 1}: no checkpoint vouches for them" in capsys.readouterr().out


@pytest.mark.parametrize("changed_from", [1, 2, 9])
def test_a_log_written_anew_is_caught_by_any_checkpoint_that_covers_the_first_change(
    real: Log, changed_from: int
) -> None:
    """Fault T3: every record from there on says another actor, and the chain is whole."""

    def other(content: bytes) -> bytes:
        record = json.loads(content)
        record["actor"] = "någon annan"
        return json.dumps(record, ensure_ascii=False).encode()

    written_anew = chained([*real[: changed_from - 1], *map(other, real[changed_from - 1 :])])
    for says in (verifier_says, engine_says):
        assert says(written_anew, []).holds, "it is whole in itself: only what others keep tells"
        for size in range(1, len(real) + 1):
            assert says(written_anew, [point(real, size)]).holds == (size < changed_from), size


def test_writing_the_chain_anew_and_changing_nothing_is_no_forgery(real: Log) -> None:
    """The negative control of the forgeries."""
    assert chained(real) == real


def test_a_verifier_that_did_not_look_at_the_root_would_be_found_out(
    real: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the checkpoints: with every root alike, what was cut and chained anew passes."""
    kept = [point(real, len(real) - 2)]
    altered = chained(real[:3] + real[4:])
    assert not verifier_says(altered, kept).holds
    monkeypatch.setattr(verify_log, "root_over", lambda _: kept[0].root)
    assert verifier_says(altered, kept).holds
