"""Whether there is somebody to take each step on each day: a forum that is dissolved takes none ever again."""

from collections.abc import Iterator
from datetime import date

from workflow.checking.coverage import Answered, Coverage, words
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.matters import change_days
from workflow.errors import N_
from workflow.organisation import Organisation
from workflow.route import StepName

_STEPS: tuple[StepName, ...] = ("prepare", "leadership", "political", "decide")


def activity_findings(files: RuleFiles, coverage: Coverage, organisation: Organisation) -> Iterator[Finding]:
    """Steps of forums that are dissolved while the structure is in force, or after the last day of the calendar.

    A forum that is dormant bars its step for a time, and its matter waits (reading G3): that the engine says so is
    seen when the courses are walked. One that is dissolved bars it for good, but for a deviation the rules allow.
    """
    days = change_days(organisation)
    adopted = {entry.structure for entry in organisation.calendar}
    for structure, file in coverage.structures.items():
        told: set[tuple[int, str]] = set()
        in_force = [day for day in days if organisation.structure_on(day) == structure]
        for day in in_force if structure in adopted else days[-1:]:
            gone = _dissolved_on(organisation, day)
            for each in coverage.answered[structure] if gone else ():
                number = files.rules.structure(structure).rule.index(each.rule)
                for step, forum in _steps_of(each, gone):
                    if (number, forum) not in told and not _may_deviate(files, each, step):
                        told.add((number, forum))
                        message = said(N_("{forum} must take a step on {day}, and is dissolved."), forum=forum, day=day)
                        at = (file, ("rule", number, step))
                        yield files.finding("forum_gone", at, message, value=forum, counterexample=words(each.asked))


def _dissolved_on(organisation: Organisation, day: date) -> frozenset[str]:
    found = {forum: organisation.forum_status_on(forum, day) for forum in organisation.dormant_on(day)}
    return frozenset(forum for forum, status in found.items() if status is not None and status.status == "dissolved")


def _steps_of(each: Answered, gone: frozenset[str]) -> Iterator[tuple[StepName, str]]:
    for step in _STEPS:
        bodies: tuple[str, ...] = getattr(each.rule, step)
        yield from ((step, body) for body in bodies if body in gone)


def _may_deviate(files: RuleFiles, each: Answered, step: StepName) -> bool:
    """Whether the rules allow the step to be taken by others, or by nobody, while the forum is not there."""
    matter = each.asked.matter
    return any(
        override.waives == step
        and matter.type in override.type
        and (override.group is None or matter.group in override.group)
        for override in files.rules.structure(each.asked.setting.structure).override
    )
