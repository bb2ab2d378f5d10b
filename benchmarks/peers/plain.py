"""The limit: SQLite with nothing around it, doing what no durable transition can do without."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.course import EVENTS, PARTIES

#: The states of the course, one a step. Nine steps are guarded by the answer that the party gives.
STATES = tuple(f"state-{number}" for number in range(EVENTS + 1))
GUARDED = range(6, 6 + len(PARTIES))


def asked(number: int) -> str:
    """The party whose answer step ``number`` is."""
    return PARTIES[number - GUARDED.start]


def steps() -> Iterator[tuple[int, str | None]]:
    """Each step's number, and the party that it is guarded by."""
    for number in range(EVENTS):
        yield number, asked(number) if number in GUARDED else None


def plain(folder: Path) -> Callable[[int], None]:
    """Read the row, decide, hash, insert the event, update the row, commit: WAL, synchronous=FULL, one connection."""
    base = sqlite3.connect(folder / "plain.db", isolation_level=None)
    base.execute("PRAGMA journal_mode = wal")
    base.execute("PRAGMA synchronous = full")
    base.execute("CREATE TABLE matter (id TEXT PRIMARY KEY, state TEXT, version INTEGER, body TEXT) STRICT")
    base.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, id TEXT, version INTEGER, bytes BLOB, hash BLOB) STRICT")
    base.execute("CREATE UNIQUE INDEX of_matter ON event (id, version)")
    base.execute("INSERT INTO event VALUES (0, '', 0, x'', x'')")

    def case(number: int) -> None:
        ref = f"SAM-{number:06d}"
        base.execute("INSERT INTO matter VALUES (?, ?, 0, '{}')", (ref, STATES[0]))
        for step, party in steps():
            base.execute("BEGIN IMMEDIATE")
            query = "SELECT state, version, body FROM matter WHERE id = ?"
            state, version, body = base.execute(query, (ref,)).fetchone()
            told = json.loads(body)
            if state != STATES[step] or (party is not None and party in told):
                raise ValueError(state)
            told |= {party: "adopts"} if party is not None else {}
            seq, previous = base.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
            content = json.dumps({"id": ref, "step": step, "party": party, "previous": previous.hex()}).encode()
            row = (seq + 1, ref, version + 1, content, hashlib.sha256(content).digest())
            base.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?)", row)
            change = "UPDATE matter SET state = ?, version = ?, body = ? WHERE id = ?"
            base.execute(change, (STATES[step + 1], version + 1, json.dumps(told), ref))
            base.execute("COMMIT")

    return case
