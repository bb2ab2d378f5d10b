"""The forums of a structure, and what it says beside its rules: who follows whom, what ends, what must be said."""

from collections.abc import Iterator

from workflow.checking.findings import Finding, RuleFiles, said
from workflow.checking.known import Known
from workflow.checking.places import Path
from workflow.checking.references import unknown
from workflow.errors import N_
from workflow.rule_tables import Forum

FORUM_KINDS = ("political", "leadership", "operative", "board", "council")
STATUSES = ("current", "temporary", "planned", "described")
RECORDS = ("protokoll", "minnesanteckningar")
AGENDA_KINDS = ("information", "decision", "pause", "open")
#: What the tables that no rule hangs on may say.
MEETING_KEYS = ("per_year", "minutes", "kind", "with", "basis", "since")
AGENDA_KEYS = ("part", "kind", "minutes", "title")


def forum_findings(files: RuleFiles) -> Iterator[Finding]:
    """Forums of no kind, under nobody or under themselves, with a mandate that does not hold together."""
    for structure, file in files.structures.items():
        known = Known(files.rules, structure)
        yield from _head(files, known, file)
        for number, forum in enumerate(known.structure.forum):
            at = (file, ("forum", number))
            yield from _choices(files, at, forum)
            yield from _mandate(files, known, at, forum)
            yield from _people(files, known, at, forum)
        yield from _circles(files, known, file)
        yield from _around(files, known, file)


def one_of(files: RuleFiles, at: tuple[str, Path], value: str | None, choices: tuple[str, ...]) -> Iterator[Finding]:
    """A finding for a word that is none of those there are."""
    if value is not None and value not in choices:
        message = said(N_("«{value}» is none of {known}."), value=value, known=", ".join(choices))
        yield files.finding("unknown_value", at, message, value=value)


def _head(files: RuleFiles, known: Known, file: str) -> Iterator[Finding]:
    head = known.structure.structure
    yield from one_of(files, (file, ("structure", "status")), head.status, STATUSES)
    if head.enabled_by is not None:
        parameters = {name.removeprefix("$") for name in known.parameters}
        at = (file, ("structure", "enabled_by"))
        yield from unknown(files, at, "parameter", (head.enabled_by,), parameters)


def _choices(files: RuleFiles, at: tuple[str, Path], forum: Forum) -> Iterator[Finding]:
    file, path = at
    yield from one_of(files, (file, (*path, "kind")), forum.kind, FORUM_KINDS)
    yield from one_of(files, (file, (*path, "records")), forum.records, RECORDS)
    for key, tables, keys in (("meetings", forum.meetings, MEETING_KEYS), ("agenda", forum.agenda, AGENDA_KEYS)):
        for number, table in enumerate(tables):
            for name in table:
                yield from one_of(files, (file, (*path, key, number, name)), name, keys)
    for number, item in enumerate(forum.agenda):
        yield from one_of(files, (file, (*path, "agenda", number, "kind")), item.get("kind"), AGENDA_KINDS)


def _mandate(files: RuleFiles, known: Known, at: tuple[str, Path], forum: Forum) -> Iterator[Finding]:
    file, path = at
    yield from unknown(files, (file, (*path, "decides")), "type", forum.decides, known.of_county("type"))
    yield from unknown(files, (file, (*path, "groups")), "group", forum.groups, known.of_county("group"))
    if forum.decides and "decide" not in forum.mandate:
        message = said(N_("{forum} decides types without the mandate to decide."), forum=forum.id)
        yield files.finding("mandate", (file, (*path, "decides")), message)


def _people(files: RuleFiles, known: Known, at: tuple[str, Path], forum: Forum) -> Iterator[Finding]:
    file, path = at
    named: dict[str, tuple[str, ...]] = {
        "parent": (forum.parent,) if forum.parent else (),
        "also_under": forum.also_under,
        "represents": forum.represents,
        "presidium": forum.presidium,
        "presidium_attended_by": forum.presidium_attended_by,
        "own_meetings_before": forum.own_meetings_before,
        "attendance": tuple(one for part in forum.attendance for one in part),
    }
    for key in ("chair", "secretary"):
        post = forum.chair if key == "chair" else forum.secretary
        named[key] = (*(post.held_by or ()), *(post.between or ())) if post is not None else ()
    description = forum.mandate_description
    if description is not None:
        named["mandate_description"] = (*description.decided_by, *description.anchored_in)
    for key, bodies in named.items():
        yield from unknown(files, (file, (*path, key)), "body", bodies, known.bodies)
    asleep = (forum.reports_when_dormant,) if forum.reports_when_dormant else ()
    yield from unknown(files, (file, (*path, "reports_when_dormant")), "forum", asleep, known.forums)


def _circles(files: RuleFiles, known: Known, file: str) -> Iterator[Finding]:
    """Forums that hang under themselves, each circle told once, at its first forum."""
    above = {each.id: {each.parent, *each.also_under} - {None} for each in known.structure.forum}
    told: set[frozenset[str]] = set()
    for number, forum in enumerate(known.structure.forum):
        way = _way_back(forum.id, above)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            message = said(N_("{forum} hangs under itself."), forum=forum.id)
            course = " → ".join((*way, forum.id))
            yield files.finding("circle", (file, ("forum", number, "parent")), message, counterexample=course)


def _way_back(start: str, above: dict[str, set[str | None]]) -> tuple[str, ...]:
    """A way from a forum upwards that comes back to it; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    met: set[str] = set()
    while ways:
        way = ways.pop(0)
        for parent in sorted(one for one in above.get(way[-1], ()) if one is not None):
            if parent == start:
                return way
            if parent not in met:
                met.add(parent)
                ways.append((*way, parent))
    return ()


def _around(files: RuleFiles, known: Known, file: str) -> Iterator[Finding]:
    structure = known.structure
    for number, parameter in enumerate(structure.parameter):
        path: Path = ("parameter", number)
        yield from unknown(files, (file, (*path, "choices")), "body", parameter.choices, known.bodies)
        yield from unknown(files, (file, (*path, "grants")), "type", parameter.grants, known.of_county("type"))
    for number, initiation in enumerate(structure.initiation):
        path = ("initiation", number)
        yield from unknown(files, (file, (*path, "forum")), "forum", (initiation.forum,), known.forums)
        yield from unknown(files, (file, (*path, "raised_by")), "body", initiation.raised_by, known.bodies)
    for number, succession in enumerate(structure.succession):
        path = ("succession", number)
        heirs = known.forums.keys() | known.parameters.keys()
        yield from unknown(
            files, (file, (*path, "from")), "forum_anywhere", succession.from_forums, known.forums_anywhere
        )
        yield from unknown(files, (file, (*path, "to")), "forum", succession.to_forums, heirs)
    if structure.dissolved is not None:
        at = (file, ("dissolved", "forums"))
        yield from unknown(files, at, "forum_anywhere", structure.dissolved.forums, known.forums_anywhere)
        for forum in structure.dissolved.forums:
            if forum in known.forums:
                message = said(N_("{forum} is dissolved by the structure in which it sits."), forum=forum)
                yield files.finding("dissolved", at, message, value=forum)
