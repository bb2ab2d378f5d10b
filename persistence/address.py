"""Where a PostgreSQL server is and who calls: from the URL, and from the settings every PostgreSQL program heeds."""

import getpass
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from sqlalchemy.engine import URL

from workflow.errors import N_, Message
from workflow.refusals import ConfigInvalid

_KEYS = {"host", "sslmode", "sslrootcert", "timeout"}
_MODES = ("disable", "prefer", "require", "verify-full")
_ON_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}
_USUAL_PORT = 5432

#: A line of a password file: fields between colons, in which a backslash takes a colon or a backslash literally.
_FIELD = re.compile(r"((?:[^:\\]|\\.)*)(?::|$)")


class Address(Struct, frozen=True, kw_only=True):
    """Where to call, and as whom. ``folder``: of the server's socket, in place of a host.

    The password is asked for when it is needed, and is nowhere in this record: what is printed cannot hold it.
    """

    host: str
    port: int
    folder: str | None
    user: str
    database: str
    mode: str
    root_certificate: str | None

    @property
    def where(self) -> str:
        """The database as a person names it."""
        if self.folder is not None:
            return f"postgresql://{self.user}@/{self.database}?host={self.folder}"
        port = "" if self.port == _USUAL_PORT else f":{self.port}"
        return f"postgresql://{self.user}@{self.host}{port}/{self.database}"


def read_address(url: URL) -> Address:
    """What the URL says, or else PGUSER and the name of who runs this. Raises ConfigInvalid."""
    query = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    if not url.database or "\0" in f"{url.database}{url.username}{url.host}":
        raise _invalid(N_("name the database: postgresql://USER@HOST/NAME."))
    if not query.keys() <= _KEYS:
        raise _invalid(N_("only host, sslmode, sslrootcert and timeout can be set after the question mark."))
    named = query.get("host")
    folder = named if named is not None and named.startswith("/") else None
    host = url.host or named or "localhost"
    # Whoever sits on the line between two computers could strike out an offer to encrypt.
    mode = query.get("sslmode", "prefer" if host in _ON_THIS_COMPUTER else "verify-full")
    if mode not in _MODES:
        raise _invalid(N_("sslmode is disable, prefer, require or verify-full."))
    return Address(
        host=host,
        port=url.port or _USUAL_PORT,
        folder=folder,
        user=url.username or os.environ.get("PGUSER") or _own_name(),
        database=url.database,
        mode=mode,
        root_certificate=query.get("sslrootcert"),
    )


def password_for(address: Address, url: URL) -> str | None:
    """The password: from the URL, from PGPASSWORD, or from the password file. Raises ConfigInvalid."""
    if url.password is not None:
        return str(url.password)
    return os.environ.get("PGPASSWORD") or _from_file(address)


def _from_file(address: Address) -> str | None:
    """The first line of the file that fits, as libpq reads it: host:port:database:user:password, «*» fits all."""
    file = _password_file()
    if not file.is_file():
        return None
    _require_private(file)
    host = "localhost" if address.folder is not None else address.host
    asked = (host, str(address.port), address.database, address.user)
    for *known, password in _lines(file):
        if all(said in {"*", wanted} for said, wanted in zip(known, asked, strict=True)):
            return password
    return None


def _password_file() -> Path:
    named = os.environ.get("PGPASSFILE")
    if named:
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", "~")).expanduser() / "postgresql" / "pgpass.conf"
    return Path("~/.pgpass").expanduser()


def _require_private(file: Path) -> None:
    # Windows keeps its rights elsewhere, and tells of a mode that says nothing.
    if os.name != "nt" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        why = N_("others may read the password file: only its owner may (chmod 600).")
        raise ConfigInvalid(setting=str(file), why=why)


def _lines(file: Path) -> Iterator[list[str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigInvalid(setting=str(file), why=N_("the password file cannot be read.")) from None
    for line in text.split("\n"):
        fields = [re.sub(r"\\(.)", r"\1", field) for field in _FIELD.findall(line.rstrip("\r"))][:5]
        if len(fields) == 5 and not line.startswith("#"):  # noqa: PLR2004 - as the docstring of _from_file has them
            yield fields


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise _invalid(N_("name who calls: postgresql://USER@HOST/NAME.")) from None


def _invalid(why: Message) -> ConfigInvalid:
    return ConfigInvalid(setting="--db", why=why)
