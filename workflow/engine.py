"""The one way in: load, decide, append. Whoever acts, a person or the sweep, goes through here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from workflow import organisation as organisations
from workflow.acts import (
    Act,
    AdoptStructure,
    CaseAct,
    Check,
    Dispatch,
    ImportRules,
    LetterAct,
    Open,
    OrganisationAct,
)
from workflow.bad_data import NoDatabase, UnknownCase
from workflow.case import Case
from workflow.decide import decide, decide_organisation
from workflow.decide.draft import Acting, Context
from workflow.decide.permitted import require_permitted
from workflow.decide.table import Decision
from workflow.errors import N_, Missing, Remark
from workflow.evidence import STRUCTURE, Evidence, followed, structure_case
from workflow.evolve import evolve, fold
from workflow.local_time import real_day
from workflow.organisation import Organisation
from workflow.ports import Batch, Clock, Store, StreamMoved
from workflow.record import ORGANISATION, Record, provisional
from workflow.refusals import Conflict, NotPermitted, RulesInvalid
from workflow.register.document import Document, document_in
from workflow.register.plan import Office
from workflow.register.registrar import DocumentDone, Registrar
from workflow.rulebook import Rulebook, shipped_rules
from workflow.views import CaseView, case_view

#: Raises a refusal when a rule set (the second) cannot come into force in place of another (the first).
RulesCheck = Callable[[Rulebook, Rulebook, Organisation], None]

#: How often an opening takes the next number when somebody else took the one before it.
_OPENING_ATTEMPTS = 1000


class Done(Struct, frozen=True, kw_only=True):
    """What an act led to. No records: there was nothing to record, and a remark says so.

    ``following``: what was recorded of documents, because of it.
    """

    case: Case | None
    records: tuple[Record, ...]
    following: tuple[Record, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Engine:
    """Acts on the cases and the organisation of one store."""

    def __init__(self, store: Store, clock: Clock, actor: str, today: date | None = None) -> None:
        """``today`` is the date questions are asked for; no fact may be dated after it, nor after the real day."""
        self.store = store
        self._asked_actor = actor
        self._real_day = real_day(clock.now())
        self.today = today or self._real_day
        self._limit = min(self.today, self._real_day)

    @cached_property
    def actor(self) -> str:
        """Who acts. Raises NotPermitted for another name than the login, where the database has logins."""
        login = self.store.login()
        if login is not None and login != self._asked_actor:
            why = N_("the database knows you as {login}, and whoever acts cannot be chosen there")
            raise NotPermitted(who=self._asked_actor, why=why, login=login, missing=[Missing("not_permitted", login)])
        return self._asked_actor

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation as it stands. Raises NoDatabase when nothing has been initialised."""
        found = organisations.fold(self.store.stream(ORGANISATION))
        if not found.origin:
            raise NoDatabase(where="--db", why=N_("it is not finished."))
        return found

    @cached_property
    def register(self) -> Registrar:
        """The way in for acts on documents."""
        return Registrar(self.store, self._office, self.case, self._conflict)

    @cached_property
    def rules(self) -> Rulebook:
        """The rule set in force: the one the organisation's latest record was decided under."""
        return self._kept_rules(self.organisation)

    def case(self, ref: str) -> Case:
        """The case as it stands. Raises UnknownCase."""
        found = fold(self.store.stream(ref))
        if found is None:
            raise UnknownCase(ref=ref, suggestion=self.store.nearest_ref(ref))
        return found

    def open_cases(self) -> Iterator[Case]:
        """Every case that is not over, in order."""
        return (self.case(ref) for ref in self.store.open_refs())

    def initialise(self, act: OrganisationAct) -> Done:
        """Creates the organisation under the rules that come with the product; again, it changes nothing."""
        organisation = organisations.fold(self.store.stream(ORGANISATION))
        rules = self._kept_rules(organisation) if organisation.origin else shipped_rules()
        context = Context(rules=rules, organisation=organisation, limit=self._limit)
        return self._append_organisation(act, context, rule_files=rules.by_digest)

    def organise(self, act: OrganisationAct) -> Done:
        """Carries out an act on the organisation. Raises its Refusal, or Conflict."""
        if isinstance(act, AdoptStructure):
            act = replace(act, relies_on=structure_case(self._cases_of(STRUCTURE), act))
        return self._append_organisation(act, self._context(), rule_files={})

    def import_rules(self, files: Mapping[str, bytes], on: date, minutes: str | None, check: RulesCheck) -> Done:
        """Brings rule files into force beside those that are; ``check`` raises when the whole does not hold together.

        Raises RulesInvalid for a change to what is in use, DateInFuture, Conflict, and what ``check`` raises.
        """
        before, rules = self.rules, Rulebook({**self.rules.contents, **files})
        act = ImportRules(on=on, digest=rules.digest, minutes=minutes)
        context = replace(self._context(), rules=rules, before=before)
        if decide_organisation(act, context).drafted:
            check(before, rules, context.organisation)
        return self._append_organisation(act, context, rule_files=rules.by_digest)

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
        if undescribed is None:
            return act, decision
        act = replace(act, undescribed=undescribed)
        return act, decide(None, act, self._context())

    def _evidence(self) -> Evidence:
        return Evidence(self._context(), self._cases_of)

    def _cases_of(self, type_id: str) -> Iterator[Case]:
        return (self.case(ref) for ref in self.store.refs_of_type(type_id))

    def _kept_rules(self, organisation: Organisation) -> Rulebook:
        """The rule set the organisation names, as the database keeps it. Raises RulesInvalid when it is another."""
        try:
            rules = Rulebook(self.store.rule_set(organisation.rules))
        except (KeyError, ValueError):
            raise RulesInvalid(file=organisation.rules, why=N_("a file of it is not in the database.")) from None
        if rules.digest != organisation.rules:
            raise RulesInvalid(file=organisation.rules, why=N_("the database holds other bytes than its digest says."))
        return rules

    def _office(self) -> Office:
        return Office(context=self._context(), actor=self.actor)

    def _context(self) -> Context:
        acting = Acting(name=self.actor, day=self._real_day)
        return Context(rules=self.rules, organisation=self.organisation, limit=self._limit, acting=acting)

    def _append(
        self, ref: str, case: Case | None, act: CaseAct, decision: Decision, attachments: Mapping[str, bytes]
    ) -> Done:
        if not decision.drafted:
            return Done(case=case, records=(), remarks=decision.remarks)
        after = self._after(ref, case, decision)
        events = [each.event for each in decision.drafted]
        plan = self.register.following(case, after, events, act.on) if after else None
        batch = Batch(
            stream=ref,
            expected=case.version if case else 0,
            act=act,
            drafted=decision.drafted,
            actor=self.actor,
            rules=self.rules.digest,
            unless_moved={ORGANISATION: self.organisation.version},
            attachments=attachments,
            before=case_view(case) if case else None,
        )
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

    def _append_organisation(self, act: OrganisationAct, context: Context, rule_files: Mapping[str, bytes]) -> Done:
        decision = decide_organisation(act, context)
        if not decision.drafted:
            return Done(case=None, records=(), remarks=decision.remarks)
        batch = Batch(
            stream=ORGANISATION,
            expected=context.organisation.version,
            act=act,
            drafted=decision.drafted,
            actor=self.actor,
            rules=context.rules.digest,
            rule_files=rule_files,
        )
        try:
            records = self.store.append(batch, lambda _: None)
        except StreamMoved:
            raise self._conflict(ORGANISATION) from None
        for known in ("organisation", "rules"):
            self.__dict__.pop(known, None)
        return Done(case=None, records=records, remarks=decision.remarks)

    def _conflict(self, stream: str) -> Conflict:
        """Tells where the stream is now; whoever tries again sees the organisation as it is by then."""
        self.__dict__.pop("organisation", None)
        records = self.store.stream(stream)
        found = None if stream == ORGANISATION else document_in(records) or fold(records)
        what = N_("the organisation") if stream == ORGANISATION else stream
        return Conflict(what=what, version=len(records), state=found.state if found else "–")
