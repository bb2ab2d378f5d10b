"""schema: the published shape of every answer that a command gives in JSON."""

import difflib
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import click

from commands.console import emit_json
from commands.index import NOUNS, VERBS
from commands.session import Session
from translations import translate as _
from workflow.bad_data import ValueInvalid
from workflow.errors import N_

_FOLDER = files("commands") / "schemas"

#: The shapes that are no command's answer.
_OTHERS = {
    "error": N_("What every command tells on standard error when it is refused."),
    "definitions": N_("What the shapes have in common; the others refer to it."),
    "rule-file-structure": N_("A rule file: one structure."),
    "rule-file-county": N_("A rule file: what holds in every structure of a county."),
    "rule-file-register": N_("A rule file: the documents of a county's register."),
    "rule-file-permissions": N_("A rule file: who may record what."),
    "rule-file-readings": N_("A rule file: the readings chosen where the sources are silent."),
}


@click.command(help=_(N_("Print the JSON Schema of a command's answer in JSON; without a name, list them all.")))
@click.argument("name", nargs=-1)
@click.pass_obj
def schema(session: Session, /, name: tuple[str, ...]) -> None:
    """Prints one schema, named as its command is (``case show``) or as its file (``case-show``), or lists them."""
    if name:
        emit_json(_read("-".join(name).casefold()))
        return
    if session.as_json:
        emit_json(
            [{"name": each, "command": command, "title": _read(each)["title"]} for each, command, _what in _all()]
        )
        return
    from commands.tables import show_table

    show_table((_(N_("Name")), _(N_("What"))), [(each, _(what)) for each, _command, what in _all()])


def _all() -> Iterator[tuple[str, str | None, str]]:
    """Every schema: its name, the command whose answer it is, and what it tells of."""
    for noun, (entries, _help) in NOUNS.items():
        for verb, (_place, what) in entries.items():
            yield f"{noun}-{verb}", f"{noun} {verb}", what
    for verb, (_place, what) in VERBS.items():
        yield verb, verb, what
    for name, what in _OTHERS.items():
        yield name, None, what


def _read(name: str) -> dict[str, Any]:
    """A schema. Raises ValueInvalid, with the nearest name, when there is none of that name."""
    known = {entry.name.removesuffix(".json"): entry for entry in _FOLDER.iterdir() if entry.name.endswith(".json")}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        why = N_("«{given}»: there is no schema of that name; «arendegang schema» lists them.")
        raise ValueInvalid(field="NAME", why=why, given=name, suggestion=near[0] if near else None)
    read: dict[str, Any] = json.loads(known[name].read_bytes())
    return read
