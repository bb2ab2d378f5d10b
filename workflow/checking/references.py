"""References of a structure's entries: every id they name is one there is."""

from collections.abc import Iterable, Iterator, Mapping

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import FILE_KEY, PARTICULARS, Known
from workflow.checking.places import Path
from workflow.errors import N_, Message
from workflow.refusals import ArenaNotDesignated, DocumentIncomplete, RouteUndefined, StructureDisabled
from workflow.rule_tables import Conditions, Override

#: What each kind of id is called in a finding.
WHAT: Mapping[str, Message] = {
    "type": N_("document type"),
    "group": N_("group"),
    "sector": N_("sector"),
    "variant": N_("variant that holds in this structure"),
    "forum": N_("forum of this structure"),
    "forum_anywhere": N_("forum of any structure"),
    "parameter": N_("parameter of this structure"),
    "body": N_("body"),
    "network": N_("network"),
    "structure": N_("structure"),
    "level": N_("level"),
    "role": N_("role"),
    "act": N_("act that anybody may be given"),
}
LEVELS = frozenset({"political", "officers"})
#: The variant of every matter that goes no way of its own.
ORDINARY = "ordinary"

#: The refusals that can stand in place of a route.
_REFUSES_ROUTE = frozenset(
    kind.code for kind in (RouteUndefined, ArenaNotDesignated, StructureDisabled, DocumentIncomplete)
)
_BESIDE_STEPS = ("anchoring", "anchoring_duty", "inform", "spread_via", "follow_up", "report_also_to")


def reference_findings(files: RuleFiles) -> Iterator[Finding]:
    """Ids in rules, refusals and deviations that lead nowhere, and conditions that no matter of the type can meet."""
    for structure, file in files.structures.items():
        known = Known(files.rules, structure)
        for table, entries in (("rule", known.structure.rule), ("refusal", known.structure.refusal)):
            for number, entry in enumerate(entries):
                at = (file, (table, number))
                yield from _conditions(files, known, at, entry)
                yield from _without_part(files, at, entry)
        yield from _beside_steps(files, known, file)
        yield from _refusals(files, known, file)
        for number, override in enumerate(known.structure.override):
            yield from _override(files, known, (file, ("override", number)), override)


def unknown(
    files: RuleFiles, at: tuple[str, Path], kind: str, named: Iterable[str], known: Iterable[str]
) -> Iterator[Finding]:
    """A finding for each id that is not known."""
    there = frozenset(known)
    for one in named:
        if one not in there:
            message = said(N_("there is no {what} «{id}»."), what=WHAT[kind], id=one)
            yield files.finding(f"unknown_{kind.partition('_')[0]}", at, message, value=one)


def _conditions(files: RuleFiles, known: Known, at: tuple[str, Path], entry: Conditions) -> Iterator[Finding]:
    parameters = {name.removeprefix("$") for name in known.parameters}
    named: dict[str, tuple[str, Iterable[str]]] = {
        "type": ("type", known.of_county("type")),
        "group": ("group", known.of_county("group")),
        "sectors_with": ("sector", known.of_county("sector")),
        "sectors_without": ("sector", known.of_county("sector")),
        "variant": ("variant", known.variants | {ORDINARY}),
        "active": ("forum", known.forums),
        "dormant": ("forum", known.forums),
        "parameter_set": ("parameter", parameters),
        "parameter_unset": ("parameter", parameters),
        **dict.fromkeys(PARTICULARS.values(), ("body", known.bodies)),
    }
    file, path = at
    for key, (kind, there) in named.items():
        ids: tuple[str, ...] = getattr(entry, key) or ()
        yield from unknown(files, (file, (*path, FILE_KEY.get(key, key))), kind, ids, there)
    if entry.level is not None:
        yield from unknown(files, (file, (*path, "level")), "level", (entry.level,), LEVELS)


def _without_part(files: RuleFiles, at: tuple[str, Path], entry: Conditions) -> Iterator[Finding]:
    """Conditions on what plays no part in the route of a type, by the county's own description of the type."""
    file, path = at
    for kind in files.rules.county.type:
        if kind.id not in entry.type:
            continue
        particulars = {PARTICULARS.get(f"${name}") for name in kind.particulars}
        ungrouped = kind.group == "optional" and kind.default_group is None
        barred = {key for key in PARTICULARS.values() if key not in particulars}
        barred |= {"group", "sectors_with", "sectors_without"} if ungrouped else set()
        barred |= {"lifted"} if not kind.liftable and entry.lifted else set()
        for key in sorted(barred):
            if getattr(entry, key):
                name = FILE_KEY.get(key, key)
                message = said(N_("«{key}» plays no part in the route of {type}."), key=name, type=kind.id)
                yield files.finding("idle_condition", (file, (*path, name)), message)


def _beside_steps(files: RuleFiles, known: Known, file: str) -> Iterator[Finding]:
    there = known.bodies | known.parameters.keys() | PARTICULARS.keys()
    for number, rule in enumerate(known.structure.rule):
        for key in _BESIDE_STEPS:
            yield from unknown(files, (file, ("rule", number, key)), "body", getattr(rule, key), there)
        if rule.report_to is not None:
            yield from unknown(files, (file, ("rule", number, "report_to")), "body", (rule.report_to,), there)


def _refusals(files: RuleFiles, known: Known, file: str) -> Iterator[Finding]:
    for number, refusal in enumerate(known.structure.refusal):
        at = (file, ("refusal", number, "code"))
        if refusal.code not in _REFUSES_ROUTE:
            why = N_("«{code}» refuses no route; there are {known}.")
            message = said(why, code=refusal.code, known=", ".join(sorted(_REFUSES_ROUTE)))
            yield files.finding("unknown_code", at, message)
        if not refusal.because or not refusal.because_sv:
            message = said(N_("the reason must be given in both languages: because, because_sv."))
            yield files.finding("no_reason", (file, ("refusal", number)), message)


def _override(files: RuleFiles, known: Known, at: tuple[str, Path], override: Override) -> Iterator[Finding]:
    file, path = at
    for key, kind, there in (
        ("type", "type", known.of_county("type")),
        ("group", "group", known.of_county("group")),
        ("instead", "forum", known.forums.keys()),
        ("by", "forum", known.forums.keys()),
        ("while_dormant", "forum", known.forums.keys()),
    ):
        yield from unknown(files, (file, (*path, key)), kind, getattr(override, key) or (), there)
    if not override.by:
        yield files.finding("no_decider", at, said(N_("nobody can decide on this deviation.")))
