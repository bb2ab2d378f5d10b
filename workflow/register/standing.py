"""Where a document stands on a day: one state, from its terms and from what has been recorded of it."""

from datetime import date

from workflow.register.document import Document
from workflow.register.spans import first_day, last_day, span_on, stop, under_notice

#: The states in which it is in force.
HOLDING = frozenset({"in_force", "under_revision", "under_notice"})

#: The words a register is listed with; a document whose first day has not come is not in it yet.
STATUS = {
    "undated": "undated",
    "in_force": "in_force",
    "under_revision": "in_force",
    "under_notice": "in_force",
    "ambiguous": "ambiguous",
    "expired": "expired",
    "terminated": "terminated",
    "superseded": "superseded",
}


#: Each fact, and the state it puts a document in; an earlier one goes before a later one.
_ORDER = (
    ("replaced", "superseded"),
    ("undated", "undated"),
    ("ended", "terminated"),
    ("lapsed", "expired"),
    ("doubtful", "ambiguous"),
    ("noticed", "under_notice"),
    ("revised", "under_revision"),
    ("begun", "in_force"),
)


def is_incomplete(document: Document) -> bool:
    """Whether nobody has said what its entry leaves open: no step for it before that (row 10)."""
    return document.validity.kind == "unknown" or (document.entry.terms.incomplete and not document.confirmed)


def facts_on(document: Document, day: date) -> dict[str, bool]:
    """The facts the chart asks for, each for itself."""
    start, last = first_day(document), last_day(document)
    undated = document.validity.kind == "unknown"
    begun = span_on(document, day) is not None
    gone = not begun and not undated and not document.suspended and (start is None or start <= day)
    ended = gone and last is not None and last < day and _ended_early(document, last)
    return {
        "replaced": document.superseded is not None and document.superseded.from_day <= day,
        "undated": undated,
        "ended": ended,
        "lapsed": gone and not ended and not document.validity.ambiguous,
        "doubtful": gone and not ended and document.validity.ambiguous,
        "noticed": begun and under_notice(document, day),
        "revised": begun and bool(document.revising),
        "begun": begun,
    }


def state_on(document: Document, day: date) -> str:
    """The state the document's terms and records put it in on ``day``."""
    facts = facts_on(document, day)
    return next((state for fact, state in _ORDER if facts[fact]), "registered")


def is_beyond(document: Document, day: date) -> bool:
    """Whether something was recorded or found of it for a day after ``day``: no check goes back behind that."""
    return day < max(document.checked_on or day, document.latest_on)


def _ended_early(document: Document, last: date) -> bool:
    """Whether notice or a decision is what ended it on its last day, and neither its term nor its event."""
    if document.event_met is not None and document.event_met.last_day == last:
        return False
    by_notice = stop(document) == last and any(notice.ends_on == last for notice in document.notices)
    return by_notice or (document.termination is not None and document.termination.last_day == last)
