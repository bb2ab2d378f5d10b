"""Whether a rule's route holds together by itself: it ends in a decision, and its chart has what it needs."""

from collections.abc import Iterator, Mapping

from machines.table import CHARTS, table
from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.places import Path
from workflow.decide.steps_taken import TRANSITION
from workflow.errors import N_
from workflow.facts import Particulars
from workflow.rule_tables import Rule

#: The chart of a party's own part, which no matter walks.
_OF_PARTIES = "ratification"
#: The event by which the parties are asked, in every chart that has their part.
SEND_OUT = "send_out"


def route_findings(files: RuleFiles) -> Iterator[Finding]:
    """Routes without a decision, without anybody to report to, or on a chart that lacks what they need."""
    for structure, file in files.structures.items():
        for number, rule in enumerate(files.rules.structure(structure).rule):
            at: tuple[str, Path] = (file, ("rule", number))
            yield from _decision(files, at, rule)
            yield from _chart(files, at, rule)
            yield from _stages(files, at, rule)


def charts_of(files: RuleFiles, rule: Rule) -> Mapping[str, str]:
    """The chart a matter of each of the rule's types walks; types that are not known are left out."""
    own = {each.id: each.chart for each in files.rules.county.type}
    return {kind: rule.chart or own[kind] for kind in rule.type if kind in own}


def is_chart(name: str) -> bool:
    """Whether a matter can walk the chart."""
    return name in CHARTS and name != _OF_PARTIES


def _decision(files: RuleFiles, at: tuple[str, Path], rule: Rule) -> Iterator[Finding]:
    file, path = at
    if rule.ratify and not rule.political:
        yield files.finding("no_recommendation", at, said(N_("the parties are asked without a rekommendationsbeslut.")))
    if rule.ratify and rule.report_to is None:
        yield files.finding(
            "no_report_to", at, said(N_("nobody is told what the parties decide: report_to is missing."))
        )
    if rule.ratify and rule.decide:
        message = said(N_("either the parties decide or a forum does, not both."))
        yield files.finding("two_deciders", (file, (*path, "decide")), message)
    if not rule.ratify and not rule.decide:
        yield files.finding("no_decider", at, said(N_("nobody decides: neither the parties nor a forum.")))


def _chart(files: RuleFiles, at: tuple[str, Path], rule: Rule) -> Iterator[Finding]:
    file, path = at
    for kind, chart in charts_of(files, rule).items():
        place = (file, (*path, "chart" if rule.chart is not None else "type"))
        if not is_chart(chart):
            message = said(N_("there is no chart «{chart}» for a matter of the type {type}."), chart=chart, type=kind)
            yield files.finding("unknown_chart", place, message, value=rule.chart)
            continue
        events = table(chart).events
        for key, event in _needed(rule).items():
            if event not in events:
                message = said(
                    N_("the chart «{chart}» of {type} has no place for «{key}»."), chart=chart, type=kind, key=key
                )
                yield files.finding("chart_lacks_step", (file, (*path, key)), message)


def _needed(rule: Rule) -> dict[str, str]:
    """What the rule asks of its chart: the key that asks, and the event."""
    needed: dict[str, str] = {step: event for step, event in TRANSITION.items() if getattr(rule, step)}
    if rule.may_prepare:
        needed["may_prepare"] = TRANSITION["prepare"]
    if rule.anchoring_duty:
        needed["anchoring_duty"] = TRANSITION["anchoring"]
    if rule.ratify:
        needed["ratify"] = SEND_OUT
    if rule.stage:
        needed.pop("decide", None)
    return needed


def _stages(files: RuleFiles, at: tuple[str, Path], rule: Rule) -> Iterator[Finding]:
    file, path = at
    content = frozenset(Particulars.__struct_fields__)
    for number, stage in enumerate(rule.stage):
        place: Path = (*path, "stage", number)
        for chart in sorted(set(charts_of(files, rule).values())):
            if is_chart(chart) and f"decide_{stage.id}" not in table(chart).events:
                message = said(N_("the chart «{chart}» has no stage «{stage}»."), chart=chart, stage=stage.id)
                yield files.finding("chart_lacks_step", (file, (*place, "id")), message)
        for name in stage.needs:
            if name not in content:
                message = said(N_("nothing called «{name}» can be said of a case."), name=name)
                yield files.finding("unknown_value", (file, (*place, "needs")), message, value=name)
        if not stage.by:
            yield files.finding("no_decider", (file, place), said(N_("nobody decides this stage.")))
