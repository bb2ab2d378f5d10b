"""What each event makes of a case. ``evolve`` applies facts; it never refuses and knows no rules."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from workflow import events as e
from workflow.case import Case, Done, Standing, done_under
from workflow.facts import Fact, Letter
from workflow.letters import About, Posted, after_letter_event, posted
from workflow.record import Record
from workflow.route import STEPS


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
    if record.on > case.latest_on and type(event) not in _OF_THE_CLOCK:
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
    changes: Changes = {}
    particulars = case.opened.particulars
    if event.content is not None:
        particulars = replace(particulars, **event.content.said)
        changes["opened"] = replace(case.opened, particulars=particulars)
    done = {**case.done["decide"], event.by: Done(on=record.on, minutes=event.minutes)}
    if record.state is None:
        return {**changes, "done": {**case.done, "decide": done}}
    # The next stage is decided anew, also by a body that decided this one.
    changes |= {"stages_done": (*case.stages_done, event.stage), "done": {**case.done, "decide": {}}}
    if record.state == "decided":
        changes |= {"in_force_from": particulars.in_force, "agreed_on": record.on}
    return changes


def _rerouted(case: Case, event: e.Rerouted, _: Record) -> Changes:
    done = done_under(case, event.route)
    return {"structure": event.structure, "chart": event.chart, "route": event.route, "done": done}


def _lifted(case: Case, event: e.Lifted, _: Record) -> Changes:
    return {"chart": event.chart, "route": event.route, "lifted": True, "done": done_under(case, event.route)}


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
        "deadline": None,
        "parties": {party: Standing() for party in case.parties},
        "effect_decided": {},
    }


def _dispatched(case: Case, event: e.Dispatched, record: Record) -> Changes:
    letters = (_posted(case, record, letter, "dispatch") for letter in event.letters)
    return {
        "dispatched": event,
        "dispatched_on": record.on,
        "deadline": event.deadline,
        "parties": {party: Standing(state="waiting") for party in case.parties},
        "letters": posted(case.letters, *letters),
    }


def _posted(case: Case, record: Record, letter: Letter, about: About, remind_of: date | None = None) -> Posted:
    return Posted(
        letter=letter,
        about=about,
        text_version=case.text.version,
        queued_on=record.on,
        queued_seq=record.seq,
        on=record.on,
        remind_of=remind_of,
    )


def _letter_event(case: Case, event: e.LetterEvent, record: Record) -> Changes:
    return {"letters": after_letter_event(case.letters, event, record.on)}


def _reminded(case: Case, event: e.Reminded, record: Record) -> Changes:
    party = event.letter.party
    standing = replace(case.parties[party], reminded=event.remind_on)
    letter = _posted(case, record, event.letter, "reminder", event.answer_by)
    return {"parties": {**case.parties, party: standing}, "letters": posted(case.letters, letter)}


def _answer_by_changed(case: Case, event: e.AnswerByChanged, _: Record) -> Changes:
    armed_anew = {party: replace(standing, reminded=None) for party, standing in case.parties.items()}
    return {"deadline": event.deadline, "parties": armed_anew}


def _answer_recorded(case: Case, event: e.AnswerRecorded, _: Record) -> Changes:
    standing = replace(case.parties[event.party], state=event.party_state, answer=event)
    return {"parties": {**case.parties, event.party: standing}}


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
    e.LetterSent: _letter_event,
    e.LetterUndeliverable: _letter_event,
    e.LetterRequeued: _letter_event,
    e.LetterDropped: _letter_event,
    e.Reminded: _reminded,
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

#: What happens to a matter while nobody acts on it: no step is dated by it, and none need be dated after it.
_OF_THE_CLOCK: frozenset[type[Fact]] = frozenset(
    {
        e.FlagRaised,
        e.FlagCleared,
        e.Reminded,
        e.LetterSent,
        e.LetterUndeliverable,
        e.LetterRequeued,
        e.LetterDropped,
    }
)
