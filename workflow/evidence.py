"""What an act relies on in other cases: looked up before it is decided, and written into its record."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import AdoptStructure, CaseAct, Check, Decide
from workflow.case import Case
from workflow.decide.change_of_structure import follow_structure
from workflow.decide.draft import Context, Draft
from workflow.errors import Refusal
from workflow.flags import awaits_description
from workflow.rule_tables import Forum

#: Says that the uppdragsbeskrivning is the one the rule file tells of.
IN_RULES = "rules"

#: The types of case that acts rely on.
DESCRIPTION = "uppdragsbeskrivning"
STRUCTURE = "samverkansstruktur"


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


def _holds(case: Case, day: date) -> bool:
    return case.state in {"decided", "in_force"} and case.in_force_from is not None and case.in_force_from <= day
