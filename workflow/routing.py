"""Which rule gives a matter its route, and why the others do not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workflow.errors import N_, InBoth
from workflow.facts import Particulars
from workflow.organisation import Organisation
from workflow.refusals import REFUSALS, RouteUndefined, StructureDisabled
from workflow.route import Route, RouteStage
from workflow.rule_tables import Conditions, Dead, Rule, Structure
from workflow.rulebook import Rulebook
from workflow.standing_in import answered_for, stand_ins
from workflow.told_apart import StructureOnlyDescribed

_REFUSAL_BY_CODE = {kind.code: kind for kind in REFUSALS}
#: How many routes are held at a time.
_MOST = 4096

_PLAIN_KEYS = ("ratify", "agenda_part", "requires_mandate_description")
_BODY_KEYS = (
    "prepare",
    "may_prepare",
    "leadership",
    "political",
    "decide",
    "anchoring",
    "anchoring_duty",
    "report_also_to",
    "inform",
    "spread_via",
    "follow_up",
)


class Matter(Struct, frozen=True, kw_only=True):
    """What a route depends on. ``variant``: a way of its own that the document goes (Bilaga 1)."""

    type: str
    group: str | None = None
    sectors: tuple[str, ...] = ()
    level: str | None = None
    lifted: bool = False
    document: str | None = None
    particulars: Particulars = Particulars()


class Setting(Struct, frozen=True, kw_only=True):
    """What else a route depends on: the structure, the forums that are not active, and what has been said of it."""

    structure: str
    dormant: frozenset[str] = frozenset()
    parameters: Mapping[str, str] = {}


class NearMiss(Struct, frozen=True, kw_only=True):
    """A rule for the same type that did not apply, the condition that failed, and what it would have needed."""

    rule: str
    condition: str
    needs: str
    found: str


class Routed(Struct, frozen=True, kw_only=True):
    """A route, the rule that gave it, and the chart the matter walks."""

    structure: str
    chart: str
    rule: Rule
    route: Route


def setting_on(organisation: Organisation, structure: str, day: date) -> Setting:
    """The setting of a structure on ``day``."""
    return Setting(
        structure=structure,
        dormant=organisation.dormant_on(day),
        parameters=organisation.parameters_on(day).get(structure, {}),
    )


def _called(matter: Matter, rules: Rulebook) -> InBoth:
    """The matter as people call it."""
    sectors = " + ".join(rules.name_of(sector) for sector in matter.sectors)
    parts = [rules.name_of(matter.type), rules.name_of(matter.group) if matter.group else "", sectors]
    english, swedish = _LEVELS[matter.level] if matter.level else ("", "")
    return InBoth(
        english=" · ".join(part for part in (*parts, english) if part),
        swedish=" · ".join(part for part in (*parts, swedish) if part),
    )


_LEVELS = {"political": ("political", "politisk nivå"), "officers": ("officers'", "tjänstepersonsnivå")}


def route_for(matter: Matter, setting: Setting, rules: Rulebook) -> Routed:
    """The route of ``matter`` in a structure.

    Raises the refusal that the rules name for a hole in the source (RouteUndefined, StructureDisabled and others), or
    RouteUndefined when no rule speaks of the matter.
    """
    structure = rules.structure(setting.structure)
    found = matching(structure, matter, setting, rules)
    name = structure.structure.name
    if not found:
        what = _called(matter, rules)
        raise RouteUndefined(structure=name, what=what, why=N_("no rule of this structure speaks of it."))
    entry = found[0]
    if isinstance(entry, Dead):
        why = InBoth(_with_sentence(entry.because, entry), _with_sentence(entry.because_sv, entry))
        kind = _REFUSAL_BY_CODE[entry.code]
        if kind is StructureDisabled and structure.structure.enabled_by is None:
            kind = StructureOnlyDescribed
        raise kind(structure=name, what=_called(matter, rules), why=why)
    if not isinstance(entry, Rule):
        raise TypeError(type(entry))
    route = answered_for(_route(entry, matter, setting), stand_ins(structure, setting.dormant))
    if _exception(matter, setting, rules) != (None, False):
        route = replace(route, override=matter.document)
    chart = entry.chart or rules.type_named(matter.type).chart
    return Routed(structure=setting.structure, chart=chart, rule=entry, route=route)


class Routes:
    """Routes found under one rule set. The same matter in the same setting has the same route: it is looked up once.

    What it is known by is all that ``route_for`` is given, to the last field; nothing is taken for alike.
    """

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._found: dict[bytes, Routed] = {}

    def route_for(self, matter: Matter, setting: Setting) -> Routed:
        """As the function of that name; a refusal is found anew each time."""
        asked = msgspec.msgpack.encode((matter, setting))
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[asked] = route_for(matter, setting, self._rules)
        return found


def require_enabled(structure: Structure, parameters: Mapping[str, str]) -> None:
    """Raises StructureDisabled for a structure that waits for something to be said."""
    head = structure.structure
    if head.enabled or (head.enabled_by is not None and head.enabled_by in parameters):
        return
    kind = StructureDisabled if head.enabled_by is not None else StructureOnlyDescribed
    raise kind(structure=head.name, why=f"«{head.quote}» ({head.cite}).", needs=head.enabled_by or "–")


def matching(structure: Structure, matter: Matter, setting: Setting, rules: Rulebook) -> list[Conditions]:
    """Every entry of the structure that speaks of the matter; one exactly, where the rules hold together."""
    told = _told(matter, setting, rules)
    named = [entry for entry in entries(structure) if not entry.otherwise and not _unmet(entry, told)]
    if named:
        return named
    return [entry for entry in entries(structure) if entry.otherwise and not _unmet(entry, told)]


def near_misses(matter: Matter, setting: Setting, rules: Rulebook) -> list[NearMiss]:
    """The entries for the matter's type that fail on exactly one condition: what would change the answer."""
    told = _told(matter, setting, rules)
    found: list[NearMiss] = []
    for entry in entries(rules.structure(setting.structure)):
        unmet = _unmet(entry, told)
        if matter.type in entry.type and len(unmet) == 1 and not entry.otherwise:
            name, needs, has = unmet[0]
            found.append(NearMiss(rule=entry.id, condition=name, needs=needs, found=has))
    return found


def entries(structure: Structure) -> Iterator[Conditions]:
    """The structure's rules, then the holes its source leaves."""
    yield from structure.rule
    yield from structure.refusal


class _Told(Struct, frozen=True, kw_only=True):
    """The matter as conditions are held against it."""

    matter: Matter
    setting: Setting
    variant: str | None
    lifted: bool


def _told(matter: Matter, setting: Setting, rules: Rulebook) -> _Told:
    variant, lifted = _exception(matter, setting, rules)
    return _Told(matter=matter, setting=setting, variant=variant, lifted=lifted or matter.lifted)


def _exception(matter: Matter, setting: Setting, rules: Rulebook) -> tuple[str | None, bool]:
    """The way of its own that the matter's document goes in this structure, and whether it stands lifted.

    What is stored of a document holds for matters of the types and groups it speaks of, not for a successor of another.
    """
    document = rules.register.document_named(matter.document) if matter.document else None
    if document is None or document.exception is None:
        return None, False
    way = next((each for each in rules.register.variant if each.id == document.exception.variant), None)
    goes_it = (
        way is not None
        and (way.structures is None or setting.structure in way.structures)
        and matter.type in way.type
        and (way.group is None or matter.group in way.group)
    )
    lifted = document.exception.lifted and rules.type_named(matter.type).liftable
    return (way.id if way is not None and goes_it else None), lifted


def _unmet(entry: Conditions, told: _Told) -> list[tuple[str, str, str]]:
    """Each condition the matter does not meet: its name, what it needs, what the matter has."""
    matter, setting = told.matter, told.setting
    sectors = set(matter.sectors)
    has_sectors = ", ".join(matter.sectors) or "–"
    particulars = matter.particulars
    lifted = "yes" if told.lifted else "no"
    asleep = ", ".join(sorted(setting.dormant)) or "–"
    said = ", ".join(sorted(setting.parameters)) or "–"
    checks: list[tuple[str, bool, Iterable[object] | None, str | None]] = [
        ("type", matter.type in entry.type, entry.type, matter.type),
        ("variant", _variant_holds(entry, told.variant), entry.variant or ("ordinary",), told.variant),
        ("group", entry.group is None or matter.group in entry.group, entry.group, matter.group),
        ("level", entry.level is None or matter.level == entry.level, (entry.level,), matter.level),
        ("sectors_with", sectors.issuperset(entry.sectors_with or ()), entry.sectors_with, has_sectors),
        ("sectors_without", sectors.isdisjoint(entry.sectors_without or ()), entry.sectors_without, has_sectors),
        ("lifted", entry.lifted is None or told.lifted is entry.lifted, ("yes" if entry.lifted else "no",), lifted),
        *_particular_checks(entry, particulars),
        ("active", setting.dormant.isdisjoint(entry.active), entry.active, asleep),
        ("dormant", setting.dormant.issuperset(entry.dormant), entry.dormant, asleep),
        ("parameter_set", set(entry.parameter_set) <= set(setting.parameters), entry.parameter_set, said),
        ("parameter_unset", _all_unset(entry, setting), entry.parameter_unset, said),
    ]
    unmet = [(name, needs, found) for name, met, needs, found in checks if not met]
    return [(name, ", ".join(str(value) for value in needs or ()), found or "–") for name, needs, found in unmet]


def _particular_checks(
    entry: Conditions, particulars: Particulars
) -> list[tuple[str, bool, Iterable[object] | None, str | None]]:
    pairs = [
        ("for", entry.for_body, particulars.for_body),
        ("giver", entry.giver, particulars.giver),
        ("receiver", entry.receiver, particulars.receiver),
        ("addressee", entry.addressee, particulars.addressee),
    ]
    return [(name, needs is None or found in needs, needs, found) for name, needs, found in pairs]


def _variant_holds(entry: Conditions, variant: str | None) -> bool:
    """An entry that names no variant is for matters that have none."""
    return (variant or "ordinary") in (entry.variant or ("ordinary",))


def _all_unset(entry: Conditions, setting: Setting) -> bool:
    return set(entry.parameter_unset).isdisjoint(setting.parameters)


def _route(rule: Rule, matter: Matter, setting: Setting) -> Route:
    bodies: dict[str, Any] = {key: _named(getattr(rule, key), matter, setting) for key in _BODY_KEYS}
    # A dormant body that must take a step bars it; one that only may prepare, or spreads, is passed over.
    for key in ("may_prepare", "spread_via"):
        bodies[key] = tuple(body for body in bodies[key] if body not in setting.dormant)
    report_to = _named((rule.report_to,), matter, setting)[0] if rule.report_to else None
    stages = tuple(
        RouteStage(
            id=stage.id,
            by=_named(stage.by, matter, setting),
            needs=stage.needs,
            in_new_structure=stage.in_structure == "new",
        )
        for stage in rule.stage
    )
    plain = {key: getattr(rule, key) for key in _PLAIN_KEYS}
    return Route(rule=rule.id, report_to=report_to, stages=stages, **bodies, **plain)


def _named(bodies: Iterable[str], matter: Matter, setting: Setting) -> tuple[str, ...]:
    """The bodies, with ``$giver`` and the like as the matter or the structure's parameters have them."""
    particulars = matter.particulars
    values = {
        "$giver": particulars.giver,
        "$receiver": particulars.receiver,
        "$addressee": particulars.addressee,
        "$for": particulars.for_body,
        **{f"${name}": value for name, value in setting.parameters.items()},
    }
    return tuple(values.get(body) or body for body in bodies)


def _with_sentence(because: str, entry: Conditions) -> str:
    """The reason, and the first sentence of the source that it rests on."""
    quoted = next((f"«{source.quote}» ({source.cite})." for source in entry.sources if source.quote), "")
    return " ".join(part for part in (because, quoted) if part)
