"""What holds in every structure: the county, its documents of Bilaga 1, and the readings chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from workflow.register.terms import Leads, Terms
from workflow.rule_tables import Named, Part, Sourced


class Group(Named, frozen=True, kw_only=True):
    """An age group and the sectors it concerns when nothing else is said."""

    sectors: tuple[str, ...]


class DocumentType(Named, frozen=True, kw_only=True):
    """A document type, the chart it walks, and what must be said before it can be routed.

    ``particulars`` names what else its route depends on (``for``, ``giver``, ``receiver``, ``addressee``);
    ``liftable``: a matter of the type can be lifted to politics (rule X9). ``lasting``: what is decided is a document
    that stays in force, and goes into the register.
    """

    chart: str
    group: Literal["required", "optional"] = "required"
    default_group: str | None = None
    level: Literal["required", "optional"] = "optional"
    particulars: tuple[str, ...] = ()
    liftable: bool = False
    lasting: bool = False


class Ratification(Part, frozen=True, kw_only=True):
    """The times of the parties' answers, in days, and the effect rule used when none is chosen.

    ``escalate_to`` is told when the days after ``answer_by`` are over too.
    ``closed_days`` names days that are no working days though no public holidays, as lag (1930:173) has them.
    """

    effect_rule: str
    answer_days: int
    reminder_days: tuple[int, ...]
    escalation_days: int
    escalate_to: tuple[str, ...]
    closed_days: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()


class Correspondence(Part, frozen=True, kw_only=True):
    """How letters are tried again: the pauses between tries, the last one repeated, until the hours are over."""

    retry_minutes: tuple[int, ...]
    give_up_hours: int
    reading: tuple[str, ...] = ()


class Warnings(Part, frozen=True, kw_only=True):
    """How many days ahead of the day an answer to the auditors is due it is warned of."""

    audit_answer_days: int
    reading: tuple[str, ...] = ()


class CalendarEntry(Part, frozen=True, kw_only=True, rename={"from_day": "from"}):
    """A structure in force from a day. ``assumed``: the source gives no day, this one is ours (reading G1)."""

    structure: str
    from_day: date
    assumed: bool = False
    cite: str = ""
    quote: str = ""
    reading: tuple[str, ...] = ()


class ForumStatus(Part, frozen=True, kw_only=True, rename={"from_day": "from"}):
    """A forum active or dormant from a day."""

    forum: str
    status: Literal["active", "dormant", "dissolved"]
    from_day: date
    assumed: bool = False
    cite: str = ""
    quote: str = ""
    reading: tuple[str, ...] = ()


class CountyHead(Part, frozen=True, kw_only=True):
    """The county's own id and name, and what its case references begin with."""

    id: str
    name: str
    reference_prefix: str


class County(Part, frozen=True, kw_only=True):
    """What holds in every structure: parties, names, types, times, and the calendar a new database starts with."""

    format: Literal[1]
    county: CountyHead
    party: tuple[Named, ...]
    group: tuple[Group, ...]
    sector: tuple[Named, ...]
    type: tuple[DocumentType, ...]
    ratification: Ratification
    correspondence: Correspondence
    warnings: Warnings
    organisation: tuple[Named, ...] = ()
    body: tuple[Named, ...] = ()
    network: tuple[Named, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    forum_status: tuple[ForumStatus, ...] = ()


class Deviation(Part, frozen=True, kw_only=True):
    """How a document's stored route differs from the rule for its type."""

    variant: str | None = None
    lifted: bool = False


class Variant(Part, frozen=True, kw_only=True):
    """A way of its own that documents may go, and the structures it holds in; in all when none is named."""

    id: str
    name: str
    type: tuple[str, ...]
    group: tuple[str, ...] | None = None
    structures: tuple[str, ...] | None = None
    reading: tuple[str, ...] = ()


class Document(Sourced, frozen=True, kw_only=True):
    """A row of Bilaga 1; the two columns of forums as the table has them.

    ``validity_text`` and ``notes`` are its other cells, and ``terms`` how they are read; without, none are stated.
    """

    id: str
    row: int
    title: str
    type: str
    group: str
    level: str | None = None
    recommending: tuple[str, ...] = ()
    recommending_as_printed: str | None = None
    preparing: tuple[str, ...] = ()
    exception: Deviation | None = None
    validity_text: str = ""
    notes: str = ""
    terms: Terms | None = None


class Assessment(Sourced, frozen=True, kw_only=True):
    """The structures from whose first day each document handed down must be assessed (rule X13)."""

    structures: tuple[str, ...] = ()


class FollowUpDemand(Sourced, frozen=True, kw_only=True):
    """The types that are followed up whatever their entry says (rule X2), and the ways of their own that are not."""

    types: tuple[str, ...] = ()
    except_variants: tuple[str, ...] = ()


class Register(Part, frozen=True, kw_only=True):
    """The documents of Bilaga 1, and the ways of their own that some of them go.

    ``warnings``: how many days ahead it warns of what is coming.
    """

    format: Literal[1]
    register: Mapping[str, Any]
    warnings: Leads = Leads()
    assessment: Assessment = Assessment()
    follow_up: FollowUpDemand = FollowUpDemand()
    variant: tuple[Variant, ...] = ()
    document: tuple[Document, ...] = ()

    def document_named(self, document: str) -> Document | None:
        """The row with that id, or None."""
        return next((each for each in self.document if each.id == document), None)


class Reading(Part, frozen=True, kw_only=True):
    """A reading chosen where the sources are silent or contradict themselves."""

    id: str
    gap: str
    reading: str
    reason: str = ""
    uncited: str = ""


class Readings(Part, frozen=True, kw_only=True):
    """All readings."""

    format: Literal[1]
    reading: tuple[Reading, ...]
