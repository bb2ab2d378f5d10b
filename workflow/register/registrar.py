"""The way in for acts on documents: load, decide, append. Where an act concerns several, it is all of them or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import Act, Open
from workflow.bad_data import UnknownCase, UnknownDocument, ValueInvalid
from workflow.case import Case
from workflow.decide.table import Decision
from workflow.errors import N_, Remark
from workflow.facts import Fact
from workflow.ports import Batch, Keep, Store, StreamMoved, Writings
from workflow.record import ORGANISATION, Record
from workflow.refusals import Conflict, StepNotPossible
from workflow.register import acts
from workflow.register.bilaga import entry_now
from workflow.register.carried_out import Waiting, carry_out, replace_document
from workflow.register.decide import decide_document
from workflow.register.decide.ending import require_unprotected
from workflow.register.document import Document, document_in
from workflow.register.entry import Entry
from workflow.register.following import asked_of_documents, born, born_as, facts_of
from workflow.register.hints import alike
from workflow.register.plan import Office, Plan, Streams
from workflow.register.spans import first_day

_OTHER_WORDS = N_("{document} stands in the register with other words; they were left as they are there.")


class DocumentDone(Struct, frozen=True, kw_only=True):
    """What an act led to. No records: there was nothing to record, and a remark says so."""

    document: Document | None
    records: tuple[Record, ...]
    remarks: tuple[Remark, ...] = ()


class Entered(Struct, frozen=True, kw_only=True):
    """How many documents a list added to the register, and how many stood there as it says."""

    added: int
    unchanged: int
    remarks: tuple[Remark, ...] = ()


class Registrar:
    """Acts on the documents of one store. ``office`` is asked anew for each act: the organisation may have moved."""

    def __init__(
        self,
        store: Store,
        office: Callable[[], Office],
        case: Callable[[str], Case],
        conflict: Callable[[str], Conflict],
    ) -> None:
        """``conflict`` tells where a stream is that somebody else has moved."""
        self._store = store
        self._office = office
        self._case = case
        self._conflict = conflict
        self._waiting = Waiting(for_one=store.documents_awaiting, ended_by=store.documents_ended_by)

    def document(self, document_id: str) -> Document:
        """The document as it stands. Raises UnknownDocument."""
        found = document_in(self._store.stream(document_id))
        if found is None:
            raise UnknownDocument(document=document_id, suggestion=self._store.nearest_document(document_id))
        return found

    def enter(self, entries: Iterable[Entry], on: date) -> Entered:
        """Enters each document that is not in the register; all of them, or none.

        Raises ValueInvalid for one that stands there with another entry, and what reading ``entries`` raises.
        """
        office = self._office()
        awaiting = self._awaiting()
        counts = {"added": 0, "unchanged": 0}
        remarks: list[Remark] = []

        def writings(streams: Streams) -> Iterator[tuple[Batch, Keep]]:
            for entry in entries:
                plan = Plan(office, streams)
                standing = _standing(plan, entry)
                counts["unchanged" if standing else "added"] += 1
                if standing is None:
                    plan.act(entry.id, acts.EnterDocument(on=on, entry=entry))
                    remarks.extend(_hints(entry, awaiting))
                    yield from plan.batches
                elif not _worded_alike(standing, entry):
                    remarks.append(Remark(_OTHER_WORDS, {"document": entry.id}))

        self._append(writings)
        return Entered(added=counts["added"], unchanged=counts["unchanged"], remarks=tuple(remarks))

    def handle(self, document_id: str, act: Act) -> DocumentDone:
        """Carries out an act on one document. Raises UnknownDocument, the act's Refusal, or Conflict."""
        self.document(document_id)
        if isinstance(act, acts.GiveNotice):
            act = replace(act, checkpoint=self._store.checkpoint().text)
        plan = self._plan()
        plan.act(document_id, act)
        return self._written(plan, document_id)

    def extend(self, document_id: str, on: date, ref: str | None) -> DocumentDone:
        """A later last day, by the case of that reference. Raises UnknownCase, ExtensionNeedsRoute and others."""
        facts = facts_of(self._case(ref)) if ref is not None else None
        return self.handle(document_id, acts.ExtendTerm(on=on, case=facts))

    def supersede(self, document_id: str, by: str, on: date, from_day: date | None = None) -> DocumentDone:
        """Another document takes its place, or what a case has led to; what waits for that ends as well.

        Raises UnknownDocument, StepNotPossible for a case that is not in force, and the refusals of ``Supersede``.
        """
        plan = self._plan()
        self.document(document_id)
        successor = self._successor(plan, by, on)
        begins = from_day or first_day(successor)
        act = acts.Supersede(on=on, by=successor.id, from_day=begins, line=self._line(successor))
        replace_document(plan, document_id, act, self._waiting)
        return self._written(plan, document_id)

    def try_out(self, document: Document, act: Act) -> Decision:
        """What ``handle`` would do with an act that relies on nothing else, without doing it. Raises its Refusal."""
        return decide_document(document, act, self._office().context)

    def foresee(self, document: Document, day: date) -> Decision:
        """What the calendar would bring about on ``day``, also a day that has not come. Nothing is written."""
        context = replace(self._office().context, limit=day, acting=None)
        return decide_document(document, acts.CheckDocument(on=day), context)

    def check(self, document_id: str, day: date) -> DocumentDone:
        """What the calendar, or a change of structure, brings about for a document."""
        return self.handle(document_id, acts.CheckDocument(on=day))

    def completed(self, act: Open) -> Open:
        """An opening with what the register says of its document.

        As it is where the register has no such document. Raises StatutoryProtected for a case that is to end what the
        law demands.
        """
        if act.document is None:
            return act
        document = document_in(self._store.stream(act.document))
        if document is None:
            return act
        if act.aim == "terminate":
            require_unprotected(document)
        return self.told_by(document, act)

    def told_by(self, document: Document, act: Open) -> Open:
        """An opening on a document of the register with what that says of it."""
        entry = document.entry
        in_rules = self._office().context.rules.register.document_named(entry.id) is not None
        told = {} if in_rules else {"group": act.group or entry.group, "level": act.level or entry.level}
        return replace(act, completed=document.confirmed, lifted=entry.lifted and not in_rules, **told)

    def remark_on_group(self, act: Open) -> Remark | None:
        """That the case is opened for another group than its document is of; None where it is not."""
        if act.document is None or act.group is None:
            return None
        rules = self._office().context.rules
        standing, known = document_in(self._store.stream(act.document)), rules.register.document_named(act.document)
        group = standing.entry.group if standing else known.group if known else None
        if group in {None, act.group}:
            return None
        told = N_("{document} is of the group {own}: the case goes the way of {asked} all the same, as it was asked.")
        names = {"own": rules.name_of(group or "–"), "asked": rules.name_of(act.group)}
        return Remark(told, {"document": act.document, **names})

    def following(
        self, before: Case | None, after: Case, events: Sequence[Fact], on: date, *, limit: date | None = None
    ) -> Plan:
        """What an act on a case asks of documents, planned; what a document refuses is a remark, and stops nothing.

        ``limit``: the last day a fact may be dated, where the plan is only looked at and not that of today.
        """
        plan = self._plan(limit)
        lasting = plan.rules.type_named(after.opened.type).lasting
        carry_out(plan, asked_of_documents(before, after, events, on, lasting=lasting), self._waiting)
        for batch, _keep in plan.batches:
            if isinstance(batch.act, acts.EnterDocument):
                plan.remarks.extend(_hints(batch.act.entry, self._awaiting()))
        return plan

    def _successor(self, plan: Plan, by: str, on: date) -> Document:
        found = plan.document(by)
        if found is not None:
            return found
        try:
            case = self._case(by)
        except UnknownCase:
            if plan.rules.is_reference(by):
                raise
            raise UnknownDocument(document=by, suggestion=self._store.nearest_document(by)) from None
        if case.state != "in_force":
            raise StepNotPossible(
                ref=case.ref, state=case.state, why=N_("only what is in force can replace a document.")
            )
        plan.act(born_as(case), born(case, on))
        successor = plan.document(born_as(case))
        if successor is None:
            raise UnknownDocument(document=by)
        return successor

    def _line(self, document: Document) -> tuple[str, ...]:
        """The documents that have followed one another after ``document``."""
        line: list[str] = []
        found: Document | None = document
        while found is not None and found.superseded is not None and found.superseded.by not in line:
            line.append(found.superseded.by)
            found = document_in(self._store.stream(line[-1]))
        return tuple(line)

    def _awaiting(self) -> list[Document]:
        return [self.document(each) for each in self._store.documents_awaiting()]

    def _plan(self, limit: date | None = None) -> Plan:
        office = self._office()
        if limit is not None:
            office = replace(office, context=replace(office.context, limit=limit))
        return Plan(office, self._store.stream)

    def _append(self, writings: Writings) -> None:
        try:
            self._store.append_all(writings)
        except StreamMoved as moved:
            raise self._conflict(moved.stream) from None

    def _written(self, plan: Plan, document_id: str) -> DocumentDone:
        if plan.batches:
            self._append(lambda _streams: plan.batches)
        return DocumentDone(
            document=plan.document(document_id), records=tuple(plan.records), remarks=tuple(plan.remarks)
        )


def _standing(plan: Plan, entry: Entry) -> Document | None:
    """The document as it stands in the register with this entry; None where it does not. Raises ValueInvalid.

    The entry is that it was entered with, or as it reads now: what no rule goes by may be worded otherwise.
    """
    if entry.id == ORGANISATION:
        raise ValueInvalid(field="id", why=N_("«{id}» is no id for a document."), id=entry.id)
    document = plan.document(entry.id)
    if document is None:
        return None
    if _unworded(entry) not in (_unworded(document.entry), _unworded(entry_now(document))):
        why = N_("{document} stands in the register with another entry; an import adds, and changes nothing.")
        raise ValueInvalid(field="id", why=why, document=entry.id)
    return document


def _worded_alike(document: Document, entry: Entry) -> bool:
    return entry in (document.entry, entry_now(document))


def _unworded(entry: Entry) -> Entry:
    """The entry without what is only there to be read: notes, and names and events as they were printed."""
    terms = replace(entry.terms, validity=replace(entry.terms.validity, event=None))
    return replace(entry, notes="", recommending_as_printed=None, validity_text="", terms=terms)


def _hints(entry: Entry, awaiting: Sequence[Document]) -> Iterator[Remark]:
    asked = N_(
        "{waiting} holds until there is «{event}». If that is {document}, say so: «register supersede {of} --by ID»."
    )
    for each in awaiting:
        event, of = each.validity.event or "", each.validity.ends_with
        if entry.id not in {each.id, of} and alike(entry.title, event):
            yield Remark(asked, {"waiting": each.id, "event": event, "document": entry.id, "of": of})
