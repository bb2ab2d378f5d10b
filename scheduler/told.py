"""What the clock tells of itself, as it happens; whoever hears it finds the words."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from workflow.errors import Refusal


class Told(Struct, frozen=True, kw_only=True):
    """One thing that happened to the clock, by name, at a moment in UTC, with what there is to say of it."""

    event: str
    at: datetime
    values: dict[str, object] = {}


#: Hears what happens, as it happens, on whatever thread it happens.
Tell = Callable[[Told], None]


def in_one_line(fault: BaseException) -> str:
    """The fault for a log: its code or kind, and what it says."""
    name = fault.code if isinstance(fault, Refusal) else type(fault).__name__
    return " ".join(f"{name}: {fault}".split())
