"""The verifier and the product judge every log alike. The long form (TORTURE=1) asks about ten thousand of them."""

import contextlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.audit import verify_log
from tests.audit.logs import ORIGIN, Log, chained, damaged, engine_says, made, point, verifier_says
from tests.persistence.forms import ALIKE
from tests.torture import times
from workflow.bad_data import FileUnreadable
from workflow.chain import chain_findings
from workflow.checkpoint import Checkpoint, read_checkpoint
from workflow.record import NO_RECORD, digest

LOGS = times(300, 10_000)


def altered(log: Log, chance: random.Random, last: int) -> Log:
    """The log with a byte of one of its first ``last`` records changed, perhaps chained anew where that can be done."""
    at = chance.randrange(last)
    content = bytearray(log[at])
    place = chance.randrange(len(content))
    content[place] = chance.choice([value for value in range(256) if value not in {content[place], 0x0A}])
    return [*log[:at], bytes(content), *log[at + 1 :]]


def told_otherwise(log: Log, chance: random.Random) -> Log:
    """The log with one record saying something else and everything chained anew."""
    at = chance.randrange(1, len(log))
    record = json.loads(log[at]) | {"actor": "annan"}
    return chained([*log[:at], json.dumps(record).encode(), *log[at + 1 :]])


def checkpoints(log: Log, chance: random.Random) -> list[Checkpoint]:
    """Some checkpoints of a log; now and then one of another log, one that counts too much, and one of nothing."""
    sizes = [chance.randint(1, len(log)) for _ in range(chance.randint(0, 3))]
    found = [point(log, size) for size in sizes]
    if chance.random() < 0.1:
        found.append(point(log, origin="annan.00000000.arendegang"))
    if chance.random() < 0.1:
        found.append(Checkpoint(origin=ORIGIN, size=len(log) + chance.randint(1, 3), root=bytes(32)))
    if chance.random() < 0.1:
        found.append(point(log, 0))
    return found


def example(chance: random.Random) -> tuple[Log, list[Checkpoint]]:
    """A log, sound or not, and the checkpoints it is held to."""
    log = made(chance.randint(2, 12), chance)
    kept = checkpoints(log, chance)
    covered = max((each.size for each in kept if each.size <= len(log)), default=0)
    match chance.randrange(6):
        case 0:
            return log, kept
        case 1:
            # A record nothing vouches for and none comes after is read by each in its own way.
            return altered(log, chance, max(covered, len(log) - 1)), kept
        case 2:
            return told_otherwise(log, chance), kept
        case 3:
            return chained(chance.choice([each for _, each in damaged(log, chance.randrange(len(log)))])), kept
        case 4:
            return made(len(log), chance), kept
        case _:
            return chance.choice([each for _, each in damaged(log, chance.randrange(len(log)))]), kept


def read_alike(log: Log) -> bool:
    """Whether what is JSON is also a record to the product: the verifier knows no kinds of event."""
    unreadable = sum(verify_log.as_record(content) is None for content in log)
    return unreadable == engine_says(log, []).faults["record"]


def test_the_verifier_and_the_product_never_disagree() -> None:
    """Fault T6."""
    seen = {True: 0, False: 0}
    compared = 0
    for seed in range(LOGS):
        chance = random.Random(seed)  # noqa: S311 - the same logs every time
        log, kept = example(chance)
        alone, engine = verifier_says(log, kept), engine_says(log, kept)
        assert alone.holds == engine.holds, seed
        if read_alike(log):
            assert alone == engine, seed
            compared += 1
        seen[engine.holds] += 1
    assert min(seen.values()) > LOGS // 10
    assert compared > LOGS // 2


@pytest.mark.parametrize("form", ALIKE)
def test_a_record_in_other_bytes_is_none_to_either_and_all_that_rests_on_it_holds(form: str) -> None:
    """Fault T6."""
    log = made(6, random.Random(7))  # noqa: S311 - the same log every time
    for place in (0, 3, 5):
        forged: Log = []
        for at, content in enumerate(log):
            told = json.loads(content) | {"previous": digest(forged[-1]) if forged else NO_RECORD}
            written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
            forged.append(ALIKE[form](written) if at == place else written)
        alone, engine = verifier_says(forged, []), engine_says(forged, [])
        assert (alone.holds, engine.holds) == (False, False)
        assert engine.faults == {"record": 1}
        # What holds a line end is two lines to whoever reads the file.
        assert alone == engine or b"\n" in forged[place]


def test_a_verifier_that_took_every_link_for_whole_would_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a defect in either is a disagreement."""
    log = made(6, random.Random(7))  # noqa: S311 - the same log every time
    swapped = [*log[:2], log[3], log[2], *log[4:]]
    assert verifier_says(swapped, []).faults == engine_says(swapped, []).faults
    monkeypatch.setattr("tests.audit.logs.chain_findings", lambda rows: list(chain_findings(rows))[:1])
    assert verifier_says(swapped, []).faults != engine_says(swapped, []).faults


@given(st.sampled_from(["", "\ufeff"]), st.sampled_from(["\n", "\r\n"]), st.integers(0, 30), st.data())
def test_every_checkpoint_the_product_reads_the_verifier_reads_alike(
    before: str, end: str, size: int, data: st.DataObject
) -> None:
    text = Checkpoint(origin=ORIGIN, size=size, root=data.draw(st.binary(min_size=32, max_size=32))).text
    place = data.draw(st.integers(0, len(text)))
    signs = ["", "0", "=", "\n", "å", "A", ">", " ", "\n> ", "\r", "\v", "\u2028", "\u00a0", "\ufeff"]
    spoilt = text[:place] + data.draw(st.sampled_from(signs)) + text[place:]
    content = (before + spoilt.replace("\n", end)).encode(data.draw(st.sampled_from(["utf-8", "utf-16"])))
    try:
        kept = read_checkpoint(content, "post.txt")
    except FileUnreadable:
        # Of a name that cannot be printed the verifier only says that the log has another.
        with contextlib.suppress(ValueError):
            assert not verify_log.read_checkpoint(content).origin.isprintable()
        return
    assert verify_log.read_checkpoint(content) == (kept.origin, kept.size, kept.root)
