"""structure adopt, structure configure."""

from datetime import date
from typing import Any

import click

from commands.acting import on_or_today
from commands.console import emit_json, filled, say
from commands.params import day, line, minutes, named, on_date
from commands.session import Session
from scheduler.sweep import reroute_overtaken
from translations import translate as _
from workflow.acts import AdoptStructure, SayParameter
from workflow.bad_data import ValueInvalid
from workflow.errors import N_


@click.command(help=_(N_("Bring a structure into force from a day, as its structure case has decided.")))
@click.argument("structure")
@day("--from", N_("The day it comes into force."), required=True)
@line("--minutes", N_("The paragraph of the decision."), required=True)
@on_date
@click.pass_obj
def adopt(session: Session, /, structure: str, minutes: str, on: date | None, **options: date) -> None:
    """Adopts a structure; open cases follow it from its day."""
    act = AdoptStructure(
        on=on_or_today(session, on),
        structure=session.names.structure(structure),
        from_day=options["from"],
        minutes=minutes,
    )
    done = session.engine.organise(act)
    rerouted: list[str] = []
    if act.from_day <= min(session.today, session.real_day):
        rerouted = list(reroute_overtaken(session.engine, min(session.today, session.real_day)))
    if session.as_json:
        changed = bool(done.records)
        emit_json({"structure": act.structure, "from": str(act.from_day), "changed": changed, "rerouted": rerouted})
    elif done.records:
        told = N_("{structure} is in force from {day}. Cases routed anew: {count}.")
        say(filled(told, structure=act.structure, day=act.from_day, count=len(rerouted)))
    else:
        say(filled(N_("{structure} is adopted from that day already: nothing was changed."), structure=act.structure))


@click.command(help=_(N_("Say what the source leaves open about a structure.")))
@click.argument("structure")
@named("--board", "BOARD", N_("The joint board, for alternativ-3."))
@named("--set", "NAME=VALUE", N_("Another thing left open, as designated_arena=politiskt-forum."))
@minutes
@on_date
@click.pass_obj
def configure(session: Session, /, structure: str, board: str | None, on: date | None, **options: Any) -> None:
    """Says one parameter of a structure."""
    if (board is None) == (options["set"] is None):
        raise click.UsageError(_(N_("Say one thing to configure: --board or --set NAME=VALUE.")))
    name, value = ("board", board) if board is not None else _pair(options["set"])
    structure_id = session.names.structure(structure)
    # What there is nothing to say about is refused as such, whatever is said of it.
    known = any(each.id == name for each in session.engine.rules.structure(structure_id).parameter)
    act = SayParameter(
        on=on_or_today(session, on),
        structure=structure_id,
        parameter=name,
        value=session.names.body_or_party(value) if known else value,
        minutes=options["minutes"],
    )
    changed = bool(session.engine.organise(act).records)
    if session.as_json:
        said = {act.parameter: act.value}
        emit_json({"structure": act.structure, "said": said, "from": str(act.on), "changed": changed})
    elif changed:
        told = f"{act.parameter} = {act.value}"
        say(filled(N_("{structure}: {told}, from {day} on."), structure=act.structure, told=told, day=act.on))
    else:
        say(_(N_("That was said already: nothing was changed.")))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise ValueInvalid(field="--set", why=N_("«{given}» is not NAME=VALUE."), given=text)
    return name, value
