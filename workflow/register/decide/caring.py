"""What is done for a document while it is in force: followed up, revised, put to use, assessed.

Source: rules X2, X5 (who follows up), X10, X12 (who answers after a change of structure), X13 (assessment).
"""

from datetime import date

from workflow.bad_data import ValueInvalid
from workflow.decide.draft import Context
from workflow.errors import N_, Missing
from workflow.ownership import heirs, owned_on, sectors_of, structures_until
from workflow.refusals import FollowUpByNobody, FollowUpWrongForum, ForumDormant
from workflow.register.acts import (
    AssessDocument,
    BeginRevision,
    EndRevision,
    RecordFollowUp,
    RecordImplementation,
    RecordRevision,
)
from workflow.register.decide.draft import DocumentDraft
from workflow.register.decide.ending import require_unprotected
from workflow.register.document import Document
from workflow.register.events import (
    DocumentAssessed,
    DocumentRevised,
    FollowedUp,
    Implemented,
    RevisionBegun,
    RevisionEnded,
)


def follow_up(draft: DocumentDraft, act: RecordFollowUp) -> None:
    """A forum's follow-up; it is complete when all whose follow-up counts have followed up in that calendar year.

    Raises FollowUpWrongForum, ForumDormant, DateBeforePreviousStep.
    """
    document = draft.document
    draft.may("record_follow_up")
    draft.after_its_first_day(act.on)
    ways = following_up(document, draft.context, act.on)
    if not any(act.by in way for way in ways):
        right = tuple(dict.fromkeys(forum for way in ways for forum in way))
        name_of = draft.context.rules.name_of
        if not right:
            missing = [Missing("forum_unknown", document.id)]
            raise FollowUpByNobody(by=name_of(act.by), document=document.id, missing=missing)
        raise FollowUpWrongForum(
            by=name_of(act.by),
            document=document.id,
            right=", ".join(name_of(forum) for forum in right),
            missing=[Missing("follow_up_wrong_forum", forum) for forum in right],
        )
    _require_awake(draft, act)
    if any((done.on, done.by) == (act.on, act.by) for done in document.followed_up):
        draft.say(N_("That follow-up is already recorded: nothing was written."))
        return
    same_year = {done.by for done in document.followed_up if done.on.year == act.on.year} | {act.by}
    complete = any(set(way) <= same_year for way in ways)
    draft.lay(FollowedUp(by=act.by, complete=complete, minutes=act.minutes), "record_follow_up")
    if not complete:
        waiting = [forum for forum in next(way for way in ways if act.by in way) if forum not in same_year]
        names = ", ".join(draft.context.rules.name_of(forum) for forum in waiting)
        draft.say(N_("The year's follow-up is not complete: it waits for {owed}."), owed=names)


def following_up(document: Document, context: Context, on: date) -> list[tuple[str, ...]]:
    """The forums whose follow-up counts on a day; of several lists each is enough, and all of it is needed.

    Those that answer for the document (X2, X12). A dormant one is stood in for by the forum its structure names. What
    officers decide is theirs to follow up also where its text was lifted to politics (X5).
    """
    organisation, rules = context.organisation, context.rules
    owned = owned_on(document.entry, organisation, rules, on)
    ways = [owned.forums] if owned.forums else []
    if owned.dormant:
        ways.append(owned.answering)
    if document.entry.lifted:
        structures = structures_until(organisation, on)
        sectors = sectors_of(document.entry, rules)
        ways.append(heirs(document.entry.preparing, structures, sectors, rules, organisation.parameters_on(on)))
    return [way for way in ways if way]


def _require_awake(draft: DocumentDraft, act: RecordFollowUp) -> None:
    """A dormant forum follows nothing up; one whose dormancy has an assumed day may have met after it (reading G1)."""
    organisation, name_of = draft.context.organisation, draft.context.rules.name_of
    status = organisation.forum_status_on(act.by, act.on)
    if status is None or act.by not in organisation.dormant_on(act.on):
        return
    if not status.assumed:
        missing = [Missing("forum_dormant", act.by)]
        raise ForumDormant(by=name_of(act.by), since=status.from_day, on=act.on, missing=missing)
    told = N_("{by} is held to be dormant (vilande) from {since}, a day no source gives: recorded as it was told.")
    draft.say(told, by=name_of(act.by), since=status.from_day)


def implement(draft: DocumentDraft, act: RecordImplementation) -> None:
    """The document is in use at the parties; what it asks of its follow-up is counted from then."""
    document = draft.document
    draft.may("record_implementation")
    if document.implemented_on is not None:
        draft.say(N_("It is recorded as in use since {on}: nothing was written."), on=document.implemented_on)
        return
    if document.follow_up.endswith("_after_successor"):
        told = N_("Recorded of the document that is to replace {document}: link it with «register supersede».")
        draft.say(told, document=document.id)
    else:
        draft.after_its_first_day(act.on)
    draft.lay(Implemented(), "record_implementation")


def begin_revision(draft: DocumentDraft, act: BeginRevision) -> None:
    """A case on the document is open."""
    if act.case not in draft.document.revising:
        draft.lay(RevisionBegun(case=act.case), "begin_revision")


def end_revision(draft: DocumentDraft, act: EndRevision) -> None:
    """The case on the document is over."""
    if act.case in draft.document.revising:
        draft.lay(RevisionEnded(case=act.case), "end_revision")


def revise(draft: DocumentDraft, act: RecordRevision) -> None:
    """The document was revised. The cycle of its revisions stays as it was (reading G37)."""
    draft.may("revise")
    draft.after_its_first_day(act.on)
    if act.on in draft.document.revised_on:
        draft.say(N_("A revision on {on} is already recorded: nothing was written."), on=act.on)
        return
    draft.lay(DocumentRevised(case=act.case, by=act.by, minutes=act.minutes), "revise")


def assess(draft: DocumentDraft, act: AssessDocument) -> None:
    """Whether the document is kept (rule X13). What is to end still ends by a case on its own route, or its term.

    Raises StatutoryProtected, and ValueInvalid when the same is said again.
    """
    document = draft.document
    draft.may("assess")
    if not act.keep:
        require_unprotected(document)
    if document.assessed is not None and document.assessed.keep == act.keep:
        raise ValueInvalid(field="--keep" if act.keep else "--end", why=N_("it is assessed so already."))
    draft.lay(DocumentAssessed(keep=act.keep, by=act.by, minutes=act.minutes), "assess")
    if not act.keep and document.state != "expired":
        draft.say(N_("It holds until a case on its own route ends it: open one with --document {id}."), id=document.id)
