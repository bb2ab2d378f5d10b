"""structure list, show, calendar."""

from collections.abc import Mapping
from typing import Any

import click

from commands.console import emit_json, filled, say
from commands.rule_words import forum_kind_name, status_name
from commands.session import Session
from commands.step_words import place_name
from commands.tables import show_heading, show_table, show_text
from translations import translate as _
from workflow.chairs import Turn, posts_in, turn_of
from workflow.errors import N_
from workflow.rule_tables import Forum, Parameter, Structure


@click.command("list", help=_(N_("List the structures that are known.")))
@click.pass_obj
def list_structures(session: Session, /) -> None:
    """Lists the structures and since when each is in force."""
    engine = session.engine
    current = engine.organisation.structure_on(session.today)
    starts = {entry.structure: str(entry.from_day) for entry in engine.organisation.calendar}
    rows: list[dict[str, Any]] = []
    for structure_id in engine.rules.structure_ids:
        head = engine.rules.structure(structure_id).structure
        said = engine.organisation.parameters_on(session.today).get(head.id, {})
        rows.append(
            {
                "id": head.id,
                "name": head.name,
                "enabled": head.enabled or head.enabled_by in said,
                "status": head.status,
                "from": starts.get(head.id),
                "in_force": head.id == current,
            }
        )
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Structure")), _(N_("Name")), _(N_("From")), _(N_("In force")))
    show_table(
        headings,
        [(row["id"], row["name"], row["from"] or "–", _(N_("yes")) if row["in_force"] else "") for row in rows],
    )


@click.command(help=_(N_("Show a structure: its forums, their mandates, its rules.")))
@click.argument("structure")
@click.pass_obj
def show(session: Session, /, structure: str) -> None:
    """Shows one structure."""
    engine = session.engine
    found = engine.rules.structure(session.names.structure(structure))
    head = found.structure
    turn = turn_of(engine.organisation, head.id)
    forums = [{**_forum(session, forum), **_posts(forum, session.today.year, turn)} for forum in found.forum]
    said = engine.organisation.parameters_on(session.today).get(head.id, {})
    data: dict[str, Any] = {
        "id": head.id,
        "name": head.name,
        "enabled": head.enabled or head.enabled_by in said,
        "lacks": _lacking(found, said),
        "parameters": [_parameter(each, said) for each in found.parameter],
        "status": head.status,
        "source": {"cite": head.cite, "quote": head.quote, "evidence": head.evidence},
        "forums": forums,
        "rules": [rule.id for rule in found.rule],
        "refusals": [rule.id for rule in found.refusal],
        "overrides": [rule.id for rule in found.override],
    }
    if session.as_json:
        emit_json(data)
        return
    show_heading(head.name)
    show_text(f"«{head.quote}» ({head.cite})")
    headings = (_(N_("Forum")), _(N_("Kind")), _(N_("Mandate")), _(N_("Status")))
    show_table(
        headings,
        [
            (
                forum["id"],
                forum_kind_name(forum["kind"]),
                ", ".join(place_name(step) for step in forum["mandate"]) or "–",
                status_name(forum["status"]),
            )
            for forum in forums
        ],
    )
    say(filled(N_("Rules: {rules}"), rules=", ".join(rule.id for rule in found.rule) or "–"))
    for each in data["parameters"]:
        _tell_parameter(head.id, each, needed=each["id"] in data["lacks"])
    if not data["enabled"] and not data["lacks"]:
        say(_(N_("The structure is only described: there is nothing to say that would bring it into use.")))


def _lacking(structure: Structure, said: Mapping[str, str]) -> list[str]:
    """What must be said before the structure can be used at all."""
    head = structure.structure
    return [head.enabled_by] if not head.enabled and head.enabled_by is not None and head.enabled_by not in said else []


def _parameter(parameter: Parameter, said: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "name": parameter.name,
        "choices": list(parameter.choices),
        "value": said.get(parameter.id),
    }


def _tell_parameter(structure: str, told: dict[str, Any], *, needed: bool) -> None:
    """What was said, or that it is left open, what the choices are and the command that says it."""
    if told["value"] is not None:
        say(f"{told['name']} ({told['id']}): {told['value']}")
        return
    choice = "|".join(told["choices"])
    option = f"--board {choice}" if told["id"] == "board" else f"--set {told['id']}={choice}"
    lacks = N_("! Not said, and nothing can be decided before it is: {name}. «arendegang structure configure {words}»")
    open_still = N_("Not said yet: {name}. «arendegang structure configure {words}»")
    say(filled(lacks if needed else open_still, name=told["name"], words=f"{structure} {option}"))


def _forum(session: Session, forum: Forum) -> dict[str, Any]:
    status = session.engine.organisation.forum_status_on(forum.id, session.today)
    return {
        "id": forum.id,
        "name": forum.name,
        "kind": forum.kind,
        "mandate": list(forum.mandate),
        "decides": list(forum.decides),
        "members": list(forum.members),
        "meetings_per_year": forum.meetings_per_year,
        "agenda_parts": list(forum.agenda_parts),
        "attendance": [list(part) for part in forum.attendance],
        "parent": forum.parent,
        "status": status.status if status else "active",
        "since": str(status.from_day) if status else None,
        "sources": [{"cite": each.cite, "quote": each.quote, "evidence": each.evidence} for each in forum.sources],
    }


def _posts(forum: Forum, year: int, turn: Turn | None) -> dict[str, str | None]:
    """The posts of a forum in a year, by id."""
    posts = posts_in(forum, year, turn)
    return {"chair": posts.chair, "vice": posts.vice, "secretary": posts.secretary}


@click.command(help=_(N_("Show which structure is in force from when, and which forums are dormant.")))
@click.pass_obj
def calendar(session: Session, /) -> None:
    """Shows the structure calendar; a day that no source gives is marked as assumed."""
    organisation = session.engine.organisation
    rows: list[dict[str, Any]] = [
        {
            "structure": entry.structure,
            "forum": None,
            "status": "in_force",
            "from": str(entry.from_day),
            "assumed": entry.assumed,
        }
        for entry in organisation.calendar
    ]
    rows += [
        {
            "structure": None,
            "forum": entry.forum,
            "status": entry.status,
            "from": str(entry.from_day),
            "assumed": entry.assumed,
        }
        for entry in organisation.statuses
    ]
    rows.sort(key=lambda row: str(row["from"]))
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("From")), _(N_("What")), _(N_("Status")), _(N_("Assumed")))
    show_table(
        headings,
        [
            (
                row["from"],
                row["structure"] or row["forum"],
                status_name(row["status"]),
                _(N_("yes")) if row["assumed"] else "",
            )
            for row in rows
        ],
    )
