"""What an act is about to bring about: facts laid one after the other, each checked against the chart."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from machines.table import table
from workflow.bad_data import DateInFuture
from workflow.case import Case
from workflow.errors import N_, Remark
from workflow.events import FlagCleared
from workflow.evolve import evolve
from workflow.flags import still_warranted
from workflow.organisation import Organisation
from workflow.record import Event, provisional
from workflow.refusals import StepNotPossible
from workflow.routing import Routes
from workflow.rulebook import Rulebook


class Acting(Struct, frozen=True, kw_only=True):
    """Who asks for an act, and the real day it is asked for: whether they may does not hang on the minutes' date."""

    name: str
    day: date


class Context(Struct, frozen=True, kw_only=True):
    """What an act is judged by: the rules, the organisation, and the last day a fact may be dated.

    ``before``: the rule set in force until now, for the act that brings another. ``acting``: who asks; None where it
    is only asked what would come of it, whoever did it. ``first_seq``: the number that the first record of the act
    has, where it is known already. ``routes``: those found before under ``rules``. ``logins``: those of the names that
    play a part by which somebody can come in; None where there are none, or it is not known any more.
    """

    rules: Rulebook
    organisation: Organisation
    limit: date
    before: Rulebook | None = None
    acting: Acting | None = None
    first_seq: int | None = None
    routes: Routes | None = None
    logins: frozenset[str] | None = None


class Drafted(Struct, frozen=True, kw_only=True):
    """An event as it is to be recorded: its date in the minutes, and the case's state where it moves it."""

    on: date
    event: Event
    state: str | None = None


class Draft:
    """Collects the events of one act. ``case`` is the case as it stands with the events laid so far."""

    def __init__(self, case: Case, context: Context) -> None:
        self.case = case
        self.context = context
        self.drafted: list[Drafted] = []
        self.remarks: list[Remark] = []

    def lay(
        self, event: Event, on: date, transition: str | None = None, facts: Mapping[str, bool] | None = None
    ) -> None:
        """Adds an event; ``transition`` is the event of the case's chart it must be allowed by, under ``facts``.

        Raises StepNotPossible when the chart has no such step from here.
        """
        state = None
        if transition is not None:
            target = require_transition(self.case, transition, facts or {})
            state = target if target != self.case.state else None
        record = provisional(self.case.ref, self.case.version + 1, on, event, state)
        if self.context.first_seq is not None:
            record = replace(record, seq=self.context.first_seq + len(self.drafted))
        self.drafted.append(Drafted(on=on, event=event, state=state))
        self.case = evolve(self.case, record)

    def may_change_route(self) -> bool:
        """Whether the chart lets the case change its route from here."""
        return (self.case.state, "change_route") in table(self.case.chart).arcs

    def has_transition(self, transition: str) -> bool:
        """Whether the case's chart has the event in any state."""
        return any(event == transition for _, event in table(self.case.chart).arcs)

    def close(self, on: date) -> tuple[Drafted, ...]:
        """The events, with the flags cleared whose reason they took away."""
        for flag in self.case.flags:
            if not still_warranted(self.case, flag, on, self.context.organisation):
                self.lay(FlagCleared(flag=flag), on)
        return tuple(self.drafted)


def require_transition(case: Case, transition: str, facts: Mapping[str, bool]) -> str:
    """The state the case's chart leads to. Raises StepNotPossible when the chart has no such step from here."""
    target = table(case.chart).step(case.state, transition, facts)
    if target is None:
        raise no_such_step(case)
    return target


def require_chart_event(case: Case, transition: str) -> None:
    """Refuses early what no facts could make possible. Raises StepNotPossible."""
    if (case.state, transition) not in table(case.chart).arcs:
        raise no_such_step(case)


def impossible(case: Case, why: str) -> StepNotPossible:
    """The refusal of a step the case cannot take."""
    return StepNotPossible(ref=case.ref, state=case.state, why=why)


def no_such_step(case: Case) -> StepNotPossible:
    """The refusal of what the case's chart does not have from where it stands."""
    return impossible(case, N_("there is no such step from here."))


def require_not_in_future(on: date, context: Context) -> None:
    """Raises DateInFuture for a fact dated after the day it is recorded."""
    if on > context.limit:
        raise DateInFuture(on=on, today=context.limit)
