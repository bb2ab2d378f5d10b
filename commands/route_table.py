"""route table: everything a structure's rule file says of routes, and everything it refuses."""

from collections.abc import Iterator
from typing import Any

import click
from msgspec import to_builtins

from commands.console import emit_json
from commands.params import named
from commands.route_table_words import afterwards, course_lines, sources_lines, when_lines
from commands.session import Session
from commands.tables import show_heading, show_table, show_text
from translations import in_use
from translations import translate as _
from workflow.errors import N_
from workflow.routing import entries
from workflow.rule_tables import Conditions, Dead, Rule, Structure

_CONDITIONS = (
    "group",
    "level",
    "sectors_with",
    "sectors_without",
    "lifted",
    "variant",
    "for_body",
    "giver",
    "receiver",
    "addressee",
    "active",
    "dormant",
    "parameter_set",
    "parameter_unset",
    "otherwise",
)
_COURSE = (
    "may_prepare",
    "prepare",
    "leadership",
    "political",
    "anchoring",
    "anchoring_duty",
    "decide",
    "report_also_to",
    "inform",
    "spread_via",
    "follow_up",
)


@click.command(help=_(N_("Show every rule of a structure, what it refuses, and the source of each.")))
@named("--structure", "STRUCTURE", N_("The structure."), required=True)
@click.pass_obj
def table(session: Session, /, structure: str) -> None:
    """Prints a structure's whole table: a row for each rule and for each refusal."""
    found = session.engine.rules.structure(session.names.structure(structure))
    rows = list(table_rows(session, found))
    if session.as_json:
        emit_json(rows)
        return
    head = found.structure
    show_heading(head.name)
    show_text(f"«{head.quote}» ({head.cite})")
    headings = (_(N_("Rule")), _(N_("Course")), _(N_("Afterwards")), _(N_("Source")))
    cells = (when_lines, course_lines, afterwards, sources_lines)
    show_table(headings, [tuple("\n".join((*cell(row), "")) for cell in cells) for row in rows])


def table_rows(session: Session, structure: Structure) -> Iterator[dict[str, Any]]:
    """Each rule and each refusal of a structure, as the answer in JSON has it."""
    for entry in entries(structure):
        row: dict[str, Any] = {
            "structure": structure.structure.id,
            "rule": entry.id,
            "kind": "rule" if isinstance(entry, Rule) else "refusal",
            "types": list(entry.type),
            "conditions": _conditions(entry),
        }
        row.update(_route(session, entry) if isinstance(entry, Rule) else _hole(entry))
        row["sources"] = [
            {"cite": each.cite, "quote": each.quote, "evidence": each.evidence, "rule": each.rule}
            for each in entry.sources
        ]
        row["readings"] = list(entry.reading)
        yield row


def _conditions(entry: Conditions) -> dict[str, Any]:
    """The conditions that are said, under the names they have in the rule file."""
    said = {name: to_builtins(getattr(entry, name)) for name in _CONDITIONS}
    return {
        "for" if name == "for_body" else name: value
        for name, value in said.items()
        if value not in (None, (), [], False)
    } | ({"lifted": False} if entry.lifted is False else {})


def _route(session: Session, rule: Rule) -> dict[str, Any]:
    kinds = session.engine.rules.type_named
    stages = [{"id": stage.id, "name": stage.name, "by": list(stage.by)} for stage in rule.stage]
    return {
        "charts": sorted({rule.chart or kinds(each).chart for each in rule.type}),
        **{key: list(getattr(rule, key)) for key in _COURSE},
        "ratify": rule.ratify,
        "may_ratify": rule.may_ratify,
        "report_to": rule.report_to,
        "agenda_part": rule.agenda_part,
        "stages": stages,
        "code": None,
        "because": None,
    }


def _hole(entry: Conditions) -> dict[str, Any]:
    if not isinstance(entry, Dead):
        raise TypeError(type(entry))
    quoted = "; ".join(f"«{source.quote}»" for source in entry.sources if source.quote)
    told = entry.because_sv if in_use() == "sv" else entry.because
    return {
        "charts": [],
        **{key: [] for key in _COURSE},
        "ratify": None,
        "may_ratify": None,
        "report_to": None,
        "agenda_part": None,
        "stages": [],
        "code": entry.code,
        "because": told or quoted,
    }
