"""Who takes which step: a forum of the structure, with the mandate for it."""

from collections.abc import Iterator, Mapping

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import Known
from workflow.checking.places import Path
from workflow.checking.references import WHAT
from workflow.errors import N_, Remark
from workflow.route import StepName
from workflow.rule_tables import Override, Rule, Stage

#: Every way to stand on a route with a step of one's own, and the step.
SEATS: Mapping[str, StepName] = {
    "prepare": "prepare",
    "may_prepare": "prepare",
    "leadership": "leadership",
    "political": "political",
    "decide": "decide",
}
#: Who is asked by an audit answers by the law of its own board, forum of the structure or not.
_BY_OWN_LAW = "$addressee"


def mandate_findings(files: RuleFiles) -> Iterator[Finding]:
    """Steps given to somebody who cannot take them: no forum of the structure, or one without the mandate."""
    for structure, file in files.structures.items():
        known = Known(files.rules, structure)
        for number, rule in enumerate(known.structure.rule):
            at: tuple[str, Path] = (file, ("rule", number))
            yield from _seats(files, known, at, rule)
            for place, stage in enumerate(rule.stage):
                yield from _stage(files, known, (file, ("rule", number, "stage", place)), stage, rule.type)
        for number, override in enumerate(known.structure.override):
            yield from _stand_in(files, known, (file, ("override", number, "instead")), override)


def _seats(files: RuleFiles, known: Known, at: tuple[str, Path], rule: Rule) -> Iterator[Finding]:
    file, path = at
    for key, step in SEATS.items():
        seated: tuple[str, ...] = getattr(rule, key)
        for body in seated:
            for check, message in _seat_faults(known, rule, step, body):
                yield files.finding(check, (file, (*path, key)), message, value=body)


def _seat_faults(known: Known, rule: Rule, step: StepName, body: str) -> Iterator[tuple[str, Remark]]:
    stands_for = known.meant(body, rule)
    if not stands_for:
        yield "unknown_body", said(N_("«{id}» stands for nobody: no condition says who it may be."), id=body)
    parameter = known.parameters.get(body)
    granted = step == "decide" and parameter is not None and set(rule.type) <= set(parameter.grants)
    for one in stands_for:
        if body == _BY_OWN_LAW and one in known.bodies - known.forums.keys():
            continue
        if one not in known.forums:
            yield "unknown_forum", said(N_("there is no {what} «{id}»."), what=WHAT["forum"], id=one)
        elif not granted:
            yield from _mandate_faults(known, one, step, rule.type)


def _mandate_faults(known: Known, forum: str, step: StepName, types: tuple[str, ...]) -> Iterator[tuple[str, Remark]]:
    its = known.forums[forum]
    if step not in its.mandate:
        yield "mandate", said(N_("{forum} has no mandate for the step «{step}»."), forum=forum, step=step)
    elif step == "decide" and not set(types) <= set(its.decides):
        beyond = ", ".join(kind for kind in types if kind not in its.decides)
        yield "mandate", said(N_("{forum} does not decide {types}."), forum=forum, types=beyond)


def _stage(
    files: RuleFiles, known: Known, at: tuple[str, Path], stage: Stage, types: tuple[str, ...]
) -> Iterator[Finding]:
    """Who decides a stage; what waits for the new structure is decided by a forum that some structure has."""
    file, path = at
    for body in stage.by:
        place = (file, (*path, "by"))
        if stage.in_structure == "new":
            if body not in known.forums_anywhere:
                message = said(N_("there is no {what} «{id}»."), what=WHAT["forum_anywhere"], id=body)
                yield files.finding("unknown_forum", place, message, value=body)
        elif body not in known.forums:
            message = said(N_("there is no {what} «{id}»."), what=WHAT["forum"], id=body)
            yield files.finding("unknown_forum", place, message, value=body)
        else:
            for check, message in _mandate_faults(known, body, "decide", types):
                yield files.finding(check, place, message, value=body)


def _stand_in(files: RuleFiles, known: Known, at: tuple[str, Path], override: Override) -> Iterator[Finding]:
    """Who takes a step in place of its bodies needs the mandate for it as they do."""
    if override.waives == "anchoring":
        return
    for body in override.instead:
        if body in known.forums:
            for check, message in _mandate_faults(known, body, override.waives, override.type):
                yield files.finding(check, at, message, value=body)
