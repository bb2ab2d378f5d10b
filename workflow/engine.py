"""The one way in: load, decide, append. Whoever acts, a person or the sweep, goes through here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from workflow.acts import Act, CaseAct, Check, Dispatch, LetterAct, Open
from workflow.case import Case
from workflow.decide import decide
from workflow.decide.permitted import require_permitted
from workflow.decide.table import Decision
from workflow.evidence import Evidence, followed
from workflow.evolve import evolve
from workflow.organising import Done, Organising
from workflow.ports import StreamMoved
from workflow.record import ORGANISATION, Record, provisional
from workflow.register.document import Document, document_in
from workflow.register.plan import Office
from workflow.register.registrar import DocumentDone, Registrar
from workflow.views import CaseView, case_view

#: How often an opening takes the next number when somebody else took the one before it.
_OPENING_ATTEMPTS = 1000


class Engine(Organising):
    """Acts on the cases and the organisation of one store."""

    @cached_property
    def register(self) -> Registrar:
        """The way in for acts on documents."""
        return Registrar(self.store, self._office, self.case, self._conflict)

    def open_cases(self) -> Iterator[Case]:
        """Every case that is not over, in order."""
        return (self.case(ref) for ref in self.store.open_refs())

    def open(self, act: Open, attachments: Mapping[str, bytes] | None = None) -> Done:
        """Opens a case under the next free reference of its year. Raises the Refusal of the opening."""
        prefix = f"{self.rules.county.county.reference_prefix}-{act.on.year}-"
        for _ in range(_OPENING_ATTEMPTS):
            number = self.store.last_number(prefix) + 1
            numbered, decision = self._opening(replace(self.register.completed(act), ref=f"{prefix}{number:04d}"))
            try:
                return self._append(numbered.ref, None, numbered, decision, attachments or {})
            except StreamMoved as moved:
                if moved.stream == ORGANISATION:
                    raise self._conflict(ORGANISATION) from None
        raise self._conflict(prefix)

    def handle(
        self, ref: str, act: CaseAct, attachments: Mapping[str, bytes] | None = None, if_version: int | None = None
    ) -> Done:
        """Carries out an act on a case.

        ``if_version`` is the version the caller saw. Raises UnknownCase, the act's Refusal, or Conflict when somebody
        else got there first.
        """
        case = self.case(ref)
        if if_version is not None and if_version != case.version:
            raise self._conflict(ref)
        act = self._with_evidence(case, act)
        decision = decide(case, act, self._context())
        try:
            return self._append(ref, case, act, decision, attachments or {})
        except StreamMoved as moved:
            raise self._conflict(moved.stream) from None

    def handle_letter(self, ref: str, act: LetterAct) -> Done | DocumentDone:
        """Carries out an act on a letter, of the case or of the document that ``ref`` names. Raises as ``handle``."""
        if document_in(self.store.stream(ref)) is not None:
            return self.register.handle(ref, act)
        return self.handle(ref, act)

    def unchanged(self, ref: str) -> Done | DocumentDone:
        """The case or the document as it stands, as an act would tell it that changed nothing. Raises UnknownCase."""
        document = document_in(self.store.stream(ref))
        if document is not None:
            return DocumentDone(document=document, records=())
        return Done(case=self.case(ref), records=())

    def try_out_letter(self, matter: Case | Document, act: LetterAct) -> Decision:
        """What ``handle_letter`` would do, without doing it. Raises the same Refusal."""
        return self.register.try_out(matter, act) if isinstance(matter, Document) else self.try_out(matter, act)

    def try_out(self, case: Case, act: CaseAct) -> Decision:
        """What ``handle`` would do, without doing it. Raises the same Refusal."""
        return decide(case, self._with_evidence(case, act), self._context())

    def try_out_for_anybody(self, case: Case, act: CaseAct) -> Decision:
        """What ``handle`` would do for somebody who may. Raises the same Refusal, but NotPermitted."""
        return decide(case, self._with_evidence(case, act), replace(self._context(), acting=None))

    def require_permitted(self, case: Case | None, act: Act) -> None:
        """Raises NotPermitted when the act is not the present actor's to do; without a case: with any of them."""
        require_permitted(case, act, self._context())

    def followed(self, case: Case) -> Case:
        """The case as it goes on today, under the structure in force; itself where that has no route for it."""
        return followed(case, Check(on=self._limit), self._context())

    def foresee(self, case: Case, day: date) -> Decision:
        """What the calendar would bring about on ``day``, also a day that has not come. Nothing is written."""
        act = self._with_evidence(case, Check(on=day))
        return decide(case, act, replace(self._context(), limit=day, acting=None))

    def foresee_documents(self, case: Case, foreseen: Decision, day: date) -> Mapping[str, Document]:
        """The documents that what is foreseen for a case would make or change, as it would leave them."""
        after = self._after(case.ref, case, foreseen)
        if after is None:
            return {}
        events = [each.event for each in foreseen.drafted]
        return self.register.following(case, after, events, day, limit=day).changed

    def check(self, ref: str, day: date) -> Done:
        """What the calendar brings about for a case; a race is somebody else having seen to it."""
        return self.handle(ref, Check(on=day))

    def _with_evidence(self, case: Case, act: CaseAct) -> CaseAct:
        """The act with what it relies on outside the case, so that the record itself says so."""
        if isinstance(act, Dispatch):
            return replace(act, checkpoint=self.store.checkpoint().text)
        return self._evidence().added(case, act)

    def _opening(self, act: Open) -> tuple[Open, Decision]:
        """The opening with what it relies on outside the case, and what is decided of it. Raises its Refusal."""
        decision = decide(None, act, self._context())
        case = self._after(act.ref, None, decision)
        undescribed = self._evidence().undescribed(case, act.on) if case else None
        if undescribed is not None:
            act = replace(act, undescribed=undescribed)
            decision = decide(None, act, self._context())
        told = (self._evidence().asked_already(act), self.register.remark_on_group(act))
        remarks = tuple(each for each in told if each is not None)
        return act, replace(decision, remarks=(*decision.remarks, *remarks))

    def _evidence(self) -> Evidence:
        return Evidence(self._context(), self._cases_of)

    def _office(self) -> Office:
        return Office(context=self._context(), actor=self.actor)

    def _append(
        self, ref: str, case: Case | None, act: CaseAct, decision: Decision, attachments: Mapping[str, bytes]
    ) -> Done:
        if not decision.drafted:
            return Done(case=case, records=(), remarks=decision.remarks)
        after = self._after(ref, case, decision)
        events = [each.event for each in decision.drafted]
        plan = self.register.following(case, after, events, act.on) if after else None
        planned = self._office().batch(ref, case.version if case else 0, act, decision.drafted)
        batch = replace(planned, attachments=attachments, before=case_view(case) if case else None)
        records: list[Record] = []

        def keep(written: Sequence[Record]) -> CaseView | None:
            records.extend(written)
            nonlocal after
            after = case
            for record in written:
                after = evolve(after, record)
            return case_view(after) if after else None

        if plan is not None and plan.batches:
            self.store.append_all(lambda _streams: [(batch, keep), *plan.batches])
        else:
            self.store.append(batch, keep)
        remarks = (*decision.remarks, *(plan.remarks if plan else ()))
        following = tuple(plan.records) if plan is not None else ()
        return Done(case=after, records=tuple(records), following=following, remarks=remarks)

    def _after(self, ref: str, case: Case | None, decision: Decision) -> Case | None:
        """The case as what is decided would leave it."""
        if decision.case is not None:
            return decision.case
        after = case
        for number, each in enumerate(decision.drafted, (case.version if case else 0) + 1):
            record = provisional(ref, number, each.on, each.event, each.state)
            after = evolve(after, replace(record, actor=self.actor))
        return after
