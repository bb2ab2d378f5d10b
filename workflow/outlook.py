"""What a change of structure would make of an open case or a document, told beforehand. Nothing is written.

A case is not guessed at: the calendar is laid as it would be, and the case is asked what the calendar then brings
about (readings G2, G39), by the function that the sweep goes by.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workflow.acts import Check, Open
from workflow.case import Case
from workflow.decide import decide
from workflow.decide.change_of_structure import act_is_possible
from workflow.decide.draft import Context, Draft
from workflow.decide.opening import matter_of
from workflow.duties import waiting_for
from workflow.errors import Refusal
from workflow.events import Rerouted
from workflow.evolve import evolve
from workflow.organisation import Organisation
from workflow.organisation_events import StructureAdopted
from workflow.ownership import Handled, Owned, owned_after, structures_through
from workflow.record import provisional
from workflow.rerouting import rerouted
from workflow.route import STEPS, Route, StepName
from workflow.routing import route_for, setting_on
from workflow.rulebook import Rulebook

Outcome = Literal["as_it_is", "rerouted", "refused"]


class CaseOutlook(Struct, frozen=True, kw_only=True):
    """An open case as it would stand on the day: its route, the bodies that have their step left, and who it waits for.

    ``refused``: there it has no route. Then it stays as it is, and ``refusal`` is what its forums' next step is told.
    """

    outcome: Outcome
    structure: str
    chart: str
    route: Route
    remaining: Mapping[StepName, tuple[str, ...]]
    waiting_for: tuple[str, ...]
    refusal: Refusal | None = None


class DocumentOutlook(Struct, frozen=True, kw_only=True):
    """The route a document would take when it is next handled, or the refusal; and who would own it."""

    route: Route | None
    refusal: Refusal | None
    owned: Owned


def in_force_instead(organisation: Organisation, structure: str, day: date) -> Organisation:
    """The organisation as it would be with ``structure`` in force from ``day``."""
    if organisation.structure_on(day) == structure:
        return organisation
    entry = StructureAdopted(structure=structure, from_day=day)
    calendar = sorted((*organisation.calendar, entry), key=lambda each: each.from_day)
    return replace(organisation, calendar=tuple(calendar))


class Outlook:
    """What would stand on one day under one structure or another, by the rules and the calendar as they are now."""

    def __init__(self, organisation: Organisation, rules: Rulebook, day: date) -> None:
        self._organisation = organisation
        self._rules = rules
        self._day = day

    def case(self, case: Case, structure: str) -> CaseOutlook:
        """How an open case would stand with ``structure`` in force from the day."""
        laid = in_force_instead(self._organisation, structure, self._day)
        context = Context(rules=self._rules, organisation=laid, limit=self._day)
        decision = decide(case, Check(on=self._day), context)
        after = case
        for each in decision.drafted:
            after = evolve(after, provisional(case.ref, after.version + 1, each.on, each.event, each.state))
        if any(isinstance(each.event, Rerouted) for each in decision.drafted):
            return _stands(after, "rerouted")
        refusal = _refusal(after, structure, self._day, context)
        return _stands(after, "refused" if refusal else "as_it_is", refusal)

    def document(self, document: Handled, asked: Open, structure: str, after: str) -> DocumentOutlook:
        """A document's route and owner with ``structure`` in force on the day, having come after another.

        ``asked``: the opening on it, with what the register says of the document.
        """
        through = structures_through(self._organisation, after, self._day)
        structures = through if through[-1] == structure else (*through, structure)
        owned = owned_after(document, structures, self._organisation, self._rules, self._day)
        setting = setting_on(self._organisation, structure, self._day)
        try:
            routed = route_for(matter_of(asked, self._rules), setting, self._rules)
        except Refusal as refusal:
            return DocumentOutlook(route=None, refusal=refusal, owned=owned)
        return DocumentOutlook(route=routed.route, refusal=None, owned=owned)


def _stands(case: Case, outcome: Outcome, refusal: Refusal | None = None) -> CaseOutlook:
    return CaseOutlook(
        outcome=outcome,
        structure=case.structure,
        chart=case.chart,
        route=case.route,
        remaining={step: case.bodies_owed(step) for step in STEPS},
        waiting_for=waiting_for(case),
        refusal=refusal,
    )


def _is_with_forums(case: Case) -> bool:
    """Whether a step is left that needs a route: a body's, or the sending to the parties."""
    return case.route.ratify or any(case.bodies_owed(step) for step in STEPS)


def _refusal(case: Case, structure: str, day: date, context: Context) -> Refusal | None:
    """What the forums' next step would be refused with; nothing where the case need not follow the structure."""
    follows = structure != case.structure and Draft(case, context).may_change_route()
    if not follows or not act_is_possible(case) or not _is_with_forums(case):
        return None
    try:
        rerouted(case, setting_on(context.organisation, structure, day), context.rules)
    except Refusal as refusal:
        return refusal
    return None
