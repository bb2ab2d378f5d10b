"""What may be asked, in the imperative. An act is kept beside the events it led to, so that it can be judged again."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from workflow.facts import Answer, Content, Language, Particulars, Text
from workflow.register.facts import Aim


class Act(Struct, frozen=True, kw_only=True, tag_field="act", omit_defaults=True):
    """Base of every act. ``on`` is the date in the minutes."""

    on: date


class Initialise(Act, frozen=True, kw_only=True, tag="initialise"):
    """Create the organisation: parties, forums, the dated structure calendar."""

    origin: str
    adopt: str | None = None
    adopt_from: date | None = None


class SetMailbox(Act, frozen=True, kw_only=True, tag="set_mailbox"):
    """Set a party's funktionsbrevlåda."""

    party: str
    address: str


class AdoptStructure(Act, frozen=True, kw_only=True, tag="adopt_structure"):
    """A structure comes into force. ``relies_on`` is the structure case behind it; the engine looks it up."""

    structure: str
    from_day: date
    minutes: str | None = None
    relies_on: str | None = None


class SayParameter(Act, frozen=True, kw_only=True, tag="say_parameter"):
    """Say what the source leaves open about a structure, as the board of alternativ-3."""

    structure: str
    parameter: str
    value: str
    minutes: str | None = None


class SetForumStatus(Act, frozen=True, kw_only=True, tag="set_forum_status"):
    """A forum becomes dormant (vilande) or active from a day."""

    forum: str
    status: str
    from_day: date
    reason: str


class ImportRules(Act, frozen=True, kw_only=True, tag="import_rules"):
    """Bring a county's own rule files into force. ``digest`` is that of the whole rule set as it is to be."""

    digest: str
    minutes: str | None = None


class AdmitActor(Act, frozen=True, kw_only=True, tag="admit_actor"):
    """Let somebody act in a role, for a body where the role is one of a body's, from a day and to the end of another.

    The same name, role and body again sets other days.
    """

    name: str
    role: str
    body: str | None = None
    organisation: str | None = None
    from_day: date
    until: date | None = None


class RemoveActor(Act, frozen=True, kw_only=True, tag="remove_actor"):
    """Let somebody act no longer: in a role, for a body, or, those left out, at all."""

    name: str
    role: str | None = None
    body: str | None = None


class Open(Act, frozen=True, kw_only=True, tag="open"):
    """Open a case. ``ref`` is given by the engine.

    ``aim``: what the case is to bring about for its document. ``lifted``, ``completed``: that the document stands
    lifted to politics, and that what its entry left open has been said; the engine looks them up in the register.
    ``undescribed``: as for Check.
    """

    ref: str = ""
    type: str
    title: str
    group: str | None = None
    sectors: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    effect_rule: str | None = None
    not_before: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    text: Text
    level: str | None = None
    document: str | None = None
    aim: Aim | None = None
    lifted: bool = False
    completed: bool = False
    initiated_by: str | None = None
    particulars: Particulars = Particulars()
    undescribed: str | None = None


class Prepare(Act, frozen=True, kw_only=True, tag="prepare"):
    """A body's beredning."""

    by: str
    minutes: str | None = None


class Recommend(Act, frozen=True, kw_only=True, tag="recommend"):
    """A forum's rekommendationsbeslut."""

    by: str
    minutes: str | None = None


class Decide(Act, frozen=True, kw_only=True, tag="decide"):
    """A body's own decision, where the route gives it one.

    ``relies_on`` is the case by which the receiver of an uppdrag got its uppdragsbeskrivning; the engine looks it up.
    ``content``: what the agreement on a structure says, where the opening did not or said otherwise.
    """

    by: str
    minutes: str | None = None
    relies_on: str | None = None
    content: Content | None = None


class Anchor(Act, frozen=True, kw_only=True, tag="anchor"):
    """Anchoring (förankring) in a network before an officers' decision."""

    network: str
    minutes: str | None = None


class Return(Act, frozen=True, kw_only=True, tag="return"):
    """Återremiss."""

    by: str
    reason: str
    minutes: str | None = None


class Postpone(Act, frozen=True, kw_only=True, tag="postpone"):
    """Bordläggning."""

    by: str
    until: date
    reason: str
    minutes: str | None = None


class Withdraw(Act, frozen=True, kw_only=True, tag="withdraw"):
    """Take the matter back."""

    reason: str


class Close(Act, frozen=True, kw_only=True, tag="close"):
    """End the matter without effect."""

    by: str
    reason: str
    minutes: str | None = None


class Revise(Act, frozen=True, kw_only=True, tag="revise"):
    """Lay a new text version; its number is given when it is accepted."""

    sha256: str
    name: str
    reason: str | None = None
    by: str | None = None
    minutes: str | None = None


class Lift(Act, frozen=True, kw_only=True, tag="lift"):
    """Lift a matter on the officers' route to politics (rule X9)."""

    by: str
    reason: str
    minutes: str | None = None


class Override(Act, frozen=True, kw_only=True, tag="override"):
    """Record a deviation the rules allow."""

    rule: str
    by: str
    reason: str
    minutes: str | None = None


class Dispatch(Act, frozen=True, kw_only=True, tag="dispatch"):
    """Send the recommendation to the parties' mailboxes. ``checkpoint``: the log's own; the engine looks it up."""

    answer_by: date | None = None
    languages: tuple[Language, ...] = ("sv",)
    checkpoint: str | None = None


class NoteSent(Act, frozen=True, kw_only=True, tag="note_sent"):
    """A letter has left."""

    message_id: str
    sha256: str
    by_way_of: str
    attempts: int


class NoteUndeliverable(Act, frozen=True, kw_only=True, tag="note_undeliverable"):
    """A letter cannot be delivered."""

    message_id: str
    why: str
    attempts: int


class SendAgain(Act, frozen=True, kw_only=True, tag="send_again"):
    """Queue an undeliverable letter anew."""

    message_id: str


class DropLetter(Act, frozen=True, kw_only=True, tag="drop_letter"):
    """Do not send a letter that has been overtaken before it left."""

    message_id: str


#: What whoever sends letters reports of one, of a case or of a document.
LetterAct = NoteSent | NoteUndeliverable | SendAgain | DropLetter


class ChangeAnswerBy(Act, frozen=True, kw_only=True, tag="change_answer_by"):
    """Move the day the parties are asked to answer by."""

    answer_by: date
    reason: str


class RecordAnswer(Act, frozen=True, kw_only=True, tag="record_answer"):
    """A party's decision as reported back."""

    corrects: ClassVar[bool] = False

    party: str
    answer: Answer
    organ: str | None = None
    minutes: str | None = None
    reported: date | None = None
    reason: str | None = None
    text_version: int | None = None
    next_meeting: date | None = None


class CorrectAnswer(RecordAnswer, frozen=True, kw_only=True, tag="correct_answer"):
    """A rättelse of what was recorded for a party."""

    corrects: ClassVar[bool] = True


class ChangeEffect(Act, frozen=True, kw_only=True, tag="change_effect"):
    """A recommending forum's decision on another effect rule."""

    rule: str
    by: str
    minutes: str | None = None


class RecordSpread(Act, frozen=True, kw_only=True, tag="record_spread"):
    """Spreading done."""

    via: str


class ReportBack(Act, frozen=True, kw_only=True, tag="report_back"):
    """An uppdrag is reported back to its giver, or money followed up by the forum that gave it out."""

    by: str
    minutes: str | None = None


class Check(Act, frozen=True, kw_only=True, tag="check"):
    """What the calendar alone brings about on ``on``: flags, and the day something takes effect.

    ``undescribed``: the receiver of an uppdrag, where it had no uppdragsbeskrivning that day; the engine looks it up.
    """

    undescribed: str | None = None


CaseAct = (
    Open
    | Prepare
    | Recommend
    | Decide
    | Anchor
    | Return
    | Postpone
    | Withdraw
    | Close
    | Revise
    | Lift
    | Override
    | Dispatch
    | NoteSent
    | NoteUndeliverable
    | SendAgain
    | DropLetter
    | ChangeAnswerBy
    | RecordAnswer
    | CorrectAnswer
    | ChangeEffect
    | RecordSpread
    | ReportBack
    | Check
)
OrganisationAct = (
    Initialise | SetMailbox | AdoptStructure | SayParameter | SetForumStatus | ImportRules | AdmitActor | RemoveActor
)
