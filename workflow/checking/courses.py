"""Every course that a rule set gives: each route on its chart, walked to its ends. Of those alike, one is walked."""

from collections.abc import Container, Hashable, Iterator
from datetime import date

from msgspec.structs import replace

from workflow.checking.coverage import Answered, Coverage, words
from workflow.checking.findings import Finding, RuleFiles
from workflow.checking.known import Known
from workflow.checking.matters import change_days, every_parameter
from workflow.checking.places import Path
from workflow.checking.setting_out import walks
from workflow.checking.shapes import Course, shape_of
from workflow.checking.walk import trimmed
from workflow.errors import Refusal
from workflow.organisation import Organisation
from workflow.route import STEPS, Route
from workflow.routing import Routed, Setting, route_for


class Courses:
    """Walks every course but those of rules that other checks have found fault with already."""

    def __init__(
        self, files: RuleFiles, coverage: Coverage, organisation: Organisation, walking: Container[str] | None = None
    ) -> None:
        """``walking``: the structures whose courses are walked; all of them when it is left out."""
        self._files = files
        self._coverage = coverage
        self._organisation = organisation
        self._faulty = frozenset(files.faulty)
        self._walking = walking
        self._walked_with_parties: set[Hashable] = set()
        self.courses = self.states = self.steps = 0
        self.findings = tuple(self._walk_all())

    def _walk_all(self) -> Iterator[Finding]:
        walked: set[Hashable] = set()
        told: set[tuple[str, int, str]] = set()
        for structure, file in self._coverage.structures.items():
            if self._walking is not None and structure not in self._walking:
                continue
            known = Known(self._coverage.rules, structure)
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
        for each in self._coverage.answered[known.id]:
            number = known.structure.rule.index(each.rule)
            if (file, number) in self._faulty:
                continue
            for setting, day in settings:
                if not _same_answer(each, setting):
                    continue
                course = self._course(known, each, number, setting, day)
                if (named := shape_of(course, by_name=True)) not in met:
                    met.add(named)
                    yield course
                    if course.asleep:
                        yield replace(course, asleep=frozenset())

    def _course(self, known: Known, each: Answered, number: int, setting: Setting, day: date | None) -> Course:
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
        # What the parties do depends on nothing the forums did before, but for how many of them recommend.
        alike = (course.routed.chart, len(route.political))
        with_parties = route.ratify and not course.asleep and alike not in self._walked_with_parties
        self._walked_with_parties |= {alike} if with_parties else set()
        self.courses += 1
        for walk in walks(course, self._coverage.rules, with_parties=with_parties):
            self.states += walk.states
            self.steps += walk.steps
            for objection in walk.objections:
                shown = f"{words(course.asked)}: {objection.course}"
                at: tuple[str, Path] = (file, ("rule", course.number))
                yield self._files.finding(objection.check, at, objection.message, counterexample=shown)


def everybody_on(route: Route) -> tuple[str, ...]:
    """Everybody with a step on the route."""
    return tuple(body for step in STEPS for body in route.bodies(step))


def _settings(known: Known, organisation: Organisation) -> list[tuple[Setting, date | None]]:
    days = change_days(organisation) or (date.min,)
    structure = known.id
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
