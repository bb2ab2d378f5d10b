"""PostgreSQL's way: a server for many, one writer at a time by an advisory lock, and roles that cannot rewrite."""

import logging
import time
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from persistence.address import password_for, read_address
from persistence.calling import call
from persistence.kind import Roles
from persistence.make import columns_on_server, differences_on_server
from persistence.rights import allow
from persistence.server_faults import FAULTS, not_reached, refused
from persistence.tables import metadata, prepare_for_servers
from persistence.timeouts import seconds_to_wait
from workflow.bad_data import NoDatabase
from workflow.errors import N_, Refusal

#: The key of the advisory lock that a writer holds until its transaction ends. «ARGN».
_WRITERS_LOCK = 0x4152474E

#: Seconds for which a connection is kept: long enough for one command, too short to outlive what a firewall forgets.
_KEPT = 60

#: The numbers of the log have no gaps, since they are given out behind the lock.
_BEGIN_WRITING = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})",
)
_BEGIN_READING = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)

#: When a connection was opened, among what the library keeps of it.
_SINCE = "since"

# What the library says of a lost connection goes to the refusal, and not to the terminal besides.
logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())


class Postgresql:
    """A database on a server; see persistence.kind.Kind."""

    # The driver lets faults of the line through as they come, and some answers it does not understand break it.
    faults: tuple[type[Exception], ...] = FAULTS
    # Not the role taken on since, which the session can choose.
    asks_login: str | None = "SELECT session_user::text"

    def __init__(self, url: URL) -> None:
        """Raises ConfigInvalid when the URL is not complete, or asks for what we do not serve."""
        self._url = url
        self._address = read_address(url)
        self._timeout = seconds_to_wait(url)

    @property
    def where(self) -> str:
        """The database as a person names it, without its password."""
        return self._address.where

    def engine(self) -> sa.Engine:
        """See persistence.kind.Kind."""
        given = {"creator": self._connect, "hide_parameters": True, "poolclass": NullPool}
        engine = sa.create_engine("postgresql+pg8000://", **given)
        sa.event.listen(engine, "connect", _note_when)
        return engine

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """A writer takes the lock before it reads anything: what it decides on cannot change under it."""
        cursor = connection.connection.cursor()
        for words in _BEGIN_WRITING if writing else _BEGIN_READING:
            connection.dialect.do_execute(cursor, words, ())

    def still_serves(self, connection: Connection) -> bool:
        """Not for long, and not where the server was started anew: it has then ended the sessions that were kept."""
        if time.monotonic() - connection.info[_SINCE] > _KEPT:
            return False
        try:
            connection.connection.cursor().execute("SELECT 1")
        except self.faults:
            return False
        return True

    @property
    def file(self) -> None:
        """None: where the server keeps it is the server's own affair."""
        return

    def require_there(self) -> None:
        """Only the server knows."""

    def make_room(self) -> None:
        """A database on a server is made by its administrator."""

    def claim(self, connection: Connection) -> bool:
        """True when there is none of our tables yet. Raises NoDatabase when others' are in their place."""
        inspector = sa.inspect(connection)
        found = {*inspector.get_table_names()} & {*metadata.tables, "arendegang_layout"}
        if found and "arendegang_layout" not in found:
            raise NoDatabase(where=self.where, why=N_("it is the database of another program."))
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        prepare_for_servers()
        return not found

    def allow(self, connection: Connection, roles: Roles) -> None:
        """Gives each role exactly what it needs. Raises ConfigInvalid for one that is not there or owns too much."""
        allow(connection, roles)

    def columns(self, connection: Connection) -> set[tuple[str, str]]:
        """See persistence.kind.Kind."""
        return columns_on_server(connection)

    def integrity(self, connection: Connection) -> Iterable[str]:
        """Indexes the server itself does not trust, and what is not made as in a new database."""
        invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid::regclass::text = ANY(:names) "
        invalid += "AND NOT (indisvalid AND indisready AND indislive) ORDER BY 1"
        for name in connection.execute(sa.text(invalid), {"names": [*metadata.tables]}).scalars():
            yield f"index {name} is not valid"
        yield from differences_on_server(connection)

    def refusal(self, fault: Exception, *, committing: bool) -> Refusal:
        """NoDatabase for a database that is not there, NotPermitted, or DatabaseUnavailable."""
        return refused(self.where, self._address.user, fault, committing=committing)

    def _connect(self) -> Any:
        password = password_for(self._address, self._url)
        try:
            return call(self._address, password, self._timeout)
        except Exception as fault:
            raise not_reached(self.where, fault) from fault


def _note_when(_: object, kept: Any) -> None:
    kept.info[_SINCE] = time.monotonic()
