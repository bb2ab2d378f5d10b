"""route explain."""

from datetime import date
from itertools import chain
from typing import Any

import click
from msgspec import to_builtins
from msgspec.structs import replace

from commands.case.particulars import read_particulars
from commands.console import emit_json, filled, say
from commands.document_named import document_named
from commands.own_way import tell_own_way
from commands.params import named, on_date, option
from commands.rule_words import evidence_name, near_miss_sentence
from commands.session import Session
from commands.step_words import step_name
from commands.tables import show_table
from translations import translate as _
from workflow.acts import Open
from workflow.decide.opening import matter_of, structure_in_force
from workflow.decide.particulars import require_what_routes
from workflow.errors import N_
from workflow.facts import Text
from workflow.route import STEPS, Route
from workflow.routing import Matter, Routed, Setting, near_misses, route_for, setting_on
from workflow.rulebook import Rulebook

_ASKED = ("for", "giver", "receiver", "addressee")


def for_particulars(function: Any) -> Any:
    """The particulars a route may depend on."""
    for name, text in zip(_ASKED, _PARTICULARS, strict=True):
        function = named(f"--{name}", "BODY", text)(function)
    return function


_PARTICULARS = (
    N_("uppdragsbeskrivning: the body it is for."),
    N_("uppdrag: who gives it."),
    N_("uppdrag: who receives it."),
    N_("revisionssvar: the board that answers; one case for each."),
)


@click.command(help=_(N_("Show the route of a matter, the rule behind it, its source, and what nearly matched.")))
@named("--type", "TYPE", N_("The document type."), required=True)
@named("--group", "GROUP", N_("barn-unga, vuxna or alla."))
@named("--sector", "SECTOR", N_("A sector concerned."), multiple=True)
@named("--structure", "STRUCTURE", N_("In this structure; the one in force when it is left out."))
@named(
    "--document",
    "ROW",
    N_("A document of the register, or a row of Bilaga 1, whose stored route may differ from the rule."),
)
@click.option("--lifted", is_flag=True, help=_(N_("As if it were lifted to politics.")))
@for_particulars
@option("--level", type=click.Choice(["political", "officers"]), help=N_("For plans: who they are for."))
@on_date
@click.pass_obj
def explain(session: Session, /, structure: str | None, on: date | None, **options: Any) -> None:
    """Explains a route."""
    rules = session.engine.rules
    day = on or session.today
    act = Open(
        on=day,
        type=session.names.document_type(options["type"]),
        title="–",
        group=session.names.group(options["group"]) if options["group"] is not None else None,
        sectors=tuple(session.names.sector(sector) for sector in options["sector"]),
        text=Text(version=1),
        level=options["level"],
        document=document_named(session, options["document"]),
        particulars=read_particulars(session.names, {key: value for key, value in options.items() if key in _ASKED}),
    )
    act = session.engine.register.completed(act)
    matter = matter_of(act, rules)
    require_what_routes(act, rules)
    matter = replace(matter, lifted=options["lifted"] or matter.lifted)
    asked = session.names.structure(structure) if structure is not None else None
    organisation = session.engine.organisation
    structure_id = asked or structure_in_force(organisation, rules, matter, day)
    setting = setting_on(organisation, structure_id, day)
    routed = route_for(matter, setting, rules)
    tell_own_way(session, matter.type, routed.route.override)
    data = {"structure": structure_id, "on": str(day), **_told(routed, matter, setting, rules)}
    if session.as_json:
        emit_json(data)
    else:
        _show(data)
        for body in data["dormant"]:
            _tell_dormant(session, body, day)


def _told(routed: Routed, matter: Matter, setting: Setting, rules: Rulebook) -> dict[str, Any]:
    """The route, the rule behind it with its sources, who of it is dormant, and the rules that nearly matched."""
    return {
        "rule": routed.rule.id,
        "chart": routed.chart,
        **{key: value for key, value in to_builtins(routed.route).items() if key != "rule"},
        "sources": [
            {"cite": each.cite, "quote": each.quote, "evidence": each.evidence, "rule": each.rule}
            for each in routed.rule.sources
        ],
        "readings": list(routed.rule.reading),
        "dormant": [body for body in _taking_part(routed.route) if body in setting.dormant],
        "near_misses": [
            {
                "rule": miss.rule,
                "because": near_miss_sentence(miss.condition, miss.needs, miss.found),
            }
            for miss in near_misses(matter, setting, rules)
        ],
    }


def _taking_part(route: Route) -> tuple[str, ...]:
    """Every body that has a part in the route, each once."""
    parts = (*(route.bodies(step) for step in STEPS), route.anchoring_duty, route.report_also_to, route.inform)
    reported = (route.report_to,) if route.report_to is not None else ()
    stages = (stage.by for stage in route.stages)
    return tuple(dict.fromkeys(chain(*parts, *stages, reported, route.follow_up)))


def _tell_dormant(session: Session, body: str, day: date) -> None:
    """A line for people: what such a body would have to do waits, or is done by another."""
    status = session.engine.organisation.forum_status_on(body, day)
    told = N_("! {body} is dormant (vilande) on {on}, since {since}: a step that is its to take waits.")
    say(filled(told, body=session.engine.rules.name_of(body), on=day, since=status.from_day if status else day))


def _show(data: dict[str, Any]) -> None:
    say(
        filled(
            N_("In {structure} on {on}, rule {rule} gives:"), **{key: data[key] for key in ("structure", "on", "rule")}
        )
    )
    steps = [(step_name(step), ", ".join(data[step])) for step in ("prepare", "leadership", "political", "decide")]
    if data["ratify"]:
        steps.append((_(N_("the parties decide")), filled(N_("reported to {forum}"), forum=data["report_to"])))
    steps.append((step_name("spread"), ", ".join(data["spread_via"])))
    show_table((_(N_("Step")), _(N_("Bodies"))), [step for step in steps if step[1]])
    sources = [(each["cite"], f"«{each['quote']}»", evidence_name(each["evidence"])) for each in data["sources"]]
    show_table((_(N_("Source")), _(N_("Sentence")), _(N_("Evidence"))), sources)
    if data["near_misses"]:
        misses = [(miss["rule"], miss["because"]) for miss in data["near_misses"]]
        show_table((_(N_("Nearly matched")), _(N_("Why not"))), misses)
