"""A case told again from its first record: each step, what the chart allowed there, and why it led where it did."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, get_args

from msgspec import Struct

from machines.table import table
from workflow import events as e
from workflow.case import Case
from workflow.errors import N_, Message, Remark
from workflow.evolve import evolve
from workflow.facts import Fact, Flag
from workflow.letters import OVERTAKEN
from workflow.record import Record


class Told(Struct, frozen=True, kw_only=True):
    """One record as it is told: the state before and after, every step the chart had from before, and the reason."""

    record: Record
    before: str | None
    after: str
    allowed: tuple[str, ...]
    why: Remark


def known(records: Iterable[Record], as_of: date | None = None, known_at: datetime | None = None) -> list[Record]:
    """The records dated up to ``as_of`` in the minutes and recorded up to ``known_at``."""
    return [
        record
        for record in records
        if (as_of is None or record.on <= as_of) and (known_at is None or record.recorded_at <= known_at)
    ]


def replay(records: Iterable[Record]) -> list[Told]:
    """Each record in order, told. Applies facts; judges nothing."""
    told: list[Told] = []
    case: Case | None = None
    for record in records:
        before = case
        case = evolve(case, record)
        told.append(
            Told(
                record=record,
                before=before.state if before else None,
                after=case.state,
                allowed=_allowed(before),
                why=_WHY[type(record.event)](case, record.event),
            )
        )
    return told


def _allowed(case: Case | None) -> tuple[str, ...]:
    if case is None:
        return ("open",)
    chart = table(case.chart)
    return tuple(sorted({event for state, event in chart.arcs if state == case.state}))


def _step_taken(case: Case, event: e.StepTaken) -> Remark:
    if event.by not in case.route.bodies(event.step):
        return Remark(N_("{by} may prepare; it is not needed."), {"by": event.by})
    done, needed = len(case.bodies_done(event.step)), len(case.route.bodies(event.step))
    values = {"by": event.by, "step": event.step, "done": done, "needed": needed, "version": event.text_version}
    return Remark(N_("{by} took its step ({step}) on text version {version}: {done} of {needed}."), values)


def _rerouted(_: Case, event: e.Rerouted) -> Remark:
    if event.before == event.structure and event.route.report_to is None:
        told = N_("A forum has fallen dormant, or is active again: completed steps stand, the rest is routed anew.")
        return Remark(told, {})
    if event.before == event.structure:
        told = N_("A forum has fallen dormant, or is active again: {report_to} is reported to.")
        return Remark(told, {"report_to": event.route.report_to or "–"})
    told = N_("From {before} to {structure}: completed steps stand, the rest is routed anew.")
    return Remark(told, {"before": event.before, "structure": event.structure})


def _answer(case: Case, event: e.AnswerRecorded) -> Remark:
    adopted = sum(standing.state == "adopted" for standing in case.parties.values())
    values = {"party": event.party, "answer": event.answer, "adopted": adopted, "parties": len(case.parties)}
    return Remark(N_("{party}: {answer}. Parties that have adopted: {adopted} of {parties}."), values)


def _ratified(case: Case, event: e.Ratified) -> Remark:
    values = {"rule": case.effect_rule, "adopters": ", ".join(event.adopters), "day": event.in_force_from}
    return Remark(N_("The effect rule «{rule}» is satisfied; adopted by: {adopters}. It binds from {day}."), values)


def _flag(message: Message, flag: Flag) -> Remark:
    return Remark(message, {"flag": flag.kind, "party": flag.party or "–", "due": flag.due})


def of_letter(event: e.LetterEvent) -> Remark:
    """What became of a letter, of a case or of a document."""
    match event:
        case e.LetterSent():
            return Remark(N_("The letter to {party} has left."), {"party": event.party})
        case e.LetterUndeliverable():
            told = N_("The letter to {party} cannot be delivered: {why}")
            return Remark(told, {"party": event.party, "why": event.why})
        case e.LetterRequeued():
            told = N_("The letter to {party} is to be sent again, to {to}.")
            return Remark(told, {"party": event.party, "to": event.to})
        case e.LetterDropped():
            told = N_("The letter to {party} is not sent any more: {why}")
            return Remark(told, {"party": event.party, "why": OVERTAKEN[event.why]})


def _plain(message: str, *fields: str) -> Callable[[Case, Any], Remark]:
    """A reason that only needs fields of the event."""
    return lambda _case, event: Remark(message, {field: getattr(event, field) for field in fields})


_WHY: dict[type[Fact], Callable[[Case, Any], Remark]] = {
    e.CaseOpened: lambda case, _: Remark(
        N_("Opened in {structure}; rule {rule} gave the route."),
        {"structure": case.structure, "rule": case.route.rule},
    ),
    e.StepTaken: _step_taken,
    e.StageDecided: _plain(N_("{by} took the decision «{stage}»."), "by", "stage"),
    e.Rerouted: _rerouted,
    e.Lifted: _plain(N_("{by} lifted it to politics: {reason}"), "by", "reason"),
    e.HandedIn: _plain(N_("Answered; days late: {days_late}."), "days_late"),
    e.ReportedBack: _plain(N_("Reported back by {by}."), "by"),
    e.DeviationAllowed: _plain(N_("{by} decided on the deviation «{rule}»; waived: {waives}."), "by", "rule", "waives"),
    e.SentBack: _plain(N_("{by} sent it back: {reason}"), "by", "reason"),
    e.PutOff: _plain(N_("{by} put it off until {until}: {reason}"), "by", "until", "reason"),
    e.TextRevised: lambda case, _: Remark(
        N_("Text version {version}: what was said of older versions no longer counts."), {"version": case.text.version}
    ),
    e.Dispatched: lambda _, event: Remark(
        N_("Recommended by every forum of the route; sent to the parties ({count}), to be answered by {day}."),
        {"count": len(event.letters), "day": event.deadline.answer_by},
    ),
    **dict.fromkeys(get_args(e.LetterEvent), lambda _, event: of_letter(event)),
    e.Reminded: lambda _, event: Remark(
        N_("{party} owes its answer and is reminded: it is due on {day}."),
        {"party": event.letter.party, "day": event.answer_by},
    ),
    e.AnswerByChanged: lambda _, event: Remark(
        N_("To be answered by {day}: {reason}"), {"day": event.deadline.answer_by, "reason": event.reason}
    ),
    e.AnswerRecorded: _answer,
    e.EffectRuleDecided: _plain(N_("{by} decided on the effect rule «{rule}»."), "by", "rule"),
    e.EffectRuleChanged: _plain(N_("Every recommending forum has decided on the effect rule «{rule}»."), "rule"),
    e.Ratified: _ratified,
    e.NotRatified: lambda case, event: Remark(
        N_("The effect rule «{rule}» can no longer be satisfied; against: {against}."),
        {"rule": case.effect_rule, "against": ", ".join(event.against)},
    ),
    e.RatificationReopened: lambda case, _: Remark(
        N_("The answers that stand neither satisfy the effect rule «{rule}» nor rule it out."),
        {"rule": case.effect_rule},
    ),
    e.TookEffect: _plain(N_("The day it binds from has come.")),
    e.Spread: _plain(N_("Spread by {via}."), "via"),
    e.Withdrawn: _plain(N_("Taken back: {reason}"), "reason"),
    e.Closed: _plain(N_("{by} ended it without effect: {reason}"), "by", "reason"),
    e.FlagRaised: lambda _, event: _flag(N_("{flag}: {party}, {due}."), event.flag),
    e.FlagCleared: lambda _, event: _flag(N_("{flag}: {party}, {due}. The reason for it is gone."), event.flag),
}
