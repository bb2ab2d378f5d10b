"""Which rule gives a matter its route, and why the others do not."""

from collections.abc import Iterator

from msgspec import Struct

from workflow.errors import N_, InBoth
from workflow.refusals import REFUSALS, RouteUndefined, StructureDisabled
from workflow.route import Route
from workflow.rulebook import Conditions, Dead, Rule, Rulebook, Structure

_REFUSAL_BY_CODE = {kind.code: kind for kind in REFUSALS}
_ROUTE_KEYS = tuple(field for field in Route.__struct_fields__ if field not in {"rule", "override"})


class Matter(Struct, frozen=True, kw_only=True):
    """What a route depends on."""

    type: str
    group: str | None = None
    sectors: tuple[str, ...] = ()
    level: str | None = None
    lifted: bool = False


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


def route_for(matter: Matter, structure_id: str, rules: Rulebook) -> Routed:
    """The route of ``matter`` in a structure.

    Raises StructureDisabled, or the refusal that the rules name for a hole in the source (RouteUndefined and others),
    or RouteUndefined when no rule speaks of the matter.
    """
    structure = rules.structure(structure_id)
    if not structure.structure.enabled:
        head = structure.structure
        raise StructureDisabled(structure=head.name, why=f"«{head.quote}» ({head.cite})")
    found = next((rule for rule in _all_rules(structure) if not _unmet(rule, matter)), None)
    if isinstance(found, Rule):
        route = Route(rule=found.id, **{key: getattr(found, key) for key in _ROUTE_KEYS})
        return Routed(
            structure=structure_id,
            chart=found.chart or rules.type_named(matter.type).chart,
            rule=found,
            route=route,
        )
    what = " · ".join(part for part in (matter.type, matter.group, "+".join(matter.sectors), matter.level) if part)
    name = structure.structure.name
    if isinstance(found, Dead):
        quoted = "; ".join(f"«{source.quote}» ({source.cite})" for source in found.sources)
        why = InBoth(found.because or quoted, found.because_sv or quoted)
        raise _REFUSAL_BY_CODE[found.code](structure=name, what=what, why=why)
    raise RouteUndefined(structure=name, what=what, why=N_("no rule of this structure speaks of it."))


def near_misses(matter: Matter, structure_id: str, rules: Rulebook) -> list[NearMiss]:
    """The rules for the matter's type that fail on exactly one condition: what would change the answer."""
    found: list[NearMiss] = []
    for rule in _all_rules(rules.structure(structure_id)):
        unmet = _unmet(rule, matter)
        if matter.type in rule.type and len(unmet) == 1:
            found.append(NearMiss(rule=rule.id, condition=unmet[0][0], needs=unmet[0][1], found=unmet[0][2]))
    return found


def _all_rules(structure: Structure) -> Iterator[Conditions]:
    yield from structure.rule
    yield from structure.refusal


def _unmet(rule: Conditions, matter: Matter) -> list[tuple[str, str, str]]:
    """Each condition of ``rule`` the matter does not meet: its name, what it needs, what the matter has."""
    sectors = set(matter.sectors)
    has = ", ".join(matter.sectors) or "–"
    lifted = "yes" if matter.lifted else "no"
    checks = [
        ("type", matter.type in rule.type, rule.type, matter.type),
        ("group", rule.group is None or matter.group in rule.group, rule.group, matter.group or "–"),
        ("level", rule.level is None or matter.level == rule.level, (rule.level,), matter.level or "–"),
        ("sectors_with", sectors.issuperset(rule.sectors_with or ()), rule.sectors_with, has),
        ("sectors_without", sectors.isdisjoint(rule.sectors_without or ()), rule.sectors_without, has),
        ("lifted", rule.lifted is None or matter.lifted is rule.lifted, ("yes" if rule.lifted else "no",), lifted),
    ]
    unmet = [(name, needs, found) for name, met, needs, found in checks if not met]
    return [(name, ", ".join(str(value) for value in needs or ()), found) for name, needs, found in unmet]
