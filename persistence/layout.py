"""Which layout a database has: the number of the migration it was made by, or was carried on to."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence.prepared import Prepared
from persistence.tables import Text, metadata
from workflow.errors import N_
from workflow.refusals import ConfigInvalid

#: The layout that tables.py describes: the last revision in migrations/versions.
LAYOUT = "0001"

#: Kept by Alembic. The name is our own, so that another program's migrations are not taken for ours.
marker = sa.Table(
    "arendegang_layout", sa.MetaData(), sa.Column("version_num", Text, primary_key=True), sqlite_strict=True
)

#: Asked in every unit of work, so made once.
_NUMBER = Prepared(sa.select(marker.c.version_num))


def make(connection: Connection) -> None:
    """Makes every table in an empty database, as the last migration would leave them."""
    metadata.create_all(connection, checkfirst=False)
    marker.create(connection, checkfirst=False)
    connection.execute(sa.insert(marker), {"version_num": LAYOUT})


def is_older(connection: Connection) -> bool:
    """Whether migrations are due."""
    return _found(connection) < LAYOUT


def require(connection: Connection, where: str) -> None:
    """Raises ConfigInvalid when the database has another layout than this version of the product."""
    found = _found(connection)
    if found < LAYOUT:
        raise ConfigInvalid(setting=where, why=N_("it has an earlier layout; «arendegang init» carries it over."))
    if found != LAYOUT:
        raise ConfigInvalid(setting=where, why=N_("it was made by a later version of the product; use that one."))


def _found(connection: Connection) -> str:
    """The number, told with four digits, so that the later one sorts after; empty where something else stands."""
    rows = _NUMBER.rows(connection)
    return rows[0][0] if rows and isinstance(rows[0][0], str) else ""
