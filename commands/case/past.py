"""A case as it stood on a day, or as it was known at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from commands.session import Session
from persistence.questions import as_it_stands
from workflow.as_of import case_as_of
from workflow.bad_data import UnknownCase, ValueInvalid
from workflow.case import Case
from workflow.errors import N_
from workflow.evolve import fold
from workflow.local_time import read_moment, real_day
from workflow.record import Record
from workflow.replay import known
from workflow.views import case_body


def body_then(session: Session, ref: str, as_of: date | None, known_at: str | None) -> dict[str, Any]:
    """The case as the records up to ``as_of`` (minutes) and ``known_at`` (recording) tell it.

    Raises UnknownCase, and ValueInvalid when it was not opened by then.
    """
    moment = read_moment(known_at, "--known-at") if known_at is not None else None
    records = session.store.stream(ref)
    if not records:
        raise UnknownCase(ref=ref)
    case = case_then(records, as_of, moment)
    if case is None:
        field = "--as-of" if as_of is not None else "--known-at"
        raise ValueInvalid(field=field, why=N_("the case was not opened by then."))
    day = day_meant(session, as_of, moment)
    return {**as_it_stands(case_body(case), day), "as_of": str(as_of) if as_of else None}


def case_then(records: Sequence[Record], as_of: date | None, known_at: datetime | None) -> Case | None:
    """The case of these records as it stood on a day, as was known at a time; None when it was not opened by then."""
    then = known(records, known_at=known_at)
    return case_as_of(then, as_of) if as_of is not None else fold(then)


def day_meant(session: Session, as_of: date | None, known_at: datetime | None) -> date:
    """The day on which the case is asked for: what the calendar alone brings about goes by it."""
    return as_of or (real_day(known_at) if known_at is not None else session.today)
