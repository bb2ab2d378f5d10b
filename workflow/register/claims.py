"""What the acts on documents say of cases, held against those cases as they stood.

An act carries what it rests on, so that its own stream tells why it was let through. Whether that was so, only the
case's records can say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from workflow.audit import UNTELLABLE
from workflow.chain import Finding
from workflow.evolve import fold
from workflow.record import Record
from workflow.register.acts import EnterDocument, ExtendTerm, MoveDay, TerminateDocument
from workflow.register.entry import Entry
from workflow.register.facts import CaseFacts
from workflow.register.following import entry_from, facts_of


class Claim(Struct, frozen=True, kw_only=True):
    """That the case ``ref`` stood so just before record ``seq`` of a document, or gave it that entry."""

    seq: int
    document: str
    ref: str
    said: CaseFacts | Entry


def claims_in(records: Iterable[Record]) -> list[Claim]:
    """What the records of a document claim of cases."""
    return [
        Claim(seq=record.seq, document=record.stream, ref=ref, said=said)
        for record in records
        for ref, said in _said(record)
    ]


def contradicted(claims: Iterable[Claim], records_of: Callable[[str], Sequence[Record]]) -> Iterator[Finding]:
    """Every claim that the case's own records, up to then, do not bear out."""
    for claim in claims:
        so = _so(claim, [record for record in records_of(claim.ref) if record.seq < claim.seq])
        if so != claim.said:
            yield Finding(
                seq=claim.seq, case=claim.document, check="case facts", expected=str(so or "–"), found=str(claim.said)
            )


def _said(record: Record) -> Iterator[tuple[str, CaseFacts | Entry]]:
    act = record.act
    if isinstance(act, ExtendTerm | TerminateDocument | MoveDay) and act.case is not None:
        yield act.case.ref, act.case
    elif isinstance(act, EnterDocument) and act.case is not None:
        yield act.case, act.entry


def _so(claim: Claim, records: Sequence[Record]) -> CaseFacts | Entry | None:
    """What there was to say; None where the records tell of no case."""
    try:
        case = fold(records)
        if case is None:
            return None
        return facts_of(case) if isinstance(claim.said, CaseFacts) else entry_from(case)
    except UNTELLABLE:
        # What is wrong with the case itself is found where it is judged.
        return None
