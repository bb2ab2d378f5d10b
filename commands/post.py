"""How letters are sent from here: which way, from whom, by which templates. The same options wherever they are sent."""

import os
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.clock import SystemClock
from commands.params import option
from commands.session import Session
from correspondence.address import is_address
from correspondence.templates import SETTING as LETTERS
from correspondence.templates import read_templates
from scheduler.letters import Letterhead
from scheduler.outbox import Sender
from workflow.errors import N_, Remark
from workflow.refusals import ConfigInvalid

if TYPE_CHECKING:
    from correspondence.transport import Transport

SERVER = "ARENDEGANG_SMTP"
FOLDER = "ARENDEGANG_OUTBOX"
FROM = "ARENDEGANG_MAIL_FROM"
REPLY_TO = "ARENDEGANG_MAIL_REPLY_TO"

_OPTIONS = (
    option(
        "--smtp",
        metavar="URL",
        envvar=SERVER,
        help=N_("The mail server, as smtps://USER@HOST. Without one each letter becomes a file in a folder."),
    ),
    option(
        "--outbox",
        metavar="FOLDER",
        envvar=FOLDER,
        help=N_("The folder for letters as files; «outbox» beside the database when it is left out."),
    ),
    option("--from", metavar="ADDRESS", envvar=FROM, help=N_("The functional address that letters are from.")),
    option(
        "--reply-to",
        metavar="ADDRESS",
        envvar=REPLY_TO,
        help=N_("The secretary's functional address, where the parties answer; the sender's when it is left out."),
    ),
)
_LETTERS_OPTION = option(
    "--letters", metavar="FOLDER", envvar=LETTERS, help=N_("A folder with the county's own templates.")
)


def letterhead_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a letter looks and where it goes."""
    for each in reversed((*_OPTIONS, _LETTERS_OPTION)):
        command = each(command)
    return command


def transport(session: Session, options: dict[str, Any]) -> "Transport":
    """The way out that the options name: a mail server, or a folder. Raises ConfigInvalid."""
    if options["smtp"] is None:
        from correspondence.folder import FolderTransport

        return FolderTransport(folder(session, options))
    from correspondence.server import read_server
    from correspondence.smtp import SmtpTransport

    return SmtpTransport(read_server(options["smtp"], os.environ, SERVER))


def sender(session: Session, options: dict[str, Any], day: date) -> Sender:
    """Who sends from here on ``day``: a sender like no other, by the way and under the letterhead the options name."""
    return Sender(
        name=f"{os.getpid()}-{secrets.token_hex(4)}",
        day=day,
        head=letterhead(session, options),
        transport=transport(session, options),
        clock=SystemClock(),
    )


def folder(session: Session, options: dict[str, Any]) -> Path:
    """The folder for letters as files."""
    return Path(options["outbox"]) if options["outbox"] is not None else session.beside_the_database("outbox")


def letterhead(session: Session, options: dict[str, Any]) -> Letterhead:
    """Who letters are from, and how they are worded. Raises ConfigInvalid.

    Files may do without an address: whoever sends them on has one. A mail server takes no letter without.
    """
    sender, reply_to = _address(options["from"], FROM), _address(options["reply_to"], REPLY_TO)
    if sender is None and options["smtp"] is not None:
        raise ConfigInvalid(setting=FROM, why=N_("a mail server takes no letter without the address it is from."))
    if sender is None:
        # A name that by RFC 2606 never exists: an answer to it comes back, and does not go to a stranger.
        sender = f"arendegang@{session.engine.organisation.origin}.invalid"
        answer_to = reply_to
    else:
        answer_to = reply_to or sender
    return Letterhead(
        sender=sender,
        reply_to=reply_to or sender,
        answer_to=answer_to,
        templates=read_templates(Path(options["letters"]) if options["letters"] is not None else None),
        unsent=options["smtp"] is None,
    )


def no_sender(head: Letterhead) -> Remark:
    """That letters have left whose sender cannot be answered."""
    template = N_("No sender is set ({setting}): the letters are from {sender}, which takes no answers.")
    return Remark(template, {"setting": FROM, "sender": head.sender})


def _address(given: str | None, setting: str) -> str | None:
    if given is not None and not is_address(given):
        raise ConfigInvalid(setting=setting, why=N_("«{given}» is not a mail address."), given=given)
    return given
