"""Who may do what on a PostgreSQL server: the owner makes the tables, and everybody else gets what they need."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from persistence.kind import Roles
from persistence.tables import WRITTEN_ONCE, metadata
from workflow.errors import N_, Message
from workflow.refusals import ConfigInvalid, NotPermitted

_LAYOUT = "arendegang_layout"
_READ = "SELECT"
_ADD = "SELECT, INSERT"
_KEEP = "SELECT, INSERT, UPDATE, DELETE"


def allow(connection: Connection, roles: Roles) -> None:
    """Gives each role exactly what it needs: what it had beside that on our tables is taken back.

    Raises ConfigInvalid for a role that does not exist, or that could change the log all the same; NotPermitted when
    it is not the owner who asks.
    """
    if roles != Roles():
        _require_owner(connection)
    if roles.application is not None:
        _require_harmless(connection, "--application-role", roles.application)
        rights = dict.fromkeys(metadata.tables, _KEEP)
        rights |= {table.name: _ADD for table in WRITTEN_ONCE}
        _grant(connection, roles.application, {**rights, _LAYOUT: _READ})
    if roles.auditor is not None:
        _require_harmless(connection, "--auditor-role", roles.auditor)
        _grant(connection, roles.auditor, dict.fromkeys([*metadata.tables, _LAYOUT], _READ))


def _grant(connection: Connection, role: str, rights: dict[str, str]) -> None:
    quoted = connection.dialect.identifier_preparer.quote_identifier
    schema = quoted(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {quoted(role)}")
    for table, right in rights.items():
        place = f"{schema}.{quoted(table)}"
        connection.exec_driver_sql(f"REVOKE ALL ON {place} FROM {quoted(role)}")
        connection.exec_driver_sql(f"GRANT {right} ON {place} TO {quoted(role)}")


def _require_owner(connection: Connection) -> None:
    """Whoever has no right to give is only warned by the server, and nothing is given."""
    query = "SELECT current_user, pg_has_role(tableowner, 'USAGE') FROM pg_tables "
    query += "WHERE tablename = 'event' AND schemaname = current_schema()"
    found = connection.exec_driver_sql(query).one_or_none()
    if found is None or not found[1]:
        who = found[0] if found else "–"
        raise NotPermitted(who=who, why=N_("only the owner of the tables gives rights to them"))


def _require_harmless(connection: Connection, setting: str, role: str) -> None:
    """Rights that were not given cannot be taken back: a superuser has all, and a member of the owner the owner's."""
    query = sa.text(
        "SELECT rolsuper OR pg_has_role(rolname, tableowner, 'MEMBER') FROM pg_roles, pg_tables "
        "WHERE rolname = :role AND tablename = 'event' AND schemaname = current_schema()"
    )
    found = connection.execute(query, {"role": role}).scalar()
    why: Message
    if found is None:
        why = N_("the server has no role of that name; its administrator creates it.")
        raise ConfigInvalid(setting=f"{setting} {role}", why=why)
    if found:
        why = N_("it owns the tables or may become who does; name a role that cannot change the log.")
        raise ConfigInvalid(setting=f"{setting} {role}", why=why)
