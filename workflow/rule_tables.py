"""What rule files hold, as frozen tables. A key no table knows is a fault: a misspelt condition must not be lost."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from workflow.route import StepName

Evidence = Literal["text", "appendix", "inferred", "gap"]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table of a rule file."""


class Source(Part, frozen=True, kw_only=True):
    """Where a rule comes from: the place, its own words, and how far they carry."""

    cite: str
    quote: str = ""
    evidence: Evidence
    rule: str | None = None


class Sourced(Part, frozen=True, kw_only=True):
    """Something with sources, and the readings chosen where they are silent."""

    sources: tuple[Source, ...] = ()
    reading: tuple[str, ...] = ()


class Named(Part, frozen=True, kw_only=True):
    """Something known by an id, a name, and the other names the report uses for it.

    ``misspellings`` are read as well, but whoever writes one is told what it was read as (reading G42).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()


class MandateDescription(Part, frozen=True, kw_only=True, rename={"from_year": "from"}):
    """A forum's uppdragsbeskrivning: whether there is one, since when, who decided it, where it is anchored."""

    status: str
    from_year: int | None = None
    decided_by: tuple[str, ...] = ()
    anchored_in: tuple[str, ...] = ()


class Post(Part, frozen=True, kw_only=True):
    """How the chair or the secretary of a forum is appointed.

    ``alternates-yearly``: of the two named, the first holds the first year, unless the county says otherwise (G21).
    ``fixed``: held by the one named, ``since`` a year; ``before`` tells how it was until then.
    ``unknown``: no source says.
    """

    rule: Literal["alternates-yearly", "fixed", "unknown"]
    between: tuple[str, str] | None = None
    held_by: tuple[str] | None = None
    since: int | None = None
    before: Literal["alternates-yearly"] | None = None
    reading: tuple[str, ...] = ()


class Forum(Named, frozen=True, kw_only=True):
    """A forum of a structure. ``mandate``: the steps it may take; ``decides``: the types a decision of its covers."""

    kind: str
    mandate: tuple[StepName, ...] = ()
    decides: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    adjungeras: tuple[str, ...] = ()
    represents: tuple[str, ...] = ()
    parent: str | None = None
    also_under: tuple[str, ...] = ()
    meetings_per_year: int | None = None
    meetings: tuple[Mapping[str, Any], ...] = ()
    other_meetings: tuple[str, ...] = ()
    own_meetings_before: tuple[str, ...] = ()
    agenda_parts: tuple[str, ...] = ()
    agenda_from: str | None = None
    agenda: tuple[Mapping[str, Any], ...] = ()
    attendance: tuple[tuple[str, ...], ...] = ()
    presidium: tuple[str, ...] = ()
    presidium_attended_by: tuple[str, ...] = ()
    records: str | None = None
    records_public: bool = False
    reports_when_dormant: str | None = None
    chair: Post | None = None
    secretary: Post | None = None
    mandate_description: MandateDescription | None = None
    sources: tuple[Source, ...] = ()


class Conditions(Sourced, frozen=True, kw_only=True, rename={"for_body": "for"}):
    """When an entry applies. A condition left out holds for every matter.

    ``otherwise``: for what no other entry of the type matches. ``active`` / ``dormant``: while these forums are.
    ``parameter_set`` / ``parameter_unset``: once, or until, these parameters of the structure are said.
    """

    id: str
    type: tuple[str, ...]
    group: tuple[str, ...] | None = None
    level: str | None = None
    sectors_with: tuple[str, ...] | None = None
    sectors_without: tuple[str, ...] | None = None
    lifted: bool | None = None
    variant: tuple[str, ...] | None = None
    for_body: tuple[str, ...] | None = None
    giver: tuple[str, ...] | None = None
    receiver: tuple[str, ...] | None = None
    addressee: tuple[str, ...] | None = None
    active: tuple[str, ...] = ()
    dormant: tuple[str, ...] = ()
    parameter_set: tuple[str, ...] = ()
    parameter_unset: tuple[str, ...] = ()
    otherwise: bool = False


class Stage(Sourced, frozen=True, kw_only=True):
    """One decision of a matter that is decided in stages; ``needs`` names what must have been said before it."""

    id: str
    name: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    prepared_by: str | None = None
    in_structure: Literal["new"] | None = None


class Rule(Conditions, frozen=True, kw_only=True, rename={"for_body": "for"}):
    """A rule that gives a route. A body written ``$name`` is the matter's particular or the structure's parameter."""

    chart: str | None = None
    prepare: tuple[str, ...] = ()
    may_prepare: tuple[str, ...] = ()
    leadership: tuple[str, ...] = ()
    political: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    anchoring: tuple[str, ...] = ()
    anchoring_duty: tuple[str, ...] = ()
    ratify: bool
    may_ratify: bool = False
    report_to: str | None = None
    report_also_to: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    spread_via: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    agenda_part: int | None = None
    requires_mandate_description: bool = False
    stage: tuple[Stage, ...] = ()


class Dead(Conditions, frozen=True, kw_only=True, rename={"for_body": "for"}):
    """An entry that gives no route, because the source leaves a hole or says that one is still to be made."""

    code: str
    because: str = ""
    because_sv: str = ""


class Override(Sourced, frozen=True, kw_only=True):
    """A deviation the rules allow: the step it waives, and the forums whose recorded decision it must be.

    ``instead``: who takes the step in place of its bodies. ``while_dormant``: only while these forums are.
    """

    id: str
    type: tuple[str, ...]
    group: tuple[str, ...] | None = None
    waives: StepName
    instead: tuple[str, ...] = ()
    while_dormant: tuple[str, ...] = ()
    by: tuple[str, ...]


class Parameter(Sourced, frozen=True, kw_only=True):
    """Something the source leaves to be said: what it can be, and the types it then may decide."""

    id: str
    name: str
    choices: tuple[str, ...]
    grants: tuple[str, ...] = ()


class Initiation(Sourced, frozen=True, kw_only=True):
    """Who may raise a matter in a forum."""

    forum: str
    raised_by: tuple[str, ...]


class Succession(Sourced, frozen=True, kw_only=True, rename={"from_forums": "from", "to_forums": "to"}):
    """Who inherits the documents of forums of an earlier structure (rule X12)."""

    from_forums: tuple[str, ...]
    to_forums: tuple[str, ...]
    sectors_with: tuple[str, ...] | None = None
    sectors_without: tuple[str, ...] | None = None


class Dissolved(Sourced, frozen=True, kw_only=True):
    """The forums of earlier structures that end when this one begins."""

    forums: tuple[str, ...]


class StructureHead(Part, frozen=True, kw_only=True):
    """The structure's id and name, whether it can be used, and the parameter that enables it."""

    id: str
    name: str
    enabled: bool
    enabled_by: str | None = None
    status: str
    cite: str
    quote: str
    evidence: Evidence
    support: str | None = None
    reading: tuple[str, ...] = ()


class Structure(Part, frozen=True, kw_only=True):
    """One structure: its forums, its rules, the holes its source leaves, and the deviations it allows."""

    format: Literal[1]
    structure: StructureHead
    forum: tuple[Forum, ...] = ()
    initiation: tuple[Initiation, ...] = ()
    parameter: tuple[Parameter, ...] = ()
    dissolved: Dissolved | None = None
    succession: tuple[Succession, ...] = ()
    rule: tuple[Rule, ...] = ()
    refusal: tuple[Dead, ...] = ()
    override: tuple[Override, ...] = ()

    def forum_named(self, forum: str) -> Forum | None:
        """The forum with that id, or None."""
        return next((each for each in self.forum if each.id == forum), None)

    def rule_named(self, rule: str) -> Rule | None:
        """The rule with that id, or None."""
        return next((each for each in self.rule if each.id == rule), None)
