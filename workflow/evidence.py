"""What an act relies on in other cases: looked up before it is decided, and written into its record."""

from collections.abc import Iterable
from datetime import date

from workflow.acts import AdoptStructure
from workflow.case import Case
from workflow.rule_tables import Forum

#: Says that the uppdragsbeskrivning is the one the rule file tells of.
IN_RULES = "rules"


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
