"""What the register's events are made of: a flag on a document, and what a case says for one."""

from datetime import date
from typing import Literal

from msgspec import Struct

from workflow.facts import Severity

DocumentFlagKind = Literal[
    "mail_undeliverable",
    "notice_deadline",
    "expiring",
    "expired",
    "expired_statutory",
    "successor_unknown",
    "follow_up_due",
    "follow_up_overdue",
    "follow_up_period_missing",
    "revision_due",
    "revision_overdue",
    "review_wanted",
    "validity_ambiguous",
    "document_incomplete",
    "assessment_missing",
]

#: What a case with a document is for.
Aim = Literal["revise", "extend", "replace", "terminate"]


class DocumentFlag(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something about a document that wants attention; ``due`` is None where nothing says by when.

    ``party``: the one it is about, where it is about one.
    """

    kind: DocumentFlagKind
    party: str | None = None
    due: date | None = None
    severity: Severity = "warning"
    assigned_to: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str | None, date | None]:
        """What a flag is about, whoever it is assigned to and however grave it has become."""
        return (self.kind, self.party, self.due)


class Owed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a case still lacks before it can bring about anything for a document, and from whom."""

    code: str
    by: str | None = None


class CaseFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a case says for a document: the engine looks it up, and the act carries it.

    ``owed``: what it lacks before it counts: nothing when it is recommended and ratified, or decided, on its route.
    """

    ref: str
    document: str | None = None
    owed: tuple[Owed, ...] = ()
    valid_to: date | None = None
    in_force_from: date | None = None
