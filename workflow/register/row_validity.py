"""How long a document of a table holds: what its text says, and what the columns beside it say more exactly."""

import re
from datetime import date

from msgspec import Struct

from workflow.bad_data import ValidityInvalid
from workflow.dates import LAST_DAY
from workflow.errors import N_
from workflow.register.terms import Kind, NoticeRule, Validity
from workflow.register.validity import Stated, ValidityUnread, read_validity

#: A text in brackets is kept in the register and read no more: the columns have taken its place.
_UNREAD = re.compile(r"\[(.*)\]", re.DOTALL)

#: What the words of the text leave room for in column renewal_rule: row 9 says in its note that it renews itself.
_MAY_BE: dict[Kind, tuple[Kind, ...]] = {"fixed": ("fixed", "silent_renewal", "rolling_year")}
_WITH_AN_END = frozenset[Kind]({"fixed", "silent_renewal", "rolling_year"})

#: Most months of notice, and most years between revisions.
MOST = 99


class Columns(Struct, frozen=True, kw_only=True):
    """What the columns of dates and rules say; None where a cell is empty."""

    kind: Kind | None = None
    start: date | None = None
    end: date | None = None
    extended_to: date | None = None
    ambiguous: bool = False
    notice: NoticeRule | None = None
    event: str | None = None
    ends_with: str | None = None


class ColumnConflict(ValidityInvalid):
    """The columns contradict the text or one another; ``column`` is the one that is told of."""

    def __init__(self, *, column: str, why: str, **values: object) -> None:
        super().__init__(missing=(), suggestion=None, why=why, **values)
        self.column = column


def in_words(text: str) -> str:
    """The words of a cell of validity, without the brackets that say that it is not read."""
    found = _UNREAD.fullmatch(text)
    return found[1] if found else text


def stated_in(text: str) -> Stated:
    """What a cell of validity says; nothing when it stands in brackets. Raises ValidityUnread."""
    return Stated(validity=Validity(kind="unknown")) if _UNREAD.fullmatch(text) else read_validity(text)


def cell_for(text: str, validity: Validity, columns: Columns) -> str:
    """The cell that says ``text`` beside these columns: in brackets where the columns no longer say what it says."""
    if _UNREAD.fullmatch(text):
        return f"[{text}]"
    try:
        said = combined(stated_in(text).validity, columns)
    except (ValidityUnread, ColumnConflict):
        return f"[{text}]"
    return text if said == validity else f"[{text}]"


def combined(text: Validity, columns: Columns) -> Validity:
    """The validity of a row: the text where a column is empty, the column where it says more than the text.

    A column that says something else than the text is refused, but for two things that a text cannot know: which of
    its two meanings a single year has, and that a term was extended further. Raises ColumnConflict.
    """
    kind = _kind(text, columns)
    start = _agreed("valid_from", text.start, columns.start)
    end, ambiguous = _end(text, columns, kind)
    extended_to = _extension(text, columns)
    event = _event(text, columns, kind)
    found = Validity(
        kind=kind,
        start=start,
        end=end,
        extended_to=extended_to,
        ambiguous=ambiguous and extended_to is None,
        notice=columns.notice,
        event=event,
        ends_with=columns.ends_with,
    )
    require_sound(found)
    return found


def require_sound(validity: Validity) -> None:
    """Raises ColumnConflict for terms that contradict themselves, whatever they were read from."""
    _require_in_range(validity)
    _require_order(validity)
    kind, last = validity.kind, validity.end
    if kind in _WITH_AN_END and last is None:
        raise ColumnConflict(column="valid_to", why=N_("a document with a term needs the last day of it."))
    if kind not in _WITH_AN_END and last is not None:
        raise ColumnConflict(column="valid_to", why=N_("{day} is given as its last day, but it has no term."), day=last)
    if validity.extended_to and kind != "fixed":
        raise ColumnConflict(column="extended_to", why=N_("only a term with a last day can be prolonged."))
    if validity.ambiguous and kind != "fixed":
        raise ColumnConflict(column="valid_to", why=N_("only a term with a last day can be ambiguous."))
    if validity.notice and kind not in {"fixed", "silent_renewal"}:
        why = N_("notice is counted from the end of a term, which this document lacks.")
        raise ColumnConflict(column="notice_rule", why=why)
    if (validity.event or validity.ends_with) and kind != "until_event":
        raise ColumnConflict(column="event", why=N_("only a document whose term is «ends on event» waits for one."))


def _require_in_range(validity: Validity) -> None:
    days = (("valid_from", validity.start), ("valid_to", validity.end), ("extended_to", validity.extended_to))
    for column, day in days:
        if day and day > LAST_DAY:
            raise ColumnConflict(column=column, why=N_("no day after {last} is read."), last=LAST_DAY)
    if validity.notice and not 1 <= validity.notice.months <= MOST:
        raise ColumnConflict(column="notice_rule", why=N_("it must be 1 to {most}."), most=MOST)


def _require_order(validity: Validity) -> None:
    start, last, extended = validity.start, validity.end, validity.extended_to
    if start and last and last < start:
        raise ColumnConflict(
            column="valid_to", why=N_("{day} is before {start}, its first day."), day=last, start=start
        )
    if extended and last and extended <= last:
        raise ColumnConflict(column="extended_to", why=N_("{day} is no later than {last}."), day=extended, last=last)


def _kind(text: Validity, columns: Columns) -> Kind:
    given = columns.kind
    if given is None:
        if text.kind == "unknown" and (columns.start or columns.end):
            return "fixed" if columns.end else _unsaid()
        return text.kind
    if text.kind == "unknown":
        return given
    allowed = _MAY_BE.get(text.kind, (text.kind,))
    if given in allowed or (text.ambiguous and given == "open_ended"):
        return given
    raise ColumnConflict(column="renewal_rule", why=N_("the text of the validity says something else."))


def _unsaid() -> Kind:
    raise ColumnConflict(
        column="renewal_rule", why=N_("it must be said here that the document is open-ended, or its last day be given.")
    )


def _agreed(column: str, said: date | None, given: date | None) -> date | None:
    if said and given and said != given:
        raise ColumnConflict(
            column=column, why=N_("{given} is given, but the text says {said}."), given=given, said=said
        )
    return given or said


def _end(text: Validity, columns: Columns, kind: Kind) -> tuple[date | None, bool]:
    if text.ambiguous and columns.end is None:
        return (text.end, kind == "fixed") if kind in _WITH_AN_END else (None, False)
    if text.ambiguous and not columns.ambiguous:
        return columns.end, False
    return _agreed("valid_to", text.end, columns.end), columns.ambiguous


def _extension(text: Validity, columns: Columns) -> date | None:
    said, given = text.extended_to, columns.extended_to
    if said and given and given < said:
        raise ColumnConflict(
            column="extended_to", why=N_("{given} is given, but the text says {said}."), given=given, said=said
        )
    return given or said


def _event(text: Validity, columns: Columns, kind: Kind) -> str | None:
    event = columns.event or text.event
    if kind == "until_event" and event is None and columns.ends_with is None:
        raise ColumnConflict(
            column="event", why=N_("what ends the document must be said here or in the text of the validity.")
        )
    return event
