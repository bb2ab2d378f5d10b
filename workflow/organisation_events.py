"""What happened to the organisation: parties, forums, the structure calendar, the rules. Past tense, payload only."""

from collections.abc import Mapping
from datetime import date

from workflow.facts import Fact


class Initialised(Fact, frozen=True, kw_only=True, tag="initialised"):
    """The database was created. ``origin`` names this log, and no other, wherever it is quoted."""

    origin: str
    county: str


class StructureAdopted(Fact, frozen=True, kw_only=True, tag="structure_adopted"):
    """A structure is in force from a day. ``assumed``: the source gives no day."""

    structure: str
    from_day: date
    assumed: bool = False
    minutes: str | None = None
    relies_on: str | None = None


class ForumStatusSet(Fact, frozen=True, kw_only=True, tag="forum_status_set"):
    """A forum is active, dormant (vilande) or dissolved from a day."""

    forum: str
    status: str
    from_day: date
    assumed: bool = False
    reason: str | None = None


class MailboxSet(Fact, frozen=True, kw_only=True, tag="mailbox_set"):
    """A party's funktionsbrevlåda."""

    party: str
    address: str


class ParameterSaid(Fact, frozen=True, kw_only=True, tag="parameter_said"):
    """What the source leaves to be said about a structure was said, as the board of alternativ-3."""

    structure: str
    parameter: str
    value: str
    minutes: str | None = None


class RulesAdopted(Fact, frozen=True, kw_only=True, tag="rules_adopted"):
    """The rule set that the record names is in force from it on. ``files``: what differs from the one before."""

    before: str
    files: Mapping[str, str]
    minutes: str | None = None


class ActorAdmitted(Fact, frozen=True, kw_only=True, tag="actor_admitted"):
    """Somebody may act in a role from a day, to the end of another where one is given; ``body``: for whom."""

    name: str
    role: str
    body: str | None = None
    organisation: str | None = None
    from_day: date
    until: date | None = None

    def acts_on(self, day: date) -> bool:
        """Whether ``day`` is one of the days."""
        return self.from_day <= day and (self.until is None or day <= self.until)

    def same_office(self, other: "ActorAdmitted | ActorRemoved") -> bool:
        """Whether both are about the same name in the same role for the same body."""
        return (self.name, self.role, self.body) == (other.name, other.role, other.body)


class ActorRemoved(Fact, frozen=True, kw_only=True, tag="actor_removed"):
    """Somebody may act in a role no longer, from this record on."""

    name: str
    role: str
    body: str | None = None


OrganisationEvent = (
    Initialised
    | StructureAdopted
    | ForumStatusSet
    | MailboxSet
    | ParameterSaid
    | RulesAdopted
    | ActorAdmitted
    | ActorRemoved
)
