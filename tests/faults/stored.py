"""What a database file holds, in a form that can be compared; and the files as they lie on the disk at a moment."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from persistence.tables import AT_WORK, metadata

#: Every table that is judged; those that tell how far work has come hold no fact.
JUDGED = tuple(table.name for table in metadata.sorted_tables if table.name not in AT_WORK)
Stored = dict[str, list[tuple[Any, ...]]]

#: How SQLite names the files that belong to a database: itself, and its write-ahead log.
PARTS = ("", "-wal")


def stored(file: Path, tables: tuple[str, ...] = JUDGED) -> Stored:
    """Every row of these tables, in order. Raises sqlite3.DatabaseError when it cannot be read."""
    with contextlib.closing(sqlite3.connect(file)) as base:
        # Read by rowid, not by an index: what is in the table counts.
        return {table: sorted(base.execute(f'SELECT * FROM "{table}" NOT INDEXED'), key=repr) for table in tables}


def as_on_disk(file: Path) -> dict[str, bytes]:
    """The bytes of the database and of its log as the system has them now: what a process killed here leaves."""
    found = {part: file.with_name(file.name + part) for part in PARTS}
    return {part: path.read_bytes() for part, path in found.items() if path.exists()}


def laid(parts: dict[str, bytes], file: Path) -> Path:
    """These files under the name of ``file``, and nothing else of that name."""
    for part in (*PARTS, "-shm"):
        file.with_name(file.name + part).unlink(missing_ok=True)
    for part, content in parts.items():
        file.with_name(file.name + part).write_bytes(content)
    return file
