"""The names that rows are read against: those of a rule set, found as the commands find them."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from workflow.county_tables import Document
from workflow.errors import N_, Refusal, Remark
from workflow.names import Names
from workflow.rulebook import Rulebook

#: Longest id of a document.
LONGEST_ID = 60
#: What is said of any other text; ``most`` is LONGEST_ID.
NO_ID = N_("an id has small letters a–z, digits and hyphens, {most} at most.")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# So many different names are kept at hand: a table repeats a few, and a faulty one may hold any number.
_AT_HAND = 4096


def is_document_id(text: str) -> bool:
    """Whether a document of the register may have that id."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


class Known:
    """Ids for names under one rule set. ``remarks`` has, once each, what was read as something else than written."""

    def __init__(self, rules: Rulebook) -> None:
        self._names = Names(rules)
        self._documents = {each.id: each for each in rules.register.document}
        self._rows = {each.row: each for each in rules.register.document}
        self._variants = frozenset(each.id for each in rules.register.variant)
        self._types = {each.id: each for each in rules.county.type}
        self._find: dict[str, Callable[[str], str]] = {
            "type": self._names.document_type,
            "group": self._names.group,
            "forum": self._names.forum,
            "party": lambda text: self._names.party(text, N_("the document")),
        }
        self._looked_up = lru_cache(_AT_HAND)(self._look_up)
        self._remarks: dict[tuple[str, str], Remark] = {}

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was read as something else than written."""
        return tuple(self._remarks.values())

    def id_of(self, kind: str, text: str) -> str:
        """The id of a ``type``, ``group``, ``forum`` or ``party``. Raises the refusal for an unknown one."""
        found = self._looked_up(kind, text)
        if isinstance(found, Refusal):
            # A new one each time: the traceback of one that is raised again would grow with every row.
            values: dict[str, Any] = found.values
            raise type(found)(suggestion=found.suggestion, **values)
        return found

    def _look_up(self, kind: str, text: str) -> str | Refusal:
        try:
            found = self._find[kind](text)
        except Refusal as refusal:
            return refusal
        for remark in self._names.remarks:
            self._remarks.setdefault((kind, found), remark)
        self._names.remarks.clear()
        return found

    def document(self, document: str) -> Document | None:
        """The row of Bilaga 1 with that id, or None."""
        return self._documents.get(document)

    def row(self, number: int) -> Document | None:
        """The row of Bilaga 1 with that number, or None."""
        return self._rows.get(number)

    def has_variant(self, variant: str) -> bool:
        """Whether the rule set has that way of its own."""
        return variant in self._variants

    def lacks(self, document_type: str, group: str | None, level: str | None) -> bool:
        """Whether a document of the type has no route before a group or a level has been said."""
        sort = self._types[document_type]
        return (sort.group == "required" and group is None) or (sort.level == "required" and level is None)
