"""What a database must give, whatever its make; sqlite.py and postgresql.py give it, each in its own way."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from workflow.errors import Refusal


class Roles(Struct, frozen=True, kw_only=True):
    """Who else may work in a database that has logins: they are there already, and are given what they need."""

    application: str | None = None
    auditor: str | None = None


class Kind(Protocol):
    """One make of database, reached by one URL. Nothing is opened before ``engine``'s first connection."""

    #: What the driver and the system raise beside what SQLAlchemy makes of it.
    faults: tuple[type[Exception], ...]

    #: The question that tells who is connected; None where there are no logins.
    asks_login: str | None

    @property
    def where(self) -> str:
        """The database as a person names it, without its password."""
        ...

    def engine(self) -> sa.Engine:
        """An engine that opens a connection whenever it is asked for one, and each keeps what is promised."""
        ...

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """Begins a transaction that sees one state; one that is ``writing`` is the only one until it ends."""
        ...

    def still_serves(self, connection: Connection) -> bool:
        """Whether a connection that was kept still leads to the database as it is reached today."""
        ...

    @property
    def file(self) -> Path | None:
        """The file that it is or will be; None where a server keeps it."""
        ...

    def require_there(self) -> None:
        """Raises NoDatabase where a connection would make one, or find none."""
        ...

    def make_room(self) -> None:
        """Makes what must be there before a database can be created."""
        ...

    def claim(self, connection: Connection) -> bool:
        """Takes an empty database for ours. False when it holds tables already; NoDatabase when they are others'."""
        ...

    def allow(self, connection: Connection, roles: Roles) -> None:
        """Gives each role exactly what it needs. Raises ConfigInvalid for one that cannot have it."""
        ...

    def columns(self, connection: Connection) -> set[tuple[str, str]]:
        """Each table there is of ours, with each of its columns."""
        ...

    def integrity(self, connection: Connection) -> Iterable[str]:
        """What does not hold of the database itself, in its own words."""
        ...

    def refusal(self, fault: Exception, *, committing: bool) -> Refusal:
        """What a person is told of a fault; ``committing``: it came as the transaction was being ended."""
        ...
