"""The chain over the exact bytes of the log: numbers, hashes, and columns that repeat what the bytes say."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from workflow.record import NO_RECORD, ORGANISATION, Envelope, Record, decode, decode_envelope, encode
from workflow.refusals import HistoryBroken


class StoredEvent(Struct, frozen=True, gc=False):
    """A row of the log as it is stored."""

    seq: int
    stream: str
    version: int
    kind: str
    on_date: str
    recorded_at: str
    content: bytes
    hash: bytes


class Finding(Struct, frozen=True, kw_only=True):
    """Something that does not hold: where, which check, what was expected and what was found."""

    seq: int | None
    case: str | None
    check: str
    expected: str
    found: str


def chain_findings(rows: Iterable[StoredEvent], *, read_elsewhere: bool = False) -> Iterator[Finding]:
    """Sequence without gaps, each record naming the hash of the one before, each hash that of its bytes.

    ``read_elsewhere``: whoever asks reads every record whole, and finds those that cannot be; here only what the
    columns repeat is then read.
    """
    previous = NO_RECORD
    for expected_seq, row in enumerate(rows, start=1):
        digest = sha256(row.content).digest()
        envelope = _envelope(row.content)
        if row.seq != expected_seq:
            yield _finding(row, "sequence", expected_seq, row.seq)
        if row.hash != digest:
            yield _finding(row, "hash", row.hash.hex(), digest.hex())
        other = None if read_elsewhere else misread(row.seq, row.stream, row.content, decoded(row))
        if envelope is None or other is not None:
            yield other or unreadable(row.seq, row.stream)
        elif not _tells_the_same(row, envelope, previous):
            yield from _envelope_findings(row, envelope, previous)
        previous = digest.hex()


def unreadable(seq: int, stream: str) -> Finding:
    """What is to be said of bytes that hold no record."""
    case = None if stream == ORGANISATION else stream
    return Finding(seq=seq, case=case, check="record", expected="a record", found="bytes that hold none")


def misread(seq: int, stream: str, content: bytes, record: Record | None) -> Finding | None:
    """What is to be said of the bytes that ``record`` was read from; nothing when it is written in just these.

    A record has one form: what another program makes of the same JSON (a line end, a blank, another order, a key
    twice, a key that nobody reads) was never written here.
    """
    if record is None:
        return unreadable(seq, stream)
    written = _written(record)
    if written == content:
        return None
    pairs = enumerate(zip(written, content, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(written), len(content)))
    begin = max(0, place - _BEFORE)
    expected, found = (repr(each[begin : begin + _SHOWN].decode(errors="replace")) for each in (written, content))
    case = None if stream == ORGANISATION else stream
    return Finding(seq=seq, case=case, check="record", expected=expected, found=found)


def _written(record: Record) -> bytes:
    try:
        return encode(record)
    except OverflowError:
        # A number that no record of ours can hold.
        return b""


#: How many bytes are shown of a record that is written otherwise, and how many of these before the first that differs.
_SHOWN, _BEFORE = 40, 12


def _envelope(content: bytes) -> Envelope | None:
    try:
        return decode_envelope(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _tells_the_same(row: StoredEvent, told: Envelope, previous: str) -> bool:
    """Whether ``_envelope_findings`` has nothing to say; asked of every record, so without making words of it."""
    return (
        told.previous == previous
        and told.seq == row.seq
        and told.version == row.version
        and told.stream == row.stream
        and told.event.kind == row.kind
        and told.on == row.on_date
        and _moment(told.recorded_at) == row.recorded_at
    )


def _moment(written: str) -> str:
    """A moment as its column has it, with its distance from Greenwich; ``written`` is any that a record may hold."""
    ours = written[-1:] == "Z" and written[10:11] == "T" and len(written) in _LENGTHS and written[19:] != ".000000Z"
    if ours:
        return f"{written[:-1]}+00:00"
    try:
        return msgspec.convert(written, datetime).isoformat()
    except msgspec.ValidationError:
        return written


#: Of a moment as records are written, without and with parts of a second.
_LENGTHS = (len("2026-03-13T14:30:00Z"), len("2026-03-13T14:30:00.123456Z"))


def _envelope_findings(row: StoredEvent, told: Envelope, previous: str) -> Iterator[Finding]:
    if told.previous != previous:
        yield _finding(row, "chain", previous, told.previous)
    columns = {
        "seq": (told.seq, row.seq),
        "stream": (told.stream, row.stream),
        "version": (told.version, row.version),
        "kind": (told.event.kind, row.kind),
        "on": (told.on, row.on_date),
        "recorded_at": (_moment(told.recorded_at), row.recorded_at),
    }
    for name, (expected, found) in columns.items():
        if expected != found:
            yield _finding(row, f"column {name}", expected, found)


def decoded(row: StoredEvent) -> Record | None:
    """The record in a row's bytes; None when they hold none."""
    return read_record(row.content)


def read_record(content: bytes) -> Record | None:
    """The record in these bytes; None when they hold none."""
    try:
        return decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def require_chain(rows: Iterable[StoredEvent]) -> None:
    """Raises HistoryBroken at the first record that does not hold."""
    for finding in chain_findings(rows):
        why = f"{finding.check}: {finding.expected} ≠ {finding.found}"
        raise HistoryBroken(seq=finding.seq, why=why)


def _finding(row: StoredEvent, check: str, expected: object, found: object) -> Finding:
    case = None if row.stream == ORGANISATION else row.stream
    return Finding(seq=row.seq, case=case, check=check, expected=str(expected), found=str(found))
