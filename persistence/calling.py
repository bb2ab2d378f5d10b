"""Calling a PostgreSQL server: a socket, TLS as asked for, and a session that keeps what is promised."""

import contextlib
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

import pg8000  # type: ignore[import-untyped]  # the driver tells no types

from persistence.address import Address

#: Seconds to wait until a server takes the call.
_CALLED = 10.0
#: Seconds a statement may take, and a transaction may stand idle, before the server ends it.
_STATEMENT = 60
_IDLE = 300
#: Seconds longer than any statement: after that nobody is there any more.
_ANSWERED = _STATEMENT + 15.0


_NO_FOLDERS = "this system has no sockets in folders"


class PromiseBroken(Exception):
    """The server, or this system, does not hold what everything else relies on."""


def settings(timeout: float) -> dict[str, str]:
    """What every session is opened with; ``timeout``: seconds to wait for another writer (0: one millisecond)."""
    return {
        "statement_timeout": f"{_STATEMENT * 1000}",
        "lock_timeout": f"{max(1, round(timeout * 1000))}",
        "idle_in_transaction_session_timeout": f"{_IDLE * 1000}",
        "synchronous_commit": "on",
        "client_encoding": "UTF8",
    }


#: What a session must hold beside what it was opened with: a server that says «done» before it is done keeps nothing.
_OF_THE_SERVER = {"fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}


def call(address: Address, password: str | None, timeout: float) -> Any:
    """A connection outside any transaction. Raises PromiseBroken, OSError, and what the driver raises."""
    wanted = settings(timeout)
    with _socket(address) as line:
        raw = pg8000.Connection(
            address.user,
            host=address.host,
            port=address.port,
            database=address.database,
            # None would be an error of the driver's own when the server asks for one.
            password=password or "",
            application_name="arendegang",
            startup_params=wanted,
            ssl_context=_tls(address),
            sock=line,
        )
    # Every transaction is begun by hand: the driver's own way would not say at which level.
    raw.autocommit = True
    _require(raw, wanted)
    return raw


@contextlib.contextmanager
def _socket(address: Address) -> Iterator[socket.socket]:
    """An open line; closed again when the call comes to nothing."""
    if address.folder is not None:
        if not hasattr(socket, "AF_UNIX"):
            raise PromiseBroken(_NO_FOLDERS)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    else:
        line = socket.create_connection((address.host, address.port), _CALLED)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    try:
        if address.folder is not None:
            line.connect(f"{address.folder}/.s.PGSQL.{address.port}")
        line.settimeout(_ANSWERED)
        yield line
    except BaseException:
        line.close()
        raise


def _tls(address: Address) -> Any:
    """As the driver wants it: False for none, None for TLS if the server has it, True for no call without it."""
    if address.folder is not None or address.mode == "disable":
        return False
    if address.mode == "verify-full":
        return ssl.create_default_context(cafile=address.root_certificate)
    return True if address.mode == "require" else None


def _require(raw: Any, opened_with: Mapping[str, str]) -> None:
    wanted = {**opened_with, **_OF_THE_SERVER}
    cursor = raw.cursor()
    cursor.execute(f"SELECT {', '.join(_asked(name) for name in wanted)}")
    for (name, value), held in zip(wanted.items(), cursor.fetchone(), strict=True):
        if held != value:
            raw.close()
            raise PromiseBroken(f"{name} is {held}, not {value}")


def _asked(name: str) -> str:
    """The setting in SQL; the server tells a time in the unit it finds handiest, so it is asked for milliseconds."""
    held = f"current_setting('{name}')"
    return f"(extract(epoch FROM {held}::interval) * 1000)::bigint::text" if name.endswith("_timeout") else held
