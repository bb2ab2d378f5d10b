"""forum chair."""

from typing import Any

import click

from commands.console import emit_json, filled, say
from commands.params import option
from commands.session import Session
from translations import translate as _
from workflow.bad_data import ValueInvalid
from workflow.chairs import posts_in, structures_in, turn_of
from workflow.errors import N_


@click.command(help=_(N_("Show who chairs a forum in a year, who is its vice chair, and which side is its secretary.")))
@click.argument("forum")
@option("--year", type=click.IntRange(2000, 2200), help=N_("The calendar year; this year when it is left out."))
@click.pass_obj
def chair(session: Session, /, forum: str, year: int | None) -> None:
    """Shows the posts of a forum, by the latest structure of the year that has it."""
    engine = session.engine
    asked = year or session.today.year
    body = session.names.forum(forum)
    held = (
        (each, engine.rules.structure(each).forum_named(body)) for each in structures_in(engine.organisation, asked)
    )
    found = next(((structure, each) for structure, each in held if each is not None), None)
    if found is None:
        why = N_("no structure in force in {year} has {forum} as a forum.")
        raise ValueInvalid(field="--year", why=why, year=asked, forum=engine.rules.name_of(body))
    structure, its = found
    posts = posts_in(its, asked, turn_of(engine.organisation, structure))
    told: dict[str, Any] = {
        "forum": body,
        "structure": structure,
        "year": asked,
        "chair": posts.chair,
        "vice": posts.vice,
        "secretary": posts.secretary,
        "rule": its.chair.rule if its.chair is not None else "unknown",
    }
    if session.as_json:
        emit_json(told)
        return
    names = {post: engine.rules.name_of(told[post]) if told[post] else "–" for post in ("chair", "vice", "secretary")}
    sentence = N_("{forum} {year}: chair {chair}, vice chair {vice}, secretary {secretary}.")
    say(filled(sentence, forum=its.name, year=asked, **names))
