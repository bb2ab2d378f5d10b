"""What acts rest on in other cases, held to those cases as they stood.

An act carries what the engine looked up for it, so that its own record tells why it was let through or what it found
lacking: where the receiver of an uppdrag has its uppdragsbeskrivning, the structure case behind a change of structure.
Whether that was so, only those other cases can say. An act that carries nothing claims nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from msgspec import Struct, field

from workflow.acts import AdoptStructure, Check, Decide, Open
from workflow.audit import UNTELLABLE
from workflow.case import Case
from workflow.case_types import DESCRIPTION, STRUCTURE
from workflow.chain import Finding
from workflow.decide.draft import Context
from workflow.events import CaseOpened
from workflow.evidence import Evidence, structure_case
from workflow.evolve import fold
from workflow.record import ORGANISATION, AnyAct, Record

#: The types of case that acts rest on.
_RESTED_ON = frozenset({DESCRIPTION, STRUCTURE})


class Rested(Struct):
    """What streams say of it: each record whose act rests on another case, and the cases there are to rest on."""

    records: list[Record] = field(default_factory=list)
    cases: list[tuple[str, str]] = field(default_factory=list)

    def note(self, records: Sequence[Record]) -> None:
        """Adds what a stream's records say."""
        if records and isinstance(opened := records[0].event, CaseOpened) and opened.type in _RESTED_ON:
            self.cases.append((opened.type, records[0].stream))
        self.records += [record for record in records if _said(record.act) is not None]

    def add(self, other: "Rested") -> None:
        """Adds what others say."""
        self.records += other.records
        self.cases += other.cases


class Elsewhere:
    """Asks the cases that acts rest on."""

    def __init__(
        self, records_of: Callable[[str], Sequence[Record]], context_before: Callable[[Record], Context | None]
    ) -> None:
        """``records_of`` gives a stream; ``context_before`` what a record was decided by, or None."""
        self._records_of = records_of
        self._context_before = context_before
        self._cases: defaultdict[str, list[str]] = defaultdict(list)

    def unfounded(self, rested: Rested) -> Iterator[Finding]:
        """Every act that rests on something else than there was to be found before it."""
        for type_id, ref in sorted(rested.cases):
            self._cases[type_id].append(ref)
        for record in sorted(rested.records, key=lambda each: each.seq):
            # What is wrong with a case itself, or with its rule set, is found where these are judged.
            with suppress(*UNTELLABLE):
                context = self._context_before(record)
                found = self._found(record, context) if context is not None else _said(record.act)
                if found != _said(record.act):
                    yield _finding(record, found)

    def _found(self, record: Record, context: Context) -> str | None:
        """What there was to be found for the act on ``record``."""
        act, evidence = record.act, Evidence(context, lambda type_id: self._cases_before(record, type_id))
        if isinstance(act, AdoptStructure):
            return structure_case(evidence.cases_of(STRUCTURE), act)
        # An opening is looked at as the case is when it has been opened.
        begun = isinstance(act, Open)
        case = fold(
            each
            for each in self._records_of(record.stream)
            if each.seq < record.seq or (begun and each.batch == record.batch)
        )
        if case is None:
            return None
        if isinstance(act, Open):
            return evidence.undescribed(case, act.on)
        return _said(evidence.added(case, act)) if isinstance(act, Decide | Check) else None

    def _cases_before(self, record: Record, type_id: str) -> Iterator[Case]:
        for ref in self._cases[type_id]:
            case = fold(each for each in self._records_of(ref) if each.seq < record.seq)
            if case is not None:
                yield case


def _said(act: AnyAct | None) -> str | None:
    """What the act says that it rests on; None where that is nothing."""
    if isinstance(act, Decide | AdoptStructure):
        return act.relies_on
    return act.undescribed if isinstance(act, Open | Check) else None


def _finding(record: Record, found: str | None) -> Finding:
    case = None if record.stream == ORGANISATION else record.stream
    return Finding(seq=record.seq, case=case, check="relied on", expected=found or "–", found=_said(record.act) or "–")
