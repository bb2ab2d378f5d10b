"""route check."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import emit_json, filled, remark, say
from commands.params import option, read_file
from commands.session import Session
from commands.tables import show_table
from translations import translate as _
from workflow.bad_data import FileUnreadable, NoDatabase
from workflow.errors import N_

if TYPE_CHECKING:
    from workflow.checking.findings import Finding, Report
    from workflow.organisation import Organisation
    from workflow.rulebook import Rulebook

_FOUND = 1


@click.command(help=_(N_("Check a rule set by exploring it: every matter on every date, every course to its ends.")))
@option("--rules", metavar="FOLDER", help=N_("The rule files in this folder, instead of those in force."))
@click.pass_obj
def check(session: Session, /, rules: str | None) -> int:
    """Checks a rule set; exit code 1 when something does not hold, 78 when a file cannot be read as rules at all."""
    from workflow.checking.rule_set import check_rules

    report = check_rules(*_asked(session, rules))
    if session.as_json:
        emit_json(_told(report))
    else:
        _show(report)
    return _FOUND if report.findings else 0


def _asked(session: Session, folder: str | None) -> "tuple[Rulebook, Organisation | None]":
    """The rule set that is asked for, and the organisation on whose days it is held against."""
    from workflow.rulebook import Rulebook, shipped_rules

    if folder is not None:
        return Rulebook(dict(_files(folder))), None
    try:
        return session.engine.rules, session.engine.organisation
    except NoDatabase:
        # A file that is there and is none of ours was hardly meant to be passed over, and neither was a server.
        file = session.database.file
        if file is None or file.exists():
            raise
        remark(_(N_("There is no database: the rules that come with the product are checked.")))
        return shipped_rules(), None


def _files(folder: str) -> "list[tuple[str, bytes]]":
    """Every rule file below a folder, by its path from there. Raises FileUnreadable."""
    place = Path(folder)
    if not place.is_dir():
        raise FileUnreadable(path=folder, why=N_("there is no such folder."))
    found = sorted(path for path in place.rglob("*.toml") if path.is_file())
    return [(path.relative_to(place).as_posix(), read_file(str(path))[1]) for path in found]


def _told(report: "Report") -> dict[str, Any]:
    return {
        "combinations": report.combinations,
        "courses": report.courses,
        "states": report.states,
        "steps": report.steps,
        "findings": [
            {
                "file": each.file,
                "line": each.line,
                "check": each.check,
                "message": _sentence(each),
                "counterexample": each.counterexample,
            }
            for each in report.findings
        ],
    }


def _sentence(finding: "Finding") -> str:
    return filled(finding.message.template, **finding.message.values)


def _show(report: "Report") -> None:
    if report.findings:
        headings = (_(N_("Where")), _(N_("Check")), _(N_("What")))
        show_table(headings, [_row(each) for each in report.findings])
    counts = {"combinations": report.combinations, "courses": report.courses, "steps": report.steps}
    say(filled(N_("Combinations held against the rules: {combinations}."), **counts))
    say(filled(N_("Courses walked to their ends: {courses}, with {steps} steps tried."), **counts))
    say(filled(N_("Findings: {findings}."), findings=len(report.findings)))


def _row(finding: "Finding") -> tuple[str, str, str]:
    what = _sentence(finding)
    if finding.counterexample is not None:
        what = f"{what}\n{filled(N_('Shown by: {what}'), what=finding.counterexample)}"
    return f"{finding.file}:{finding.line}", finding.check, what
