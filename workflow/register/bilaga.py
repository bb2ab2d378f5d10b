"""Bilaga 1 as entries of a register, as the rule set has it; and a document's entry as it reads today."""

from collections.abc import Iterator

from msgspec.structs import replace

from workflow.county_tables import Document as Row
from workflow.county_tables import Register
from workflow.register.document import Document
from workflow.register.entry import Entry
from workflow.register.terms import Terms, Validity


def built_in(register: Register) -> Iterator[Entry]:
    """Every document of the rule set's register, in the order of its rows."""
    for row in sorted(register.document, key=lambda row: row.row):
        yield entry_of(row)


def entry_of(row: Row) -> Entry:
    """The entry of one row; a row that says nothing of a term has none."""
    exception = row.exception
    return Entry(
        id=row.id,
        title=row.title,
        type=row.type,
        group=row.group,
        level=row.level,
        recommending=row.recommending,
        recommending_as_printed=row.recommending_as_printed,
        preparing=row.preparing,
        variant=exception.variant if exception else None,
        lifted=exception.lifted if exception else False,
        validity_text=row.validity_text,
        notes=row.notes,
        terms=row.terms or Terms(validity=Validity(kind="unknown")),
    )


def entry_now(document: Document) -> Entry:
    """The entry as it reads today: with what has been confirmed, extended and taken over since it was entered."""
    terms = document.entry.terms
    validity = document.validity
    if document.extensions:
        latest = document.extensions[-1].until
        validity = replace(validity, extended_to=latest)
    now = replace(
        terms,
        validity=validity,
        follow_up=document.follow_up,
        statutory=document.statutory,
        incomplete=terms.incomplete and not document.confirmed,
    )
    return replace(document.entry, terms=now)
