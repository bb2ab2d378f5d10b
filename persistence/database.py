"""Reaching the database by its URL: one writer at a time, readers with one state, and faults told in one line."""

import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url

from persistence import layout
from persistence.kind import Kind, Roles
from persistence.make import lacking
from persistence.sqlite import Sqlite
from workflow.errors import N_, Refusal
from workflow.refusals import ConfigInvalid

_NO_ROLES = Roles()


class Database:
    """One database by URL. Nothing is opened before it is used; ``create`` makes it, all else expects it."""

    def __init__(self, url: str | URL) -> None:
        """Raises ConfigInvalid for what is no URL of a database that we serve."""
        self._kind = _kind_of(url)
        self._engine = self._kind.engine()
        self._lets_go = False
        self._idle: list[Connection] = []
        # Closed with the object, and at the latest with the process.
        weakref.finalize(self, _close_all, self._idle)

    @property
    def where(self) -> str:
        """The file or the server's database as it was named, without a password."""
        return self._kind.where

    @property
    def file(self) -> Path | None:
        """The file that it is or will be; None where a server keeps it."""
        return self._kind.file

    def create(self, roles: Roles = _NO_ROLES) -> None:
        """Makes the tables, or carries those of an earlier layout over; changes nothing where they are as they should.

        ``roles`` are given what they need. Raises NoDatabase when what is there is something else's, ConfigInvalid for
        a later layout or a role that cannot have it, HistoryBroken when views cannot be made anew for this layout,
        NotPermitted, or DatabaseUnavailable.
        """
        with self.told():
            self._kind.make_room()
        with self.told(), self._transaction(writing=True) as connection:
            if self._kind.claim(connection):
                layout.make(connection)
            elif layout.is_older(connection):
                # Loading Alembic takes longer than most commands do.
                from persistence.migrations import migrate  # noqa: PLC0415 - only here is it needed

                migrate(connection)
            layout.require(connection, self.where)
            self._kind.allow(connection, roles)

    @cached_property
    def login(self) -> str | None:
        """Who is connected, as the database itself knows them; None where it has no logins, and nothing is opened."""
        if self._kind.asks_login is None:
            return None
        with self.reading() as connection:
            return str(connection.exec_driver_sql(self._kind.asks_login).scalar_one())

    def let_go_between(self) -> None:
        """From now on a file is closed after each unit of work: for a process that lives long and works seldom.

        Whoever copies the file meanwhile then finds all of it in it. A server's connections are kept as they are.
        """
        self._lets_go = self.file is not None

    def close(self) -> None:
        """Closes what is kept for the next unit of work, which opens it again."""
        _close_all(self._idle)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database. Raises NoDatabase or DatabaseUnavailable."""
        with self._opened(writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that is the only writer until it is done. Raises NoDatabase or DatabaseUnavailable."""
        with self._opened(writing=True) as connection:
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """As ``reading``, whatever layout is there: for whoever judges what is made how."""
        with self._opened(writing=False, of_our_layout=False) as connection:
            yield connection

    def lacking(self, connection: Connection) -> frozenset[str]:
        """The tables, the marker of the layout among them, that are not there, or lack a column that is read."""
        return lacking(self._kind.columns(connection))

    def integrity(self, connection: Connection) -> Iterable[str]:
        """What does not hold of the database itself, in its own words."""
        return self._kind.integrity(connection)

    @contextmanager
    def told(self, *, committing: bool = False) -> Iterator[None]:
        """Turns what the database says of itself into a refusal; what the rules say passes through."""
        try:
            yield
        except Refusal:
            raise
        except sa.exc.DBAPIError as fault:
            raise self._kind.refusal(_original(fault), committing=committing) from fault
        except self._kind.faults as fault:
            raise self._kind.refusal(fault, committing=committing) from fault

    @contextmanager
    def _opened(self, *, writing: bool, of_our_layout: bool = True) -> Iterator[Connection]:
        with self.told():
            self._kind.require_there()
        try:
            with self.told(), self._transaction(writing=writing) as connection:
                if of_our_layout:
                    layout.require(connection, self.where)
                yield connection
        finally:
            if self._lets_go:
                self.close()

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        connection = self._at_hand()
        try:
            with connection.begin() as transaction:
                self._kind.begin(connection, writing=writing)
                yield connection
                with self.told(committing=True):
                    # Nothing to keep; and a server that refused a question, which an audit survives, keeps nothing.
                    (transaction.commit if writing else transaction.rollback)()
        except BaseException:
            # A transaction whose commit failed is still open, with its lock, though the library takes it for ended.
            _drop(connection)
            raise
        self._idle.append(connection)

    def _at_hand(self) -> Connection:
        """A connection that nobody uses: to open one takes longer than most units of work."""
        while self._idle:
            # Another thread may have been quicker.
            with suppress(IndexError):
                connection = self._idle.pop()
                if self._kind.still_serves(connection):
                    return connection
                _drop(connection)
        return self._engine.connect()


def _drop(connection: Connection) -> None:
    connection.invalidate()
    connection.close()


def _close_all(idle: list[Connection]) -> None:
    while idle:
        idle.pop().close()


def _original(fault: sa.exc.DBAPIError) -> Exception:
    return fault.orig if isinstance(fault.orig, Exception) else fault


def _kind_of(given: str | URL) -> Kind:
    url = _read_url(given)
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return Sqlite(url)
    if url.drivername in {"postgresql", "postgresql+pg8000"}:
        from persistence.postgresql import Postgresql  # noqa: PLC0415 - who has a file need not wait for the driver

        return Postgresql(url)
    raise ConfigInvalid(setting="--db", why=N_("only sqlite:///FILE and postgresql://USER@HOST/NAME are served."))


def _read_url(given: str | URL) -> URL:
    try:
        return make_url(given)
    except (sa.exc.ArgumentError, ValueError):
        raise ConfigInvalid(setting="--db", why=N_("it is not a database URL; write sqlite:///FILE.")) from None
