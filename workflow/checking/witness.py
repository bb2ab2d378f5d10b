"""A witness of a course, who has only the events to go by and never asks the engine what they amount to.

What may not happen is judged here, apart from the code that is to keep it from happening.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workflow import events as e
from workflow.case import Case
from workflow.errors import N_, Remark
from workflow.facts import Fact
from workflow.route import STEPS, Route, StepName

_BINDING = frozenset({"ratified", "in_force"})
_BEFORE_PARTIES: tuple[StepName, ...] = ("prepare", "leadership", "political")


class Witness(Struct, frozen=True, kw_only=True):
    """What has been seen to happen to the text as it now stands."""

    route: Route
    parties: tuple[str, ...]
    effect_rule: str
    dormant: frozenset[str] = frozenset()
    text: int = 1
    taken: frozenset[tuple[str, str]] = frozenset()
    waived: frozenset[str] = frozenset()
    stages: frozenset[tuple[str, str]] = frozenset()
    effect_decided: frozenset[tuple[str, str]] = frozenset()
    answers: Mapping[str, str] = {}

    def missing(self, steps: tuple[StepName, ...]) -> list[str]:
        """Whoever should have taken one of ``steps`` on this text and was not seen to."""
        due = [(step, body) for step in steps if step not in self.waived for body in self.route.bodies(step)]
        return [f"{step} {body}" for step, body in due if (step, body) not in self.taken]

    def adopted(self) -> bool:
        """Whether the parties' own adoptions of this text are those that the effect rule asks for."""
        adopters = {party for party, answer in self.answers.items() if answer == "adopts"}
        if self.effect_rule in {"all", "per-party"}:
            return adopters == set(self.parties) if self.effect_rule == "all" else bool(adopters)
        number, *named = self.effect_rule.removeprefix("threshold:").split("+")
        return len(adopters) >= int(number) and set(named) <= adopters


def seen(witness: Witness, event: Fact) -> Witness:
    """The witness after an event."""
    return _SEEN[type(event)](witness, event) if type(event) in _SEEN else witness


def objections(before: Witness, after: Witness, event: Fact, state: str) -> Iterator[tuple[str, Remark]]:
    """What the witness has against an event, under the check that forbids it; ``state`` is the one after it."""
    if isinstance(event, e.StepTaken):
        yield from _step(before, event)
        if state == "decided" and (owed := after.missing(STEPS)):
            yield "decided_unready", Remark(N_("decided without: {owed}."), {"owed": ", ".join(owed)})
    if isinstance(event, e.Dispatched):
        yield from _dispatch(before, event)
    if isinstance(event, e.EffectRuleChanged):
        undecided = [each for each in before.route.political if (each, event.rule) not in before.effect_decided]
        if undecided:
            values = {"rule": event.rule, "owed": ", ".join(undecided)}
            yield "effect_rule_alone", Remark(N_("the effect rule became «{rule}» without: {owed}."), values)
    if isinstance(event, e.StageDecided) and (owed := _before_stage(before, event.stage)):
        values = {"stage": event.stage, "owed": ", ".join(owed)}
        yield "stage_order", Remark(N_("the stage «{stage}» was decided without: {owed}."), values)


def unlawful(witness: Witness, state: str) -> Iterator[tuple[str, Remark]]:
    """What the witness has against the state a case is left in: binding, and not by those whom it binds."""
    if witness.route.ratify and state in _BINDING:
        if not witness.adopted():
            yield "bound_unadopted", Remark(N_("binding without the parties' own adoptions by the effect rule."))
        if owed := witness.missing(_BEFORE_PARTIES):
            yield "bound_unrecommended", Remark(N_("binding without: {owed}."), {"owed": ", ".join(owed)})


def _step(before: Witness, event: e.StepTaken) -> Iterator[tuple[str, Remark]]:
    values = {"body": event.by, "step": event.step}
    allowed = {*before.route.bodies(event.step)}
    if event.step == "prepare":
        allowed |= {*before.route.may_prepare}
    if event.step == "anchoring":
        allowed |= {*before.route.anchoring_duty}
    if event.by not in allowed:
        yield "step_by_stranger", Remark(N_("{body} took the step «{step}», which is not its own."), values)
    if event.by in before.dormant and event.step != "anchoring":
        yield "step_while_dormant", Remark(N_("{body} took the step «{step}» while dormant (vilande)."), values)


def too_wide(before: Case, after: Case, event: e.DeviationAllowed) -> Iterator[tuple[str, Remark]]:
    """What there is against a deviation: it may touch the one step it names, and that alone."""
    others = [step for step in STEPS if step != event.waives]
    kept = all(
        before.route.bodies(step) == after.route.bodies(step)
        and before.done[step] == after.done[step]
        and (step in before.waived) == (step in after.waived)
        for step in others
    )
    if not kept:
        yield "deviation_too_wide", Remark(N_("the deviation «{rule}» does more than it says."), {"rule": event.rule})


def _dispatch(before: Witness, event: e.Dispatched) -> Iterator[tuple[str, Remark]]:
    if owed := before.missing(_BEFORE_PARTIES):
        yield "sent_unrecommended", Remark(N_("sent to the parties without: {owed}."), {"owed": ", ".join(owed)})
    if event.text.version != before.text or {letter.party for letter in event.letters} != set(before.parties):
        yield "sent_otherwise", Remark(N_("sent to others than the parties, or another text than the one recommended."))


def _before_stage(before: Witness, stage: str) -> list[str]:
    """Whoever should have decided a stage that comes before this one, and was not seen to."""
    order = before.route.stages
    earlier = order[: next((place for place, each in enumerate(order) if each.id == stage), 0)]
    due = [(each.id, body) for each in earlier for body in each.by]
    return [f"{each} {body}" for each, body in due if (each, body) not in before.stages]


def _step_seen(witness: Witness, event: e.StepTaken) -> Witness:
    if event.text_version != witness.text:
        return witness
    return replace(witness, taken=witness.taken | {(event.step, event.by)})


def _sent_back_seen(witness: Witness, event: e.SentBack) -> Witness:
    return replace(witness, taken=frozenset(each for each in witness.taken if each[0] not in event.voids))


def _deviation_seen(witness: Witness, event: e.DeviationAllowed) -> Witness:
    if event.instead:
        return replace(witness, route=replace(witness.route, **{event.waives: event.instead}))
    return replace(witness, waived=witness.waived | {event.waives})


def _text_seen(witness: Witness, event: e.TextRevised) -> Witness:
    """What was said of an older text no longer counts; the stages decided before there was one do."""
    none: frozenset[Any] = frozenset()
    return replace(witness, text=event.text.version, taken=none, waived=none, answers={}, effect_decided=none)


def _answer_seen(witness: Witness, event: e.AnswerRecorded) -> Witness:
    if event.text_version != witness.text:
        return witness
    return replace(witness, answers={**witness.answers, event.party: event.answer})


def _effect_seen(witness: Witness, event: e.EffectRuleDecided) -> Witness:
    others = frozenset(each for each in witness.effect_decided if each[0] != event.by)
    return replace(witness, effect_decided=others | {(event.by, event.rule)})


_SEEN: Mapping[type[Fact], Callable[[Witness, Any], Witness]] = {
    e.StepTaken: _step_seen,
    e.SentBack: _sent_back_seen,
    e.DeviationAllowed: _deviation_seen,
    e.Lifted: lambda witness, event: replace(witness, route=event.route),
    e.TextRevised: _text_seen,
    e.StageDecided: lambda witness, event: replace(witness, stages=witness.stages | {(event.stage, event.by)}),
    e.AnswerRecorded: _answer_seen,
    e.EffectRuleDecided: _effect_seen,
    e.EffectRuleChanged: lambda witness, event: replace(witness, effect_rule=event.rule, effect_decided=frozenset()),
}
