"""Lawfulness of the stored history: all findings as data, each with the record it concerns.

Replay applies facts; here they are judged: whether each act led, under the rules pinned in it, to the events that stand
there.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from workflow import organisation as organisations
from workflow.acts import ImportRules, LetterAct
from workflow.case import Case
from workflow.chain import Finding
from workflow.decide import decide, decide_organisation
from workflow.decide.draft import Acting, Context, Drafted
from workflow.decide.table import Decision
from workflow.errors import Refusal
from workflow.events import CaseOpened, TextRevised, kind_of
from workflow.evolve import evolve
from workflow.local_time import real_day
from workflow.organisation import Organisation
from workflow.record import ORGANISATION, Record, is_of_document
from workflow.register.acts import DOCUMENT_ACTS
from workflow.register.decide import decide_document
from workflow.register.document import Document
from workflow.register.document import evolve as evolve_document
from workflow.register.events import DocumentRegistered
from workflow.register.following import ASKING, Asked, asked_of_documents
from workflow.routing import Routes
from workflow.rulebook import Rulebook

#: What facts that nobody decided on may make of telling them.
UNTELLABLE = (TypeError, KeyError, AttributeError, ValueError, OverflowError)


class Judged(NamedTuple):
    """What is to be said against a stream, and the case or document as it leaves it; None where none can be told.

    ``asked``: what the acts on a case asked of documents.
    """

    findings: list[Finding]
    told: Case | Document | None
    asked: list[Asked]


class _Rules(NamedTuple):
    book: Rulebook
    routes: Routes


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
        self._rulebooks: dict[str, _Rules | None] = {}

    def judged(self, records: Sequence[Record]) -> Judged:
        """Every act of a stream that its rules would not have let lead to the events that stand there."""
        findings = [*_out_of_order(records), *_misnamed(records[:1])]
        told: Case | Document | None = None
        asked: list[Asked] = []
        for acted in _batches(records):
            findings.extend(_written_apart(acted))
            try:
                found, decision = self._decided_anew(told, acted)
                findings.extend(found)
                before, told = told, _after(told, acted, decision)
                if not ASKING.isdisjoint([type(record.event) for record in acted]):
                    asked.extend(self._asked(before, told, acted))
            except UNTELLABLE as fault:
                findings.append(_record_finding(acted[0], "lawful", "a history that can be told", str(fault)))
                return Judged(findings, None, asked)
        return Judged(findings, told, asked)

    def context_of(self, asked: Asked) -> Context | None:
        """What was decided by when that was asked; None when its rule set is not kept."""
        return self._context(asked.seq + 1, asked.rules, asked.actor, asked.recorded_at)

    def context_before(self, record: Record) -> Context | None:
        """What the act on that record was decided by; None when its rule set is not kept."""
        return self._context(record.seq, record.rules, record.actor, record.recorded_at)

    def _context(self, seq: int, digest: str, actor: str, moment: datetime) -> Context | None:
        rules = self._rules(digest)
        if rules is None:
            return None
        day = real_day(moment)
        return Context(
            rules=rules.book,
            organisation=self.organisation_before(seq),
            limit=day,
            acting=Acting(name=actor, day=day),
            first_seq=seq,
            routes=rules.routes,
        )

    def _asked(
        self, before: Case | Document | None, after: Case | Document | None, records: Sequence[Record]
    ) -> Iterator[Asked]:
        """What the records of one act on a case asked of documents, if anything."""
        first, rules = records[0], self._rules(records[0].rules)
        if not isinstance(after, Case) or isinstance(before, Document) or first.act is None or rules is None:
            return
        lasting = rules.book.type_named(after.opened.type).lasting
        events = [record.event for record in records]
        acts = tuple(asked_of_documents(before, after, events, first.act.on, lasting=lasting))
        if acts:
            yield Asked(
                seq=records[-1].seq,
                by=first.stream,
                actor=first.actor,
                rules=first.rules,
                recorded_at=first.recorded_at,
                acts=acts,
            )

    def _decided_anew(
        self, told: Case | Document | None, records: Sequence[Record]
    ) -> tuple[list[Finding], Decision | None]:
        """What is to be said against the records of one act; where that is nothing, what was decided."""
        first = records[0]
        context = self.context_before(first)
        if context is None:
            return [_record_finding(first, "rules", first.rules, "no such rule set is kept")], None
        if first.act is None:
            return [_record_finding(first, "lawful", "an act", "events without one")], None
        if isinstance(first.act, ImportRules):
            context = replace(context, before=self._rulebook(context.organisation.rules))
        elif context.organisation.rules not in {"", first.rules}:
            return [_record_finding(first, "rules", context.organisation.rules, first.rules)], None
        try:
            decision = decided(told, first, context)
        except Refusal as refusal:
            return [_record_finding(first, "lawful", f"refused: {refusal.code}", kind_of(first.event))], None
        if _alike(decision.drafted, records):
            return [], decision
        wanted = [(each.on, each.event, each.state) for each in decision.drafted]
        found = [(record.on, record.event, record.state) for record in records]
        return [_record_finding(first, "lawful", _told(wanted), _told(found))], None

    def organisation_before(self, seq: int) -> Organisation:
        """The organisation as it stood when record ``seq`` was decided."""
        latest = self._organisations[-1]
        if latest[0] < seq:
            return latest[1]
        place = bisect_left(self._organisations, seq, key=lambda each: each[0])
        return self._organisations[place - 1][1]

    def _rulebook(self, digest: str) -> Rulebook | None:
        rules = self._rules(digest)
        return rules.book if rules is not None else None

    def _rules(self, digest: str) -> _Rules | None:
        """The rule set of that digest, if it is kept and is what its digest says."""
        if digest not in self._rulebooks:
            try:
                rules = Rulebook(self._rule_set(digest))
                self._rulebooks[digest] = _Rules(rules, Routes(rules)) if rules.digest == digest else None
            except KeyError:
                self._rulebooks[digest] = None
        return self._rulebooks[digest]


def decided(told: Case | Document | None, first: Record, context: Context) -> Decision:
    """What the act on ``first`` leads to in this context; nothing when it carries none. Raises the act's Refusal.

    ``told`` is the case or the document as it stood before.
    """
    if first.act is None:
        return Decision(drafted=())
    if first.stream == ORGANISATION:
        return decide_organisation(first.act, context)
    if type(first.act) in DOCUMENT_ACTS or (isinstance(told, Document) and isinstance(first.act, LetterAct)):
        return Decision(
            drafted=decide_document(told if isinstance(told, Document) else None, first.act, context).drafted
        )
    return decide(told if isinstance(told, Case) else None, first.act, context)


def evolved(told: Case | Document | None, record: Record) -> Case | Document | None:
    """The case or the document after ``record``; of the organisation nothing is told here."""
    if record.stream == ORGANISATION:
        return None
    if isinstance(told, Document) or (told is None and is_of_document(record)):
        return evolve_document(told, record)
    return evolve(told, record)


def _batches(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """The records of each act."""
    begin = 0
    for place in range(1, len(records) + 1):
        if place == len(records) or records[place].batch != records[begin].batch:
            yield records[begin:place]
            begin = place


def _out_of_order(records: Sequence[Record]) -> Iterator[Finding]:
    """The records of a stream that are not numbered without gaps, or stand in the log before an earlier version."""
    last = 0
    for expected, record in enumerate(records, start=1):
        if record.version != expected:
            yield _record_finding(record, "version", expected, record.version)
        if record.seq <= last:
            yield _record_finding(record, "version", f"a record after {last}", record.seq)
        last = record.seq


def _misnamed(first: Sequence[Record]) -> Iterator[Finding]:
    """The first record of a stream that opens another case, or enters another document, than the stream is called."""
    for record in first:
        event = record.event
        if isinstance(event, CaseOpened | DocumentRegistered):
            named = event.ref if isinstance(event, CaseOpened) else event.entry.id
            if named != record.stream:
                yield _record_finding(record, "stream", named, record.stream)


def _written_apart(records: Sequence[Record]) -> Iterator[Finding]:
    """The records of an act that were not written with its first: one after the other, in one moment, by one actor."""
    first = records[0]
    if first.batch != first.seq:
        yield _record_finding(first, "batch", first.seq, first.batch)
    for offset, record in enumerate(records[1:], start=1):
        wanted = (first.seq + offset, first.actor, first.recorded_at, first.rules, None)
        found = (record.seq, record.actor, record.recorded_at, record.rules, record.act)
        if found != wanted:
            yield _record_finding(record, "batch", _in_one_line(wanted), _in_one_line(found))


def _alike(drafted: Sequence[Drafted], records: Sequence[Record]) -> bool:
    """Whether the records say what was decided, date and state included, and nothing else."""
    if len(drafted) != len(records):
        return False
    for each, record in zip(drafted, records, strict=True):
        if each.event != record.event or each.on != record.on or each.state != record.state:
            return False
    return True


def _after(
    told: Case | Document | None, records: Sequence[Record], decision: Decision | None
) -> Case | Document | None:
    """The case or the document after the records of one act."""
    if decision is not None and decision.case is not None and isinstance(told, Case) and _same_numbers(told, records):
        return decision.case
    for record in records:
        told = evolved(told, record)
    return told


def _same_numbers(case: Case, records: Sequence[Record]) -> bool:
    """Whether the records are numbered as one that decides numbers them: the case decided on is then the case told."""
    seq, version = records[0].seq, case.version + 1
    for offset, record in enumerate(records):
        if record.seq != seq + offset or record.version != version + offset:
            return False
    return True


def texts_named(records: Iterable[Record]) -> list[tuple[int, str, str]]:
    """The texts that records name, by sequence number, case and digest."""
    return [
        (record.seq, record.stream, record.event.text.sha256)
        for record in records
        if isinstance(record.event, _WITH_TEXT) and record.event.text.sha256 is not None
    ]


_WITH_TEXT = (CaseOpened, TextRevised)


def _in_one_line(values: Sequence[object]) -> str:
    return " · ".join("–" if each is None else str(each) for each in values)


def _told(facts: Sequence[tuple[object, object, object]]) -> str:
    return " · ".join(f"{on} {event} → {state}" for on, event, state in facts) or "–"


def _record_finding(record: Record, check: str, expected: object, found: object) -> Finding:
    case = None if record.stream == ORGANISATION else record.stream
    return Finding(seq=record.seq, case=case, check=check, expected=str(expected), found=str(found))
