"""Whether everyone who must decide does: no party is bound unasked, and politics is not decided by officers."""

from collections.abc import Iterator

from machines.table import table
from workflow.checking.coverage import Answered, Coverage, words
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import Known
from workflow.checking.places import Path
from workflow.checking.routes import SEND_OUT, is_chart
from workflow.errors import N_
from workflow.rule_tables import Rule

#: Kinds of forums in which elected representatives decide.
POLITICAL = frozenset({"political", "council", "board"})


def politics_findings(files: RuleFiles, coverage: Coverage) -> Iterator[Finding]:
    """Rules by which the parties are bound without being asked, or officers decide what needs politics.

    Sources: rules X2, X3, X9, X14. Each rule is told of once for each fault, with the first matter that shows it.
    """
    for structure, file in coverage.structures.items():
        known = Known(files.rules, structure)
        told: set[tuple[str, str]] = set()
        for each in coverage.answered[structure]:
            number = known.structure.rule.index(each.rule)
            at: tuple[str, Path] = (file, ("rule", number))
            for finding in (*_unasked(files, known, at, each), *_officers(files, known, at, each)):
                if (each.rule.id, finding.check) not in told:
                    told.add((each.rule.id, finding.check))
                    yield finding


def _unasked(files: RuleFiles, known: Known, at: tuple[str, Path], each: Answered) -> Iterator[Finding]:
    """A type that binds by the parties' own decisions may be decided by a joint board alone, and by nobody else."""
    if each.rule.ratify or not _is_the_parties(files, each.asked.matter.type):
        return
    if any(kinds != {"board"} for kinds in _kinds(known, each.rule, each.rule.decide)):
        message = said(N_("{rule} binds the parties without their own decisions."), rule=each.rule.id)
        file, path = at
        yield files.finding("parties_unasked", (file, (*path, "ratify")), message, counterexample=words(each.asked))


def _officers(files: RuleFiles, known: Known, at: tuple[str, Path], each: Answered) -> Iterator[Finding]:
    """What is lifted, is political by its level, or goes to the parties, is decided or recommended by politicians."""
    matter, rule = each.asked.matter, each.rule
    if not (rule.ratify or matter.lifted or matter.level == "political" or _is_the_parties(files, matter.type)):
        return
    step = "political" if rule.ratify else "decide"
    bodies: tuple[str, ...] = getattr(rule, step)
    if bodies and all(kinds - POLITICAL for kinds in _kinds(known, rule, bodies)):
        message = said(N_("{rule}: what needs politics is decided by officers alone."), rule=rule.id)
        file, path = at
        yield files.finding("officers_alone", (file, (*path, step)), message, counterexample=words(each.asked))


def _is_the_parties(files: RuleFiles, kind: str) -> bool:
    """Whether the parties decide on matters of the type, by the chart the county gives it."""
    chart = files.rules.type_named(kind).chart
    return is_chart(chart) and SEND_OUT in table(chart).events


def _kinds(known: Known, rule: Rule, bodies: tuple[str, ...]) -> list[set[str]]:
    """For each of ``bodies`` the kinds it can be of: a parameter can be any of its choices."""
    meant = [[known.forums.get(one) for one in known.meant(body, rule)] for body in bodies]
    return [{forum.kind for forum in forums if forum is not None} for forums in meant]
