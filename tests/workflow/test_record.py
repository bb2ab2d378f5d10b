"""A record is one line of bytes that is written once and read back as it was, by us and by anybody's JSON."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from tests.workflow.examples_of_types import example, is_left_out, values
from tests.workflow.golden_records import ACTS, EVENTS, lines, missing, tag, told
from workflow.events import kind_of
from workflow.record import Record, decode, digest, encode

ENVELOPE = {
    "seq",
    "stream",
    "version",
    "batch",
    "on",
    "recorded_at",
    "actor",
    "rules",
    "previous",
    "state",
    "act",
    "event",
}
REQUIRED = ENVELOPE - {"state", "act"}
ENVELOPES = st.builds(
    replace,
    st.just(decode(lines()[0])),
    on=values(date),
    recorded_at=values(datetime),
    actor=values(str),
    state=values(str | None),
)


@pytest.mark.parametrize("kind", EVENTS, ids=tag)
@given(data=st.data())
def test_every_kind_of_event_comes_back_as_it_was_written(kind: type[Struct], data: st.DataObject) -> None:
    record = replace(data.draw(ENVELOPES), event=data.draw(values(kind)))
    holds_for_bytes(record, encode(record))
    assert kind_of(decode(encode(record)).event) == tag(kind)


@pytest.mark.parametrize("kind", ACTS, ids=tag)
@given(data=st.data())
def test_every_kind_of_act_comes_back_as_it_was_written(kind: type[Struct], data: st.DataObject) -> None:
    record = replace(data.draw(ENVELOPES), act=data.draw(values(kind)))
    content = encode(record)
    holds_for_bytes(record, content)
    assert json.loads(content)["act"]["act"] == tag(kind)


def holds_for_bytes(record: Record, content: bytes) -> None:
    """Read back equal, written again alike, one line, whole numbers, nothing spelt out that is the default."""
    read = decode(content)
    assert read == record
    assert encode(read) == content
    assert b"\n" not in content
    plain = json.loads(content)
    assert REQUIRED <= plain.keys() <= ENVELOPE
    assert plain["on"] == record.on.isoformat()
    assert datetime.fromisoformat(plain["recorded_at"]) == record.recorded_at
    assert [name for name in ("state", "act") if name in plain and is_left_out(record, name)] == []
    # Another writer of JSON would give other bytes; what it reads is the same.
    assert decode(json.dumps(plain).encode()) == record
    assert not any(isinstance(value, float) for value in leaves(plain))


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [value]


@pytest.mark.parametrize("line", lines(), ids=lambda line: "-".join(str(part) for part in told(line)))
def test_a_record_written_long_ago_is_read_and_would_be_written_the_same_today(line: bytes) -> None:
    assert encode(decode(line)) == line


def test_of_every_kind_there_is_a_record_written_long_ago() -> None:
    assert [(kind_of(record.event), record.act) for record in missing()] == []


def test_a_field_that_was_renamed_would_be_noticed() -> None:
    """The negative control of the records written long ago: what is no longer known is not written again."""
    line = next(line for line in lines() if told(line)[0] == "answer_recorded")
    renamed = line.replace(b'"organ":', b'"body":')
    assert renamed != line
    assert encode(decode(renamed)) != renamed


def test_the_digest_is_that_of_the_bytes() -> None:
    for line in lines():
        assert digest(line) == hashlib.sha256(line).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"seq": "1"}',
        lines()[0][:-1],
        lines()[0] + b"x",
        lines()[0].replace(b'"seq":17', b'"seq":17.5'),
        lines()[0].replace(b'"on":"2026-03-13"', b'"on":"13/3 2026"'),
        lines()[0].replace(b'"kind":"', b'"kind":"x'),
    ],
)
def test_bytes_that_hold_no_record_are_said_to(content: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        decode(content)


def test_the_examples_give_every_field() -> None:
    full = example(EVENTS[0])
    assert all(getattr(full, name) is not None for name in full.__struct_fields__)
    assert example(date) == date(2026, 3, 13)
