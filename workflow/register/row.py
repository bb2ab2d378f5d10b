"""One row of a register's table, made into an entry: every cell of it is read, whatever the others were worth."""

import difflib
import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from workflow.county_tables import Document
from workflow.decide.opening import TITLE_LENGTH
from workflow.errors import N_
from workflow.lines import LONGEST, one_line
from workflow.names import fold_name
from workflow.register import columns
from workflow.register.cells import Row
from workflow.register.entry import Entry
from workflow.register.faults import RowFaults
from workflow.register.known import LONGEST_ID, NO_ID, Known, is_document_id
from workflow.register.row_rules import read_successor, read_terms
from workflow.register.row_validity import in_words

#: How like the title of a row of Bilaga 1 another may be before it must be said which of the two is meant.
_NEARLY = 0.85

_ROW = re.compile(r"\d{1,9}", re.ASCII)
_REMARK_OF_TYPE = re.compile(r"(?P<type>.*?)\s*\((?P<remark>[^()]*)\)")


class _Sort(Struct, frozen=True, kw_only=True):
    """What a document is, as its columns or the rule set's own row of Bilaga 1 say it."""

    type: str = ""
    group: str | None = None
    level: str | None = None
    variant: str | None = None
    lifted: bool = False


def read_row(cells: Mapping[str, str], known: Known, faults: RowFaults) -> Entry | None:
    """The entry that a row's ``cells`` (by column) describe; None when it has a fault, and then ``faults`` has it.

    ``known`` finds the ids of names. What the table of Bilaga 1 has no column for is taken from the rule set where
    the row is one of Bilaga 1's own. A document whose type needs a group or a level that nobody has given is
    ``incomplete``: it stands in the register, and takes no step until that has been said.
    """
    row = Row(cells, known, faults)
    title = row.line("title", TITLE_LENGTH)
    if not title and not row.text("title"):
        faults.found("title", N_("it must not be empty."))
    entry_id = _id(row, title)
    own = known.document(entry_id)
    sort = _sort(row, own)
    recommending, as_printed = _recommending(row)
    preparing, parties = row.several("preparing_forums", "forum"), row.several("parties", "party")
    notes = row.line("notes_verbatim")
    text = row.line("validity_text", LONGEST + len("[]"))
    terms = read_terms(row, text)
    expected, unsaid = read_successor(row)
    incomplete = row.yes("incomplete")
    if faults.any or terms is None:
        return None
    if incomplete is None:
        incomplete = unsaid or as_printed is not None or known.lacks(sort.type, sort.group, sort.level)
    return Entry(
        id=entry_id,
        title=title,
        type=sort.type,
        group=sort.group,
        level=sort.level,
        recommending=recommending,
        recommending_as_printed=as_printed,
        preparing=preparing,
        variant=sort.variant,
        lifted=sort.lifted,
        parties=parties,
        validity_text=in_words(text),
        notes=notes,
        terms=replace(terms, successor_expected=expected, incomplete=incomplete),
    )


def _id(row: Row, title: str) -> str:
    """The id that is given, or the one that follows from the number of the row: b1-09 for a row of Bilaga 1."""
    given, number = row.text("id"), row.text("row")
    if given:
        if is_document_id(given):
            return given
        row.faults.found("id", NO_ID, most=LONGEST_ID)
        return ""
    if not _ROW.fullmatch(number) or not int(number):
        row.faults.found("row", N_("without an id the row needs a number, 1 or more."))
        return ""
    own = row.known.row(int(number))
    if own is None or fold_name(own.title) == fold_name(title):
        return own.id if own else f"r-{int(number)}"
    if difflib.SequenceMatcher(None, fold_name(own.title), fold_name(title)).ratio() >= _NEARLY:
        why = N_("it is nearly that of {document}, «{printed}»: correct it, or give the document an id of its own.")
        row.faults.found("title", why, document=own.id, printed=own.title)
    return f"r-{int(number)}"


def _sort(row: Row, own: Document | None) -> _Sort:
    found = _REMARK_OF_TYPE.fullmatch(row.text("type")) if row.text("type").endswith(")") else None
    remark = columns.TYPE_REMARKS.get(fold_name(found["remark"])) if found else None
    printed = found["type"] if found and fold_name(found["remark"]) in columns.TYPE_REMARKS else row.text("type")
    said = dict([remark]) if remark else {}
    document_type, group, variant = "", None, row.text("variant") or said.get("variant")
    if not printed:
        row.faults.found("type", N_("it must not be empty."))
    with row.faults.within("type"):
        document_type = row.known.id_of("type", printed) if printed else ""
    if row.text("group"):
        with row.faults.within("group"):
            group = row.known.id_of("group", row.text("group"))
    if variant and not row.known.has_variant(variant):
        row.faults.found("variant", N_("there is no way of its own «{given}» in the rule set."), given=variant)
    level, lifted = row.word("level") or said.get("level"), row.yes("lifted")
    if own is None:
        return _Sort(type=document_type, group=group, level=level, variant=variant, lifted=bool(lifted))
    exception = own.exception
    return _Sort(
        type=document_type,
        group=group if "group" in row.cells else own.group,
        level=level if "level" in row.cells else level or own.level,
        variant=variant if "variant" in row.cells else exception.variant if exception else None,
        lifted=bool(lifted) if "lifted" in row.cells else bool(exception and exception.lifted),
    )


def _recommending(row: Row) -> tuple[tuple[str, ...], str | None]:
    printed = row.text("recommending_forums").removesuffix(columns.NOT_FORUMS).strip()
    if printed == row.text("recommending_forums"):
        return row.several("recommending_forums", "forum"), None
    kept = ""
    with row.faults.within("recommending_forums"):
        kept = one_line("recommending_forums", printed)
    return (), kept
