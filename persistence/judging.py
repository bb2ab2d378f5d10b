"""Judging cases and documents by the bundle: all that is asked of one once its rows are read. Reads no database."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from persistence.beside import Row, findings_beside, strangers
from persistence.rule_sets import rule_set_in
from workflow.audit import UNTELLABLE, Lawfulness, texts_named
from workflow.case import Case
from workflow.chain import Finding, misread, read_record, unreadable
from workflow.decide.draft import Context
from workflow.evolve import fold
from workflow.ports import View
from workflow.record import ORGANISATION, Record, is_of_document
from workflow.register.claims import Claim, claims_in
from workflow.register.document import Document
from workflow.register.document import fold as fold_document
from workflow.register.followed import Led
from workflow.register.following import Asked
from workflow.register.view import document_view
from workflow.rested import Rested
from workflow.views import case_view

#: A record as it is stored: its number in the log, and its bytes.
Stored = tuple[int, bytes]


class Bundle(NamedTuple):
    """Some cases and documents that follow each other, as they are stored.

    ``records``: each one's records in order. ``beside``: the rows kept of each, by table; also those of cases and
    documents between these that the log does not know.
    """

    records: Mapping[str, Sequence[Stored]]
    beside: Mapping[str, Mapping[str, Sequence[Row]]]


class Verdict(NamedTuple):
    """What is to be said against a bundle, and the texts its records name: number, case and digest.

    ``claims``: what its documents say of cases, wherever these are. ``led``: what its cases asked of documents, and
    what its documents hold that something asked for. ``rested``: what its acts rest on in other cases. ``records``:
    how many were read.
    """

    findings: list[Finding]
    texts: list[tuple[int, str, str]]
    claims: list[Claim]
    led: Led
    rested: Rested
    records: int


class Judge:
    """Judges bundles under the rule sets that the database keeps."""

    def __init__(self, organisation: Sequence[Stored], rule_files: Mapping[str, bytes]) -> None:
        """``organisation``: its records, in order. ``rule_files``: every kept file by its digest."""
        self._organisation, self._unreadable = read_stored(ORGANISATION, organisation, exactly=True)
        self._lawfulness = Lawfulness(self._organisation, lambda digest: rule_set_in(rule_files.__getitem__, digest))

    def of_the_organisation(self) -> list[Finding]:
        """What is to be said against the organisation's own stream."""
        return [*self._unreadable, *self._lawfulness.judged(self._organisation).findings]

    def judged(self, bundle: Bundle, meanwhile: Callable[[], None] = lambda: None) -> Verdict:
        """Every record read, lawfulness, and what is kept ready of each case and document in the bundle.

        ``meanwhile`` is called after each of them.
        """
        findings: list[Finding] = []
        texts: list[tuple[int, str, str]] = []
        claims: list[Claim] = []
        led, rested = Led(), Rested()
        for ref, contents in bundle.records.items():
            records, lost = read_stored(ref, contents, exactly=True)
            findings.extend(lost)
            texts.extend(texts_named(records))
            claims.extend(claims_in(records))
            led.note(records)
            rested.note(records)
            kept = {table: rows.get(ref, ()) for table, rows in bundle.beside.items()}
            against, asked = self._of_stream(ref, records, kept)
            findings.extend(against)
            led.asked.extend(asked)
            meanwhile()
        findings.extend(strangers(bundle.records, bundle.beside))
        return Verdict(findings, texts, claims, led, rested, sum(map(len, bundle.records.values())))

    def rested_by_the_organisation(self) -> Rested:
        """What acts on the organisation rest on."""
        rested = Rested()
        rested.note(self._organisation)
        return rested

    def context_before(self, record: Record) -> Context | None:
        """See ``Lawfulness.context_before``."""
        return self._lawfulness.context_before(record)

    def context_of(self, asked: Asked) -> Context | None:
        """See ``Lawfulness.context_of``."""
        return self._lawfulness.context_of(asked)

    def _of_stream(
        self, ref: str, records: Sequence[Record], kept: Mapping[str, Sequence[Row]]
    ) -> tuple[list[Finding], list[Asked]]:
        findings, told, asked = self._lawfulness.judged(records)
        try:
            view = view_of(records, told)
        except UNTELLABLE:
            return findings, asked
        return [*findings, *findings_beside(view, ref, kept)], asked


def read_stored(ref: str, contents: Sequence[Stored], *, exactly: bool = False) -> tuple[list[Record], list[Finding]]:
    """The records of a stream, and what is to be said of bytes that hold none; ``exactly``: or hold one otherwise."""
    records, lost = [], []
    for seq, content in contents:
        record = read_record(content)
        if record is None:
            lost.append(unreadable(seq, ref))
        else:
            records.append(record)
            otherwise = misread(seq, ref, content, record) if exactly else None
            if otherwise is not None:
                lost.append(otherwise)
    return records, lost


def view_of(records: Sequence[Record], told: Case | Document | None = None) -> View | None:
    """What is to be kept of the case or the document whose records these are; of none, nothing.

    ``told``: the same case or document, where it has been told already. Raises one of UNTELLABLE.
    """
    if records and is_of_document(records[0]):
        document = told if isinstance(told, Document) else fold_document(records)
        return document_view(document) if document else None
    # What could not be judged to its end may still be told to it.
    case = told if isinstance(told, Case) else fold(records)
    return case_view(case) if case else None
