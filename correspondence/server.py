"""A mail server as a URL names it, and the password that never stands in one.

``smtp://[user@]host[:port][?starttls=never][&ca=FILE]`` and ``smtps://[user@]host[:port][?ca=FILE]``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from workflow.errors import N_
from workflow.refusals import ConfigInvalid

#: The settings the password is read from; a command line is seen by everyone on the computer.
PASSWORD = "ARENDEGANG_SMTP_PASSWORD"  # noqa: S105 - the name of a setting
PASSWORD_FILE = "ARENDEGANG_SMTP_PASSWORD_FILE"  # noqa: S105 - as above

#: The ports for handing in mail: RFC 6409 and, with TLS from the first byte, RFC 8314.
_PORTS = {"smtp": 587, "smtps": 465}
_OPTIONS = {"smtp": {"starttls", "ca"}, "smtps": {"ca"}}
_SETTING = "ARENDEGANG_SMTP"


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where letters are handed in. ``tls``: from the first byte, by STARTTLS, or never.

    ``ca``: a file of certificates that are trusted instead of the system's own. The password is not part of what a
    Server says of itself.
    """

    host: str
    port: int
    tls: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None

    @property
    def name(self) -> str:
        """Host and port, as messages name the server."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_server(url: str, environment: Mapping[str, str], setting: str = _SETTING) -> Server:
    """The server the URL names, with the password from ``environment``; ``setting`` names the URL in refusals.

    Raises ConfigInvalid. No refusal repeats the URL or the password: either may hold what nobody should read.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ConfigInvalid(setting=setting, why=N_("host and port cannot be read from it.")) from None
    if parts.password is not None:
        why = N_("a password does not belong in a URL, where others see it; give it with {password} or {file}.")
        raise ConfigInvalid(setting=setting, why=why, password=PASSWORD, file=PASSWORD_FILE)
    if parts.scheme not in _PORTS:
        raise ConfigInvalid(setting=setting, why=N_("it must begin with smtp:// or smtps://."))
    if not parts.hostname or not _is_host(parts.hostname) or parts.path.strip("/") or parts.fragment:
        raise ConfigInvalid(setting=setting, why=N_("write smtp://[user@]host[:port] and nothing after it."))
    options = _options(parts, setting)
    user = unquote(parts.username) if parts.username else None
    tls = "always" if parts.scheme == "smtps" else options.get("starttls", "required")
    server = Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        tls=tls,
        user=user,
        password=_password(user, environment, setting),
        ca=Path(options["ca"]) if "ca" in options else None,
    )
    if user is not None and tls == "never":
        raise ConfigInvalid(setting=setting, why=N_("a login without TLS would show the password on the way."))
    return server


def _is_host(name: str) -> bool:
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return name.isprintable() and " " not in name


def _options(parts: SplitResult, setting: str) -> dict[str, str]:
    given = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(given)
    known = _OPTIONS[parts.scheme]
    if not options.keys() <= known or len(options) < len(given):
        why = N_("after the question mark there can be, once each: {known}.")
        raise ConfigInvalid(setting=setting, why=why, known=", ".join(sorted(known)))
    if options.get("starttls", "required") not in {"required", "never"}:
        raise ConfigInvalid(setting=setting, why=N_("starttls is «required» or «never»."))
    if "ca" in options and not Path(options["ca"]).is_file():
        raise ConfigInvalid(setting=setting, why=N_("there is no file of certificates {file}."), file=options["ca"])
    return options


def _password(user: str | None, environment: Mapping[str, str], setting: str) -> str | None:
    said, file = environment.get(PASSWORD), environment.get(PASSWORD_FILE)
    if said is not None and file is not None:
        raise ConfigInvalid(
            setting=PASSWORD_FILE, why=N_("{other} is set as well: leave one of them out."), other=PASSWORD
        )
    if file is not None:
        said = _read(file)
    if said is not None and user is None:
        raise ConfigInvalid(setting=setting, why=N_("there is a password, and the URL names no user for it."))
    if said is not None and not said.isascii():
        raise ConfigInvalid(setting=setting, why=N_("the password holds signs that a mail login cannot carry."))
    if user is not None and not said:
        why = N_("it names a user, and {password} and {file} give no password.")
        raise ConfigInvalid(setting=setting, why=why, password=PASSWORD, file=PASSWORD_FILE)
    return said


def _read(file: str) -> str:
    """The first line of the file of the password."""
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        raise ConfigInvalid(setting=PASSWORD_FILE, why=N_("{file} cannot be read."), file=file) from None
    return lines[0] if lines else ""
