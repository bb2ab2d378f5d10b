"""Walks every order in which the steps of a course can be taken, by the code that decides on real cases."""

from collections import deque
from collections.abc import Hashable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from workflow import acts
from workflow.case import Case
from workflow.checking.conduct import ASIDE, acts_in, in_words
from workflow.checking.witness import Witness, objections, seen, too_wide, unlawful
from workflow.decide import decide
from workflow.decide.draft import Context, Drafted
from workflow.errors import N_, Refusal, Remark
from workflow.events import DeviationAllowed
from workflow.evolve import evolve
from workflow.record import provisional
from workflow.refusals import ForumDormant, NoActiveForum
from workflow.route import STEPS, Route

#: Ends that are none of the matter's own: it was given up.
_GIVEN_UP = frozenset({"withdrawn", "closed"})


class Start(Struct, frozen=True, kw_only=True):
    """A case as it stands when it has been opened, and a witness who has seen that."""

    case: Case
    witness: Witness


class Objection(Struct, frozen=True, kw_only=True):
    """Something that must not be, under the check that forbids it, and the course that leads there."""

    check: str
    message: Remark
    course: str


class _Node(Struct, frozen=True, kw_only=True):
    case: Case
    witness: Witness
    came_from: Hashable
    by: str


class Walk:
    """One exploration. ``beyond_dispatch``: also through the parties' answers, which are the same for every route."""

    def __init__(self, context: Context, starts: tuple[Start, ...], *, beyond_dispatch: bool) -> None:
        self._context = context
        self._beyond_dispatch = beyond_dispatch
        self._nodes: dict[Hashable, _Node] = {}
        self._onwards: dict[Hashable, set[Hashable]] = {}
        self._waits: set[Hashable] = set()
        self._told: set[str] = set()
        self._queue: deque[Hashable] = deque()
        self.steps = 0
        self.objections: list[Objection] = []
        for start in starts:
            self._reach(start.case, start.witness, None, "")
        while self._queue:
            self._explore(self._queue.popleft())
        self._judge()

    @property
    def states(self) -> int:
        """How many different states were reached."""
        return len(self._nodes)

    def _reach(self, case: Case, witness: Witness, came_from: Hashable, by: str) -> Hashable:
        key = _key(case, witness)
        if key not in self._nodes:
            self._nodes[key] = _Node(case=case, witness=witness, came_from=came_from, by=by)
            self._onwards[key] = set()
            self._queue.append(key)
        return key

    def _explore(self, key: Hashable) -> None:
        node = self._nodes[key]
        if node.case.dispatched is not None and not self._beyond_dispatch:
            return
        structure = self._context.rules.structure(node.case.structure)
        for act in acts_in(node.case, structure.override):
            self.steps += 1
            try:
                drafted = decide(node.case, act, self._context).drafted
            except (NoActiveForum, ForumDormant):
                if _is_owed(node.case, act):
                    self._waits.add(key)
            except Refusal:
                continue
            else:
                self._carry_out(key, act, drafted)

    def _carry_out(self, key: Hashable, act: acts.CaseAct, drafted: tuple[Drafted, ...]) -> None:
        """Takes case and witness through what an act led to, and hears the witness."""
        case, witness = self._nodes[key].case, self._nodes[key].witness
        route = case.route
        for each in drafted:
            stood, before = case, witness
            witness = seen(witness, each.event)
            case = evolve(case, provisional(case.ref, case.version + 1, each.on, each.event, each.state))
            for check, message in objections(before, witness, each.event, case.state):
                self._object(check, message, key, act)
            if isinstance(each.event, DeviationAllowed):
                for check, message in too_wide(stood, case, each.event):
                    self._object(check, message, key, act)
        for check, message in unlawful(witness, case.state):
            self._object(check, message, key, act)
        if case.route is not route:
            case = replace(case, route=trimmed(case.route))
        led_to = self._reach(case, witness, key, in_words(act))
        # Where nobody is dormant, nobody should need a deviation.
        aside = (*ASIDE, acts.Override) if not witness.dormant else ASIDE
        if not isinstance(act, aside):
            self._onwards[key].add(led_to)

    def _judge(self) -> None:
        """Whether the matter comes to an end of its own from everywhere, or waits for a forum that is dormant."""
        ends = {key for key, node in self._nodes.items() if self._is_at_end(node.case)}
        reach = _leading_to(ends, self._onwards)
        lost = [key for key, node in self._nodes.items() if key not in reach and node.case.state not in _GIVEN_UP]
        # The place where it stops says more than the place from which nothing but stopping is ahead.
        stopped = [key for key in lost if key not in self._waits and not self._onwards[key] - {key}]
        for key in (*stopped, *(key for key in lost if not self._comes_to_wait(key))):
            why = N_("from «{state}» no step by anybody leads to an end.")
            message = Remark(why, {"state": self._nodes[key].case.state})
            self._object("dead_end", message, key, None)

    def _is_at_end(self, case: Case) -> bool:
        handed_over = case.dispatched is not None and not self._beyond_dispatch
        return handed_over or (case.is_over and case.state not in _GIVEN_UP)

    def _comes_to_wait(self, key: Hashable) -> bool:
        """Whether every way onwards from here ends where a dormant forum has its turn."""
        ahead, met = [key], {key}
        while ahead:
            here = ahead.pop()
            onwards = self._onwards[here] - {here}
            if not onwards and here not in self._waits:
                return False
            for each in onwards - met:
                met.add(each)
                ahead.append(each)
        return bool(met & self._waits)

    def _object(self, check: str, message: Remark, key: Hashable, act: acts.CaseAct | None) -> None:
        if check not in self._told:
            self._told.add(check)
            course = [*self._course(key), *([in_words(act)] if act is not None else [])]
            self.objections.append(Objection(check=check, message=message, course=" → ".join(course)))

    def _course(self, key: Hashable) -> list[str]:
        node = self._nodes[key]
        told = [f"[{node.case.state}]"]
        if node.came_from is not None:
            told = [*self._course(node.came_from), node.by, *told]
        return told


def trimmed(route: Route) -> Route:
    """The route with one body of those that only may prepare: each of them bars as little as the others."""
    steps = {body for step in STEPS for body in route.bodies(step)}
    also = tuple(body for body in route.may_prepare if body in steps)
    only = tuple(body for body in route.may_prepare if body not in steps)[:1]
    return replace(route, may_prepare=(*also, *only), spread_via=())


def _is_owed(case: Case, act: acts.CaseAct) -> bool:
    """Whether the matter waits for the one who acts, and has not been let go on without."""
    body = getattr(act, "by", "")
    return any(body in case.bodies_owed(step) for step in STEPS)


def _key(case: Case, witness: Witness) -> Hashable:
    """What tells two states apart. Dates and the number of the text version tell nothing of what can follow."""
    if case.state in _GIVEN_UP:
        return (case.state, case.chart)
    if case.dispatched is not None:
        return _key_with_parties(case, witness)
    return (
        case.state,
        case.chart,
        witness.route,
        case.route,
        witness.taken,
        tuple(frozenset(case.done[step]) for step in STEPS),
        frozenset(case.may_prepared),
        witness.waived,
        frozenset(case.waived),
        case.stages_done,
        witness.stages,
        case.effect_rule,
        case.in_force_from is not None,
        _day_has_come(case),
    )


def _key_with_parties(case: Case, witness: Witness) -> Hashable:
    """With the parties, what the forums did before no longer tells; parties other than the first are alike."""
    states = [(standing.state, witness.answers.get(party)) for party, standing in case.parties.items()]
    return (
        case.state,
        witness.route,
        states[0],
        tuple(sorted((state, answer or "") for state, answer in states[1:])),
        case.effect_rule,
        witness.effect_rule,
        frozenset(case.effect_decided.items()),
        case.in_force_from is not None,
        _day_has_come(case),
    )


def _day_has_come(case: Case) -> bool:
    """Whether what is decided now takes effect at once."""
    return case.opened.not_before is None or case.opened.not_before <= case.latest_on


def _leading_to(ends: set[Hashable], onwards: Mapping[Hashable, set[Hashable]]) -> set[Hashable]:
    """Every state from which an end can be reached."""
    backwards: dict[Hashable, set[Hashable]] = {}
    for key, targets in onwards.items():
        for target in targets:
            backwards.setdefault(target, set()).add(key)
    reached, ahead = set(ends), list(ends)
    while ahead:
        for key in backwards.get(ahead.pop(), set()) - reached:
            reached.add(key)
            ahead.append(key)
    return reached
