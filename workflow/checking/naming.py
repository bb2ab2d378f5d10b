"""Ids and names: each written so that it can be typed anywhere, and each meaning one thing only."""

import re
from collections.abc import Iterator

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.places import Path
from workflow.checking.reading import READ
from workflow.errors import N_
from workflow.names import fold_name
from workflow.rule_tables import Named

_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
#: Tables of a file that share one set of ids: an entry of any of them is known by its id alone.
_SHARED = {"party": "body", "organisation": "body", "network": "body", "body": "body", "refusal": "rule"}
#: Tables whose names people write; what is not named here is written as a body's name is.
_KINDS = ("type", "group", "sector")


def naming_findings(files: RuleFiles) -> Iterator[Finding]:
    """Files that nobody reads, ids that are not plain ASCII or stand twice, names that mean two things."""
    yield from _unread(files)
    for file in files.rules.contents:
        if file in READ or file in files.structures.values():
            yield from _ids(files, file)
    for structure, file in files.structures.items():
        called = files.rules.structure(structure).structure.id
        if called != structure:
            message = said(N_("the file is called {file}, and the structure in it {id}."), file=structure, id=called)
            yield files.finding("structure_id", (file, ("structure", "id")), message)
    yield from _names(files)


def _unread(files: RuleFiles) -> Iterator[Finding]:
    read = {*READ, *files.structures.values()}
    for file in files.rules.contents:
        if file not in read:
            why = N_("no file of that name is read: rules stand in {known} and in structures/ID.toml.")
            yield Finding(file=file, line=1, check="unread_file", message=said(why, known=", ".join(READ)))


def _ids(files: RuleFiles, file: str) -> Iterator[Finding]:
    met: dict[tuple[object, str], Path] = {}
    for path, table in files.tables(file):
        known_by = table.get("id")
        if not isinstance(known_by, str):
            continue
        at = (file, (*path, "id"))
        if not _ID.fullmatch(known_by):
            message = said(N_("the id «{id}» is not written with plain letters, digits and hyphens."), id=known_by)
            yield files.finding("id_form", at, message)
        *table_path, last = path
        shared = (*table_path[:-1], _SHARED.get(str(table_path[-1]), table_path[-1])) if table_path else (last,)
        before = met.setdefault((shared, known_by), path)
        if before != path:
            why = N_("the id «{id}» stands at {other} already.")
            yield files.finding("duplicate_id", at, said(why, id=known_by, other=files.place(file, before)))


def _names(files: RuleFiles) -> Iterator[Finding]:
    meant: dict[tuple[str, str], tuple[str, str]] = {}
    spelt: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}
    for kind, file, path, each in _named(files):
        names = (each.name, *each.aliases, *each.misspellings)
        place = files.place(file, path)
        called, first = spelt.setdefault((kind, each.id), (names, place))
        if called != names:
            message = said(N_("{id} is called otherwise at {other}."), id=each.id, other=first)
            yield files.finding("two_names", (file, path), message)
        for name in names:
            other, where = meant.setdefault((kind, fold_name(name)), (each.id, place))
            if other != each.id:
                why = N_("«{name}» means {one} here and {other} at {place}.")
                message = said(why, name=name, one=each.id, other=other, place=where)
                yield files.finding("name_twice", (file, path), message)


def _named(files: RuleFiles) -> Iterator[tuple[str, str, Path, Named]]:
    """Everything that is known by names: its kind, where it stands, and the names."""
    county = files.rules.county
    for kind in _KINDS:
        of_kind: tuple[Named, ...] = getattr(county, kind)
        yield from ((kind, "county.toml", (kind, number), each) for number, each in enumerate(of_kind))
    for table in ("party", "organisation", "network", "body"):
        bodies: tuple[Named, ...] = getattr(county, table)
        yield from (("body", "county.toml", (table, number), each) for number, each in enumerate(bodies))
    for structure, file in files.structures.items():
        forums = files.rules.structure(structure).forum
        yield from (("body", file, ("forum", number), each) for number, each in enumerate(forums))
