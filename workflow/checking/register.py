"""The register's documents and the ways of their own that some of them go."""

from collections.abc import Iterator

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.references import LEVELS, ORDINARY, unknown
from workflow.county_tables import Deviation, Document
from workflow.errors import N_

FILE = "register.toml"


def register_findings(files: RuleFiles) -> Iterator[Finding]:
    """Documents of no type, group or forum, and exceptions that their type does not allow."""
    rules = files.rules
    types, groups = [each.id for each in rules.county.type], [each.id for each in rules.county.group]
    for number, variant in enumerate(rules.register.variant):
        path = ("variant", number)
        if variant.id == ORDINARY:
            message = said(N_("«{id}» is what a document without a way of its own goes."), id=ORDINARY)
            yield files.finding("duplicate_id", (FILE, (*path, "id")), message)
        yield from unknown(files, (FILE, (*path, "type")), "type", variant.type, types)
        yield from unknown(files, (FILE, (*path, "group")), "group", variant.group or (), groups)
        yield from unknown(
            files, (FILE, (*path, "structures")), "structure", variant.structures or (), files.structures
        )
    forums = {each.id for one in files.structures for each in rules.structure(one).forum}
    rows: dict[int, str] = {}
    for number, document in enumerate(rules.register.document):
        path = ("document", number)
        yield from unknown(files, (FILE, (*path, "type")), "type", (document.type,), types)
        yield from unknown(files, (FILE, (*path, "group")), "group", (document.group,), groups)
        for key in ("recommending", "preparing"):
            yield from unknown(files, (FILE, (*path, key)), "forum_anywhere", getattr(document, key), forums)
        other = rows.setdefault(document.row, document.id)
        if other != document.id:
            message = said(N_("row {row} is {other} already."), row=document.row, other=other)
            yield files.finding("duplicate_id", (FILE, (*path, "row")), message)
        yield from _level(files, number, document)
        if document.exception is not None:
            yield from _exception(files, number, document, document.exception)


def _level(files: RuleFiles, number: int, document: Document) -> Iterator[Finding]:
    kind = next((each for each in files.rules.county.type if each.id == document.type), None)
    if document.level is not None:
        yield from unknown(files, (FILE, ("document", number, "level")), "level", (document.level,), LEVELS)
    elif kind is not None and kind.level == "required":
        message = said(N_("a document of the type {type} must say its level."), type=document.type)
        yield files.finding("no_level", (FILE, ("document", number)), message)


def _exception(files: RuleFiles, number: int, document: Document, exception: Deviation) -> Iterator[Finding]:
    at = (FILE, ("document", number, "exception"))
    kind = next((each for each in files.rules.county.type if each.id == document.type), None)
    if exception.lifted and kind is not None and not kind.liftable:
        message = said(N_("a matter of the type {type} cannot be lifted."), type=document.type)
        yield files.finding("not_liftable", at, message)
    if exception.variant is None:
        return
    variant = next((each for each in files.rules.register.variant if each.id == exception.variant), None)
    if variant is None:
        message = said(N_("the register has no variant «{id}»."), id=exception.variant)
        yield files.finding("unknown_variant", at, message)
    elif document.type not in variant.type or (variant.group is not None and document.group not in variant.group):
        why = N_("the variant «{id}» is not for {type} and {group}.")
        message = said(why, id=variant.id, type=document.type, group=document.group)
        yield files.finding("unknown_variant", at, message)
