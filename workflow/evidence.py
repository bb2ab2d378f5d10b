"""What an act relies on in other cases: looked up before it is decided, and written into its record."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import AdoptStructure, CaseAct, Check, Decide, Open
from workflow.case import Case
from workflow.case_types import AUDIT_ANSWER, DESCRIPTION
from workflow.decide.change_of_structure import follow_structure
from workflow.decide.draft import Context, Draft
from workflow.errors import N_, Missing, Refusal, Remark
from workflow.flags import awaits_description
from workflow.refusals import StructureUndecided
from workflow.rule_tables import Forum

#: Says that the uppdragsbeskrivning is the one the rule file tells of.
IN_RULES = "rules"

_DROPPED = frozenset({"withdrawn", "closed"})


class Evidence(Struct, frozen=True):
    """Looks up what acts on a case rely on; ``cases_of`` gives every case of a type."""

    context: Context
    cases_of: Callable[[str], Iterable[Case]]

    def added(self, case: Case, act: CaseAct) -> CaseAct:
        """The act with where the receiver of an uppdrag has its uppdragsbeskrivning, or that it has none."""
        if not isinstance(act, Decide | Check) or case.opened.particulars.receiver is None:
            return act
        met = followed(case, act, self.context)
        if isinstance(act, Check):
            return replace(act, undescribed=self.undescribed(met, act.on))
        return replace(act, relies_on=self.description(met, act.on)) if met.route.requires_mandate_description else act

    def asked_already(self, act: Open) -> Remark | None:
        """That the board an audit's answer is asked of has a case for it (000 Inledning: each its own answer)."""
        asked = act.particulars
        if act.type != AUDIT_ANSWER or asked.audit is None:
            return None
        for case in self.cases_of(AUDIT_ANSWER):
            said = case.opened.particulars
            if (said.audit, said.addressee) == (asked.audit, asked.addressee) and case.state not in _DROPPED:
                told = N_("{case} is the answer of {body} to that audit already: the board is counted once.")
                return Remark(told, {"case": case.ref, "body": self.context.rules.name_of(asked.addressee or "–")})
        return None

    def undescribed(self, case: Case, day: date) -> str | None:
        """The receiver of an uppdrag that is still to be given, if it must have an uppdragsbeskrivning and has none."""
        if not awaits_description(case) or self.description(case, day) is not None:
            return None
        return case.opened.particulars.receiver

    def description(self, case: Case, day: date) -> str | None:
        """Where the uppdragsbeskrivning of an uppdrag's receiver is on ``day``; None when it has none."""
        receiver = case.opened.particulars.receiver
        forum = self.context.rules.structure(case.structure).forum_named(receiver or "")
        return description_of(receiver, forum, self.cases_of(DESCRIPTION), day)


def followed(case: Case, act: CaseAct, context: Context) -> Case:
    """The case as ``act`` meets it: under the structure in force that day, where that has a route for it."""
    draft = Draft(case, context)
    with suppress(Refusal):
        follow_structure(draft, act)
    return draft.case


def description_of(body: str | None, forum: Forum | None, descriptions: Iterable[Case], day: date) -> str | None:
    """Where the uppdragsbeskrivning of ``body`` is on ``day``: in the rules, in a case in force; None when nowhere."""
    told = forum.mandate_description if forum is not None else None
    if told is not None and told.status == "present":
        return IN_RULES
    in_force = (each.ref for each in descriptions if each.opened.particulars.for_body == body and _holds(each, day))
    return next(in_force, None)


def structure_case(cases: Iterable[Case], act: AdoptStructure) -> str | None:
    """The case whose agreement had decided that the structure comes into force on that day; None when there is none."""
    decided = (
        each.ref
        for each in cases
        if each.agreed_on is not None
        and each.agreed_on <= act.on
        and each.opened.particulars.structure == act.structure
        and each.opened.particulars.in_force == act.from_day
    )
    return next(decided, None)


class StructureDecidedForAnotherDay(StructureUndecided):
    """A structure case has decided on it, for another day than the one asked for."""

    remedy = N_("Write --from {in_force}; another day is decided in a case of its own.")


class StructureDecidedLater(StructureUndecided):
    """A structure case has decided on it, and not yet on the day of the record."""

    remedy = N_("Write --on {agreed} or a later day.")


def why_undecided(cases: Iterable[Case], act: AdoptStructure) -> StructureUndecided | None:
    """In what the decision that was looked for differs from those there are; None when none is on that structure."""
    agreed = [
        (each.ref, each.agreed_on, each.opened.particulars.in_force)
        for each in cases
        if each.agreed_on is not None and each.opened.particulars.structure == act.structure
    ]
    if not agreed:
        return None
    missing = [Missing("structure_order", "rsr")]
    ref, day, in_force = next((each for each in agreed if each[2] == act.from_day), agreed[0])
    if in_force == act.from_day:
        why = N_("{case} decided on it on {agreed}, which is after {on}.")
        return StructureDecidedLater(why=why, case=ref, agreed=day, on=act.on, missing=missing)
    why = N_("{case} decided on {agreed} that it comes into force on {in_force}, not on {from_day}.")
    told: dict[str, Any] = {"case": ref, "agreed": day, "in_force": in_force, "from_day": act.from_day}
    return StructureDecidedForAnotherDay(why=why, missing=missing, **told)


def _holds(case: Case, day: date) -> bool:
    return case.state in {"decided", "in_force"} and case.in_force_from is not None and case.in_force_from <= day
