"""Logs as lists of bytes, damaged in every way, and what the product and the verifier each say of them."""

import hashlib
import io
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from commands.audit import verify_log
from tests.stored_events import stored
from workflow.chain import StoredEvent, chain_findings, decoded, misread
from workflow.checkpoint import Checkpoint
from workflow.continuation import KeptCheckpoint, judged
from workflow.events import Closed
from workflow.merkle import Tree
from workflow.organisation_events import Initialised
from workflow.record import NO_RECORD, ORGANISATION, Event, Record, decode, digest, encode

ORIGIN = "prov.00c0ffee.arendegang"
Log = list[bytes]


def made(count: int, chance: random.Random) -> Log:
    """A log of that many records, in a few streams."""
    log: Log = []
    versions: Counter[str] = Counter()
    previous = NO_RECORD
    for seq in range(1, count + 1):
        stream = f"SAM-2026-{chance.randint(1, 3):04d}" if seq > 1 else ORGANISATION
        versions[stream] += 1
        reason = "".join(chance.choices('abcåäö »{}\\"0123456789', k=chance.randint(0, 40)))
        event: Event = Closed(by="svom", reason=reason) if seq > 1 else Initialised(origin=ORIGIN, county="prov")
        record = Record(
            seq=seq,
            stream=stream,
            version=versions[stream],
            batch=seq,
            on=date(2026, 1, chance.randint(1, 28)),
            recorded_at=datetime(2036, 1, 1, 12, tzinfo=UTC),
            actor="samordnare",
            rules="0" * 64,
            previous=previous,
            event=event,
        )
        log.append(encode(record))
        previous = digest(log[-1])
    return log


def point(log: Sequence[bytes], size: int | None = None, origin: str | None = None) -> Checkpoint:
    """The checkpoint of the log when it had that many records."""
    size = len(log) if size is None else size
    told = decode(log[0]).event
    assert isinstance(told, Initialised)
    return Checkpoint(origin=origin or told.origin, size=size, root=root_of(log[:size]))


def chained(log: Sequence[bytes]) -> Log:
    """The same records, numbered and chained anew from the first: what the owner of a database can do."""
    anew: Log = []
    previous = NO_RECORD
    for number, content in enumerate(log, 1):
        record = json.loads(content) | {"seq": number, "previous": previous}
        anew.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())
        previous = digest(anew[-1])
    return anew


def damaged(log: Log, at: int) -> Iterator[tuple[str, Log]]:
    """Every way to take away, add, double or move the record at a place (from 0)."""
    stranger = log[at].replace(b'"actor":"', b'"actor":"x')
    yield "deleted", log[:at] + log[at + 1 :]
    yield "inserted", [*log[:at], stranger, *log[at:]]
    yield "duplicated", [*log[:at], log[at], *log[at:]]
    yield "cut", log[:at]
    if at + 1 < len(log):
        yield "swapped", [*log[:at], log[at + 1], log[at], *log[at + 2 :]]


def exported(log: Sequence[bytes]) -> bytes:
    """The log as a file."""
    return b"".join(content + b"\n" for content in log)


@dataclass(frozen=True)
class Said:
    """What one judge says: does all of it hold, does each checkpoint, and how many faults of each kind there are."""

    holds: bool
    checkpoints: tuple[bool, ...]
    faults: Counter[str]


def verifier_says(log: Sequence[bytes], kept: Sequence[Checkpoint]) -> Said:
    """The judgement of the script that uses nothing but the standard library."""
    export = verify_log.Export(io.BytesIO(exported(log)), {each.size for each in kept})
    against = tuple(not export.against(verify_log.read_checkpoint(each.text.encode())) for each in kept)
    return Said(not export.faults and all(against), against, Counter(check for _, check in export.faults))


_NAMES = {"sequence": "number", "chain": "link", "record": "record"}


def engine_says(log: Sequence[bytes], kept: Sequence[Checkpoint]) -> Said:
    """The product's own judgement of the same bytes."""
    found = list(chain_findings(_rows(log)))
    first = decoded(_row(1, log[0])) if log else None
    origin = first.event.origin if first and isinstance(first.event, Initialised) else None
    roots = {each.size: root_of(log[: each.size]) for each in kept}
    named = [KeptCheckpoint(file=str(place), checkpoint=each) for place, each in enumerate(kept)]
    verdicts, strayed = judged(named, origin, len(log), roots)
    against = tuple(each.holds for each in verdicts)
    return Said(not found and not strayed, against, Counter(_NAMES[each.check] for each in found))


def root_of(contents: Iterable[bytes]) -> bytes:
    """The root over these leaves, one put after the other."""
    tree = Tree()
    for content in contents:
        tree.add(content)
    return tree.root()


def _rows(log: Sequence[bytes]) -> Iterator[StoredEvent]:
    return (_row(place, content) for place, content in enumerate(log, 1))


def _row(place: int, content: bytes) -> StoredEvent:
    """The row of a database whose owner has seen to it that every column agrees with the bytes."""
    hashed = hashlib.sha256(content).digest()
    blank = StoredEvent(
        seq=place, stream="", version=0, kind="", on_date="", recorded_at="", content=content, hash=hashed
    )
    record = decoded(blank)
    if record is None or misread(place, "", content, record) is not None:
        return blank
    return stored(record, content)
