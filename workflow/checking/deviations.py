"""Deviations the rules allow: each waives a step that some route has, for every type it is said to be for."""

from collections.abc import Iterator

from workflow.checking.coverage import Answered, Coverage
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.errors import N_
from workflow.rule_tables import Override


def deviation_findings(files: RuleFiles, coverage: Coverage) -> Iterator[Finding]:
    """Deviations from a step that no route of the type takes."""
    for structure, file in coverage.structures.items():
        for number, override in enumerate(files.rules.structure(structure).override):
            for kind in override.type:
                if not any(_applies(override, kind, each) for each in coverage.answered[structure]):
                    why = N_("«{rule}» waives the step «{step}», which no route of the type {type} takes.")
                    message = said(why, rule=override.id, step=override.waives, type=kind)
                    yield files.finding("idle_deviation", (file, ("override", number, "type")), message, value=kind)


def _applies(override: Override, kind: str, each: Answered) -> bool:
    matter = each.asked.matter
    in_group = override.group is None or matter.group in override.group
    return matter.type == kind and in_group and bool(getattr(each.rule, override.waives))
