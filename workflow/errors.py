"""The base of every refusal: a code, an exit code, a sentence with the value in it, and the remedy.

The sentences are message ids of the catalogues; whoever shows a refusal translates and fills them. The kinds of
refusal stand in refusals.py (the rules say no), bad_data.py, out_of_reach.py and told_apart.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar


class Message(str):
    """A text of the catalogues: whoever shows it translates it first. Any other text is shown as it is."""

    __slots__ = ()


def N_(message: str) -> Message:  # noqa: N802 - the name the catalogue extractor looks for
    """Marks a message for the catalogues."""
    return Message(message)


@dataclass(frozen=True, slots=True)
class InBoth:
    """A sentence that comes in both languages, as the rule files give theirs: whoever shows it chooses."""

    english: str
    swedish: str

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and from whom (``by`` is an id, or None when nobody in particular owes it)."""

    code: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should hear though nothing was refused: a sentence for the catalogues and its values.

    As a value of another sentence it is told first, with its own values alone.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values)


class Refusal(Exception):
    """A request that was not carried out. Nothing has been written.

    ``template`` and ``remedy`` are catalogue messages with named fields, filled from ``values``.
    """

    code: ClassVar[str]
    exit_code: ClassVar[int] = 1
    template: ClassVar[str]
    remedy: ClassVar[str] = ""

    def __init__(self, *, missing: Sequence[Missing] = (), suggestion: str | None = None, **values: object) -> None:
        super().__init__(self.code)
        self.missing = tuple(missing)
        self.suggestion = suggestion
        self.values = values

    def __str__(self) -> str:
        return self.template.format_map(self.values)
