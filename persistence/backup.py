"""A copy of the whole database in one SQLite file, as it stood at one moment, whoever writes meanwhile."""

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence.database import Database
from persistence.tables import metadata

#: How many rows are held at a time.
_AT_A_TIME = 1000


def copied(database: Database, place: Path) -> Database:
    """The copy, made in ``place``, where nothing may be.

    Raises NoDatabase or DatabaseUnavailable, also when the copy cannot be written: then for ``place``.
    """
    copy = Database(sa.URL.create("sqlite", database=str(place)))
    with database.reading() as connection:
        # A file is copied page by page: row by row, a fault of the file itself would not show in the copy.
        (_copy_pages if database.file is not None else _copy_rows)(connection, copy, place)
    return copy


def _copy_pages(connection: Connection, copy: Database, place: Path) -> None:
    # The transaction that is open has one state of the file; without it, every write would begin the copy anew.
    with copy.told(), contextlib.closing(sqlite3.connect(place)) as there:
        connection.connection.driver_connection.backup(there)  # type: ignore[union-attr]  # the driver's own


def _copy_rows(connection: Connection, copy: Database, _place: Path) -> None:
    copy.create()
    with copy.writing() as there:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table), execution_options={"yield_per": _AT_A_TIME})
            for some in rows.mappings().partitions():
                there.execute(sa.insert(table), [dict(row) for row in some])
