"""A case, and what each event makes of it. ``evolve`` applies facts; it never refuses and knows no rules."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from machines.table import table
from workflow import events as e
from workflow.facts import Fact, Flag, Text
from workflow.record import Record
from workflow.route import STEPS, Route, StepName
from workflow.state import state_on


class Done(Struct, frozen=True, kw_only=True):
    """A step as a body took it."""

    on: date
    minutes: str | None = None


class Standing(Struct, frozen=True, kw_only=True):
    """Where one party stands on the current text version. ``answer`` is its latest answer there."""

    state: str = "not_sent"
    answer: e.AnswerRecorded | None = None

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
    answer_by: date | None = None
    parties: Mapping[str, Standing]
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
    def is_over(self) -> bool:
        """Whether the course is over: nobody need take a further step for it."""
        return self.state in table(self.chart).ends

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


def evolve(case: Case | None, record: Record) -> Case:
    """The case after ``record``. The first record of a case must be its opening."""
    event = record.event
    if case is None:
        if not isinstance(event, e.CaseOpened):
            raise TypeError(f"record {record.seq}: a case begins with its opening, not with {e.kind_of(event)}")
        return _opened(event, record)
    changes = _EVOLVE[type(event)](case, event, record)
    changes["version"] = record.version
    if record.state is not None:
        changes["state"] = record.state
    if record.on > case.latest_on:
        changes["latest_on"] = record.on
    return replace(case, **changes)


def fold(records: Iterable[Record]) -> Case | None:
    """The case the records tell; None when there are none."""
    case: Case | None = None
    for record in records:
        case = evolve(case, record)
    return case


def _opened(event: e.CaseOpened, record: Record) -> Case:
    return Case(
        opened=event,
        opened_on=record.on,
        opened_by=record.actor,
        version=record.version,
        state=record.state or "",
        structure=event.structure,
        chart=event.chart,
        route=event.route,
        lifted=event.lifted,
        effect_rule=event.effect_rule,
        text=event.text,
        text_on=record.on,
        done={step: {} for step in STEPS},
        may_prepared={},
        waived={},
        postponed={},
        parties={party: Standing() for party in event.parties},
        effect_decided={},
        spread={},
        latest_on=record.on,
    )


Changes = dict[str, Any]


def _step_taken(case: Case, event: e.StepTaken, record: Record) -> Changes:
    done = Done(on=record.on, minutes=event.minutes)
    postponed = {body: until for body, until in case.postponed.items() if body != event.by}
    if event.by not in case.route.bodies(event.step) and event.step == "prepare":
        return {"may_prepared": {**case.may_prepared, event.by: done}, "postponed": postponed}
    changes: Changes = {"done": {**case.done, event.step: {**case.done[event.step], event.by: done}}}
    if event.in_force_from is not None:
        changes["in_force_from"] = event.in_force_from
    return {**changes, "postponed": postponed}


def _deviation(case: Case, event: e.DeviationAllowed, _: Record) -> Changes:
    if event.instead:
        return {"route": replace(case.route, **{event.waives: event.instead}, override=event.rule)}
    return {"waived": {**case.waived, event.waives: event}}


def _stage_decided(case: Case, event: e.StageDecided, record: Record) -> Changes:
    done = {**case.done["decide"], event.by: Done(on=record.on, minutes=event.minutes)}
    if record.state is None:
        return {"done": {**case.done, "decide": done}}
    # The next stage is decided anew, also by a body that decided this one.
    changes: Changes = {"stages_done": (*case.stages_done, event.stage), "done": {**case.done, "decide": {}}}
    if record.state == "decided":
        changes |= {"in_force_from": case.opened.particulars.in_force, "agreed_on": record.on}
    return changes


def _rerouted(case: Case, event: e.Rerouted, _: Record) -> Changes:
    done = done_under(case, event.route)
    return {"structure": event.structure, "chart": event.chart, "route": event.route, "done": done}


def _lifted(case: Case, event: e.Lifted, _: Record) -> Changes:
    return {"chart": event.chart, "route": event.route, "lifted": True, "done": done_under(case, event.route)}


def done_under(case: Case, route: Route) -> dict[StepName, Mapping[str, Done]]:
    """The steps taken, as they stand on another route.

    A body that was free to prepare, and has, has done so where it must. A decision some had taken is taken anew.
    """
    prepared = {body: done for body, done in case.may_prepared.items() if body in route.prepare}
    decided = case.done["decide"] if not case.bodies_owed("decide") else {}
    return {**case.done, "prepare": {**case.done["prepare"], **prepared}, "decide": decided}


def _sent_back(case: Case, event: e.SentBack, record: Record) -> Changes:
    kept = {step: {} if step in event.voids else done for step, done in case.done.items()}
    return {"done": kept, "sent_back_on": record.on, "postponed": {}}


def _put_off(case: Case, event: e.PutOff, _: Record) -> Changes:
    return {"postponed": {**case.postponed, event.by: event.until}}


def _text_revised(case: Case, event: e.TextRevised, record: Record) -> Changes:
    return {
        "text": event.text,
        "text_on": record.on,
        "done": {step: {} for step in STEPS},
        "may_prepared": {},
        "waived": {},
        "sent_back_on": None,
        "postponed": {},
        "dispatched": None,
        "dispatched_on": None,
        "answer_by": None,
        "parties": {party: Standing() for party in case.parties},
        "effect_decided": {},
    }


def _dispatched(case: Case, event: e.Dispatched, record: Record) -> Changes:
    return {
        "dispatched": event,
        "dispatched_on": record.on,
        "answer_by": event.answer_by,
        "parties": {party: Standing(state="waiting") for party in case.parties},
    }


def _answer_by_changed(_: Case, event: e.AnswerByChanged, __: Record) -> Changes:
    return {"answer_by": event.answer_by}


def _answer_recorded(case: Case, event: e.AnswerRecorded, _: Record) -> Changes:
    return {"parties": {**case.parties, event.party: Standing(state=event.party_state, answer=event)}}


def _effect_rule_decided(case: Case, event: e.EffectRuleDecided, _: Record) -> Changes:
    return {"effect_decided": {**case.effect_decided, event.by: event.rule}}


def _effect_rule_changed(_: Case, event: e.EffectRuleChanged, __: Record) -> Changes:
    return {"effect_rule": event.rule, "effect_decided": {}}


def _ratified(_: Case, event: e.Ratified, record: Record) -> Changes:
    return {"ratified_on": record.on, "in_force_from": event.in_force_from}


def _not_ratified(_: Case, __: Fact, ___: Record) -> Changes:
    return {"ratified_on": None, "in_force_from": None}


def _ended(_: Case, __: Fact, record: Record) -> Changes:
    return {"ended_on": record.on}


def _took_effect(case: Case, _: Fact, record: Record) -> Changes:
    return {"in_force_from": case.in_force_from or record.on}


def _spread(case: Case, event: e.Spread, record: Record) -> Changes:
    return {"spread": {**case.spread, event.via: record.on}}


def _flag_raised(case: Case, event: e.FlagRaised, _: Record) -> Changes:
    return {"flags": (*case.flags, event.flag)}


def _flag_cleared(case: Case, event: e.FlagCleared, _: Record) -> Changes:
    return {"flags": tuple(flag for flag in case.flags if flag.key != event.flag.key)}


_EVOLVE: dict[type[Fact], Callable[[Case, Any, Record], Changes]] = {
    e.StepTaken: _step_taken,
    e.StageDecided: _stage_decided,
    e.DeviationAllowed: _deviation,
    e.Rerouted: _rerouted,
    e.Lifted: _lifted,
    e.SentBack: _sent_back,
    e.PutOff: _put_off,
    e.TextRevised: _text_revised,
    e.Dispatched: _dispatched,
    e.AnswerByChanged: _answer_by_changed,
    e.AnswerRecorded: _answer_recorded,
    e.EffectRuleDecided: _effect_rule_decided,
    e.EffectRuleChanged: _effect_rule_changed,
    e.Ratified: _ratified,
    e.NotRatified: _not_ratified,
    e.RatificationReopened: _not_ratified,
    e.TookEffect: _took_effect,
    e.HandedIn: _ended,
    e.ReportedBack: _ended,
    e.Spread: _spread,
    e.Withdrawn: _ended,
    e.Closed: _ended,
    e.FlagRaised: _flag_raised,
    e.FlagCleared: _flag_cleared,
}
