"""Every step there is from here, and what each one waits for. Asked of the same code that refuses."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from workflow import acts
from workflow.case import Case
from workflow.engine import Engine
from workflow.errors import Missing, Refusal
from workflow.facts import Answer
from workflow.refusals import MandateMissing, NotPermitted, OverrideNotAllowed, StepNotPossible

#: Stands for whatever reason is given: that there is one decides, what it says does not.
_REASON = "…"


class Step(Struct, frozen=True, kw_only=True):
    """One step: whether it can be taken today, and if not, the shortest list of what is missing and from whom."""

    step: str
    by: str | None
    allowed: bool
    missing: tuple[Missing, ...]
    command: str


class _Candidate(Struct, frozen=True, kw_only=True):
    step: str
    by: str | None
    act: acts.CaseAct
    words: str


def possible_steps(engine: Engine, case: Case) -> list[Step]:
    """Every step that exists for ``case`` from where it stands. What its chart has no way to is left out."""
    steps: list[Step] = []
    for candidate in _candidates(engine, engine.followed(case)):
        try:
            engine.try_out_for_anybody(case, candidate.act)
        except (StepNotPossible, OverrideNotAllowed, MandateMissing):
            continue
        except Refusal as refusal:
            missing = refusal.missing or (Missing(refusal.code),)
        else:
            missing = ()
        steps.append(_step(case, candidate, (*missing, *_permission(engine, case, candidate))))
    return steps


def _permission(engine: Engine, case: Case, candidate: _Candidate) -> tuple[Missing, ...]:
    """Whose step it is instead, when it is not the present actor's."""
    asked: tuple[acts.CaseAct, ...] = (candidate.act,)
    if isinstance(candidate.act, acts.RecordAnswer) and candidate.by is None:
        # Said once for all parties, and each of them may have a registrar.
        asked = tuple(replace(candidate.act, party=party) for party in case.parties)
    missing: dict[Missing, None] = {}
    for act in asked:
        try:
            engine.require_permitted(case, act)
        except NotPermitted as refusal:
            missing |= dict.fromkeys(refusal.missing)
        else:
            return ()
    return tuple(missing)


def _step(case: Case, candidate: _Candidate, missing: tuple[Missing, ...]) -> Step:
    return Step(
        step=candidate.step,
        by=candidate.by,
        allowed=not missing,
        missing=missing,
        command=f"arendegang case {candidate.step} {case.ref} {candidate.words}".rstrip(),
    )


def _candidates(engine: Engine, case: Case) -> Iterator[_Candidate]:
    today = engine.today
    yield from _forum_steps(case, today)
    yield from _party_steps(case, today)
    yield from _forum_decisions(engine, case, today)
    revised = acts.Revise(on=today, sha256="0" * 64, name=_REASON)
    yield _Candidate(step="revise", by=None, act=revised, words="--text FILE --reason …")
    withdrawn = acts.Withdraw(on=today, reason=_REASON)
    yield _Candidate(step="withdraw", by=None, act=withdrawn, words="--reason …")
    for via in case.route.spread_via:
        act = acts.RecordSpread(on=today, via=via)
        yield _Candidate(step="spread", by=via, act=act, words=f"--via {via} --on DATE")


def _forum_steps(case: Case, today: date) -> Iterator[_Candidate]:
    route = case.route
    words = "--by {} --on DATE --minutes '§ …'"
    for body in (*route.prepare, *route.may_prepare):
        yield _Candidate(step="prepare", by=body, act=acts.Prepare(on=today, by=body), words=words.format(body))
    for body in (*route.leadership, *route.political):
        yield _Candidate(step="recommend", by=body, act=acts.Recommend(on=today, by=body), words=words.format(body))
    for body in case.stages_left[0].by if case.stages_left else route.decide:
        yield _Candidate(step="decide", by=body, act=acts.Decide(on=today, by=body), words=words.format(body))
    for network in (*route.anchoring, *route.anchoring_duty):
        act = acts.Anchor(on=today, network=network)
        yield _Candidate(step="anchor", by=network, act=act, words=f"--in {network} --on DATE")
    for body in dict.fromkeys((route.report_to or "", *route.decide)):
        if body:
            yield _Candidate(step="report", by=body, act=acts.ReportBack(on=today, by=body), words=words.format(body))


def _party_steps(case: Case, today: date) -> Iterator[_Candidate]:
    if not case.route.ratify:
        return
    secretary = case.route.report_to
    yield _Candidate(step="dispatch", by=secretary, act=acts.Dispatch(on=today), words="--on DATE")
    # Before anything is sent all parties wait for the same thing: said once.
    asked = tuple(case.parties) if case.dispatched else ()
    for party in asked or tuple(case.parties)[:1]:
        named = party if asked else None
        act = acts.RecordAnswer(on=today, party=party, answer="adopts")
        words = f"--party {named or 'PARTY'} --answer ANSWER --on DATE --minutes '§ …'"
        standing = case.parties[party]
        if standing.answer is None or standing.state != "adopted":
            yield _Candidate(step="answer", by=named, act=act, words=words)
        if standing.answer is not None:
            answer: Answer = "declines" if standing.state == "adopted" else "adopts"
            correction = acts.CorrectAnswer(on=today, party=party, answer=answer, reason=_REASON)
            yield _Candidate(step="correct", by=party, act=correction, words=f"{words} --reason …")
    moved = max(today, case.answer_by or today) + timedelta(days=1)
    act_moved = acts.ChangeAnswerBy(on=today, answer_by=moved, reason=_REASON)
    yield _Candidate(step="answer-by", by=secretary, act=act_moved, words="--date DATE --reason …")


def _forum_decisions(engine: Engine, case: Case, today: date) -> Iterator[_Candidate]:
    route = case.route
    forums = tuple(dict.fromkeys((*route.leadership, *route.political, *route.decide)))
    for forum in (*route.leadership, *route.decide):
        lifted = acts.Lift(on=today, by=forum, reason=_REASON)
        yield _Candidate(step="lift", by=forum, act=lifted, words=f"--by {forum} --reason …")
    tomorrow = today + timedelta(days=1)
    for forum in forums:
        act = acts.Return(on=today, by=forum, reason=_REASON)
        yield _Candidate(step="return", by=forum, act=act, words=f"--by {forum} --reason …")
    for body in (*route.prepare, *forums):
        put_off = acts.Postpone(on=today, by=body, until=tomorrow, reason=_REASON)
        yield _Candidate(step="postpone", by=body, act=put_off, words=f"--by {body} --until DATE --reason …")
    for rule in engine.rules.structure(case.structure).override:
        for forum in rule.by:
            deviation = acts.Override(on=today, rule=rule.id, by=forum, reason=_REASON)
            words = f"--rule {rule.id} --by {forum} --reason …"
            yield _Candidate(step="override", by=forum, act=deviation, words=words)
    for forum in route.political:
        other = "all" if case.effect_rule != "all" else "per-party"
        effect = acts.ChangeEffect(on=today, by=forum, rule=other)
        yield _Candidate(step="effect", by=forum, act=effect, words=f"--by {forum} --rule RULE")
    for forum in forums:
        closing = acts.Close(on=today, by=forum, reason=_REASON)
        yield _Candidate(step="close", by=forum, act=closing, words=f"--by {forum} --reason …")
