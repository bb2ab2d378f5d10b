"""The published shapes: as they are, and strict; and an office whose every answer is held against them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from commands.index import NOUNS, VERBS
from tests.office import Office, Reply, Word

FOLDER = files("commands") / "schemas"
RULE_FILES = frozenset(f"rule-file-{each}" for each in ("structure", "county", "register", "readings", "permissions"))
OTHERS = frozenset({"error", "definitions"}) | RULE_FILES


@cache
def shapes() -> dict[str, dict[str, Any]]:
    """Every published schema, by name."""
    published = (entry for entry in FOLDER.iterdir() if entry.name.endswith(".json"))
    return {entry.name.removesuffix(".json"): json.loads(entry.read_bytes()) for entry in published}


def commands() -> set[str]:
    """The name that the schema of each command must have."""
    return {f"{noun}-{verb}" for noun, (verbs, _help) in NOUNS.items() for verb in verbs} | VERBS.keys()


def shape_of(words: tuple[Word, ...]) -> str:
    """The name of the schema for what these words of a command line answer."""
    return f"{words[0]}-{words[1]}" if words[0] in NOUNS else str(words[0])


def strict(schema: Any) -> Any:
    """The same schema, with no key allowed that it does not name: published shapes leave room, a typo must not hide."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tightened = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
        tightened["unevaluatedProperties"] = False
    return tightened


@cache
def validator(name: str, *, strictly: bool) -> Draft202012Validator:
    """The published schema, or the strict one, with everything it refers to."""
    known = {each: strict(schema) if strictly else schema for each, schema in shapes().items()}
    registry: Registry[Any] = Registry().with_resources(
        (f"{each}.json", Resource.from_contents(schema)) for each, schema in known.items()
    )
    return Draft202012Validator(known[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(name: str, document: Any, *, strictly: bool = True) -> list[str]:
    """Everything in the document that its shape does not allow."""
    found = validator(name, strictly=strictly).iter_errors(document)
    return [f"{name} at {error.json_path}: {error.message[:300]}" for error in found]


def references(schema: Any) -> Iterator[str]:
    """Every reference in a schema."""
    if isinstance(schema, Mapping):
        yield from (value for key, value in schema.items() if key == "$ref")
    for each in schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ():
        yield from references(each)


class Checked(Office):
    """Fails at the first answer in JSON that is not of the published shape; keeps them all, by shape."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.answers: defaultdict[str, list[Any]] = defaultdict(list)

    def __call__(self, *words: Word, json: bool = True, **options: Any) -> Reply:
        reply = super().__call__(*words, json=json, **options)
        if not json:
            return reply
        if reply.out:
            self.heard(shape_of(words), reply.json, reply.transcript())
        if reply.code and not reply.out:
            self.heard("error", {"error": reply.error}, reply.transcript())
        return reply

    def heard(self, name: str, document: Any, transcript: str = "") -> None:
        """Holds a document against the shape of this name, and keeps it."""
        found = faults(name, document) + faults(name, document, strictly=False)
        assert not found, "\n".join([*found, transcript])
        self.answers[name].append(document)
