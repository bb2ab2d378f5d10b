"""A register as CSV or JSON that can be imported again, and is then the same."""

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from workflow.register import columns
from workflow.register.entry import Entry
from workflow.register.escaping import harmless
from workflow.register.row_validity import Columns, cell_for
from workflow.register.terms import NoticeRule, Validity

#: What a spreadsheet wants to see first in a CSV file in UTF-8, when it is written to a file.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a CSV file, each with its line end: a heading, then one row for each entry, in the order given.

    The separator is ``;``, and every id stands as an id. A cell that a spreadsheet would take for a formula has an
    apostrophe before it, which read_register takes away again.
    """
    line = io.StringIO()
    writer = csv.DictWriter(line, tuple(columns.COLUMNS), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    yield _taken(line)
    for number, entry in enumerate(entries, 1):
        writer.writerow({column: harmless(cell) for column, cell in _cells(number, entry).items()})
        yield _taken(line)


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a JSON array, one entry a line, as json_entries reads it."""
    before = "[\n"
    for entry in entries:
        yield f"{before}{msgspec.json.encode(entry).decode()}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _cells(number: int, entry: Entry) -> dict[str, str]:
    terms = entry.terms
    return {
        "row": str(number),
        "id": entry.id,
        "title": entry.title,
        "type": entry.type,
        "group": entry.group or "",
        "level": entry.level or "",
        **_validity(entry.validity_text, terms.validity),
        "followup_rule": columns.word_for("followup_rule", terms.follow_up),
        "revision_cycle": _cycle(terms.revision_every, review=terms.review_wanted),
        "recommending_forums": _recommending(entry),
        "preparing_forums": _several(entry.preparing),
        "notes_verbatim": entry.notes,
        "successor_condition": "new document expected" if terms.successor_expected else "none",
        "statutory": columns.word_for("statutory", terms.statutory),
        "parties": _several(entry.parties),
        "variant": entry.variant or "",
        "lifted": "yes" if entry.lifted else "no",
        "incomplete": "yes" if terms.incomplete else "no",
    }


def _validity(text: str, validity: Validity) -> dict[str, str]:
    last = validity.end.isoformat() if validity.end else ""
    return {
        "validity_text": cell_for(text, validity, _columns(validity)),
        "valid_from": validity.start.isoformat() if validity.start else "",
        "valid_to": f"{last} {columns.AMBIGUOUS}" if validity.ambiguous else last,
        "extended_to": validity.extended_to.isoformat() if validity.extended_to else "",
        "renewal_rule": "extended once" if validity.extended_to else columns.word_for("renewal_rule", validity.kind),
        "notice_rule": _notice(validity.notice),
        "event": validity.event or "",
        "ends_with": validity.ends_with or "",
    }


def _columns(validity: Validity) -> Columns:
    return Columns(
        kind=validity.kind,
        start=validity.start,
        end=validity.end,
        extended_to=validity.extended_to,
        ambiguous=validity.ambiguous,
        notice=validity.notice,
        event=validity.event,
        ends_with=validity.ends_with,
    )


def _notice(rule: NoticeRule | None) -> str:
    if rule is None:
        return "none"
    yearly, party = ", yearly" if rule.yearly else "", ", party" if rule.scope == "party" else ""
    return f"{rule.months} months{yearly}{party}"


def _cycle(every: int | None, *, review: bool) -> str:
    cycle = f"every {every} years" if every else "none"
    return f"{cycle} {columns.REVIEW}" if review else cycle


def _several(ids: tuple[str, ...]) -> str:
    return f" {columns.BETWEEN} ".join(ids)


def _recommending(entry: Entry) -> str:
    if entry.recommending_as_printed is not None:
        return f"{entry.recommending_as_printed} {columns.NOT_FORUMS}"
    return _several(entry.recommending)
