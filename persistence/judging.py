"""Judging cases by the bundle: all that is asked of a case once its rows have been read. Reads no database."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from persistence.beside import Row, findings_beside, strangers
from persistence.store import rule_set_in
from workflow.audit import UNTELLABLE, Finding, Lawfulness, read_record, texts_named
from workflow.case import Case
from workflow.evolve import fold
from workflow.record import Record
from workflow.views import CaseView, case_view


class Bundle(NamedTuple):
    """Some cases that follow each other, as they are stored.

    ``records``: the bytes of each case's records in order. ``beside``: the rows kept of each case, by table; also
    those of cases between these that the log does not know.
    """

    records: Mapping[str, Sequence[bytes]]
    beside: Mapping[str, Mapping[str, Sequence[Row]]]


class Verdict(NamedTuple):
    """What is to be said against a bundle, and the texts its records name: number, case and digest."""

    findings: list[Finding]
    texts: list[tuple[int, str, str]]


class Judge:
    """Judges bundles under the rule sets that the database keeps."""

    def __init__(self, organisation: Sequence[bytes], rule_files: Mapping[str, bytes]) -> None:
        """``organisation``: the bytes of its records, in order. ``rule_files``: every kept file by its digest."""
        records = [record for content in organisation if (record := read_record(content)) is not None]
        self._lawfulness = Lawfulness(records, lambda digest: rule_set_in(rule_files.__getitem__, digest))
        self._organisation = records

    def of_the_organisation(self) -> list[Finding]:
        """What is to be said against the organisation's own stream."""
        return self._lawfulness.judged(self._organisation).findings

    def judged(self, bundle: Bundle) -> Verdict:
        """Lawfulness and what is kept ready of each case in the bundle."""
        verdict = Verdict([], [])
        for ref, contents in bundle.records.items():
            records = [record for content in contents if (record := read_record(content)) is not None]
            verdict.texts.extend(texts_named(records))
            kept = {table: rows.get(ref, ()) for table, rows in bundle.beside.items()}
            verdict.findings.extend(self._of_case(ref, records, kept))
        verdict.findings.extend(strangers(bundle.records, bundle.beside))
        return verdict

    def _of_case(self, ref: str, records: Sequence[Record], kept: Mapping[str, Sequence[Row]]) -> list[Finding]:
        findings, case = self._lawfulness.judged(records)
        try:
            view = _view(case, records)
        except UNTELLABLE:
            return findings
        return [*findings, *findings_beside(view, ref, kept)]


def _view(case: Case | None, records: Sequence[Record]) -> CaseView | None:
    # What could not be judged to its end may still be told to it.
    told = case or fold(records)
    return case_view(told) if told else None
