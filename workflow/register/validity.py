"""How long a document holds, read as people write it: ``2014–2025``, ``2018 -tills vidare``, ``Tom 2024-12-31``.

The forms are those of 004 Bilaga 1 and what is needed to write any term in the same manner. They are read whole: a
text with one word in it that is not understood is refused, since the word may have been the one that mattered.
"""

import difflib
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workflow.bad_data import DateInvalid, ValidityInvalid, ValueInvalid
from workflow.dates import read_date
from workflow.errors import N_
from workflow.lines import one_line
from workflow.register.terms import FollowUp, Kind, Validity


class ValidityUnread(ValidityInvalid):
    """A text that is no form of validity, or that says two things at once."""

    template = N_("The validity «{text}» cannot be read: {why}")
    remedy = N_(
        "Understood are «2024-2027», «2024-», «2024 - tills vidare», «1/6 2024 - 31/12 2027», «t.o.m. 2027-12-31», "
        "«2024 - tills …», «2024», each with «(förlängd t.o.m. 2028-12-31)» or «, förlängs därefter ett år i taget» "
        "where it fits, and nothing at all."
    )


class Stated(Struct, frozen=True, kw_only=True):
    """What such a text says: the term, and what some texts add to it about follow-up and revision."""

    validity: Validity
    follow_up: FollowUp | None = None
    revision_every: int | None = None


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")  # noqa: RUF001 - the signs that are written for a hyphen

_POINT = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}[ -]+\d{4}|\d{4})"
_UNTIL = r"(?:t ?\.? ?o ?\.? ?m ?\.?|till och med)"
_SINCE = r"(?:gäller )?(?:fr ?\.? ?o ?\.? ?m ?\.?|från och med|från)"
_FLAGS = re.ASCII | re.IGNORECASE

_EXTENSION = re.compile(rf",? ?(?P<open>\( ?)?förläng(?:d|t|s) {_UNTIL} ?(?P<to>{_POINT})(?(open) ?\))", _FLAGS)
_ROLLING = re.compile(r"[,;] ?(?:förlängs därefter|därefter förlängs|förlängs automatiskt) ett år i taget", _FLAGS)
_YEARLY = re.compile(r"[,;] ?(?:ska följas upp|följs upp) (?:årligen|varje år)", _FLAGS)
_REVISION = re.compile(
    r"[,;] ?(?:revidering|uppdatering|revideras|uppdateras) vart (?P<every>andra|tredje|fjärde|femte) år"
    r"(?P<years>(?:, ?\d{4})*)(?:,? etc\.?)?",
    _FLAGS,
)
_EVENT = re.compile(rf"(?P<start>{_POINT})? ?-? ?tills (?P<event>\S.*)", _FLAGS)

_EVERY = {"andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}

#: The first part of a text, what is left when every clause is taken off its end, by form; the first that fits counts.
_TERM = tuple(
    re.compile(form, _FLAGS)
    for form in (
        rf"(?P<only>{_POINT})",
        rf"(?:{_SINCE} ?)?(?P<start>{_POINT}) ?-",
        rf"{_SINCE} ?(?P<start>{_POINT})",
        rf"(?:(?:{_SINCE} ?)?(?P<start>{_POINT}) ?-? ?)?(?P<open>tills vidare)",
        rf"(?:{_SINCE} ?)?(?P<start>{_POINT}) ?- ?(?P<end>{_POINT})",
        rf"(?:(?:{_SINCE} ?)?(?P<start>{_POINT}) ?-? ?(?:och )?)?{_UNTIL} ?(?P<end>{_POINT})",
    )
)


@lru_cache(4096)
def read_validity(text: str) -> Stated:
    """The term that ``text`` states; every day is inclusive, and a year means its first or its last day.

    A single year is the calendar year, and ambiguous until somebody has confirmed it. Nothing at all is a document
    without a stated term (``unknown``). Raises ValidityUnread (validity_invalid) for any other text, with the reason.
    """
    written = _composed(text)
    if not written:
        return Stated(validity=Validity(kind="unknown"))
    rest, follow_up = _taken_off(written, _YEARLY)
    rest, revision = _taken_off(rest, _REVISION)
    if follow_up is None:
        rest, follow_up = _taken_off(rest, _YEARLY)
    validity = _term(text, rest)
    every = _EVERY[revision["every"].lower()] if revision else None
    if revision and every:
        _require_cycle(text, validity.start, every, [int(year) for year in re.findall(r"\d{4}", revision["years"])])
    return Stated(validity=validity, follow_up="yearly" if follow_up else None, revision_every=every)


def _composed(text: str) -> str:
    if not text.strip():
        return ""
    try:
        line = one_line("validity_text", text)
    except ValueInvalid as refusal:
        values: dict[str, Any] = {**refusal.values, "text": _seen(text)}
        raise ValidityUnread(**values) from None
    return " ".join(line.translate(_DASHES).split())


def _seen(text: str) -> str:
    """As much of an unreadable text as can be shown."""
    return "".join(sign if unicodedata.category(sign)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for sign in text[:80])


def _taken_off(text: str, clause: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    """The text without the clause at its end, and the clause if it was there."""
    for found in clause.finditer(text):
        if text[found.end() :].strip(" .") == "":
            return text[: found.start()].rstrip(), found
    return text, None


def _term(text: str, rest: str) -> Validity:
    rest, rolling = _taken_off(rest, _ROLLING)
    rest, extension = _taken_off(rest, _EXTENSION)
    found = next((found for form in _TERM if (found := form.fullmatch(rest.rstrip(" .")))), None)
    validity = _as_written(text, found) if found else _until_event(text, rest)
    if validity.end and validity.start and validity.end < validity.start:
        raise ValidityUnread(text=text, why=N_("it ends on {end}, before it begins."), end=validity.end)
    if rolling:
        if extension or validity.kind != "fixed" or validity.end is None:
            raise ValidityUnread(text=text, why=N_("only a term with a last day can be prolonged."))
        return replace(validity, kind="rolling_year", ambiguous=False)
    return _extended(text, validity, extension["to"]) if extension else validity


def _extended(text: str, validity: Validity, to: str) -> Validity:
    last = _day(text, to, first=False)
    if validity.kind != "fixed" or validity.end is None:
        raise ValidityUnread(text=text, why=N_("only a term with a last day can be prolonged."))
    if last <= validity.end:
        raise ValidityUnread(text=text, why=N_("it is prolonged to {last}, which is no later."), last=last)
    # That a single year was prolonged says that it was meant as a calendar year (readings B1-08, B1-12).
    return replace(validity, extended_to=last, ambiguous=False)


def _as_written(text: str, found: re.Match[str]) -> Validity:
    parts = {name: each for name, each in found.groupdict().items() if each}
    if only := parts.get("only"):
        if len(only) != len("2024"):
            raise ValidityUnread(text=text, why=N_("a single day may be the first or the last one."))
        return Validity(
            kind="fixed", start=_day(text, only, first=True), end=_day(text, only, first=False), ambiguous=True
        )
    start = _day(text, parts["start"], first=True) if "start" in parts else None
    end = _day(text, parts["end"], first=False) if "end" in parts else None
    kind: Kind = "fixed" if end else "open_ended"
    return Validity(kind=kind, start=start, end=end)


def _until_event(text: str, rest: str) -> Validity:
    found = _EVENT.fullmatch(rest)
    if found is None:
        raise ValidityUnread(text=text, why=N_("it is none of the forms there are."))
    event = found["event"].rstrip(" .")
    if difflib.get_close_matches(event.split(" ")[0].strip(",.;(").casefold(), ["vidare"], cutoff=0.7):
        raise ValidityUnread(text=text, why=N_("nothing but the known clauses may follow «tills vidare»."))
    if not event or re.match(_POINT, event, _FLAGS):
        raise ValidityUnread(text=text, why=N_("«tills» waits for an event; before a day write «t.o.m.»."))
    start = _day(text, found["start"], first=True) if found["start"] else None
    return Validity(kind="until_event", start=start, event=event)


def _day(text: str, point: str, *, first: bool) -> date:
    """The day, or the first or last one of the year."""
    written = point if len(point) != len("2024") else f"{point}-{'01-01' if first else '12-31'}"
    try:
        return read_date(written, "validity_text")
    except DateInvalid:
        raise ValidityUnread(text=text, why=N_("«{point}» is no day of the calendar."), point=point) from None


def _require_cycle(text: str, start: date | None, every: int, years: list[int]) -> None:
    """The years that are named must be those of the cycle: «2022 - …, vart tredje år, 2025 etc.» (reading G37)."""
    expected = [start.year + every * count for count in range(1, len(years) + 1)] if start else years
    if years != expected:
        named = ", ".join(map(str, years))
        raise ValidityUnread(text=text, why=N_("the years {years} are not those of its cycle."), years=named)
