"""Checks over the stored history. Each returns all its findings as data, with the record it concerns.

Replay applies facts; here they are judged: the chain over the exact bytes, and whether each act led, under the rules
pinned in it, to the events that stand there.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby

import msgspec
from msgspec import Struct

from workflow import organisation as organisations
from workflow.acts import ImportRules
from workflow.case import Case
from workflow.decide import decide, decide_organisation
from workflow.decide.draft import Acting, Context, Drafted
from workflow.errors import Refusal
from workflow.events import CaseOpened, TextRevised, kind_of
from workflow.evolve import evolve
from workflow.local_time import real_day
from workflow.organisation import Organisation
from workflow.record import NO_RECORD, ORGANISATION, Record, decode, is_of_document
from workflow.refusals import HistoryBroken
from workflow.register.acts import DocumentAct
from workflow.register.decide import decide_document
from workflow.register.document import Document
from workflow.register.document import evolve as evolve_document
from workflow.rulebook import Rulebook

#: What facts that nobody decided on may make of telling them.
UNTELLABLE = (TypeError, KeyError, AttributeError, ValueError, OverflowError)


class StoredEvent(Struct, frozen=True, kw_only=True):
    """A row of the log as it is stored."""

    seq: int
    stream: str
    version: int
    kind: str
    on_date: str
    recorded_at: str
    content: bytes
    hash: bytes


class Finding(Struct, frozen=True, kw_only=True):
    """Something that does not hold: where, which check, what was expected and what was found."""

    seq: int | None
    case: str | None
    check: str
    expected: str
    found: str


def chain_findings(rows: Iterable[StoredEvent]) -> Iterator[Finding]:
    """Sequence without gaps, each record naming the hash of the one before, each hash that of its bytes."""
    previous = NO_RECORD
    for expected_seq, row in enumerate(rows, start=1):
        if row.seq != expected_seq:
            yield _finding(row, "sequence", expected_seq, row.seq)
        found = hashlib.sha256(row.content).hexdigest()
        if row.hash.hex() != found:
            yield _finding(row, "hash", row.hash.hex(), found)
        record = decoded(row)
        if record is None:
            yield _finding(row, "record", "a record", "bytes that hold none")
        else:
            yield from _envelope_findings(row, record, previous)
        previous = found


def _envelope_findings(row: StoredEvent, record: Record, previous: str) -> Iterator[Finding]:
    if record.previous != previous:
        yield _finding(row, "chain", previous, record.previous)
    told = {
        "seq": (record.seq, row.seq),
        "stream": (record.stream, row.stream),
        "version": (record.version, row.version),
        "kind": (kind_of(record.event), row.kind),
        "on": (record.on.isoformat(), row.on_date),
        "recorded_at": (record.recorded_at.isoformat(), row.recorded_at),
    }
    for name, (expected, found) in told.items():
        if expected != found:
            yield _finding(row, f"column {name}", expected, found)


def decoded(row: StoredEvent) -> Record | None:
    """The record in a row's bytes; None when they hold none."""
    try:
        return decode(row.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def require_chain(rows: Iterable[StoredEvent]) -> None:
    """Raises HistoryBroken at the first record that does not hold."""
    for finding in chain_findings(rows):
        why = f"{finding.check}: {finding.expected} ≠ {finding.found}"
        raise HistoryBroken(seq=finding.seq, why=why)


class Lawfulness:
    """Judges streams under the rule sets pinned in their records."""

    def __init__(self, organisation_records: Sequence[Record], rule_set: Callable[[str], Mapping[str, bytes]]) -> None:
        """``rule_set`` gives the files of a digest, or raises KeyError."""
        self._organisations = [(0, Organisation())]
        for record in organisation_records:
            # What is no fact of an organisation is found where its own stream is judged.
            with suppress(*UNTELLABLE):
                self._organisations.append((record.seq, organisations.evolve(self._organisations[-1][1], record)))
        self._rule_set = rule_set
        self._rulebooks: dict[str, Rulebook | None] = {}

    def stream_findings(self, rows: Sequence[StoredEvent]) -> list[Finding]:
        """Every act of a stream that its rules would not have let lead to the events that stand there."""
        records = [record for row in rows if (record := decoded(row)) is not None]
        findings = [
            _record_finding(record, "version", expected, record.version)
            for expected, record in enumerate(records, start=1)
            if record.version != expected
        ]
        told: Case | Document | None = None
        for _batch, group in groupby(records, key=lambda record: record.batch):
            acted = list(group)
            try:
                findings.extend(self._batch_findings(told, acted))
                for record in acted:
                    told = _evolved(told, record)
            except UNTELLABLE as fault:
                return [*findings, _record_finding(acted[0], "lawful", "a history that can be told", str(fault))]
        return findings

    def _batch_findings(self, told: Case | Document | None, records: list[Record]) -> list[Finding]:
        first = records[0]
        rules = self._rules(first.rules)
        if rules is None:
            return [_record_finding(first, "rules", first.rules, "no such rule set is kept")]
        if first.act is None:
            return [_record_finding(first, "lawful", "an act", "events without one")]
        organisation = self.organisation_before(first.seq)
        brings_rules = isinstance(first.act, ImportRules)
        if organisation.rules not in {"", first.rules} and not brings_rules:
            return [_record_finding(first, "rules", organisation.rules, first.rules)]
        context = Context(
            rules=rules,
            organisation=organisation,
            limit=real_day(first.recorded_at),
            before=self._rules(organisation.rules) if brings_rules else None,
            acting=Acting(name=first.actor, day=real_day(first.recorded_at)),
        )
        try:
            drafted = decided(told, first, context)
        except Refusal as refusal:
            return [_record_finding(first, "lawful", f"refused: {refusal.code}", kind_of(first.event))]
        wanted = [(each.on, each.event, each.state) for each in drafted]
        found = [(record.on, record.event, record.state) for record in records]
        if wanted == found:
            return []
        return [_record_finding(first, "lawful", _told(wanted), _told(found))]

    def organisation_before(self, seq: int) -> Organisation:
        """The organisation as it stood when record ``seq`` was decided."""
        place = bisect_left(self._organisations, seq, key=lambda each: each[0])
        return self._organisations[place - 1][1]

    def _rules(self, digest: str) -> Rulebook | None:
        """The rule set of that digest, if it is kept and is what its digest says."""
        if digest not in self._rulebooks:
            try:
                rules = Rulebook(self._rule_set(digest))
                self._rulebooks[digest] = rules if rules.digest == digest else None
            except KeyError:
                self._rulebooks[digest] = None
        return self._rulebooks[digest]


def decided(told: Case | Document | None, first: Record, context: Context) -> tuple[Drafted, ...]:
    """What the act on ``first`` leads to in this context; nothing when it carries none. Raises the act's Refusal.

    ``told`` is the case or the document as it stood before.
    """
    if first.act is None:
        return ()
    if first.stream == ORGANISATION:
        return decide_organisation(first.act, context).drafted
    if isinstance(first.act, DocumentAct):
        return decide_document(told if isinstance(told, Document) else None, first.act, context).drafted
    return decide(told if isinstance(told, Case) else None, first.act, context).drafted


def _evolved(told: Case | Document | None, record: Record) -> Case | Document | None:
    """The case or the document after ``record``; of the organisation nothing is told here."""
    if record.stream == ORGANISATION:
        return None
    if isinstance(told, Document) or (told is None and is_of_document(record)):
        return evolve_document(told, record)
    return evolve(told, record)


def texts_named(records: Iterable[Record]) -> list[tuple[int, str, str]]:
    """The texts that records name, by sequence number, case and digest."""
    return [
        (record.seq, record.stream, record.event.text.sha256)
        for record in records
        if isinstance(record.event, CaseOpened | TextRevised) and record.event.text.sha256 is not None
    ]


def _told(facts: Sequence[tuple[object, object, object]]) -> str:
    return " · ".join(f"{on} {event} → {state}" for on, event, state in facts) or "–"


def _finding(row: StoredEvent, check: str, expected: object, found: object) -> Finding:
    case = None if row.stream == ORGANISATION else row.stream
    return Finding(seq=row.seq, case=case, check=check, expected=str(expected), found=str(found))


def _record_finding(record: Record, check: str, expected: object, found: object) -> Finding:
    case = None if record.stream == ORGANISATION else record.stream
    return Finding(seq=record.seq, case=case, check=check, expected=str(expected), found=str(found))
