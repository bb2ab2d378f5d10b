"""The streams that answers leave by: every sign can be shown, and nothing breaks when nobody hears or takes it."""

import codecs
import errno
import io
import os
import sys
from typing import Any

from workflow.out_of_reach import AnswerLost
from workflow.system_words import system_words

#: Signs of typesetting, and what stood for them on a typewriter.
_PLAINER = {"–": "-", "—": "-", "…": "...", "«": '"', "»": '"', "→": "->", "·": "-", "≠": "!=", "×": "x", "§": "par."}

#: What is said of a pipe that nobody reads from any more; on Windows it may be the second.
_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}


def prepare_streams() -> None:
    """Makes what is told leave whole, or not at all, without a word about the inside.

    A character that the console's encoding lacks is told in plainer ones. Whoever has stopped reading stops nothing:
    the command ends as it would have. An answer that cannot be written down is AnswerLost.
    """
    codecs.register_error("plainer", _plainer)
    sys.stdout = _prepared(sys.stdout, is_answer=True)
    sys.stderr = _prepared(sys.stderr, is_answer=False)


class _Outlet(io.RawIOBase):
    """What leaves by a stream, until nobody takes it any more: from then on it goes nowhere."""

    def __init__(self, raw: io.RawIOBase, *, is_answer: bool) -> None:
        self._raw = raw
        self._is_answer = is_answer
        self._is_closed = False

    def write(self, content: Any, /) -> int | None:
        """Hands it on. Raises AnswerLost, once, when it is an answer and there is no room or no right for it."""
        size = memoryview(content).nbytes
        # Nothing at all is written by whoever tries what kind of stream it is, and does not hear what comes of it.
        if self._is_closed or not size:
            return size
        try:
            return self._raw.write(content)
        except OSError as fault:
            self._is_closed = True
            if self._is_answer and fault.errno not in _GONE:
                raise AnswerLost(why=system_words(fault)) from None
        return size

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


def _prepared(stream: object, *, is_answer: bool) -> io.TextIOBase:
    if stream is None:
        # Closed before we began: what is opened next must not be written to in its place.
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - as long as the process lives
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # type: ignore[return-value]  # somebody's own, who knows what becomes of it
    stream.reconfigure(errors="plainer")
    # With PYTHONUNBUFFERED there is no buffer between.
    raw = stream.buffer.raw if isinstance(stream.buffer, io.BufferedWriter) else stream.buffer
    if not isinstance(raw, io.RawIOBase) or isinstance(raw, _Outlet):
        return stream
    outlet: Any = _Outlet(raw, is_answer=is_answer)
    return io.TextIOWrapper(
        outlet if raw is stream.buffer else io.BufferedWriter(outlet),
        encoding=stream.encoding,
        errors="plainer",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _plainer(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    signs = fault.object[fault.start : fault.end]
    return "".join(_PLAINER.get(sign, "?") for sign in signs), fault.end
