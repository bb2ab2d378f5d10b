"""What is sent to the parties may quote any checkpoint of the log before it, and no other."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audit.logs import root_of
from tests.stored_events import stored
from workflow import quoted
from workflow.chain import StoredEvent
from workflow.checkpoint import Checkpoint
from workflow.events import Dispatched
from workflow.facts import Deadline, Text
from workflow.merkle import Tree
from workflow.record import NO_RECORD, Record
from workflow.register.events import NoticeReceived

ORIGIN = "prov.arendegang"
ON = date(2026, 2, 1)


def dispatch(seq: int, checkpoint: str | None) -> StoredEvent:
    deadline = Deadline(answer_by=date(2026, 6, 1))
    event = Dispatched(text=Text(version=1), deadline=deadline, letters=(), recommended=(), checkpoint=checkpoint)
    return row(seq, event)


def notice(seq: int, checkpoint: str | None) -> StoredEvent:
    last = date(2026, 12, 31)
    return row(seq, NoticeReceived(party="berg", received=ON, scope="agreement", ends_on=last, checkpoint=checkpoint))


def row(seq: int, event: Dispatched | NoticeReceived) -> StoredEvent:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    record = Record(
        seq=seq,
        stream="SAM-2026-0001",
        version=seq,
        batch=seq,
        on=ON,
        recorded_at=at,
        actor="prov",
        rules="",
        previous=NO_RECORD,
        event=event,
    )
    return stored(record)


def told(size: int, root: bytes, origin: str = ORIGIN) -> str:
    return Checkpoint(origin=origin, size=size, root=root).text


def contradicted(rows: list[StoredEvent]) -> list[int]:
    """The numbers of the records whose quotation does not hold."""
    followed = quoted.Quoted(ORIGIN, Tree())
    found = [followed.follow(each) for each in rows]
    return sorted(each.seq or 0 for each in [*found, *quoted.late_findings(followed.late, rows)] if each is not None)


@pytest.mark.parametrize("remembered", [1, 3, 1000])
@given(data=st.data())
def test_exactly_those_that_quote_another_log_are_found(remembered: int, data: st.DataObject) -> None:
    rows: list[StoredEvent] = []
    wrong = []
    for seq in range(1, data.draw(st.integers(1, 12)) + 1):
        size = data.draw(st.integers(0, seq - 1))
        root = root_of(each.content for each in rows[:size])
        if data.draw(st.booleans()):
            root = bytes([root[0] ^ data.draw(st.integers(1, 255)), *root[1:]])
            wrong.append(seq)
        quoting = data.draw(st.sampled_from([dispatch, notice]))
        rows.append(quoting(seq, told(size, root)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quoted, "_REMEMBERED", remembered)
        assert contradicted(rows) == wrong


@pytest.mark.parametrize(
    "checkpoint",
    [
        told(2, b"\0" * 32),
        told(1, b"\0" * 32),
        told(1, root_of([dispatch(1, None).content]), origin="annan.arendegang"),
        "prov.arendegang\n1\n",
        "",
    ],
    ids=["of records to come", "of other records", "of another log", "cut short", "empty"],
)
def test_what_is_no_checkpoint_of_the_log_before_is_found(checkpoint: str) -> None:
    assert contradicted([dispatch(1, None), dispatch(2, checkpoint)]) == [2]


def test_what_quotes_none_says_nothing() -> None:
    assert contradicted([dispatch(1, None), dispatch(2, None), notice(3, None)]) == []
