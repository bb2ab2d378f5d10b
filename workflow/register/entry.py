"""A document's entry in the register: what it is, who has handled it, and its terms."""

from msgspec import Struct

from workflow.register.terms import Terms


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One row of a register. Everything is by id; ``group`` is None where a type can do without.

    ``recommending`` and ``preparing`` are the two columns of forums as the table has them, and
    ``recommending_as_printed`` stands where the first names no forum (as row 10 of Bilaga 1). ``variant`` and
    ``lifted`` say how its stored route differs from the rule for its type. ``parties``: empty when all are bound.
    ``validity_text`` and ``notes`` are the words of the table.
    """

    id: str
    title: str
    type: str
    group: str | None = None
    level: str | None = None
    recommending: tuple[str, ...] = ()
    recommending_as_printed: str | None = None
    preparing: tuple[str, ...] = ()
    variant: str | None = None
    lifted: bool = False
    parties: tuple[str, ...] = ()
    validity_text: str = ""
    notes: str = ""
    terms: Terms
