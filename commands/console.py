"""Where answers go: data on stdout, talk on stderr."""

import json
import sys
from typing import Any, TextIO

from translations import in_use
from translations import translate as _
from workflow.errors import InBoth, Message, Remark
from workflow.lines import steers
from workflow.system_words import SYSTEM_SAYS, is_said_by_system


def emit_json(data: Any) -> None:
    """One JSON document on stdout."""
    _write_json(sys.stdout, data)


def emit_json_error(data: Any) -> None:
    """One JSON document on stderr."""
    _write_json(sys.stderr, data)


def _write_json(stream: TextIO, data: Any) -> None:
    # A console without all of Unicode still gets all of the data, in escapes.
    is_unicode = (stream.encoding or "utf-8").lower().startswith("utf")
    stream.write(json.dumps(data, ensure_ascii=not is_unicode, indent=2) + "\n")


def say(message: str = "") -> None:
    """One line on stdout for a person."""
    sys.stdout.write(seen(message) + "\n")


def remark(message: str) -> None:
    """One line on stderr: what should be heard beside the answer."""
    sys.stderr.write(seen(message) + "\n")


def seen(text: str) -> str:
    """The text with a mark for each sign that would steer the console, as one that was put into a database might."""
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if steers(sign) and sign not in "\n\t" else sign for sign in text)


def filled(template: str, **values: object) -> str:
    """A catalogue message in the reader's language, with its values. A value that is a message is told likewise."""
    return _(template).format_map(_Telling(values))


class _Telling(dict[str, object]):
    """The values of a message, each told when the message asks for it: one may itself be a message with values."""

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        if isinstance(value, str) and is_said_by_system(value):
            return said_by_system(value)
        if isinstance(value, Message):
            # Told without itself: a sentence that stood in itself would have no end.
            return _(value).format_map(_Telling({each: told for each, told in self.items() if each != name}))
        if isinstance(value, Remark):
            return filled(value.template, **value.values)
        if isinstance(value, InBoth):
            return value.swedish if in_use() == "sv" else value.english
        return value


def said_by_system(text: str) -> str:
    """What the system says in words of its own, after ours in the reader's language."""
    return f"{_(SYSTEM_SAYS)}{text.removeprefix(SYSTEM_SAYS)}"


def tell_remarks(remarks: tuple[Remark, ...] | list[Remark]) -> None:
    """Each remark on a line of its own on stderr."""
    for each in remarks:
        remark(filled(each.template, **each.values))
