"""A mail server for the tests: aiosmtpd on a port of its own, that answers each recipient as it is told to."""

import asyncio
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

#: Answers that are none: the line goes dead, or nobody ever says anything.
HANGS_UP = "hangs up"
SAYS_NOTHING = "says nothing"

#: What is said to a command, one answer for each time it is given; after the last one it is the last again.
Script = Mapping[str, Sequence[str]]


@dataclass
class PostOffice:
    """What the server says to whom, and what it has taken in.

    ``to_recipient`` and ``to_letter`` are by address; who is not named is told 250. ``letters``: every letter that
    came in whole, also one that the sender got no answer to; ``taken``: those that were answered with 250.
    """

    to_sender: Sequence[str] = ()
    extra_ehlo: Sequence[str] = ()
    to_recipient: Script = field(default_factory=dict)
    to_letter: Script = field(default_factory=dict)
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _said: dict[tuple[str, str], int] = field(default_factory=dict)

    def url(self, scheme: str = "smtp", user: str = "", query: str = "?starttls=never") -> str:
        """Where the server is, as the product is told."""
        return f"{scheme}://{user}127.0.0.1:{self.port}{query}"

    def taken_by(self, recipient: str) -> list[bytes]:
        return [letter for to, letter in self.taken if to == recipient]

    async def handle_EHLO(  # noqa: N802 - the library's own name and places
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return [*responses[:1], *self.extra_ehlo, *responses[1:]]

    async def handle_MAIL(  # noqa: N802 - as above
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = self._next("sender", "", self.to_sender)
        if reply.startswith("2"):
            envelope.mail_from = address
        return await self._say(reply, server)

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = self._next("recipient", address, self.to_recipient.get(address, ()))
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return await self._say(reply, server)

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.letters.append((address, envelope.content))
        self.encrypted.append(session.ssl is not None)
        reply = self._next("letter", address, self.to_letter.get(address, ()))
        if reply.startswith("2"):
            self.taken.append((address, envelope.content))
        return await self._say(reply, server)

    def authenticate(self, *asked: Any) -> AuthResult:
        """Only ``brevlåda``'s secret opens; what was tried is kept."""
        data = asked[-1]
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"hemlig-nyckel", handled=False)

    def _next(self, command: str, address: str, script: Sequence[str]) -> str:
        if not script:
            return "250 2.0.0 Ok"
        times = self._said.get((command, address), 0)
        self._said[command, address] = times + 1
        return script[min(times, len(script) - 1)]

    async def _say(self, reply: str, server: SMTP) -> str:
        if reply == HANGS_UP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if reply in {HANGS_UP, SAYS_NOTHING}:
            await asyncio.Event().wait()
        return reply


class _OnAnyPort(Controller):
    """aiosmtpd asks for a port by number; this one takes whichever is free."""

    def __init__(self, office: PostOffice, **options: Any) -> None:
        super().__init__(office, hostname="127.0.0.1", **options)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = office.port = self._socket.getsockname()[1]

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)


@contextmanager
def opened(office: PostOffice, **options: Any) -> Iterator[PostOffice]:
    """The server in a thread of its own; ``options`` are aiosmtpd's."""
    controller = _OnAnyPort(office, server_hostname="post.example", **options)
    controller.start()
    office.connections = 0
    try:
        yield office
    finally:
        controller.stop()


def speaking_tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """What a server needs to speak TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
