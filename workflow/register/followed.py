"""Whether the log holds what was asked of documents: right after the act that asked for it, and nothing else.

Every act on a document is decided anew in the document's own stream. That it followed from an act on a case, and that
none was left out, only the two together can say.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct, field

from workflow.acts import Act
from workflow.audit import UNTELLABLE
from workflow.chain import Finding, read_record
from workflow.decide.draft import Context
from workflow.evolve import fold
from workflow.permission import FOLLOWING
from workflow.record import Record, is_of_document
from workflow.register.acts import ChangeBinding, EnterDocument, Following, MoveDay, Supersede
from workflow.register.carried_out import Waiting, carry_out, leads_on
from workflow.register.document import Document, document_in
from workflow.register.events import DocumentRegistered
from workflow.register.following import Asked
from workflow.register.plan import Office, Plan

#: How many records after an act are read at once: few acts ask for more.
_AT_ONCE = 3

_ALWAYS = frozenset(FOLLOWING)


class Led(Struct):
    """What streams say of it: what was ``asked`` of documents; each act that something asked for, by its number.

    ``waiting``: each document that was entered to hold until another is succeeded, and that other one.
    """

    asked: list[Asked] = field(default_factory=list)
    followed: dict[int, str] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)

    def note(self, records: Sequence[Record]) -> None:
        """Adds what the records of a document say; those of a case are judged for what they ask."""
        if not records or not is_of_document(records[0]):
            return
        entered = records[0].event
        if isinstance(entered, DocumentRegistered) and entered.entry.terms.validity.ends_with is not None:
            self.waiting.append((records[0].stream, entered.entry.terms.validity.ends_with))
        for record in records:
            act = record.act
            if act is None:
                continue
            if follows(act):
                self.followed[record.seq] = record.stream
            elif isinstance(act, Supersede):
                self.asked.append(_asked_by_hand(record, act))


class Log(Struct, frozen=True, kw_only=True):
    """Where to look: the bytes of records by number, those of a stream, and what was decided by."""

    contents_at: Callable[[Collection[int]], Mapping[int, bytes]]
    records_of: Callable[[str], Sequence[Record]]
    context_of: Callable[[Asked], Context | None]


class Followed:
    """Holds what was asked to what stands there, stream by stream, in whatever order they come."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._at_hand: Mapping[int, bytes] = {}
        self._later: list[Asked] = []
        self._waiting: defaultdict[str, set[str]] = defaultdict(set)
        # What one of them has is taken out by the other: what is left at the end did not follow from anything.
        self._borne_out: set[int] = set()
        self._followed: dict[int, str] = {}

    def take(self, led: Led) -> tuple[list[Finding], set[int]]:
        """What is to be said against what was asked there, and which acts there, by number, were asked for so."""
        for document, of in led.waiting:
            self._waiting[of].add(document)
        # What waits, or waited, for a document that is replaced may not have come yet.
        at_once = [each for each in led.asked if not _leads_on(each)]
        self._later += [each for each in led.asked if _leads_on(each)]
        self._at_hand = self._log.contents_at({each.seq + more for each in at_once for more in range(1, _AT_ONCE + 1)})
        findings = [finding for each in at_once for finding in self._against(each)]
        borne_out = led.followed.keys() & self._borne_out
        self._borne_out -= borne_out
        self._followed.update((seq, name) for seq, name in led.followed.items() if seq not in borne_out)
        return findings, borne_out

    def rest(self) -> Iterator[Finding]:
        """The same of what could only be told once all was read, and every act that nothing asked for."""
        for asked in self._later:
            yield from self._against(asked)
            self._bear_out_entry(asked)
        for seq in sorted(self._followed):
            record = self._record(seq)
            if record is not None:
                told = _told(record.stream, record.act)
                yield _finding(seq, self._followed[seq], "an act right before that asks for it", told)

    def _against(self, asked: Asked) -> Iterator[Finding]:
        standing = self._standing(asked)
        found = _plainly_there(asked, standing)
        if found is not None:
            self._bear_out(found)
            return
        wanted = self._wanted(asked)
        there = list(self._standing(asked))[: len(wanted)]
        for document, act in wanted:
            same = next((each for each in there if each.stream == document and each.act == act), None)
            if same is not None:
                there.remove(same)
                self._bear_out([same])
                continue
            other = next((each for each in there if (each.stream, each.act) not in wanted), None)
            found_there = _told(other.stream, other.act) if other is not None else "–"
            yield _finding(asked.seq, asked.by, _told(document, act), found_there)

    def _wanted(self, asked: Asked) -> list[tuple[str, Act | None]]:
        """What had to come of it, as the documents stood; nothing where that cannot be told."""
        context = self._log.context_of(asked)
        if context is None:
            return []

        def streams(name: str) -> list[Record]:
            return [record for record in self._log.records_of(name) if record.seq <= asked.seq]

        def for_one(of: str) -> list[str]:
            return [document.id for document in told(self._waiting[of]) if document.event_met is None]

        def ended_by(successor: str) -> list[str]:
            waited = told(name for names in self._waiting.values() for name in names)
            return [document.id for document in waited if document.event_met and document.event_met.by == successor]

        def told(names: Iterable[str]) -> Iterator[Document]:
            documents = (document_in(streams(name)) for name in sorted(names))
            return (document for document in documents if document is not None)

        plan = Plan(Office(context=context, actor=asked.actor), streams)
        # What is wrong with a document itself is found where it is judged.
        with suppress(*UNTELLABLE):
            carry_out(plan, asked.acts, Waiting(for_one=for_one, ended_by=ended_by))
        return [(batch.stream, batch.act) for batch, _keep in plan.batches]

    def _standing(self, asked: Asked) -> Iterator[Record]:
        """The records that begin an act on a document, of those right after it that can be of its transaction."""
        seq, batch = asked.seq + 1, None
        while (record := self._record(seq)) is not None and (record.actor, record.rules) == (asked.actor, asked.rules):
            if record.act is not None and (follows(record.act) or isinstance(record.act, Supersede)):
                batch = record.batch
                yield record
            elif record.act is not None or record.batch != batch:
                return
            seq += 1

    def _record(self, seq: int) -> Record | None:
        content = self._at_hand.get(seq) or self._log.contents_at({seq}).get(seq)
        return read_record(content) if content is not None else None

    def _bear_out(self, records: Iterable[Record]) -> None:
        for record in records:
            if self._followed.pop(record.seq, None) is None:
                self._borne_out.add(record.seq)

    def _bear_out_entry(self, asked: Asked) -> None:
        """Whoever names a case as successor has its document entered first, if the case is in force."""
        entry = self._record(asked.seq)
        if entry is None or not isinstance(entry.act, EnterDocument) or entry.act.case is None:
            return
        ((_, act),) = asked.acts[-1:]
        if not isinstance(act, Supersede) or (act.by, asked.actor) != (entry.stream, entry.actor):
            return
        with suppress(*UNTELLABLE):
            case = fold(record for record in self._log.records_of(entry.act.case) if record.seq < entry.seq)
            if case is not None and case.state == "in_force":
                self._bear_out([entry])


def follows(act: Act) -> bool:
    """Whether only something else, an act on a case or on another document, leads to this one."""
    if type(act) in _ALWAYS:
        return True
    return isinstance(act, Following) and (act.of_case or (isinstance(act, EnterDocument) and act.case is not None))


def _asked_by_hand(record: Record, act: Supersede) -> Asked:
    """That a document is replaced, by somebody: asked right before its own record."""
    return Asked(
        seq=record.seq - 1,
        by=record.stream,
        actor=record.actor,
        rules=record.rules,
        recorded_at=record.recorded_at,
        acts=((record.stream, act),),
    )


def _leads_on(asked: Asked) -> bool:
    return any(leads_on(act) for _, act in asked.acts)


def _plainly_there(asked: Asked, standing: Iterator[Record]) -> list[Record] | None:
    """The records that begin what was asked, when all of it is there; None when that takes a closer look."""
    found: list[Record] = []
    if _leads_on(asked):
        return None
    for document, act in asked.acts:
        if found and found[-1].stream == document and _has_just_so(found[-1], act):
            continue
        record = next(standing, None)
        if record is None or record.stream != document or record.act != act:
            return None
        found.append(record)
    return found


def _has_just_so(entered: Record, act: Act) -> bool:
    """Whether a document that has just been entered binds, and from its day, already."""
    if not isinstance(entered.act, EnterDocument):
        return False
    return isinstance(act, MoveDay) or (isinstance(act, ChangeBinding) and act.binds)


def _told(document: str, act: Act | None) -> str:
    return f"{document}: {act}"


def _finding(seq: int, by: str, expected: str, found: str) -> Finding:
    return Finding(seq=seq, case=by, check="followed", expected=expected, found=found)
