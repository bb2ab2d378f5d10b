"""The terms of a row: its validity, and the rules about notice, follow-up, revision and what comes after."""

import re
from typing import cast

from msgspec import Struct

from workflow.dates import read_date
from workflow.errors import N_
from workflow.names import fold_name
from workflow.register import columns
from workflow.register.cells import Row
from workflow.register.known import LONGEST_ID, NO_ID, is_document_id
from workflow.register.row_validity import ColumnConflict, Columns, combined, stated_in
from workflow.register.terms import FollowUp, Kind, NoticeRule, Scope, Statutory, Terms, Validity
from workflow.register.validity import Stated

_MARKED_DAY = re.compile(r"(?P<day>.*?)\s*\((?:ambiguous|tvetydig|tvetydigt)\)", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?P<months>\d{1,2}) (?:months?|månader|månad)(?P<yearly>, (?:yearly|årligen))?(?P<party>, (?:party|part))?",
    re.ASCII,
)
_NOTICE_OF_BILAGA = fold_name(
    "any party; yearly; at the latest three months before the end of each calendar year (31 December)"
)
_CYCLE = re.compile(
    r"(?:every|vart) (?P<every>\d{1,2}|second|third|fourth|fifth|andra|tredje|fjärde|femte)(?::e)? (?:years?|år)"
    r"(?P<named>(?:[:,] ?\d{4})*)(?:, ?…)?",
    re.ASCII,
)
_EVERY = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
_REVIEWS = ("(review needed)", "(översyn behövs)", "(note asks already 2023)")
_EXPECTED = re.compile(r"(?:new|ny|nytt)\b")
#: Somebody is to propose what may become of it; that there will be a successor nobody has said.
_ASSIGNED = re.compile(r"(?:open|öppet) uppdrag\b")
_QUESTION = ("open question", "öppen fråga")
_ENDS_WITH_ROW = re.compile(
    r"(?:ends when|upphör när) .*?(?:\((?:successor of row|efterträdare till rad) (?P<row>\d+)\))?"
)


class _Cycle(Struct, frozen=True):
    """Years between revisions (None: not said; 0: none), whether a review is wanted, and the years that are named."""

    every: int | None = None
    review: bool = False
    named: tuple[int, ...] = ()


def read_terms(row: Row, text: str) -> Terms | None:
    """The terms of a row whose cell of validity is ``text``, but for what is told of a successor; None with a fault."""
    stated = Stated(validity=Validity(kind="unknown"))
    with row.faults.within("validity_text"):
        stated = stated_in(text)
    follow_up = row.word("followup_rule")
    cycle = _cycle(row)
    statutory = row.word("statutory")
    given = _columns(row)
    if follow_up == "none" and stated.follow_up:
        row.faults.found("followup_rule", N_("the text of the validity says something else."))
    if cycle.every == 0 and stated.revision_every:
        row.faults.found("revision_cycle", N_("the text of the validity says something else."))
    if row.faults.any:
        return None
    if _says_extended(row) and not (given.extended_to or stated.validity.extended_to):
        row.faults.found("extended_to", N_("it must be said to which day the document was prolonged."))
        return None
    try:
        validity = combined(stated.validity, given)
    except ColumnConflict as conflict:
        row.faults.refused(conflict.column, conflict)
        return None
    if cycle.every and validity.start and any((year - validity.start.year) % cycle.every for year in cycle.named):
        why = N_("the years named do not follow every {every} years from {start}, when it began.")
        row.faults.found("revision_cycle", why, every=cycle.every, start=validity.start.year)
        return None
    return Terms(
        validity=validity,
        follow_up=cast("FollowUp", follow_up or stated.follow_up or "none"),
        revision_every=cycle.every or stated.revision_every,
        review_wanted=cycle.review,
        statutory=cast("Statutory", statutory or "no"),
    )


def _columns(row: Row) -> Columns:
    kind = row.word("renewal_rule")
    marked = _MARKED_DAY.fullmatch(row.text("valid_to")) if row.text("valid_to").endswith(")") else None
    end = None
    with row.faults.within("valid_to"):
        cell = marked["day"] if marked else row.text("valid_to")
        end = read_date(cell, row.faults.heading("valid_to")) if cell else None
    extended_to = row.day("extended_to")
    return Columns(
        kind=cast("Kind | None", kind),
        start=row.day("valid_from"),
        end=end,
        extended_to=extended_to,
        ambiguous=marked is not None,
        notice=_notice(row),
        event=row.line("event") or None,
        ends_with=_ends_with(row),
    )


def _says_extended(row: Row) -> bool:
    cell = row.text("renewal_rule")
    return len(cell) > len("extended") and fold_name(cell).startswith(("extended once", "förlängd en gång"))


def _notice(row: Row) -> NoticeRule | None:
    if columns.is_none(row.text("notice_rule")):
        return None
    cell = fold_name(row.text("notice_rule"))
    if cell == _NOTICE_OF_BILAGA:
        return NoticeRule(months=3, yearly=True)
    found = _NOTICE.fullmatch(cell)
    if found is None or not int(found["months"]):
        why = N_(
            "write «none» or «3 months», «3 months, yearly» where a longer term may end with each year of it, and "
            "«3 months, party» where only the one who gives notice leaves."
        )
        row.faults.found("notice_rule", why)
        return None
    scope: Scope = "party" if found["party"] else "agreement"
    return NoticeRule(months=int(found["months"]), scope=scope, yearly=bool(found["yearly"]))


def _cycle(row: Row) -> _Cycle:
    if columns.is_none(row.text("revision_cycle")):
        return _Cycle(0 if row.text("revision_cycle") else None)
    cell = fold_name(row.text("revision_cycle"))
    review = next((each for each in _REVIEWS if cell.endswith(each)), "")
    cell = cell.removesuffix(review).strip()
    if columns.is_none(cell):
        return _Cycle(0 if cell else None, bool(review))
    found = _CYCLE.fullmatch(cell)
    every = _EVERY.get(found["every"]) or int(found["every"]) if found else 0
    if not found or not every:
        why = N_("write «none» or «every 3 years», and {review} behind it where a review is wanted now.")
        row.faults.found("revision_cycle", why, review=columns.REVIEW)
        return _Cycle(review=bool(review))
    return _Cycle(every, bool(review), tuple(int(year) for year in re.findall(r"\d{4}", found["named"])))


def read_successor(row: Row) -> tuple[bool, bool]:
    """Whether a successor is expected, and whether a question is open that leaves the document incomplete."""
    if columns.is_none(row.text("successor_condition")):
        return False, False
    cell = fold_name(row.text("successor_condition"))
    if _ENDS_WITH_ROW.fullmatch(cell) or _ASSIGNED.match(cell):
        return False, False
    if _EXPECTED.match(cell):
        return True, False
    if cell in _QUESTION:
        return False, True
    why = N_("write «none», «new document expected», «open question» or «ends when …».")
    row.faults.found("successor_condition", why)
    return False, False


def _ends_with(row: Row) -> str | None:
    given = row.text("ends_with")
    if given and not is_document_id(given):
        row.faults.found("ends_with", NO_ID, most=LONGEST_ID)
    if given or columns.is_none(row.text("successor_condition")):
        return given or None
    found = _ENDS_WITH_ROW.fullmatch(fold_name(row.text("successor_condition")))
    if not found or not found["row"]:
        return None
    own = row.known.row(int(found["row"]))
    return own.id if own else f"r-{int(found['row'])}"
