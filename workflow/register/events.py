"""What happens to a document, in the past tense. Facts only: whoever reads them back judges nothing again."""

from datetime import date

from workflow.facts import Fact, Language, Letter
from workflow.register.entry import Entry
from workflow.register.facts import DocumentFlag
from workflow.register.terms import FollowUp, Leads, Scope, Statutory, Validity


class DocumentRegistered(Fact, frozen=True, kw_only=True, tag="document_registered"):
    """A document was entered in the register: from a list, or as what a case led to (``case``).

    ``parties``: those it binds. ``structure`` and ``owners``: under which structure it was entered, and who answers
    for it there. ``assess_from``: the day from which somebody must say whether it is kept (rule X13).
    ``follow_up_demanded``: it is followed up though its entry says nothing of that (rule X2).
    """

    entry: Entry
    parties: tuple[str, ...]
    structure: str | None = None
    owners: tuple[str, ...] = ()
    leads: Leads = Leads()
    follow_up_demanded: bool = False
    assess_from: date | None = None
    case: str | None = None


class TermConfirmed(Fact, frozen=True, kw_only=True, tag="term_confirmed"):
    """Somebody has said what the entry left open: its term, how it is followed up, what it is, who answers for it."""

    validity: Validity
    follow_up: FollowUp
    group: str | None = None
    level: str | None = None
    forums: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


class TermExtended(Fact, frozen=True, kw_only=True, tag="term_extended"):
    """A case on the document's own route gave it a later last day; ``from_day``: the first day of what was added.

    ``moved``, here and below: it was said before, and the case has come to bind from another day since.
    """

    case: str
    from_day: date
    until: date
    moved: bool = False


class NoticeReceived(Fact, frozen=True, kw_only=True, tag="notice_received"):
    """A party gave notice. ``ends_on``: the last day for all, or for that party alone. ``late``: a term later (G34).

    ``letters``: every party is told of it (G33), whoever gave it too. What they tell besides is ``last_day``, the
    document's own by all that was known then (None: it goes on), and ``checkpoint``, the log's own of the moment
    before, at their foot.
    """

    party: str
    received: date
    scope: Scope
    ends_on: date
    late: bool = False
    letters: tuple[Letter, ...] = ()
    last_day: date | None = None
    languages: tuple[Language, ...] = ("sv",)
    checkpoint: str | None = None


class DocumentSuperseded(Fact, frozen=True, kw_only=True, tag="document_superseded"):
    """Another document takes its place from a day."""

    by: str
    from_day: date
    moved: bool = False


class TookOver(Fact, frozen=True, kw_only=True, tag="took_over"):
    """It takes the place of another, and with it what that one asked of its successor and what the law asks."""

    of: str
    follow_up: FollowUp = "none"
    statutory: Statutory = "no"


class EventMet(Fact, frozen=True, kw_only=True, tag="event_met"):
    """What the document was to hold until has happened: the successor of ``of`` is known."""

    of: str
    by: str
    last_day: date
    moved: bool = False


class TerminationDecided(Fact, frozen=True, kw_only=True, tag="termination_decided"):
    """A case on the document's own route ends it."""

    case: str
    last_day: date
    moved: bool = False


class FirstDayMoved(Fact, frozen=True, kw_only=True, tag="first_day_moved"):
    """The case it was born of binds from another day, and so does the document: a rättelse, or an answer reported late.

    ``assess_from``: as of its entry, counted from that day.
    """

    case: str
    from_day: date
    assess_from: date | None = None


class EffectChanged(Fact, frozen=True, kw_only=True, tag="effect_changed"):
    """The case it was born of no longer binds anybody, or does again: a rättelse, or another effect rule."""

    case: str
    binds: bool


class OutcomeUndone(Fact, frozen=True, kw_only=True, tag="outcome_undone"):
    """What the case had led to for the document holds no longer: extension, end, revision; it stands as it did before.

    ``by``: the document born of the case, where that had taken another's place. What it had replaced stands again, what
    had ended with that waits again, and it itself has given back what it took over.
    """

    case: str
    by: str | None = None


class FollowedUp(Fact, frozen=True, kw_only=True, tag="followed_up"):
    """A forum followed it up. ``complete``: with this, all whose follow-up counts have, in that calendar year."""

    by: str
    complete: bool
    minutes: str | None = None


class Implemented(Fact, frozen=True, kw_only=True, tag="implemented"):
    """It is in use at the parties."""


class RevisionBegun(Fact, frozen=True, kw_only=True, tag="revision_begun"):
    """A case on the document was opened."""

    case: str


class RevisionEnded(Fact, frozen=True, kw_only=True, tag="revision_ended"):
    """The case is over; what it led to, if anything, is a record of its own."""

    case: str


class DocumentRevised(Fact, frozen=True, kw_only=True, tag="document_revised"):
    """It was revised, by a case where one is named."""

    case: str | None = None
    by: str | None = None
    minutes: str | None = None


class DocumentAssessed(Fact, frozen=True, kw_only=True, tag="document_assessed"):
    """It was assessed whether the document is kept (rule X13)."""

    keep: bool
    by: str | None = None
    minutes: str | None = None


class HandedDown(Fact, frozen=True, kw_only=True, tag="handed_down"):
    """Another structure is in force, and others answer for the document (rules X10, X12)."""

    structure: str
    owners: tuple[str, ...]
    assess_from: date | None = None


class TimePassed(Fact, frozen=True, kw_only=True, tag="time_passed"):
    """The calendar alone has brought the document to another state."""


class DocumentFlagRaised(Fact, frozen=True, kw_only=True, tag="document_flag_raised"):
    """A scheduled check found something that wants attention."""

    flag: DocumentFlag


class DocumentFlagCleared(Fact, frozen=True, kw_only=True, tag="document_flag_cleared"):
    """The reason for a flag is gone."""

    flag: DocumentFlag


DocumentEvent = (
    DocumentRegistered
    | TermConfirmed
    | TermExtended
    | NoticeReceived
    | DocumentSuperseded
    | TookOver
    | EventMet
    | TerminationDecided
    | FirstDayMoved
    | EffectChanged
    | OutcomeUndone
    | FollowedUp
    | Implemented
    | RevisionBegun
    | RevisionEnded
    | DocumentRevised
    | DocumentAssessed
    | HandedDown
    | TimePassed
    | DocumentFlagRaised
    | DocumentFlagCleared
)
