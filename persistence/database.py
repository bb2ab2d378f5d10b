"""Reaching the database: connections with every setting said out loud, and its faults told in one line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.pool import NullPool

from persistence.tables import APPLICATION_ID, LAYOUT, metadata
from workflow.bad_data import NoDatabase
from workflow.errors import N_, Refusal
from workflow.refusals import ConfigInvalid, DatabaseUnavailable

#: Seconds to wait for another writer; ``?timeout=`` in the URL says otherwise.
_BUSY_TIMEOUT = 10.0
_LONGEST_TIMEOUT = 86400.0

_EMPTY = N_("it is empty.")
_NO_URL = N_("it is not a database URL; write sqlite:///FILE.")

#: How SQLite is told to keep its word: a commit is on the disk when it returns, and readers never block the writer.
_SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


#: What SQLite says of a fault, and how a person is told it. What is not listed is told as SQLite says it.
_FAULTS = {
    "locked": N_("another program is writing to it."),
    "readonly": N_("you may not write to it."),
    "unable to open": N_("the file cannot be opened."),
    "disk is full": N_("the disk is full."),
    "disk I/O error": N_("the disk does not do as it is asked."),
    "malformed": N_("the file is damaged."),
}


class Database:
    """One database by URL. Nothing is opened before it is used; ``create`` makes it, all else expects it."""

    def __init__(self, url: str) -> None:
        self.url = _read_url(url)
        self._engine = _engine(self.url)
        sa.event.listen(self._engine, "connect", self._set_up)

    @property
    def where(self) -> str:
        """The file, as it was named."""
        return self.url.database or ""

    def create(self) -> None:
        """Makes the tables; changes nothing where they are. Raises NoDatabase when the file is something else's."""
        with self._told():
            Path(self.where).parent.mkdir(parents=True, exist_ok=True)
        with self._told(), self._writing() as connection:
            if _is_empty(connection):
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {LAYOUT}")
                metadata.create_all(connection)
            self._require_ours(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database. Raises NoDatabase or DatabaseUnavailable."""
        self._require_file()
        with self._told(), self._engine.connect() as connection, connection.begin():
            self._require_ours(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that is the only writer until it is done. Raises NoDatabase or DatabaseUnavailable."""
        self._require_file()
        with self._told(), self._writing() as connection:
            self._require_ours(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            writer = connection.execution_options(writing=True)
            with writer.begin():
                yield writer

    def _require_file(self) -> None:
        path = Path(self.where)
        with self._told():
            if not path.exists():
                raise NoDatabase(where=self.where, why=N_("there is no such file."))
            if not path.is_file():
                raise DatabaseUnavailable(where=self.where, why=N_("it is not a file."))
            # Merely opening an empty file would make it a database.
            if path.stat().st_size == 0:
                raise NoDatabase(where=self.where, why=_EMPTY)

    def _require_ours(self, connection: Connection) -> None:
        if _is_empty(connection):
            raise NoDatabase(where=self.where, why=_EMPTY)
        layout = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if layout != LAYOUT:
            raise ConfigInvalid(setting=self.where, why=N_("it was made by another version of the product."))

    def _set_up(self, raw: Any, _: object) -> None:
        """Says the settings and asks whether they hold: a database that will not keep its word is not written to."""
        # Asked before anything else: settings are written into the file, and a stranger's file is not ours to write.
        tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise NoDatabase(where=self.where, why=N_("it is the database of another program."))
        for name, wanted in _SETTINGS.items():
            raw.execute(f"PRAGMA {name} = {wanted}")
            held = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if held != wanted:
                raise sqlite3.OperationalError(f"{name} is {held}, not {wanted}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what the database says of itself into a refusal; what the rules say passes through."""
        try:
            yield
        except Refusal:
            raise
        except sa.exc.DBAPIError as fault:
            raise self._refusal(str(fault.orig)) from fault
        except sqlite3.Error as fault:
            raise self._refusal(str(fault)) from fault
        except OSError as fault:
            why = N_("its folder cannot be made or opened.")
            raise DatabaseUnavailable(where=self.where, why=why) from fault

    def _refusal(self, said: str) -> Refusal:
        if "file is not a database" in said:
            return NoDatabase(where=self.where, why=N_("it is not a database."))
        why = next((words for sign, words in _FAULTS.items() if sign in said), said)
        return DatabaseUnavailable(where=self.where, why=why)


def _is_empty(connection: Connection) -> bool:
    tables: int = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return tables == 0


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise ConfigInvalid(setting="--db", why=_NO_URL) from None
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ConfigInvalid(setting="--db", why=N_("a database in memory keeps nothing; write sqlite:///FILE."))
    if url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise ConfigInvalid(setting="--db", why=N_("only sqlite:///FILE is served by this version."))
    if url.host or url.username or url.port or not _is_file_name(url.database or ""):
        raise ConfigInvalid(setting="--db", why=_NO_URL)
    if not url.query.keys() <= {"timeout"}:
        raise ConfigInvalid(setting="--db", why=N_("only timeout can be set after the question mark."))
    return url


def _is_file_name(text: str) -> bool:
    try:
        return "\0" not in text and bool(text.encode())
    except UnicodeEncodeError:
        return False


def _engine(url: URL) -> sa.Engine:
    try:
        seconds = float(str(url.query.get("timeout", _BUSY_TIMEOUT)))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_TIMEOUT:
        raise ConfigInvalid(setting="--db", why=N_("timeout must be a number of seconds."))
    # One connection a unit of work: a command is short, and a connection kept would keep its snapshot.
    engine = sa.create_engine(
        url.set(query={}), poolclass=NullPool, connect_args={"timeout": seconds, "isolation_level": None}
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver's own way of beginning would let two writers read the same state and both write.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
