"""What happened, in the past tense. A payload holds facts only: whoever reads it back judges nothing again."""

from datetime import date

from workflow.facts import (
    Answer,
    Content,
    Deadline,
    Fact,
    Flag,
    Language,
    Letter,
    Overtaken,
    Particulars,
    Recommendation,
    Text,
)
from workflow.register.facts import Aim
from workflow.route import Route, StepName

# --- a case ----------------------------------------------------------------------------------------------------


class CaseOpened(Fact, frozen=True, kw_only=True, tag="case_opened"):
    """A case was opened and its route fixed. ``warn_on``: when it is warned of the day it is due.

    ``aim``: what it is to bring about for ``document``. ``completed``: what the document's entry left open was said.
    """

    ref: str
    type: str
    title: str
    group: str | None = None
    sectors: tuple[str, ...] = ()
    level: str | None = None
    structure: str
    chart: str
    route: Route
    parties: tuple[str, ...]
    effect_rule: str
    not_before: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    text: Text
    document: str | None = None
    aim: Aim | None = None
    completed: bool = False
    initiated_by: str | None = None
    variant: str | None = None
    lifted: bool = False
    particulars: Particulars = Particulars()
    warn_on: date | None = None


class StepTaken(Fact, frozen=True, kw_only=True, tag="step_taken"):
    """A body took its step on a text version: prepared, anchored, recommended, or decided.

    ``in_force_from`` stands on the decision that completes the course of what binds nobody but the deciders.
    """

    step: StepName
    by: str
    text_version: int
    minutes: str | None = None
    in_force_from: date | None = None


class DeviationAllowed(Fact, frozen=True, kw_only=True, tag="deviation_allowed"):
    """A forum decided on a deviation the rules allow: a step is waived."""

    rule: str
    waives: StepName
    by: str
    reason: str
    instead: tuple[str, ...] = ()
    minutes: str | None = None


class StageDecided(Fact, frozen=True, kw_only=True, tag="stage_decided"):
    """One of the decisions of a matter that is decided in stages. ``content``: what was said with it."""

    stage: str
    by: str
    minutes: str | None = None
    content: Content | None = None


class Rerouted(Fact, frozen=True, kw_only=True, tag="rerouted"):
    """The steps that remain were routed anew under another structure; completed steps stand (reading G39).

    With the same structure ``before``: only those who are reported to and follow up are others (reading G6).
    """

    structure: str
    chart: str
    route: Route
    before: str


class Lifted(Fact, frozen=True, kw_only=True, tag="lifted"):
    """The matter needs a political position and left the officers' route (rule X9, reading G17)."""

    by: str
    reason: str
    minutes: str | None = None
    chart: str
    route: Route


class SentBack(Fact, frozen=True, kw_only=True, tag="sent_back"):
    """Återremiss: the named steps no longer count and must be taken anew."""

    by: str
    reason: str
    voids: tuple[StepName, ...]
    minutes: str | None = None


class PutOff(Fact, frozen=True, kw_only=True, tag="put_off"):
    """Bordläggning: the forum takes the matter up again on a later day."""

    by: str
    until: date
    reason: str
    minutes: str | None = None


class TextRevised(Fact, frozen=True, kw_only=True, tag="text_revised"):
    """A new text version; what was said of the older ones no longer counts."""

    text: Text
    reason: str | None = None
    by: str | None = None
    minutes: str | None = None


class Dispatched(Fact, frozen=True, kw_only=True, tag="dispatched"):
    """The rekommendationsbeslut was sent to the parties' mailboxes.

    ``checkpoint`` is the log's own, of the moment before: it stands at the foot of every letter.
    """

    text: Text
    deadline: Deadline
    letters: tuple[Letter, ...]
    recommended: tuple[Recommendation, ...]
    languages: tuple[Language, ...] = ("sv",)
    checkpoint: str | None = None


class LetterSent(Fact, frozen=True, kw_only=True, tag="letter_sent"):
    """A letter left for its mailbox. ``sha256`` is that of the message as it left, ``attempts`` counts this one too."""

    message_id: str
    party: str
    sha256: str
    by_way_of: str
    attempts: int


class LetterUndeliverable(Fact, frozen=True, kw_only=True, tag="letter_undeliverable"):
    """A letter was refused for good, or could not be delivered in all the time there is for trying."""

    message_id: str
    party: str
    why: str
    attempts: int


class LetterRequeued(Fact, frozen=True, kw_only=True, tag="letter_requeued"):
    """An undeliverable letter is to be sent again, to the address the party has by now."""

    message_id: str
    party: str
    to: str


class LetterDropped(Fact, frozen=True, kw_only=True, tag="letter_dropped"):
    """A letter that had not left is no longer to be sent: what it says has been overtaken."""

    message_id: str
    party: str
    why: Overtaken


#: What may become of a letter, of a case or of a document.
LetterEvent = LetterSent | LetterUndeliverable | LetterRequeued | LetterDropped


class Reminded(Fact, frozen=True, kw_only=True, tag="reminded"):
    """A party that owes its answer is reminded. ``remind_on``: the day that was set for it; the letter may be later."""

    letter: Letter
    answer_by: date
    remind_on: date


class AnswerByChanged(Fact, frozen=True, kw_only=True, tag="answer_by_changed"):
    """The day the parties are asked to answer by was moved, and with it every day counted from it."""

    deadline: Deadline
    reason: str


class AnswerRecorded(Fact, frozen=True, kw_only=True, tag="answer_recorded"):
    """A party's decision as it reported it. ``corrects``: a rättelse of what was recorded before."""

    party: str
    answer: Answer
    party_state: str
    text_version: int
    decided_on: date
    reported_on: date
    organ: str | None = None
    minutes: str | None = None
    reason: str | None = None
    next_meeting: date | None = None
    late: bool = False
    corrects: bool = False


class EffectRuleDecided(Fact, frozen=True, kw_only=True, tag="effect_rule_decided"):
    """A recommending forum decided on another effect rule; it holds when every one of them has."""

    rule: str
    by: str
    minutes: str | None = None


class EffectRuleChanged(Fact, frozen=True, kw_only=True, tag="effect_rule_changed"):
    """Every recommending forum has decided on the same effect rule."""

    rule: str


class Ratified(Fact, frozen=True, kw_only=True, tag="ratified"):
    """The effect rule is satisfied by the parties that adopted."""

    adopters: tuple[str, ...]
    in_force_from: date


class NotRatified(Fact, frozen=True, kw_only=True, tag="not_ratified"):
    """The effect rule can no longer be satisfied by the answers that stand."""

    against: tuple[str, ...]


class RatificationReopened(Fact, frozen=True, kw_only=True, tag="ratification_reopened"):
    """After a rättelse, or another effect rule, the answers that stand neither satisfy the rule nor rule it out."""


class HandedIn(Fact, frozen=True, kw_only=True, tag="handed_in"):
    """The board's answer to the auditors was given; ``days_late`` counts from the day it was due."""

    days_late: int


class ReportedBack(Fact, frozen=True, kw_only=True, tag="reported_back"):
    """What was given out, an uppdrag or money, was reported back."""

    by: str
    minutes: str | None = None


class TookEffect(Fact, frozen=True, kw_only=True, tag="took_effect"):
    """The day it binds from has come."""


class Spread(Fact, frozen=True, kw_only=True, tag="spread"):
    """A body has spread what was decided."""

    via: str


class Withdrawn(Fact, frozen=True, kw_only=True, tag="withdrawn"):
    """The matter was taken back."""

    reason: str


class Closed(Fact, frozen=True, kw_only=True, tag="closed"):
    """The forum ended the matter without effect."""

    by: str
    reason: str
    minutes: str | None = None


class FlagRaised(Fact, frozen=True, kw_only=True, tag="flag_raised"):
    """A scheduled check found something that wants attention."""

    flag: Flag


class FlagCleared(Fact, frozen=True, kw_only=True, tag="flag_cleared"):
    """The reason for a flag is gone."""

    flag: Flag


CaseEvent = (
    CaseOpened
    | StepTaken
    | StageDecided
    | DeviationAllowed
    | Rerouted
    | Lifted
    | SentBack
    | PutOff
    | TextRevised
    | Dispatched
    | LetterSent
    | LetterUndeliverable
    | LetterRequeued
    | LetterDropped
    | Reminded
    | AnswerByChanged
    | AnswerRecorded
    | EffectRuleDecided
    | EffectRuleChanged
    | Ratified
    | NotRatified
    | RatificationReopened
    | TookEffect
    | HandedIn
    | ReportedBack
    | Spread
    | Withdrawn
    | Closed
    | FlagRaised
    | FlagCleared
)


def kind_of(event: Fact) -> str:
    """The event's kind as it stands in the history, e.g. ``case_opened``."""
    return str(type(event).__struct_config__.tag)
