"""An open case follows the structure in force on the date of its next step (readings G2, G39).

In the same structure, it follows those who answer for it: who stands in for a forum that has fallen dormant (G6).
"""

from workflow import acts
from workflow.case import Case
from workflow.decide.draft import Draft
from workflow.errors import Refusal
from workflow.events import Rerouted
from workflow.rerouting import answered_anew, changed_on, place_on, rerouted
from workflow.routing import setting_on

#: Acts that take a step of the route: the route of their own date is the one that counts, also when recorded late.
_STEPS = (acts.Prepare, acts.Recommend, acts.Decide, acts.Anchor, acts.Lift, acts.Override, acts.Dispatch)

#: Acts that end or set aside the route need none.
_WITHOUT_ROUTE = (acts.Withdraw, acts.Close, acts.Revise)


def follow_structure(draft: Draft, act: acts.Act) -> None:
    """Lays what changes for the case when another structure is in force on the act's date.

    Raises the refusal of the new route when the act needs one; otherwise the case stays as it is.
    """
    case, context = draft.case, draft.context
    structure = context.organisation.structure_on(act.on)
    if structure == case.structure:
        _follow_dormancy(draft, act)
        return
    if structure is None or act.on < case.opened_on:
        return
    is_step = isinstance(act, _STEPS)
    if isinstance(act, _WITHOUT_ROUTE):
        return
    if not draft.may_change_route() or (not is_step and not _begins_later(draft, structure)):
        return
    try:
        new = rerouted(case, setting_on(context.organisation, structure, act.on), context.rules)
    except Refusal:
        if is_step and act_is_possible(case):
            raise
        return
    began = next(each.from_day for each in reversed(context.organisation.calendar) if each.structure == structure)
    on = max(began, case.opened_on) if _begins_later(draft, structure) else act.on
    event = Rerouted(structure=structure, chart=new.chart, route=new.route, before=case.structure)
    draft.lay(event, on, "change_route", place_on(case, new.route))


def _follow_dormancy(draft: Draft, act: acts.Act) -> None:
    """Lays that others are reported to and follow up, when an act finds it so that no later one has gone before."""
    case, context = draft.case, draft.context
    if not isinstance(act, (*_STEPS, acts.Check)) or act.on < case.latest_on or not draft.may_change_route():
        return
    route = answered_anew(case, context.organisation, context.rules, act.on)
    if route is None:
        return
    on = changed_on(case, context.organisation, context.rules, act.on)
    draft.lay(Rerouted(structure=case.structure, chart=case.chart, route=route, before=case.structure), on)


def act_is_possible(case: Case) -> bool:
    """Whether the forums still have steps to take: what is with the parties needs no new route."""
    return case.dispatched is None


def _begins_later(draft: Draft, structure: str) -> bool:
    starts = {entry.structure: entry.from_day for entry in draft.context.organisation.calendar}
    here = starts.get(draft.case.structure)
    return here is None or starts[structure] > here
