"""What a document's terms say, as frozen data: how long it holds, how it ends, what it asks to be done meanwhile.

Source: 004 Bilaga 1, read as readings B1-01 to B1-27 and G32 to G38 have it. Every day is inclusive: a term «t.o.m.
2024-12-31» holds on that day. What the terms mean on a day is told by workflow.register.spans, never stored.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

#: How a document comes to its end.
#: ``fixed``: with its last day. ``open_ended``: «tills vidare». ``until_event``: when something has happened, which a
#: person says. ``rolling_year``: a year at a time, by itself, and nobody can give notice. ``silent_renewal``: a year
#: at a time unless notice is given in time. ``unknown``: no term is stated.
Kind = Literal["fixed", "open_ended", "until_event", "rolling_year", "silent_renewal", "unknown"]

#: What a document asks to be followed up.
#: ``yearly``: each calendar year after the first. ``yearly_after_successor``: as ``yearly``, for the document that
#: replaces this one. ``no_period``: it is to be followed up, and nothing says how often. ``no_period_after_successor``:
#: as ``no_period``, for the document that replaces this one.
FollowUp = Literal["none", "yearly", "yearly_after_successor", "no_period", "no_period_after_successor"]

#: Why the law demands that there is such a document: by a note on it, by its area (004 §3.1), or not at all.
Statutory = Literal["no", "note", "area"]

#: Who leaves by a notice: everybody, since the agreement ends, or the one who gave it.
Scope = Literal["agreement", "party"]


class NoticeRule(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How notice is given. ``months``: at the latest so many calendar months before the last day of a term (G32).

    ``yearly``: before the end of each year of a longer term too, counted back from its last day (G35).
    """

    months: int
    scope: Scope = "agreement"
    yearly: bool = False


class Validity(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How long a document holds.

    ``start``: its first day; None when it is not stated. ``end``: the last day of the term it was made for; of the
    first term, where it renews itself. ``extended_to``: the last day after one extension. ``ambiguous``: a single
    year stands there, which may be the year it holds or the year it began; somebody must say which before it expires.
    ``event`` and ``ends_with`` belong to ``until_event``: what it waits for in its own words, and the id of the
    document whose successor ends it.
    """

    kind: Kind
    start: date | None = None
    end: date | None = None
    extended_to: date | None = None
    ambiguous: bool = False
    notice: NoticeRule | None = None
    event: str | None = None
    ends_with: str | None = None


class Terms(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything a document's entry says about its time.

    ``revision_every``: years between revisions, counted from the year it began (reading G37). ``review_wanted``: the
    entry says that a review is needed, whatever the cycle. ``successor_expected``: it says that a new document is to
    take its place. ``incomplete``: it leaves open what a route needs; no step until somebody has said it.
    """

    validity: Validity
    follow_up: FollowUp = "none"
    revision_every: int | None = None
    review_wanted: bool = False
    successor_expected: bool = False
    statutory: Statutory = "no"
    incomplete: bool = False


class Leads(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How many days ahead a document's entry warns; none ahead where nothing is said.

    ``expiring``: one warning at each, graver each time. They are kept with each document as it is entered: a rule
    file that is changed later warns for what is entered after it.
    """

    expiring: tuple[int, ...] = ()
    notice: int = 0
    follow_up: int = 0
    revision: int = 0
