"""Everything that anybody could ask for in a case: the acts that are tried in every state of a course."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from workflow import acts
from workflow.case import Case
from workflow.evidence import IN_RULES
from workflow.facts import Answer
from workflow.rule_tables import Override

ANSWERS: tuple[Answer, ...] = ("adopts", "adopts-with-reservation", "declines", "not-now", "adjourned", "remitted")

#: Acts that set a course back, end it or leave it for another: a course must come to its end without them.
ASIDE = (acts.Return, acts.Revise, acts.Withdraw, acts.Close, acts.Lift)

_REASON = "…"
_FEW = 2
_OTHER_TEXT = "0" * 64


def acts_in(case: Case, overrides: tuple[Override, ...]) -> Iterator[acts.CaseAct]:
    """Every act by everybody who has a place on the route, each on a day after all that has happened.

    Bordläggning, a new day to answer by and what is spread are left out: they change no state and bar nothing.
    """
    on = case.latest_on + timedelta(days=1)
    if case.dispatched is None:
        yield from _steps(case, on)
        yield from _deviations(case, on, overrides)
    else:
        yield from _answers(case, on)
    yield from _decisions(case, on)
    if case.in_force_from is not None and case.state in {"ratified", "decided"}:
        yield acts.Check(on=max(on, case.in_force_from))
    yield acts.Revise(on=on, sha256=_OTHER_TEXT if case.text.sha256 is None else _next(case.text.sha256), name=_REASON)
    yield acts.Withdraw(on=on, reason=_REASON)


def _next(sha256: str) -> str:
    return f"{int(sha256, 16) + 1:064x}"


def _steps(case: Case, on: date) -> Iterator[acts.CaseAct]:
    route = case.route
    for body in dict.fromkeys((*route.prepare, *route.may_prepare, *route.leadership)):
        yield acts.Prepare(on=on, by=body)
    for body in dict.fromkeys((*route.leadership, *route.political)):
        yield acts.Recommend(on=on, by=body)
    deciders = (*route.decide, *(body for stage in route.stages for body in stage.by))
    for body in dict.fromkeys(deciders):
        yield acts.Decide(on=on, by=body)
        if route.requires_mandate_description:
            yield acts.Decide(on=on, by=body, relies_on=IN_RULES)
    for network in dict.fromkeys((*route.anchoring, *route.anchoring_duty)):
        yield acts.Anchor(on=on, network=network)
    yield acts.Dispatch(on=on)


def _deviations(case: Case, on: date, overrides: tuple[Override, ...]) -> Iterator[acts.CaseAct]:
    for override in overrides:
        for body in override.by:
            yield acts.Override(on=on, rule=override.id, by=body, reason=_REASON)
    for body in dict.fromkeys((*case.route.leadership, *case.route.decide)):
        yield acts.Lift(on=on, by=body, reason=_REASON)


def _answers(case: Case, on: date) -> Iterator[acts.CaseAct]:
    first, *others = case.parties
    # Parties that no effect rule names and that stand alike can do the same: one of them is asked.
    alike = {case.parties[party].state: party for party in others}
    for party in (first, *sorted(alike.values())):
        for answer in ANSWERS:
            yield acts.RecordAnswer(on=on, party=party, answer=answer)
            if case.parties[party].answer is not None:
                yield acts.CorrectAnswer(on=on, party=party, answer=answer, reason=_REASON)
    # That the forums choose another effect rule on the way is tried where the parties are few.
    if len(case.parties) <= _FEW:
        one_party = () if len(case.route.political) > 1 else (f"threshold:1+{first}",)
        for rule, forum in product(("all", "per-party", *one_party), case.route.political):
            yield acts.ChangeEffect(on=on, rule=rule, by=forum)


def _decisions(case: Case, on: date) -> Iterator[acts.CaseAct]:
    route = case.route
    for body in dict.fromkeys((*route.leadership, *route.political, *route.decide)):
        yield acts.Return(on=on, by=body, reason=_REASON)
        yield acts.Close(on=on, by=body, reason=_REASON)
    for body in dict.fromkeys((*((route.report_to,) if route.report_to else ()), *route.decide)):
        yield acts.ReportBack(on=on, by=body)


def in_words(act: acts.CaseAct) -> str:
    """An act in a few words, for a course that is told."""
    values = (getattr(act, name, None) for name in ("by", "network", "party", "answer", "rule"))
    name = type(act).__struct_config__.tag
    return " ".join([str(name), *(str(value) for value in values if value)])
