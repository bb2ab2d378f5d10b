"""What a PostgreSQL server says of a fault, and how a person is told it."""

import ssl
from collections.abc import Mapping

from pg8000.exceptions import Error  # type: ignore[import-untyped]  # the driver tells no types

from persistence.calling import PromiseBroken
from workflow.bad_data import NoDatabase
from workflow.errors import N_, Message, Refusal
from workflow.refusals import DatabaseDamaged, DatabaseUnavailable, NotPermitted, OutcomeUnknown

#: What the driver raises, and the system where the line breaks.
FAULTS: tuple[type[Exception], ...] = (OSError, Error)

_LOST = N_("the connection was lost.")

#: By SQLSTATE, or by the class that its first two signs are. What is not listed is told as the server says it.
_WHY: Mapping[str, Message] = {
    "28P01": N_("the server does not accept the login or its password."),
    "28": N_("the server does not let this login in from here."),
    "53100": N_("the disk is full."),
    "53300": N_("the server takes no more connections just now."),
    "55P03": N_("another program is writing to it."),
    "57014": N_("the server took longer than it may."),
    "25P03": N_("the connection stood idle for too long."),
    "57P03": N_("the server is starting or stopping."),
    "57": N_("the server has ended the connection."),
    "08": _LOST,
}

#: The same, of what no waiting mends.
_DAMAGES: Mapping[str, Message] = {
    "42P01": N_("a table is missing."),
    "42703": N_("a column is missing."),
    "XX001": N_("the server cannot read what it has kept."),
    "XX002": N_("the server cannot read what it has kept."),
}

#: Those after which nobody is at the other end.
_ENDED = ("08", "25P03", "57P")

#: What stands for a SQLSTATE where the server said nothing.
_SILENT = "08006"


def not_reached(where: str, fault: Exception) -> Refusal:
    """What came of a call that led to no session."""
    if isinstance(fault, PromiseBroken):
        return DatabaseUnavailable(where=where, why=f"{fault}.")
    if isinstance(fault, ssl.SSLError):
        return DatabaseUnavailable(
            where=where, why=N_("the server's certificate, or its way of encrypting, is not trusted.")
        )
    if "SSL" in str(fault):
        return DatabaseUnavailable(
            where=where, why=N_("the server does not encrypt; «sslmode» in the URL says when it must.")
        )
    if isinstance(fault, OSError):
        return DatabaseUnavailable(where=where, why=N_("nobody answers at that host and port."))
    if _said(fault)["C"] == _SILENT:
        why = N_("what answers there is no PostgreSQL server, or it will not speak as we must ask.")
        return DatabaseUnavailable(where=where, why=why)
    return refused(where, "", fault, committing=False)


def refused(where: str, user: str, fault: Exception, *, committing: bool) -> Refusal:
    """What a fault on an open connection means for whoever asked."""
    said = _said(fault)
    code = said["C"]
    if code == "3D000":
        return NoDatabase(where=where, why=N_("the server has no database of that name."))
    if code == "42P01" and "arendegang_layout" in said["M"]:
        return NoDatabase(where=where, why=N_("it is empty."))
    if code in {"42501", "25006"}:
        return NotPermitted(who=user, why=said["M"])
    if code in _DAMAGES:
        return DatabaseDamaged(where=where, why=_DAMAGES[code], said=said["M"])
    why: str = _WHY.get(code) or _WHY.get(code[:2]) or f"{said['M']}."
    unknown = committing and code.startswith(_ENDED)
    return (OutcomeUnknown if unknown else DatabaseUnavailable)(where=where, why=why)


def _said(fault: Exception) -> Mapping[str, str]:
    """The server's own fields: C is the SQLSTATE, M the message."""
    if isinstance(fault, Error) and fault.args and isinstance(fault.args[0], dict):
        return {"C": "", "M": "", **fault.args[0]}
    return {"C": _SILENT, "M": str(fault)}
