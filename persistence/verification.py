"""The whole audit: every check over one state of the database, and all that they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from persistence.inspection import Inspection
from workflow.audit import UNTELLABLE, Finding, Lawfulness, StoredEvent, chain_findings, decoded, texts_named
from workflow.continuation import KeptCheckpoint, Verdict, judged
from workflow.evolve import fold
from workflow.merkle import EMPTY_ROOT, Tree
from workflow.ports import View
from workflow.record import ORGANISATION, Record, is_of_document
from workflow.register.document import fold as fold_document
from workflow.register.view import document_view
from workflow.views import case_view


class Verified(Struct, frozen=True, kw_only=True):
    """How many records were read, everything that does not hold, and what became of each checkpoint."""

    events: int
    findings: tuple[Finding, ...]
    checkpoints: tuple[Verdict, ...] = ()


def verify(
    inspection: Inspection,
    watch: Callable[[Sequence[str]], Iterable[str]] = iter,
    kept: Sequence[KeptCheckpoint] = (),
) -> Verified:
    """Database, contents, chain, checkpoints, lawfulness, views: all findings, in that order.

    One case or document is held at a time. ``kept`` are the checkpoints the log is held to. ``watch`` is given
    their references and hands them on one by one: whoever shows progress counts them there.
    """
    counted = 0
    tree, sizes = Tree(), {each.checkpoint.size for each in kept}
    roots = {0: EMPTY_ROOT}
    findings = [*inspection.integrity(), *inspection.contents()]

    def counting() -> Iterator[StoredEvent]:
        nonlocal counted
        for row in inspection.events():
            counted += 1
            if sizes:
                tree.add(row.content)
            if counted in sizes:
                roots[counted] = tree.root()
            yield row

    findings.extend(chain_findings(counting()))
    verdicts, strayed = judged(kept, inspection.origin(), counted, roots)
    findings.extend(strayed)
    organisation_rows = inspection.stream(ORGANISATION)
    lawfulness = Lawfulness(_records(organisation_rows), inspection.rule_set)
    findings.extend(lawfulness.stream_findings(organisation_rows))
    refs = [*inspection.case_refs(), *inspection.document_ids()]
    for ref in watch(refs):
        findings.extend(_stream_findings(inspection, lawfulness, ref))
    findings.extend(inspection.strangers(set(refs)))
    return Verified(events=counted, findings=tuple(findings), checkpoints=tuple(verdicts))


def _stream_findings(inspection: Inspection, lawfulness: Lawfulness, ref: str) -> list[Finding]:
    rows = inspection.stream(ref)
    records = _records(rows)
    findings = lawfulness.stream_findings(rows)
    findings.extend(inspection.missing_texts(texts_named(records)))
    try:
        view = _view_of(records)
    except UNTELLABLE:
        return findings
    return findings + inspection.views(view, ref)


def _view_of(records: Sequence[Record]) -> View | None:
    """What is to be kept of the case or the document whose records these are."""
    if records and is_of_document(records[0]):
        document = fold_document(records)
        return document_view(document) if document else None
    case = fold(records)
    return case_view(case) if case else None


def _records(rows: list[StoredEvent]) -> list[Record]:
    return [record for row in rows if (record := decoded(row)) is not None]
