"""What events are made of: a text version, a flag, a letter, what only some types have."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

Answer = Literal["adopts", "adopts-with-reservation", "declines", "not-now", "adjourned", "remitted"]
FlagKind = Literal[
    "ratification_reminder",
    "ratification_stalled",
    "ratification_escalated",
    "mail_undeliverable",
    "no_active_forum",
    "mandate_description_missing",
    "audit_answer_due",
    "audit_answer_overdue",
]
Language = Literal["sv", "en"]
Overtaken = Literal[
    "newer-text",
    "case-ended",
    "answered",
    "deadline-moved",
    "day-has-come",
    "newer-notice",
    "other-end",
    "last-day-passed",
]
Severity = Literal["info", "warning", "high", "highest"]


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """Base of every event; the tag is the event's kind in the history."""


class Text(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A text version. A version without an attached file has no checksum."""

    version: int
    sha256: str | None = None
    name: str | None = None


class Flag(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that wants attention. Two flags are the same when all but ``assigned_to`` and severity agree."""

    kind: FlagKind
    party: str | None = None
    due: date
    text_version: int
    severity: Severity = "warning"
    assigned_to: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str | None, date, int]:
        """What a flag is raised once for: kind, party, deadline, text version."""
        return (self.kind, self.party, self.due, self.text_version)


class Particulars(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What only some types have: whose description, who gives what to whom, sums and shares, days due.

    Amounts are whole kronor.
    """

    for_body: str | None = None
    giver: str | None = None
    receiver: str | None = None
    assignment_kind: Literal["standing", "limited"] | None = None
    addressee: str | None = None
    audit: str | None = None
    due: date | None = None
    year: int | None = None
    amount: int | None = None
    shares: Mapping[str, int] = {}
    structure: str | None = None
    in_force: date | None = None
    direction: str | None = None
    goals: str | None = None


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an agreement on a structure must contain (004 §7 step 2); None where it was said before."""

    in_force: date | None = None
    direction: str | None = None
    goals: str | None = None

    @property
    def said(self) -> dict[str, date | str]:
        """What is said of it, by the name of the particular."""
        told = {"in_force": self.in_force, "direction": self.direction, "goals": self.goals}
        return {name: value for name, value in told.items() if value is not None}


class Letter(Struct, frozen=True, kw_only=True):
    """One party's copy of what is sent to the parties: where it goes, and the Message-ID it keeps on every retry.

    ``to`` is empty where the party had no mailbox on the day.
    """

    party: str
    to: str
    message_id: str


class Deadline(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The day the parties are asked to answer by, and the days counted from it: all of them fixed when it is set.

    Source: what the county's rules said on that day (reading G7); a later rule moves no deadline.
    """

    answer_by: date
    remind_on: tuple[date, ...] = ()
    escalate_on: date | None = None
    escalate_to: tuple[str, ...] = ()


class Recommendation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A forum's rekommendationsbeslut as it is quoted in a dispatch."""

    forum: str
    on: date
    minutes: str | None = None
