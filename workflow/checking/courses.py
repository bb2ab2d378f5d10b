"""Every course that a rule set gives: each route on its chart, walked to its ends.

Two courses are the same when they differ in the names of the bodies alone; one of them is walked.
"""

from collections.abc import Hashable, Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from workflow.case import Case, evolve
from workflow.checking.coverage import Answered, Coverage, words
from workflow.checking.findings import Finding, RuleFiles
from workflow.checking.known import Known
from workflow.checking.matters import Asked, change_days, every_parameter
from workflow.checking.places import Path
from workflow.checking.walk import Start, Walk, trimmed
from workflow.checking.witness import Witness
from workflow.decide.draft import Context
from workflow.errors import Refusal
from workflow.events import CaseOpened, ForumStatusSet, StructureAdopted
from workflow.facts import Text
from workflow.organisation import Organisation
from workflow.record import provisional
from workflow.route import STEPS, Route
from workflow.routing import Routed, Setting, route_for
from workflow.rule_tables import Override

_BEGIN = date(2001, 1, 1)
_LATER = date(2201, 1, 1)
_LIMIT = date(2400, 1, 1)
#: As many parties as tell «all» from «some» and from «the one that is named»; where the forums must agree on the
#: effect rule, as many as tell «all» from «one».
_PARTIES, _PARTIES_OF_SEVERAL = 3, 2


class Course(Struct, frozen=True, kw_only=True):
    """A matter with its route, and the route it would have if it were lifted."""

    asked: Asked
    number: int
    routed: Routed
    lifted: Routed | None
    overrides: tuple[Override, ...]
    asleep: frozenset[str]


class Courses:
    """Walks every course but those of rules that other checks have found fault with already."""

    def __init__(self, files: RuleFiles, coverage: Coverage, organisation: Organisation) -> None:
        self._files = files
        self._coverage = coverage
        self._organisation = organisation
        self._faulty = frozenset(files.faulty)
        self._walked_with_parties: set[Hashable] = set()
        self.courses = self.states = self.steps = 0
        self.findings = tuple(self._walk_all())

    def _walk_all(self) -> Iterator[Finding]:
        walked: set[Hashable] = set()
        told: set[tuple[str, int, str]] = set()
        for structure, file in self._files.structures.items():
            known = Known(self._coverage.rules, self._coverage.rules.structure(structure))
            for course in self._courses(known, file):
                shape = shape_of(course)
                if shape in walked:
                    continue
                walked.add(shape)
                for finding in self._walk(course, file):
                    if (file, course.number, finding.check) not in told:
                        told.add((file, course.number, finding.check))
                        yield finding

    def _courses(self, known: Known, file: str) -> Iterator[Course]:
        settings = _settings(known, self._organisation)
        met: set[Hashable] = set()
        for each in self._coverage.answered[known.structure.structure.id]:
            number = known.structure.rule.index(each.rule)
            if (file, number) in self._faulty:
                continue
            for setting, day in settings:
                if not _same_answer(each, setting):
                    continue
                course = self._course(known, each, number, setting, day)
                if course is not None and (of := shape_of(course, by_name=True)) not in met:
                    met.add(of)
                    yield course
                    if course.asleep:
                        yield replace(course, asleep=frozenset())

    def _course(self, known: Known, each: Answered, number: int, setting: Setting, day: date | None) -> Course | None:
        rules, matter = self._coverage.rules, each.asked.matter
        routed = route_for(matter, setting, rules)
        lifted: Routed | None = None
        if rules.type_named(matter.type).liftable and not matter.lifted:
            try:
                lifted = route_for(replace(matter, lifted=True), setting, rules)
            except Refusal:
                lifted = None
        needed = {body for way in (routed, lifted) if way is not None for body in everybody_on(way.route)}
        overrides = tuple(
            override
            for override in known.structure.override
            if matter.type in override.type and (override.group is None or matter.group in override.group)
        )
        needed |= {body for override in overrides for body in (*override.while_dormant, *override.instead)}
        return Course(
            asked=replace(each.asked, setting=setting, day=day),
            number=number,
            routed=replace(routed, route=trimmed(routed.route)),
            lifted=lifted,
            overrides=overrides,
            asleep=setting.dormant & needed,
        )

    def _walk(self, course: Course, file: str) -> Iterator[Finding]:
        route = course.routed.route
        some = _PARTIES if len(route.political) == 1 else _PARTIES_OF_SEVERAL
        parties = tuple(party.id for party in self._coverage.rules.county.party)[:some]
        starts = tuple(_start(course, parties, later) for later in (None, _LATER))
        context = Context(rules=self._coverage.rules, organisation=_office(course, parties), limit=_LIMIT)
        # What the parties do depends on nothing the forums did before, but for how many of them recommend.
        with_parties = (course.routed.chart, len(route.political))
        beyond = route.ratify and not course.asleep and with_parties not in self._walked_with_parties
        self._walked_with_parties |= {with_parties} if beyond else set()
        walk = Walk(context, starts, beyond_dispatch=beyond)
        self.courses += 1
        self.states += walk.states
        self.steps += walk.steps
        path: Path = ("rule", course.number)
        for objection in walk.objections:
            shown = f"{words(course.asked)}: {objection.course}"
            yield self._files.finding(objection.check, (file, path), objection.message, counterexample=shown)


def everybody_on(route: Route) -> tuple[str, ...]:
    """Everybody with a step on the route."""
    return tuple(body for step in STEPS for body in route.bodies(step))


def _settings(known: Known, organisation: Organisation) -> list[tuple[Setting, date | None]]:
    days = change_days(organisation) or (date.min,)
    structure = known.structure.structure.id
    return [
        (Setting(structure=structure, dormant=organisation.dormant_on(day), parameters=parameters), day)
        for day in days
        for parameters in every_parameter(known)
    ]


def _same_answer(each: Answered, setting: Setting) -> bool:
    """Whether the setting meets the conditions of the rule that answered, as the one it was asked under did."""
    rule, said = each.rule, frozenset(setting.parameters)
    return (
        setting.dormant.isdisjoint(rule.active)
        and setting.dormant.issuperset(rule.dormant)
        and said.issuperset(rule.parameter_set)
        and said.isdisjoint(rule.parameter_unset)
    )


def _office(course: Course, parties: tuple[str, ...]) -> Organisation:
    """An organisation in which nothing changes: one structure, these forums asleep, every party with a mailbox."""
    setting = course.asked.setting
    return Organisation(
        origin="check",
        calendar=(StructureAdopted(structure=setting.structure, from_day=_BEGIN),),
        statuses=tuple(
            ForumStatusSet(forum=forum, status="dormant", from_day=_BEGIN) for forum in sorted(course.asleep)
        ),
        mailboxes={party: f"{party}@example" for party in parties},
        parameters={setting.structure: setting.parameters},
    )


def _start(course: Course, parties: tuple[str, ...], later: date | None) -> Start:
    matter, routed = course.asked.matter, course.routed
    goes_on = {"structure": routed.structure, "in_force": _BEGIN + timedelta(days=2), "direction": "…", "goals": "…"}
    opened = CaseOpened(
        ref="SAM-0001-0001",
        type=matter.type,
        title="…",
        group=matter.group,
        sectors=matter.sectors,
        level=matter.level,
        structure=routed.structure,
        chart=routed.chart,
        route=routed.route,
        parties=parties,
        effect_rule="all",
        not_before=later,
        text=Text(version=1),
        document=matter.document,
        lifted=matter.lifted,
        particulars=replace(matter.particulars, **goes_on),
    )
    case: Case = evolve(None, provisional(opened.ref, 1, _BEGIN, opened, "initiated"))
    witness = Witness(route=routed.route, parties=parties, effect_rule=opened.effect_rule, dormant=course.asleep)
    return Start(case=case, witness=witness)


def shape_of(course: Course, *, by_name: bool = False) -> Hashable:
    """What tells two courses apart once the names of the bodies do not."""
    names: dict[str, str] = {}

    def plain(bodies: tuple[str, ...]) -> tuple[str, ...]:
        return bodies if by_name else tuple(names.setdefault(body, str(len(names))) for body in bodies)

    def of_route(routed: Routed | None) -> Hashable:
        if routed is None:
            return None
        route = trimmed(routed.route)
        return (
            routed.chart,
            *(plain(route.bodies(step)) for step in STEPS),
            plain(route.may_prepare),
            plain(route.anchoring_duty),
            plain((route.report_to,) if route.report_to else ()),
            route.ratify,
            route.requires_mandate_description,
            tuple((stage.id, plain(stage.by), stage.needs, stage.in_new_structure) for stage in route.stages),
        )

    return (
        of_route(course.routed),
        of_route(course.lifted),
        tuple(
            (each.waives, plain(each.instead), plain(each.by), plain(each.while_dormant)) for each in course.overrides
        ),
        frozenset(plain(tuple(sorted(course.asleep)))),
    )
