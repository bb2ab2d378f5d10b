"""The way out through a mail server. RFC 5321: 4xx is «not now», 5xx is «never», and no answer is neither."""

import contextlib
import smtplib
import ssl
from typing import Self

from msgspec import Struct

from correspondence.server import PASSWORD, Server
from correspondence.transport import Deferred, Delivered, Outcome, Refused
from workflow.errors import N_, Message, Remark
from workflow.out_of_reach import MailUnavailable
from workflow.refusals import ConfigInvalid

_LONGEST_REPLY = 200

_OK = frozenset({250, 251})
_PERMANENT = 500
_TOO_BIG = 552
_LOGIN_WANTED = 530

#: What is kept as the reason when the server said nothing.
NO_CONNECTION = N_("the mail server could not be reached")
CONNECTION_LOST = N_("the connection to the mail server was lost before the letter was handed over")
NO_ANSWER = N_("no answer came after the letter was handed over; it may have arrived")


class Patience(Struct, frozen=True, kw_only=True):
    """How long an answer is waited for, in seconds: any answer, and the one to the whole letter.

    RFC 5321 4.5.3.2 asks for ten minutes for the last: who hangs up earlier sends the letter twice.
    """

    reply: float = 60
    letter: float = 600


class SmtpTransport:
    """Hands letters to one mail server, over one connection as long as it holds."""

    def __init__(self, server: Server, patience: Patience | None = None) -> None:
        self.server = server
        self._patience = patience or Patience()
        self._connection: smtplib.SMTP | None = None
        self._out_of_reach: Deferred | None = None

    @property
    def name(self) -> str:
        """The server, by host and port."""
        return self.server.name

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """That the server could not be reached: once, however many letters had to wait for it."""
        if self._out_of_reach is None:
            return ()
        template = N_("The mail server {server} could not be reached: the letters are kept and tried again.")
        return (Remark(template, {"server": self.server.name}),)

    def __enter__(self) -> Self:
        """Connects. Raises ConfigInvalid or MailUnavailable when the server answers and will not have us.

        A server that does not answer raises nothing: every letter is then deferred.
        """
        self._connect()
        return self

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        """Takes leave of the server; amid a letter it would be heard as more of it, and no answer would come."""
        if self._connection is not None and not isinstance(fault, KeyboardInterrupt):
            with contextlib.suppress(OSError):
                self._connection.quit()
        self._drop()

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:  # noqa: ARG002 - the message has it
        """Hands over one message.

        Raises MailUnavailable when the server has something against the sender, and what entering raises when a
        connection that was lost is made anew.
        """
        if self._out_of_reach is None and self._connection is None:
            self._connect()
        if self._connection is None:
            return self._out_of_reach or Deferred(NO_CONNECTION)
        try:
            outcome = self._hand_over(self._connection, message, sender, recipient)
        except OSError:
            self._drop()
            return Deferred(CONNECTION_LOST)
        if not isinstance(outcome, Delivered):
            self._begin_anew()
        return outcome

    def _hand_over(self, connection: smtplib.SMTP, message: bytes, sender: str, recipient: str) -> Outcome:
        size = [f"size={len(message)}"] if connection.has_extn("size") else []
        code, reply = connection.mail(sender, size)
        if code >= _PERMANENT and code != _TOO_BIG:
            raise self._unavailable(code, reply)
        if code in _OK:
            code, reply = connection.rcpt(recipient)
        if code == _LOGIN_WANTED:
            raise self._unavailable(code, reply)
        return self._data(connection, message) if code in _OK else _not_taken(code, reply)

    def _data(self, connection: smtplib.SMTP, message: bytes) -> Outcome:
        self._wait_at_most(self._patience.letter)
        try:
            code, reply = connection.data(message)
        except smtplib.SMTPDataError as said:
            return _not_taken(said.smtp_code, said.smtp_error)
        except OSError:
            self._drop()
            return Deferred(NO_ANSWER)
        self._wait_at_most(self._patience.reply)
        return Delivered(_one_line(reply)) if code in _OK else _not_taken(code, reply)

    def _wait_at_most(self, seconds: float) -> None:
        if self._connection is not None and self._connection.sock is not None:
            self._connection.sock.settimeout(seconds)

    def _begin_anew(self) -> None:
        """Clears what the server remembers of the letter it did not take; it may also have hung up."""
        if self._connection is None:
            return
        try:
            code, _reply = self._connection.rset()
        except OSError:
            code = -1
        if code not in _OK:
            self._drop()

    def _connect(self) -> None:
        trust = self._trust()
        try:
            self._connection = self._opened(trust)
            self._greet(self._connection, trust)
        except smtplib.SMTPConnectError as said:
            # Said to whoever called, before there was any letter.
            self._lose(Deferred(f"{said.smtp_code} {_one_line(said.smtp_error)}"))
        except ssl.SSLCertVerificationError as fault:
            raise self._unusable(N_("its certificate cannot be trusted: {fault}."), fault.verify_message) from None
        except ssl.SSLError as fault:
            raise self._unusable(N_("no encrypted connection comes about: {fault}."), fault.reason) from None
        except smtplib.SMTPResponseException as said:
            self._drop()
            raise self._unavailable(said.smtp_code, said.smtp_error) from None
        except OSError:
            # A server that hangs up is one of these as well: the library's own exceptions are all OSErrors.
            self._lose(Deferred(NO_CONNECTION))
        except (ConfigInvalid, MailUnavailable):
            self._drop()
            raise

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.server.ca)
        except OSError:
            why = N_("it holds no certificates that can be read.")
            raise ConfigInvalid(setting=str(self.server.ca), why=why) from None

    def _opened(self, trust: ssl.SSLContext) -> smtplib.SMTP:
        host, port, patience = self.server.host, self.server.port, self._patience.reply
        if self.server.tls == "always":
            return smtplib.SMTP_SSL(host, port, timeout=patience, context=trust)
        return smtplib.SMTP(host, port, timeout=patience)

    def _greet(self, connection: smtplib.SMTP, trust: ssl.SSLContext) -> None:
        connection.ehlo_or_helo_if_needed()
        if self.server.tls == "required":
            if not connection.has_extn("starttls"):
                raise self._unusable(N_("it offers no encryption (STARTTLS). «starttls=never» does without."))
            connection.starttls(context=trust)
            connection.ehlo_or_helo_if_needed()
        if self.server.user is not None:
            self._log_in(connection, self.server.user, self.server.password or "")

    def _log_in(self, connection: smtplib.SMTP, user: str, password: str) -> None:
        """Logs in. What the server says to a wrong password is told by its number only: it may repeat the user."""
        try:
            connection.login(user, password)
        except smtplib.SMTPAuthenticationError as said:
            if said.smtp_code < _PERMANENT:
                raise self._unusable(N_("it takes no login just now (code {fault})."), said.smtp_code) from None
            why = N_("the mail server does not take this user and password (code {said}).")
            raise ConfigInvalid(setting=PASSWORD, why=why, said=said.smtp_code) from None
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException:
            why = N_("the mail server {server} knows no login that we know.")
            raise ConfigInvalid(setting=PASSWORD, why=why, server=self.server.name) from None

    def _lose(self, why: Deferred) -> None:
        self._drop()
        self._out_of_reach = why

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _unavailable(self, code: int, reply: bytes | str) -> MailUnavailable:
        why = N_("it said {code} «{reply}».")
        return MailUnavailable(server=self.server.name, why=why, code=code, reply=_one_line(reply))

    def _unusable(self, why: Message, fault: object = None) -> MailUnavailable:
        self._drop()
        return MailUnavailable(server=self.server.name, why=why, fault=fault)


def _not_taken(code: int, reply: bytes | str) -> Deferred | Refused:
    """5xx is meant for ever; whatever else is not «taken» may be otherwise another time."""
    why = _one_line(reply)
    return Refused(why, code) if code >= _PERMANENT else Deferred(why, code)


def _one_line(reply: bytes | str) -> str:
    """A server's reply on one line of at most 200 characters, with nothing in it that could steer a console."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())[:_LONGEST_REPLY]
