"""The order of the worklist: what is most urgent first, each thing with the next day on which something happens to it.

Source: 004 §6.3 Samverkansledare («säkerställa att processer går framåt»); the days are readings (G7).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, get_args

from msgspec import Struct

from workflow.county_tables import Ratification
from workflow.facts import Severity

Urgency = Literal["highest", "high", "warning", "info", "none"]

#: Most urgent first; every severity of a flag is an urgency.
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)


class Item(Struct, frozen=True, kw_only=True):
    """One thing one body must do about a case or a document.

    ``days``: those beside ``due`` on which something happens to it. ``severities``: of the flags that stand for it.
    """

    body: str
    step: str
    title: str
    case: str | None = None
    document: str | None = None
    due: date | None = None
    days: tuple[date, ...] = ()
    severities: tuple[Severity, ...] = ()


def worklist_rows(items: Iterable[Item], day: date, times: Ratification) -> list[dict[str, Any]]:
    """The rows of the worklist on ``day``: by urgency, then the nearest day due, then the nearest next day.

    What has no day comes after what has one; the rest of the order is by reference and body.
    """
    return sorted((_row(item, day, times) for item in items), key=_place)


def urgency_on(day: date, due: date | None, severities: Iterable[Severity], times: Ratification) -> Urgency:
    """How urgent something is: as its gravest flag, or as near or past as its day is, whichever is more.

    Past by the days of escalation is ``high``; past, or within the last reminder's days, ``warning``; within the
    first reminder's, ``info``.
    """
    found: list[Urgency] = [*severities, _by_day((due - day).days, times) if due is not None else "none"]
    return min(found, key=URGENCIES.index)


def _by_day(left: int, times: Ratification) -> Urgency:
    if left <= -times.escalation_days:
        return "high"
    if left < 0 or left <= min(times.reminder_days, default=0):
        return "warning"
    return "info" if left <= max(times.reminder_days, default=0) else "none"


def _row(item: Item, day: date, times: Ratification) -> dict[str, Any]:
    coming = [each for each in (item.due, *item.days) if each is not None and each >= day]
    about = {"case": item.case} if item.case is not None else {"document": item.document}
    return {
        "body": item.body,
        **about,
        "title": item.title,
        "step": item.step,
        "due": str(item.due) if item.due else None,
        "urgency": urgency_on(day, item.due, item.severities, times),
        "next": str(min(coming)) if coming else None,
    }


def _place(row: dict[str, Any]) -> tuple[object, ...]:
    # «~» sorts after every digit: what has no day stands last.
    about = row.get("case") or row.get("document")
    return (URGENCIES.index(row["urgency"]), row["due"] or "~", row["next"] or "~", about, row["body"])
