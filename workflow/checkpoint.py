"""A checkpoint: what somebody outside keeps of a log, to hold it to later. Text as C2SP tlog-checkpoint has it.

Three lines: the log's origin, how many records it has, and the root of their tree (workflow/merkle.py) in Base64.
"""

import base64
import binascii
import codecs
import re

from msgspec import Struct

from workflow.bad_data import FileUnreadable
from workflow.errors import N_

_LINES = 3
_ROOT_BYTES = 32
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"[\r\n]")
#: A mail program puts blanks and marks before a line it quotes, and blanks after one it folds.
_AROUND = re.compile(r"^[>\s]+|\s+$")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class Checkpoint(Struct, frozen=True, kw_only=True):
    """The log named ``origin`` when it had ``size`` records, whose tree has the root ``root`` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines, each with its line end."""
        return f"{self.origin}\n{self.size}\n{self.root_text}\n"

    @property
    def root_text(self) -> str:
        """The root in Base64."""
        return encoded(self.root)


def encoded(root: bytes) -> str:
    """A root as a checkpoint tells it: in Base64."""
    return base64.b64encode(root).decode("ascii")


def read_checkpoint(content: bytes, path: str) -> Checkpoint:
    """The checkpoint in a file's bytes; ``path`` names the file in the refusal. Raises FileUnreadable.

    Nothing but the three lines is accepted. How lines end, empty lines, blanks at either side, the marks of a quoted
    mail and a byte order mark are no part of what they say: a checkpoint is cut out of a mail with whatever editor is
    at hand, and Windows may write what a command says in UTF-16.
    """
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileUnreadable(path=path, why=N_("it is no checkpoint: it is not text.")) from None
    lines = [told for line in _LINE_END.split(text) if (told := _AROUND.sub("", line))]
    if len(lines) != _LINES:
        why = N_("it is no checkpoint: that is three lines, and this has {count}.")
        raise FileUnreadable(path=path, why=why, count=len(lines))
    origin, size, root = lines
    if not origin.isprintable() or not origin or any(sign.isspace() for sign in origin):
        raise FileUnreadable(path=path, why=N_("it is no checkpoint: its first line is not the name of a log."))
    if not _SIZE.fullmatch(size):
        raise FileUnreadable(path=path, why=N_("it is no checkpoint: its second line is not a number of records."))
    hashed = _root(root)
    if hashed is None:
        raise FileUnreadable(path=path, why=N_("it is no checkpoint: its third line is not the root of a tree."))
    return Checkpoint(origin=origin, size=int(size), root=hashed)


def _root(text: str) -> bytes | None:
    """The 32 bytes behind the text; None unless it is the one way to write them."""
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return root if encoded(root) == text and len(root) == _ROOT_BYTES else None
