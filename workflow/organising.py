"""The organisation of a store: as it stands, and the acts on it. What acts on cases (engine.py) builds on it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from workflow import organisation as organisations
from workflow.acts import AdmitActor, AdoptStructure, ImportRules, OrganisationAct, RemoveActor
from workflow.bad_data import NoDatabase, UnknownCase
from workflow.case import Case
from workflow.case_types import STRUCTURE
from workflow.decide import decide_organisation
from workflow.decide.draft import Acting, Context
from workflow.errors import N_, Missing, Remark
from workflow.evidence import structure_case, why_undecided
from workflow.evolve import fold
from workflow.local_time import real_day
from workflow.organisation import Organisation
from workflow.ports import Batch, Clock, Store, StreamMoved
from workflow.record import ORGANISATION, Record
from workflow.refusals import Conflict, NotPermitted, RulesInvalid, StructureUndecided
from workflow.register.document import document_in
from workflow.rulebook import Rulebook, shipped_rules

#: Raises a refusal when a rule set (the second) cannot come into force in place of another (the first).
RulesCheck = Callable[[Rulebook, Rulebook, Organisation], None]


class Done(Struct, frozen=True, kw_only=True):
    """What an act led to. No records: there was nothing to record, and a remark says so.

    ``following``: what was recorded of documents, because of it.
    """

    case: Case | None
    records: tuple[Record, ...]
    following: tuple[Record, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Organising:
    """Acts on the organisation of one store, and what every other act asks of it."""

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
    def rules(self) -> Rulebook:
        """The rule set in force: the one the organisation's latest record was decided under."""
        return self._kept_rules(self.organisation)

    def case(self, ref: str) -> Case:
        """The case as it stands. Raises UnknownCase."""
        found = fold(self.store.stream(ref))
        if found is None:
            raise UnknownCase(ref=ref, suggestion=self.store.nearest_ref(ref))
        return found

    def initialise(self, act: OrganisationAct) -> Done:
        """Creates the organisation under the rules that come with the product; again, it changes nothing."""
        organisation = organisations.fold(self.store.stream(ORGANISATION))
        rules = self._kept_rules(organisation) if organisation.origin else shipped_rules()
        context = Context(rules=rules, organisation=organisation, limit=self._limit)
        return self._append_organisation(act, context, rule_files=rules.by_digest)

    def organise(self, act: OrganisationAct) -> Done:
        """Carries out an act on the organisation. Raises its Refusal, or Conflict."""
        context = replace(self._context(), logins=self._logins(act))
        if not isinstance(act, AdoptStructure):
            return self._append_organisation(act, context, rule_files={})
        act = replace(act, relies_on=structure_case(self._cases_of(STRUCTURE), act))
        try:
            return self._append_organisation(act, context, rule_files={})
        except StructureUndecided as refused:
            raise why_undecided(self._cases_of(STRUCTURE), act) or refused from None

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

    def _cases_of(self, type_id: str) -> Iterator[Case]:
        return (self.case(ref) for ref in self.store.refs_of_type(type_id))

    def _context(self) -> Context:
        acting = Acting(name=self.actor, day=self._real_day)
        return Context(rules=self.rules, organisation=self.organisation, limit=self._limit, acting=acting)

    def _logins(self, act: OrganisationAct) -> frozenset[str] | None:
        """By which names that the act is about somebody can come in; asked only where that matters."""
        if not isinstance(act, AdmitActor | RemoveActor):
            return None
        return self.store.logins({act.name, *(each.name for each in self.organisation.actors)})

    def _kept_rules(self, organisation: Organisation) -> Rulebook:
        """The rule set the organisation names, as the database keeps it. Raises RulesInvalid when it is another."""
        try:
            rules = Rulebook(self.store.rule_set(organisation.rules))
        except (KeyError, ValueError):
            raise RulesInvalid(file=organisation.rules, why=N_("a file of it is not in the database.")) from None
        if rules.digest != organisation.rules:
            raise RulesInvalid(file=organisation.rules, why=N_("the database holds other bytes than its digest says."))
        return rules

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
