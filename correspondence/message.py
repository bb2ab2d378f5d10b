"""The message a letter is sent as: from the same letter always the same bytes.

RFC 5322 and 2045–2047; RFC 3834 for ``Auto-Submitted``. Every byte is ASCII and no line of the text is long, so that
no server on the way has a reason to write the message anew.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePosixPath

from msgspec import Struct

from correspondence.address import address_line
from correspondence.letter import Written
from workflow.bad_data import ValueInvalid
from workflow.errors import N_
from workflow.lines import one_line

# A Message-ID that is long by itself would otherwise be folded into a form that mail programs do not find again.
_POLICY = SMTP.clone(refold_source="none")

#: Signs that some system takes in no file name, or reads as a way to another folder.
_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*]')

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>", re.ASCII)

#: The longest subject and file name.
_LONGEST_LINE = 500
#: The longest a line may be on its way (RFC 5322).
_LONGEST_ID = 900

#: The types of the files that texts come as. The system's own table differs from one computer to the next, and the
#: message must not.
_TYPES: Mapping[str, str] = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_UNKNOWN = "application/octet-stream"


class Headers(Struct, frozen=True, kw_only=True):
    """Who a message is from and to, functional addresses all, and what it is known by.

    ``date`` has a time zone. ``answers`` is the Message-ID of the letter that a reminder belongs to. ``unsent``: a
    mail program that opens the message offers to send it.
    """

    sender: str
    reply_to: str
    to: str
    message_id: str
    date: datetime
    answers: str | None = None
    unsent: bool = False


class Attachment(Struct, frozen=True):
    """A file that goes with the letter, byte for byte; in its name a low line stands for what no file name may hold."""

    name: str
    content: bytes


def compose(letter: Written, headers: Headers, attachment: Attachment | None = None) -> bytes:
    """The message, its lines ended as they are sent.

    Raises ValueInvalid for anything that would not fit on its line of the head: a line break in a subject, an
    address or a file name never starts a line of its own. Raises ValueError for a date without a time zone.
    """
    if headers.date.tzinfo is None:
        raise ValueError(f"{headers.date} has no time zone")
    message = EmailMessage(policy=_POLICY)
    _set_subject(message, one_line("Subject", letter.subject, _LONGEST_LINE))
    message["From"] = address_line("From", headers.sender)
    message["Reply-To"] = address_line("Reply-To", headers.reply_to)
    message["To"] = address_line("To", headers.to)
    message["Date"] = headers.date
    message.set_raw("Message-ID", _message_id("Message-ID", headers.message_id))
    if headers.answers is not None:
        message.set_raw("In-Reply-To", _message_id("In-Reply-To", headers.answers))
        message.set_raw("References", _message_id("References", headers.answers))
    message["Auto-Submitted"] = "auto-generated"
    if headers.unsent:
        message["X-Unsent"] = "1"
    message.set_content(letter.text, cte="quoted-printable")
    if attachment is not None:
        _attach(message, attachment)
        # No part can hold these two signs: neither way of encoding them writes an equals sign before a low line.
        message.set_boundary(f"=_{hashlib.sha256(headers.message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes(policy=_POLICY)


def _set_subject(message: EmailMessage, subject: str) -> None:
    if "=?" in subject:
        # Left as it is, it would be read as an encoded word and shown as something else.
        message.set_raw("Subject", Header(subject, "utf-8", header_name="Subject").encode())
    else:
        message["Subject"] = subject


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    name = _NO_FILE_NAME.sub("_", one_line("filename", attachment.name, _LONGEST_LINE))
    maintype, _, subtype = _type_of(name).partition("/")
    message.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=name,
        params={"charset": "utf-8"} if maintype == "text" and _is_utf8(attachment.content) else None,
    )


def _type_of(name: str) -> str:
    return _TYPES.get(PurePosixPath(name).suffix.casefold(), _UNKNOWN)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _message_id(field: str, text: str) -> str:
    if len(text) > _LONGEST_ID or not _MESSAGE_ID.fullmatch(text):
        raise ValueInvalid(field=field, why=N_("«{given}» is no Message-ID."), given=text)
    return text
