"""Every matter that the rules of a structure can be asked about, and every setting they can be asked under.

What no entry for a type makes a condition of cannot change the answer. Such matters are counted, each of them, and
held against the rules once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, combinations, product
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workflow.checking.known import PARTICULARS, Known
from workflow.county_tables import Deviation, Document, DocumentType, Register
from workflow.facts import Particulars
from workflow.organisation import Organisation
from workflow.routing import Matter, Setting, entries
from workflow.rule_tables import Conditions, Structure
from workflow.rulebook import Rulebook

T = TypeVar("T")

#: A body that no rule knows.
STRANGER = "somebody-else"


class Asked(Struct, frozen=True, kw_only=True):
    """A matter under a setting, from a day of the calendar on, and how many combinations the answer holds for.

    No day: the calendar does not bring the setting about, but a county may.
    """

    matter: Matter
    setting: Setting
    day: date | None
    weight: int


class EveryWay(Rulebook):
    """A rule set whose register has one document more for each way of its own, so that a matter can go every one."""

    @cached_property
    def register(self) -> Register:
        """The register with those documents."""
        told = super().register
        more = (
            Document(
                id=way_of(each.id),
                row=0,
                title=each.name,
                type=each.type[0],
                group=(each.group or ("",))[0],
                exception=Deviation(variant=each.id),
            )
            for each in told.variant
            if each.type
        )
        return replace(told, document=(*told.document, *more))


def way_of(variant: str) -> str:
    """The document that stands for a way of its own."""
    return f"any-document-of/{variant}"


def change_days(organisation: Organisation) -> tuple[date, ...]:
    """The days on which something about the organisation changes, each the first of an interval."""
    begun = {entry.from_day for entry in organisation.calendar}
    return tuple(sorted(begun | {entry.from_day for entry in organisation.statuses}))


def narrowed(structure: Structure, kind: str) -> Structure:
    """The structure with the entries for one type alone: the others cannot answer."""
    return replace(
        structure,
        rule=tuple(each for each in structure.rule if kind in each.type),
        refusal=tuple(each for each in structure.refusal if kind in each.type),
    )


def asked(known: Known, kind: DocumentType, organisation: Organisation) -> Iterator[Asked]:
    """Everything the structure's rules can be asked about one type."""
    conditions = tuple(entries(narrowed(known.structure, kind.id)))
    settings = tuple(_settings(known, conditions, organisation))
    for matter, of_matter in _matters(known, kind, conditions):
        for setting, day, of_setting in settings:
            yield Asked(matter=matter, setting=setting, day=day, weight=of_matter * of_setting)


def _matters(known: Known, kind: DocumentType, conditions: Sequence[Conditions]) -> Iterator[tuple[Matter, int]]:
    county = known.rules.county
    has_group = kind.group == "required" or kind.default_group is not None
    groups: list[str | None] = [each.id for each in county.group] if has_group else [None]
    sectors: list[tuple[str, ...]] = [()]
    if has_group:
        sectors = list(_subsets([each.id for each in county.sector], smallest=1))
    levels: list[str | None] = ["political", "officers"]
    lifted = [False, True] if kind.liftable else [False]
    of_group = of_level = 1
    # What needs politics must be told apart, whether the entries do or not; a way of its own may be for one group.
    if kind.level == "optional":
        of_level, levels = _told_apart([None, *levels], conditions, "level")
    if not _ways(known, kind):
        of_group, groups = _told_apart(groups, conditions, "group")
    of_sectors, sectors = _told_apart(sectors, conditions, "sectors_with", "sectors_without")
    said = [(name, everybody(known)) for name in kind.particulars]
    for group, sector_set, level, is_lifted, bodies in product(
        groups, sectors, levels, lifted, product(*(each for _, each in said))
    ):
        particulars = _particulars({name: body for (name, _), body in zip(said, bodies, strict=True)})
        for document in (None, *_ways(known, kind, group)):
            matter = Matter(
                type=kind.id,
                group=group,
                sectors=sector_set,
                level=level,
                lifted=is_lifted,
                document=document,
                particulars=particulars,
            )
            yield matter, of_group * of_sectors * of_level


def everybody(known: Known) -> tuple[str, ...]:
    """Everybody a particular can name: parties, organisations, bodies, forums of any structure, and a stranger."""
    county = known.rules.county
    named = (*county.party, *county.organisation, *known.rules.bodies())
    return (*dict.fromkeys(each.id for each in named), STRANGER)


def _told_apart(values: list[T], conditions: Sequence[Conditions], *names: str) -> tuple[int, list[T]]:
    """The values of an axis that some entry tells apart; else one for all, and how many it stands for."""
    if any(getattr(entry, name) is not None for entry in conditions for name in names):
        return 1, values
    return len(values), values[:1]


def _ways(known: Known, kind: DocumentType, group: str | None = None) -> tuple[str, ...]:
    """The documents that stand for the ways of their own a matter of the type and group can go here."""
    return tuple(
        way_of(each.id)
        for each in known.rules.register.variant
        if each.id in known.variants
        and kind.id in each.type
        and (group is None or each.group is None or group in each.group)
    )


def _particulars(said: Mapping[str, str]) -> Particulars:
    return replace(Particulars(), **{PARTICULARS[f"${name}"]: body for name, body in said.items()})


def _settings(
    known: Known, conditions: Sequence[Conditions], organisation: Organisation
) -> Iterator[tuple[Setting, date | None, int]]:
    """The settings that some entry tells apart, each with a day it holds from and how many it stands for."""
    structure = known.id
    asleep = {forum for entry in conditions for forum in (*entry.active, *entry.dormant)}
    hangs_on = {name for entry in conditions for name in (*entry.parameter_set, *entry.parameter_unset)}
    days: list[tuple[date | None, frozenset[str]]] = [
        (day, organisation.dormant_on(day)) for day in change_days(organisation) or (date.min,)
    ]
    # A forum can be recorded as dormant any day: what the calendar does not bring about may still come.
    days += [(None, frozenset(each)) for each in _subsets(sorted(asleep), smallest=0)]
    brought: set[frozenset[str]] = {dormant & asleep for day, dormant in days if day is not None}
    counted: dict[tuple[frozenset[str], frozenset[str]], tuple[Setting, date | None, int]] = {}
    for (day, dormant), parameters in product(days, every_parameter(known)):
        if day is None and dormant in brought:
            continue
        key = (dormant & asleep, frozenset(parameters) & hangs_on)
        setting = Setting(structure=structure, dormant=dormant, parameters=parameters)
        first, since, weight = counted.get(key, (setting, day, 0))
        counted[key] = (first, since, weight + 1)
    yield from counted.values()


def every_parameter(known: Known) -> Iterator[Mapping[str, str]]:
    """Every way to say, or not to say, the parameters that some entry of the structure hangs on or names."""
    told = known.structure
    names = {name for entry in entries(told) for name in (*entry.parameter_set, *entry.parameter_unset)}
    names |= {body.removeprefix("$") for rule in told.rule for body in _named_in(rule) if body in known.parameters}
    parameters = [each for each in told.parameter if each.id in names]
    for values in product(*((None, *each.choices) for each in parameters)):
        yield {each.id: value for each, value in zip(parameters, values, strict=True) if value is not None}


def _named_in(rule: Conditions) -> Iterator[str]:
    for name in rule.__struct_fields__:
        value = getattr(rule, name)
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))


def _subsets(items: Sequence[str], *, smallest: int) -> Iterable[tuple[str, ...]]:
    sizes = range(smallest, len(items) + 1)
    return chain.from_iterable(combinations(sorted(items), size) for size in sizes)
