"""SQLite's way: one file, one writer, a write-ahead log that is on the disk when a commit returns."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from persistence.kind import Roles
from persistence.make import columns_in_file, differences_in_file
from persistence.timeouts import seconds_to_wait
from workflow.bad_data import NoDatabase
from workflow.errors import N_, Refusal
from workflow.refusals import ConfigInvalid, DatabaseDamaged, DatabaseUnavailable

#: Written into the file's header, so that a foreign database is known for one. «ARGN».
APPLICATION_ID = 0x4152474E

#: Which file a connection was opened on, among what the library keeps of it.
_FILE = "file"

_EMPTY = N_("it is empty.")
_DAMAGED = N_("what is in the file does not fit together.")
_LACKING = N_("a table or a column is missing.")

#: How SQLite is told to keep its word: a commit is on the disk when it returns, and readers never block the writer.
_SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


#: What SQLite says of a fault, and how a person is told it. What is not listed is told as SQLite says it.
_FAULTS = {
    "locked": N_("another program is writing to it."),
    "readonly": N_("you may not write to it."),
    "unable to open": N_("the file cannot be opened."),
    "disk is full": N_("the disk is full."),
    "disk I/O error": N_("the disk does not do as it is asked."),
}

#: The same, of what no waiting mends.
_DAMAGES = {
    "malformed": _DAMAGED,
    "Could not decode": _DAMAGED,
    "no such table": _LACKING,
    "no such column": _LACKING,
    "has no column named": _LACKING,
}


class Sqlite:
    """A database in a file; see persistence.kind.Kind."""

    # What SQLite tells of a damaged file may hold the damage itself, which the driver cannot read.
    faults: tuple[type[Exception], ...] = (sqlite3.Error, OSError, UnicodeDecodeError)
    asks_login: str | None = None

    def __init__(self, url: URL) -> None:
        """Raises ConfigInvalid when the URL names no file, or asks for what we do not serve."""
        if url.database in {None, "", ":memory:"}:
            raise ConfigInvalid(setting="--db", why=N_("a database in memory keeps nothing; write sqlite:///FILE."))
        if url.host or url.username or url.port or not _is_file_name(url.database or ""):
            raise ConfigInvalid(setting="--db", why=N_("it is not a database URL; write sqlite:///FILE."))
        if not url.query.keys() <= {"timeout"}:
            raise ConfigInvalid(setting="--db", why=N_("only timeout can be set after the question mark."))
        self._url = url
        self._timeout = seconds_to_wait(url)
        self._file = Path(self.where)
        # Whether a table was in it when it was last opened.
        self._begun = False

    @property
    def where(self) -> str:
        """The file, as it was named."""
        return self._url.database or ""

    def engine(self) -> sa.Engine:
        """See persistence.kind.Kind."""
        given = {"timeout": self._timeout, "isolation_level": None}
        engine = sa.create_engine(self._url.set(query={}), connect_args=given, poolclass=NullPool)
        sa.event.listen(engine, "connect", self._set_up)
        return engine

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """The driver's own way of beginning would let two writers read the same state and both write."""
        words = "BEGIN IMMEDIATE" if writing else "BEGIN"
        connection.dialect.do_execute(connection.connection.cursor(), words, ())

    def still_serves(self, connection: Connection) -> bool:
        """Not where another file has taken its place: what is written to the old one nobody would find."""
        return bool(connection.info[_FILE] == self._which())

    @property
    def file(self) -> Path:
        """The file."""
        return self._file

    def require_there(self) -> None:
        """Raises NoDatabase or DatabaseUnavailable when there is no such file, or no file of ours can be."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            raise NoDatabase(where=self.where, why=N_("there is no such file.")) from None
        if not S_ISREG(found.st_mode):
            raise DatabaseUnavailable(where=self.where, why=N_("it is not a file."))
        # Merely opening an empty file would make it a database.
        if found.st_size == 0:
            raise NoDatabase(where=self.where, why=_EMPTY)

    def make_room(self) -> None:
        """Makes the folder."""
        self.file.parent.mkdir(parents=True, exist_ok=True)

    def claim(self, connection: Connection) -> bool:
        """Writes our sign into the header of a file without tables. A stranger's is refused when it is opened."""
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
            return False
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        return True

    def allow(self, _: Connection, roles: Roles) -> None:
        """Raises ConfigInvalid for any role: who may open the file may do everything."""
        if roles != Roles():
            why = N_("a file has no roles: whoever may write to it may change all of it.")
            raise ConfigInvalid(setting="--application-role, --auditor-role", why=why)

    def columns(self, connection: Connection) -> set[tuple[str, str]]:
        """See persistence.kind.Kind."""
        return columns_in_file(connection)

    def integrity(self, connection: Connection) -> Iterable[str]:
        """What SQLite finds when it reads the whole file, and what is not made as in a new one."""
        yield from (row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok")
        yield from differences_in_file(connection)

    def refusal(self, fault: Exception, *, committing: bool) -> Refusal:  # noqa: ARG002 - a commit that fails here is undone
        """NoDatabase for a file that is none or that nothing was made in, DatabaseDamaged, or DatabaseUnavailable."""
        said = str(fault)
        if isinstance(fault, UnicodeDecodeError):
            return DatabaseDamaged(where=self.where, why=_DAMAGED, said=said)
        if isinstance(fault, OSError):
            return DatabaseUnavailable(where=self.where, why=N_("its folder cannot be made or opened."))
        if "file is not a database" in said:
            return NoDatabase(where=self.where, why=N_("it is not a database."))
        if "no such table: arendegang_layout" in said and not self._begun:
            return NoDatabase(where=self.where, why=N_("it is empty, or from before the first release."))
        damage = next((words for sign, words in _DAMAGES.items() if sign in said), None)
        if damage is not None:
            return DatabaseDamaged(where=self.where, why=damage, said=said)
        why = next((words for sign, words in _FAULTS.items() if sign in said), said)
        return DatabaseUnavailable(where=self.where, why=why)

    def _which(self) -> tuple[int, int]:
        """Which file has the name just now."""
        found = self.file.stat()
        return found.st_dev, found.st_ino

    def _set_up(self, raw: Any, kept: Any) -> None:
        """Says the settings and asks whether they hold: a database that will not keep its word is not written to."""
        kept.info[_FILE] = self._which()
        # Asked before anything else: settings are written into the file, and a stranger's file is not ours to write.
        self._begun = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        if self._begun and raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise NoDatabase(where=self.where, why=N_("it is the database of another program."))
        for name, wanted in _SETTINGS.items():
            raw.execute(f"PRAGMA {name} = {wanted}")
            held = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if held != wanted:
                raise sqlite3.OperationalError(f"{name} is {held}, not {wanted}")


def _is_file_name(text: str) -> bool:
    try:
        return "\0" not in text and bool(text.encode())
    except UnicodeEncodeError:
        return False
