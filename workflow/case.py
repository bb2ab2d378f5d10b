"""A case as its records tell it."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from machines.table import table
from workflow import events as e
from workflow.facts import Deadline, Flag, Text
from workflow.letters import Letters
from workflow.route import Route, RouteStage, StepName
from workflow.state import state_on


class Done(Struct, frozen=True, kw_only=True):
    """A step as a body took it."""

    on: date
    minutes: str | None = None


class Standing(Struct, frozen=True, kw_only=True):
    """Where one party stands on the current text version. ``answer`` is its latest answer there.

    ``reminded``: the latest day set for a reminder, under the deadline as it stands, that has been seen to.
    """

    state: str = "not_sent"
    answer: e.AnswerRecorded | None = None
    reminded: date | None = None

    @property
    def pending(self) -> bool:
        """Asked, and not yet answered for good."""
        return self.state in {"waiting", "adjourned", "remitted"}


class Case(Struct, frozen=True, kw_only=True):
    """A case as its records tell it. Everything is by id; ``version`` counts the records of its stream."""

    opened: e.CaseOpened
    opened_on: date
    opened_by: str
    version: int
    state: str
    structure: str
    chart: str
    route: Route
    lifted: bool
    effect_rule: str
    text: Text
    text_on: date
    done: Mapping[StepName, Mapping[str, Done]]
    may_prepared: Mapping[str, Done]
    waived: Mapping[StepName, e.DeviationAllowed]
    stages_done: tuple[str, ...] = ()
    agreed_on: date | None = None
    sent_back_on: date | None = None
    postponed: Mapping[str, date]
    dispatched: e.Dispatched | None = None
    dispatched_on: date | None = None
    deadline: Deadline | None = None
    parties: Mapping[str, Standing]
    letters: Letters = {}
    effect_decided: Mapping[str, str]
    ratified_on: date | None = None
    in_force_from: date | None = None
    ended_on: date | None = None
    spread: Mapping[str, date]
    flags: tuple[Flag, ...] = ()
    latest_on: date

    @property
    def ref(self) -> str:
        """The case's reference, as SAM-2026-0001."""
        return self.opened.ref

    @property
    def answer_by(self) -> date | None:
        """The day the parties are asked to answer the current text version by."""
        return self.deadline.answer_by if self.deadline else None

    @property
    def audit_due(self) -> date | None:
        """The day the auditors wait for their answer; None for a case that is no answer to them, or has no day."""
        return self.opened.particulars.due if self.chart == "audit-answer" else None

    @property
    def is_over(self) -> bool:
        """Whether the course is over: nobody need take a further step for it."""
        return self.state in table(self.chart).ends

    @property
    def stages_left(self) -> tuple[RouteStage, ...]:
        """The decisions still to be taken of a matter that is decided in stages, in their order (004 §7)."""
        return tuple(stage for stage in self.route.stages if stage.id not in self.stages_done)

    def state_on(self, day: date) -> str:
        """The state on ``day``; see workflow.state."""
        return state_on(self.state, self.in_force_from, day)

    def bodies_done(self, step: StepName) -> tuple[str, ...]:
        """The bodies that have taken ``step`` for the current text version, in the order of the route."""
        done = self.done[step]
        return tuple(body for body in self.route.bodies(step) if body in done)

    def bodies_owed(self, step: StepName) -> tuple[str, ...]:
        """The bodies that must still take ``step``; none when it is waived."""
        if step in self.waived:
            return ()
        done = self.done[step]
        return tuple(body for body in self.route.bodies(step) if body not in done)


def done_under(case: Case, route: Route) -> dict[StepName, Mapping[str, Done]]:
    """The steps taken, as they stand on another route.

    A body that was free to prepare, and has, has done so where it must. A decision some had taken is taken anew.
    """
    prepared = {body: done for body, done in case.may_prepared.items() if body in route.prepare}
    decided = case.done["decide"] if not case.bodies_owed("decide") else {}
    return {**case.done, "prepare": {**case.done["prepare"], **prepared}, "decide": decided}
