"""The whole check of a rule set, from what its files say to where every course of them leads."""

from collections.abc import Callable, Container, Iterable

from workflow.checking.activity import activity_findings
from workflow.checking.county import county_findings
from workflow.checking.courses import Courses
from workflow.checking.coverage import Coverage
from workflow.checking.deviations import deviation_findings
from workflow.checking.findings import Finding, Report, RuleFiles
from workflow.checking.forums import forum_findings
from workflow.checking.mandates import mandate_findings
from workflow.checking.naming import naming_findings
from workflow.checking.permissions import permission_findings
from workflow.checking.politics import politics_findings
from workflow.checking.reading import require_readable
from workflow.checking.references import reference_findings
from workflow.checking.register import register_findings
from workflow.checking.routes import route_findings
from workflow.checking.sourcing import sourcing_findings
from workflow.organisation import Organisation
from workflow.organisation_events import ForumStatusSet, StructureAdopted
from workflow.rulebook import Rulebook

#: What can be seen from the files alone.
_OF_FILES: tuple[Callable[[RuleFiles], Iterable[Finding]], ...] = (
    naming_findings,
    sourcing_findings,
    county_findings,
    register_findings,
    forum_findings,
    permission_findings,
    reference_findings,
    mandate_findings,
    route_findings,
)


def check_rules(
    rules: Rulebook,
    organisation: Organisation | None = None,
    exploring: Container[str] | None = None,
    walking: Container[str] | None = None,
) -> Report:
    """Puts a rule set through every check, on the days of ``organisation`` or else of the county's own calendar.

    ``exploring``: the structures that every matter is held against; ``walking``: those of them whose courses are walked
    to their ends. These take most of the time; left out, it is all of them.
    Raises RulesInvalid, with file and line, when a file cannot be read as rules at all.
    """
    require_readable(rules)
    files = RuleFiles(rules)
    held = organisation or calendar_of(rules)
    findings = [finding for check in _OF_FILES for finding in check(files)]
    coverage = Coverage(files, held, exploring)
    findings += coverage.findings
    findings += politics_findings(files, coverage)
    findings += deviation_findings(files, coverage)
    findings += activity_findings(files, coverage, held)
    courses = Courses(files, coverage, held, walking)
    findings += courses.findings
    return Report(
        combinations=coverage.combinations,
        courses=courses.courses,
        states=courses.states,
        steps=courses.steps,
        findings=tuple(sorted(findings, key=lambda each: (each.file, each.line, each.check))),
    )


def calendar_of(rules: Rulebook) -> Organisation:
    """The organisation as a new database would begin with it: the county's calendar, and nothing said."""
    county = rules.county
    calendar = (StructureAdopted(structure=each.structure, from_day=each.from_day) for each in county.calendar)
    statuses = (
        ForumStatusSet(forum=each.forum, status=each.status, from_day=each.from_day) for each in county.forum_status
    )
    return Organisation(
        calendar=tuple(sorted(calendar, key=lambda each: each.from_day)),
        statuses=tuple(sorted(statuses, key=lambda each: each.from_day)),
    )
