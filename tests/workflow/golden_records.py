"""Records as they were first written, one of every kind of event and act: what is in a log must be read for ever.

``python -m tests.workflow.golden_records`` adds a line for every kind that has none; lines are never changed.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

from msgspec import Struct

from tests.workflow.examples_of_types import example
from workflow.acts import CaseAct, OrganisationAct
from workflow.events import CaseEvent
from workflow.organisation_events import OrganisationEvent
from workflow.record import NO_RECORD, Record, encode

FILE = Path(__file__).with_name("golden_records.jsonl")
EVENTS: tuple[type[Struct], ...] = (*get_args(CaseEvent), *get_args(OrganisationEvent))
ACTS: tuple[type[Struct], ...] = (*get_args(CaseAct), *get_args(OrganisationAct))


def tag(kind: type[Struct]) -> str:
    """What an event or an act is called in a record."""
    return str(kind.__struct_config__.tag)


def lines() -> list[bytes]:
    """The records, as bytes."""
    return FILE.read_bytes().removesuffix(b"\n").split(b"\n") if FILE.exists() else []


def told(line: bytes) -> tuple[str, str | None]:
    """The kinds of event and act that a line tells of."""
    record = json.loads(line)
    return record["event"]["kind"], record["act"]["act"] if "act" in record else None


def missing() -> Iterator[Record]:
    """One record for each kind that no line tells of."""
    have = [told(line) for line in lines()]
    for event in EVENTS:
        if tag(event) not in {kind for kind, _ in have}:
            yield _record(event, None)
    for act in ACTS:
        if tag(act) not in {asked for _, asked in have}:
            yield _record(EVENTS[0], act)


def _record(event: type[Struct], act: type[Struct] | None) -> Record:
    return Record(
        seq=17,
        stream="SAM-2026-0001",
        version=3,
        batch=17,
        on=date(2026, 3, 13),
        recorded_at=datetime(2026, 3, 14, 8, 0, 0, 1, tzinfo=UTC),
        actor="Åsa",
        rules="0123456789abcdef" * 4,
        previous=NO_RECORD,
        state="prepared",
        act=example(act) if act is not None else None,
        event=example(event),
    )


if __name__ == "__main__":
    written = [*lines(), *(encode(record) for record in missing())]
    FILE.write_bytes(b"".join(line + b"\n" for line in written))
