"""Reads rule files into frozen tables. The rules are data: who takes a step is said here and nowhere in the code."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, Self, TypeVar

import msgspec
from msgspec import Struct

from workflow.refusals import RulesInvalid
from workflow.route import StepName

T = TypeVar("T")

Evidence = Literal["text", "appendix", "inferred", "gap"]

_COUNTY = "county.toml"
_STRUCTURES = "structures/"


class Source(Struct, frozen=True, kw_only=True):
    """Where a rule comes from: the place, its own words, and how far they carry."""

    cite: str
    quote: str = ""
    evidence: Evidence
    rule: str | None = None


class Named(Struct, frozen=True, kw_only=True):
    """Something known by an id, a name, and the other names the report uses for it.

    ``misspellings`` are read as well, but whoever writes one is told what it was read as (reading G42).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()


class Group(Named, frozen=True, kw_only=True):
    """An age group and the sectors it concerns when nothing else is said."""

    sectors: tuple[str, ...]


class DocumentType(Named, frozen=True, kw_only=True):
    """A document type, the chart it walks, and what must be said before it can be routed."""

    chart: str
    group: Literal["required", "optional"] = "required"
    level: Literal["required", "optional"] = "optional"


class Ratification(Struct, frozen=True, kw_only=True):
    """The times of the parties' answers, in days, and the effect rule used when none is chosen.

    ``closed_days`` names days that are no working days though no public holidays, as lag (1930:173) has them.
    """

    effect_rule: str
    answer_days: int
    reminder_days: tuple[int, ...]
    escalation_days: int
    closed_days: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()


class CalendarEntry(Struct, frozen=True, kw_only=True, rename={"from_day": "from"}):
    """A structure in force from a day. ``assumed``: the source gives no day, this one is ours (reading G1)."""

    structure: str
    from_day: date
    assumed: bool = False
    cite: str = ""
    quote: str = ""


class ForumStatus(Struct, frozen=True, kw_only=True, rename={"from_day": "from"}):
    """A forum active or dormant from a day."""

    forum: str
    status: Literal["active", "dormant", "dissolved"]
    from_day: date
    assumed: bool = False
    cite: str = ""
    quote: str = ""


class CountyHead(Struct, frozen=True, kw_only=True):
    """The county's own id and name, and what its case references begin with."""

    id: str
    name: str
    reference_prefix: str


class County(Struct, frozen=True, kw_only=True):
    """What holds in every structure: parties, names, types, times, and the calendar a new database starts with."""

    format: Literal[1]
    county: CountyHead
    party: tuple[Named, ...]
    group: tuple[Group, ...]
    sector: tuple[Named, ...]
    type: tuple[DocumentType, ...]
    ratification: Ratification
    organisation: tuple[Named, ...] = ()
    body: tuple[Named, ...] = ()
    network: tuple[Named, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    forum_status: tuple[ForumStatus, ...] = ()


class Forum(Named, frozen=True, kw_only=True):
    """A forum of a structure. ``mandate``: the steps it may take; ``decides``: the types a decision of its covers."""

    kind: str
    mandate: tuple[StepName, ...] = ()
    decides: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    meetings_per_year: int | None = None
    agenda_parts: tuple[str, ...] = ()
    parent: str | None = None
    chair: Mapping[str, Any] | None = None
    secretary: Mapping[str, Any] | None = None
    sources: tuple[Source, ...] = ()
    reading: tuple[str, ...] = ()


class Conditions(Struct, frozen=True, kw_only=True):
    """When a rule applies. A condition left out holds for every matter."""

    id: str
    type: tuple[str, ...]
    group: tuple[str, ...] | None = None
    level: str | None = None
    sectors_with: tuple[str, ...] | None = None
    sectors_without: tuple[str, ...] | None = None
    lifted: bool | None = None
    sources: tuple[Source, ...] = ()
    reading: tuple[str, ...] = ()


class Rule(Conditions, frozen=True, kw_only=True):
    """A rule that gives a route; the keys are those of Route."""

    chart: str | None = None
    prepare: tuple[str, ...] = ()
    may_prepare: tuple[str, ...] = ()
    leadership: tuple[str, ...] = ()
    political: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    anchoring: tuple[str, ...] = ()
    ratify: bool
    report_to: str | None = None
    inform: tuple[str, ...] = ()
    spread_via: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    agenda_part: int | None = None


class Dead(Conditions, frozen=True, kw_only=True):
    """A rule that gives no route, because the source leaves a hole or says that one is still to be made."""

    code: str
    because: str = ""
    because_sv: str = ""


class Override(Struct, frozen=True, kw_only=True):
    """A deviation the rules allow: the step it waives, and the forums whose recorded decision it must be."""

    id: str
    type: tuple[str, ...]
    waives: StepName
    by: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    reading: tuple[str, ...] = ()


class StructureHead(Struct, frozen=True, kw_only=True):
    """The structure's id and name, and whether it can be used."""

    id: str
    name: str
    enabled: bool
    status: str
    cite: str
    quote: str
    evidence: Evidence


class Structure(Struct, frozen=True, kw_only=True):
    """One structure: its forums, its rules, the holes its source leaves, and the deviations it allows."""

    format: Literal[1]
    structure: StructureHead
    forum: tuple[Forum, ...] = ()
    rule: tuple[Rule, ...] = ()
    refusal: tuple[Dead, ...] = ()
    override: tuple[Override, ...] = ()

    def forum_named(self, forum: str) -> Forum | None:
        """The forum with that id, or None."""
        return next((each for each in self.forum if each.id == forum), None)


class Rulebook:
    """A rule set: the bytes of its files, their common digest, and the tables read from them.

    Two rule sets are the same exactly when their digests are. Files are read when first asked for; a file that does
    not hold together raises RulesInvalid with its name.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = dict(sorted(contents.items()))

    @cached_property
    def manifest(self) -> bytes:
        """One line a file, digest and name, as sha256sum writes and checks it."""
        lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in self.contents.items())
        return "".join(lines).encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the manifest, in hexadecimal."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def by_digest(self) -> dict[str, bytes]:
        """Every file and the manifest, by SHA-256: what a database keeps of a rule set."""
        return {hashlib.sha256(content).hexdigest(): content for content in (*self.contents.values(), self.manifest)}

    @cached_property
    def county(self) -> County:
        """The file that holds in every structure."""
        return self._read(_COUNTY, County)

    @property
    def structure_ids(self) -> tuple[str, ...]:
        """The ids of every structure, by file name."""
        return tuple(
            name.removeprefix(_STRUCTURES).removesuffix(".toml")
            for name in self.contents
            if name.startswith(_STRUCTURES)
        )

    @cached_property
    def _structures(self) -> dict[str, Structure]:
        return {}

    def structure(self, structure: str) -> Structure:
        """One structure by id. KeyError when the rule set has none of that name."""
        if structure not in self._structures:
            self._structures[structure] = self._read(f"{_STRUCTURES}{structure}.toml", Structure)
        return self._structures[structure]

    def type_named(self, type_id: str) -> DocumentType:
        """One document type by id. KeyError when there is none."""
        return next(each for each in self.county.type if each.id == type_id)

    def bodies(self) -> Iterator[Named]:
        """Every forum, group, network and other body of the county, each id once."""
        seen: set[str] = set()
        named: list[Named] = [*self.county.network, *self.county.body]
        for structure in self.structure_ids:
            named.extend(self.structure(structure).forum)
        for each in named:
            if each.id not in seen:
                seen.add(each.id)
                yield each

    def name_of(self, some_id: str) -> str:
        """The name people use for a party, body or type; the id itself when it has none."""
        return self._names.get(some_id, some_id)

    @cached_property
    def _names(self) -> dict[str, str]:
        county = self.county
        named: list[Named] = [*self.bodies(), *county.organisation, *county.party]
        return {each.id: each.name for each in [*county.type, *county.group, *named]}

    def _read(self, name: str, kind: type[T]) -> T:
        try:
            return msgspec.convert(tomllib.loads(self.contents[name].decode()), kind)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as fault:
            raise RulesInvalid(file=name, why=str(fault)) from None

    @classmethod
    def shipped(cls) -> Self:
        """The rule set that comes with the product."""
        return cls(dict(_toml_files(files("workflow") / "rules", "")))


@cache
def shipped_rules() -> Rulebook:
    """The rule set that comes with the product, read once."""
    return Rulebook.shipped()


def _toml_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
