"""A log laid out as plain values, changed, and written back whole: numbered and chained anew, as its owner can."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from persistence.store import event_row
from tests.persistence.keeping import Keeping
from workflow.record import NO_RECORD, decode, digest
from workflow.register.followed import follows

Row = dict[str, Any]


def copied(keeping: Keeping, folder: Path) -> Keeping:
    """A copy that its owner can write in as he likes."""
    folder.mkdir(exist_ok=True)
    shutil.copy(keeping.file, folder / keeping.file.name)
    copy = Keeping(folder)
    copy.home.unlock()
    return copy


def log_of(keeping: Keeping) -> list[Row]:
    with keeping.rows() as base:
        return [json.loads(content) for (content,) in base.execute("SELECT bytes FROM event ORDER BY seq").fetchall()]


def written_anew(keeping: Keeping, log: Sequence[Row], *, versions_told: bool = False) -> None:
    """The log as these records, numbered and chained from the first: what the owner of a database can do.

    ``versions_told``: each keeps the version that it tells of.
    """
    versions: Counter[str] = Counter()
    previous, batch = NO_RECORD, 0
    with keeping.rows() as base:
        base.execute("DELETE FROM event")
        for seq, told in enumerate(log, 1):
            versions[told["stream"]] += 1
            batch = seq if "act" in told else batch
            version = told["version"] if versions_told else versions[told["stream"]]
            record = {**told, "seq": seq, "version": version, "batch": batch, "previous": previous}
            content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
            previous = digest(content)
            row = event_row(decode(content), content)
            places = ", ".join("?" for _ in row)
            base.execute(f"INSERT INTO event ({', '.join(row)}) VALUES ({places})", list(row.values()))


def batches(log: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Where each act's records begin and end, places from 0."""
    begins = [place for place, told in enumerate(log) if "act" in told]
    return zip(begins, [*begins[1:], len(log)], strict=True)


def following(log: Sequence[Row]) -> list[tuple[int, int]]:
    """Those of acts that something else asked for."""
    return [
        (begin, end)
        for begin, end in batches(log)
        if (act := decode(json.dumps(log[begin]).encode()).act) is not None and follows(act)
    ]
