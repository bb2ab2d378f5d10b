"""Where a database can live: in a file, or on a server. What a test may do to it behind the product's back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pg8000  # type: ignore[import-untyped]  # the driver tells no types

from tests.office import copy_base
from tests.server import ADMINISTRATOR, OWNER, Server


class Rows(Protocol):
    """An open database as anybody may read and write it; values stand for question marks."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any:
        """What the statement finds: ``fetchone``, ``fetchall``, ``rowcount``."""
        ...


@contextlib.contextmanager
def unlocked(file: Path) -> Iterator[sqlite3.Connection]:
    """The database as the owner of its file can change it, who puts the triggers back afterwards."""
    with _opened(file) as base:
        # What fails is undone with the triggers.
        base.execute("BEGIN")
        triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            base.execute(f"DROP TRIGGER {name}")
        yield base
        for _, made in triggers:
            base.execute(made)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file)) as base, base:
        yield base


class FileHome:
    """A SQLite file in a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ärenden.sqlite"
        self._unlocked = False

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file.as_posix()}"

    @contextlib.contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        with unlocked(self.file) if self._unlocked else _opened(self.file) as base:
            yield base

    def dump(self) -> str:
        with self.rows() as base:
            return "\n".join(base.iterdump())

    def unlock(self) -> None:
        """From now on ``rows`` can change the log, as its owner could."""
        self._unlocked = True


class ServerHome:
    """A database on the server of this run."""

    def __init__(self, server: Server, database: str, login: str = OWNER) -> None:
        self.server, self.database, self._login = server, database, login
        self._unlocked = False

    @property
    def url(self) -> str:
        return self.server.url(self.database, self._login)

    @contextlib.contextmanager
    def rows(self) -> Iterator[_ServerRows]:
        login = ADMINISTRATOR if self._unlocked else self._login
        with contextlib.closing(self.server.connect(self.database, login)) as connection:
            rows = _ServerRows(connection.cursor())
            if self._unlocked:
                # The server then passes over its triggers.
                rows.execute("SET session_replication_role = replica")
            yield rows
            # What has failed can only be undone.
            (connection.rollback if rows.failed else connection.commit)()

    def dump(self) -> str:
        with self.rows() as rows:
            query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            names = [name for (name,) in rows.execute(query).fetchall()]
            return "\n".join(
                f"{name}: {row}"
                for name in names
                for (row,) in rows.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1').fetchall()
            )

    def unlock(self) -> None:
        """From now on ``rows`` can change the log, as whoever administers the server could."""
        self._unlocked = True


#: One place for one database.
Home = FileHome | ServerHome

#: What the drivers raise when the database itself refuses.
FAULTS: tuple[type[Exception], ...] = (sqlite3.Error, pg8000.Error)


class _ServerRows:
    """The driver's cursor, made to read as SQLite's does."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.failed = False

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> _ServerRows:
        try:
            self._cursor.execute(statement.replace("?", "%s"), tuple(values))
        except pg8000.Error:
            self.failed = True
            raise
        return self

    @property
    def rowcount(self) -> int:
        return int(self._cursor.rowcount)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._cursor.fetchall()]

    def fetchone(self) -> tuple[Any, ...] | None:
        row = self._cursor.fetchone()
        return None if row is None else tuple(row)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.fetchall())


class FileHomes:
    """Makes files for one test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def empty(self) -> FileHome:
        folder = self._folder / f"{len(list(self._folder.iterdir()))}"
        folder.mkdir()
        return FileHome(folder)

    def like(self, other: Home) -> FileHome:
        """A file of its own that holds what the other holds now."""
        assert isinstance(other, FileHome)
        home = self.empty()
        copy_base(other.file, home.file)
        return home


class ServerHomes:
    """Makes databases for one test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._made: list[str] = []

    def empty(self) -> ServerHome:
        return self._new("template1")

    def like(self, other: Home) -> ServerHome:
        """A database of its own that holds what the other holds now."""
        assert isinstance(other, ServerHome)
        return self._new(other.database)

    def close(self) -> None:
        """Takes all of them away."""
        for database in self._made:
            self._server.drop(database)

    def _new(self, template: str) -> ServerHome:
        self._made.append(self._server.new_database(template))
        return ServerHome(self._server, self._made[-1])


Homes = FileHomes | ServerHomes
