"""The cells of a structure's table, in words: when a rule holds, its course, what follows, where it comes from."""

from typing import Any

from commands.console import filled
from commands.rule_words import evidence_name
from translations import translate as _
from workflow.errors import N_

_WHEN = {
    "group": N_("group: {what}"),
    "level": N_("level: {what}"),
    "sectors_with": N_("with: {what}"),
    "sectors_without": N_("without: {what}"),
    "variant": N_("variant: {what}"),
    "for": N_("for: {what}"),
    "giver": N_("given by: {what}"),
    "receiver": N_("given to: {what}"),
    "addressee": N_("answered by: {what}"),
    "active": N_("while active: {what}"),
    "dormant": N_("while dormant: {what}"),
    "parameter_set": N_("once configured: {what}"),
    "parameter_unset": N_("until configured: {what}"),
}
_STEPS = {
    "may_prepare": N_("may prepare: {what}"),
    "prepare": N_("prepare: {what}"),
    "leadership": N_("recommend to politics: {what}"),
    "political": N_("recommend to the parties: {what}"),
    "anchoring": N_("anchored first in: {what}"),
    "anchoring_duty": N_("to be anchored in: {what}"),
    "decide": N_("decide: {what}"),
}
_AFTER = {
    "report_to": N_("reported to: {what}"),
    "report_also_to": N_("and to: {what}"),
    "inform": N_("told: {what}"),
    "spread_via": N_("spread by: {what}"),
    "follow_up": N_("followed up by: {what}"),
}


def when_lines(row: dict[str, Any]) -> list[str]:
    """The rule's id, its types, and each condition on a line of its own."""
    conditions = row["conditions"]
    lines = [row["rule"], _joined(row["types"])]
    lines += [_told(template, conditions[key]) for key, template in _WHEN.items() if key in conditions]
    if "lifted" in conditions:
        lines.append(_(N_("lifted to politics")) if conditions["lifted"] else _(N_("not lifted to politics")))
    if conditions.get("otherwise"):
        lines.append(_(N_("otherwise")))
    return lines


def course_lines(row: dict[str, Any]) -> list[str]:
    """Who takes which step, and whether the parties decide; for a refusal its code and the reason."""
    if row["kind"] == "refusal":
        return [row["code"], row["because"]]
    lines = [_told(template, row[key]) for key, template in _STEPS.items() if row[key]]
    lines += [filled(N_("{stage}: {what}"), stage=stage["name"], what=_joined(stage["by"])) for stage in row["stages"]]
    if row["ratify"]:
        lines.append(_(N_("decide: each party for itself")))
    elif row["may_ratify"]:
        lines.append(_(N_("the parties may be asked as well")))
    return lines


def afterwards(row: dict[str, Any]) -> list[str]:
    """Whom the parties report to, who is told, who spreads, who follows up."""
    return [_told(template, row[key]) for key, template in _AFTER.items() if row[key]]


def sources_lines(row: dict[str, Any]) -> list[str]:
    """Each chapter once with how far it carries, and the readings chosen; the headings stand in the answer in JSON."""
    places = [f"{_chapter(each['cite'])} ({evidence_name(each['evidence'])})" for each in row["sources"]]
    readings = [_joined(row["readings"])] if row["readings"] else []
    return [*dict.fromkeys(places), *readings]


def _chapter(cite: str) -> str:
    """«004 §5.2» of «004 §5.2 Operativa grupperingar»; a place without a section sign is told whole."""
    words = cite.split()
    return " ".join(words[:2]) if len(words) > 1 and words[1].startswith("§") else cite


def _told(template: str, what: Any) -> str:
    return filled(template, what=_joined(what))


def _joined(what: Any) -> str:
    return what if isinstance(what, str) else ", ".join(what)
