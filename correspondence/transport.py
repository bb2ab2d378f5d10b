"""How letters leave: what a transport is, and what can become of a letter."""

from types import TracebackType
from typing import Protocol, Self

from msgspec import Struct

from workflow.errors import Remark


class Delivered(Struct, frozen=True):
    """Whoever takes letters has taken this one; ``reply`` is what they said to it, or the file it lies in."""

    reply: str


class Deferred(Struct, frozen=True):
    """Not now, for no fault of the letter's: it is to be tried again under the same Message-ID.

    ``why`` is one line: a server's reply, or a message of the catalogues. ``code``: the server's answer to this letter;
    None when there was none, and any other would have fared alike.
    """

    why: str
    code: int | None = None


class Refused(Struct, frozen=True):
    """Never: this letter cannot be delivered to this recipient. ``why`` and ``code`` as in ``Deferred``."""

    why: str
    code: int | None = None


Outcome = Delivered | Deferred | Refused


class Transport(Protocol):
    """A way out for letters. Entered once for any number of them: one connection, or one folder.

    Entering and delivering raise a Refusal (MailUnavailable, ConfigInvalid) when no letter can leave and none is to
    blame. ``remarks`` tells what a person should hear once, however many letters it concerns.
    """

    @property
    def name(self) -> str:
        """What the history calls this way out."""
        ...

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What a person should hear of the delivery as a whole."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None, /
    ) -> None: ...

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:
        """Hands over one message for one recipient, and tells what became of it."""
        ...
