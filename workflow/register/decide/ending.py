"""What gives a document a later end, and what ends it: extension, notice, a successor, its event, a decision.

Source: 004 Bilaga 1 row 9 (notice), rows 3, 4, 7, 8 (extension), row 26 (an event); readings G32 to G35; 004 §3.1
(a document the law demands is not ended without a successor).
"""

from datetime import timedelta
from typing import Any

from workflow.bad_data import NotAParty, PartyHasLeft, ValidityInvalid, ValueInvalid
from workflow.decide.draft import require_not_in_future
from workflow.errors import N_, Missing
from workflow.refusals import ExtensionNeedsRoute, NoticeRuleMissing, StatutoryProtected
from workflow.register.acts import (
    ChangeBinding,
    ExtendTerm,
    GiveNotice,
    MeetEvent,
    Supersede,
    TakeOver,
    TerminateDocument,
    UndoOutcome,
)
from workflow.register.decide.draft import DocumentDraft, impossible
from workflow.register.decide.letters import raise_flags, telling_all
from workflow.register.document import Document, undone
from workflow.register.events import (
    DocumentSuperseded,
    EffectChanged,
    EventMet,
    NoticeReceived,
    OutcomeUndone,
    TermExtended,
    TerminationDecided,
    TookOver,
)
from workflow.register.spans import ends_upon_notice, first_day, last_day, remaining_parties, stop

_DAY = timedelta(days=1)


def extend(draft: DocumentDraft, act: ExtendTerm) -> None:
    """A later last day, by a case on the document's own route that is recommended and ratified, or decided.

    Raises ExtensionNeedsRoute without such a case, StepNotPossible for a document that has no last day or has been
    ended, ValidityInvalid for a case that gives no later one.
    """
    document = draft.document
    case = act.case
    if case is None or case.document != document.id or case.owed:
        owed = case.owed if case is not None and case.document == document.id else ()
        missing = [Missing(each.code, each.by) for each in owed] or [
            Missing("extension_needs_route", owner) for owner in document.owners
        ]
        raise ExtensionNeedsRoute(document=document.id, missing=missing)
    if any(each.case == case.ref for each in document.extensions):
        if not act.of_case:
            told = N_("{document} is already extended by {case}: nothing was written.")
            draft.say(told, document=document.id, case=case.ref)
        return
    ends = last_day(document)
    if document.validity.kind != "fixed" or ends is None or stop(document) is not None:
        raise impossible(document, N_("only a document with a last day of its own can be extended."))
    draft.may("extend")
    if case.valid_to is None or case.valid_to <= ends:
        why = N_("{case} gives no last day later than {ends}.")
        raise ValidityInvalid(why=why, case=case.ref, ends=ends)
    from_day = max(ends + _DAY, case.in_force_from or draft.on)
    if from_day > case.valid_to:
        raise ValidityInvalid(why=N_("{case} takes effect after its own last day."), case=case.ref)
    draft.lay(TermExtended(case=case.ref, from_day=from_day, until=case.valid_to), "extend")


def give_notice(draft: DocumentDraft, act: GiveNotice) -> None:
    """A party's notice; the day it was received counts, and one that comes too late counts for the next term.

    Every party is told by letter. It stands whether or not all of them have a mailbox: the day it was received counts.

    Raises NotAParty, DateInFuture, NoticeRuleMissing, DateBeforePreviousStep, ValueInvalid for one received after the
    day of the record, StepNotPossible for a document that is over by then.
    """
    document = draft.document
    rule = document.validity.notice
    name_of = draft.context.rules.name_of
    require_not_in_future(act.received, draft.context)
    if act.received > draft.on:
        raise ValueInvalid(field="--received", why=N_("it is later than {on}, the day of the record."), on=draft.on)
    bound = remaining_parties(document, act.received)
    if act.party not in bound:
        refusal = PartyHasLeft if act.party in document.parties else NotAParty
        raise refusal(name=name_of(act.party), what=document.id, known=", ".join(bound) or "–")
    if rule is None:
        missing = [Missing("notice_rule_missing", document.id)]
        raise NoticeRuleMissing(document=document.id, missing=missing)
    draft.after_its_first_day(act.received)
    scope = act.scope or rule.scope
    if _has_given(draft, act, scope):
        return
    found = ends_upon_notice(document, act.received)
    if found is None:
        raise impossible(
            document, N_("it was under no term on {received} that notice could end."), received=act.received
        )
    ends, late = found
    event = NoticeReceived(party=act.party, received=act.received, scope=scope, ends_on=ends, late=late)
    draft.lay(telling_all(draft, act, event), "give_notice")
    _say_until_when(draft, event)
    raise_flags(draft)


def _say_until_when(draft: DocumentDraft, notice: NoticeReceived) -> None:
    """Which term the notice counts for, where that is another than one would think, or where it ends nothing."""
    last = last_day(draft.document)
    said: dict[str, Any] = {"year": notice.received.year, "ends": notice.ends_on, "last": last}
    ends_nothing = last is not None and last < notice.ends_on
    if notice.late and ends_nothing:
        told = N_(
            "Too late for {year}. The next term ends on {ends}, and the document before that: its last day is {last}."
        )
        draft.say(told, **said)
    elif notice.late:
        draft.say(N_("Too late for {year}: it counts for the next term, which ends on {ends}."), **said)
    elif ends_nothing:
        told = N_(
            "The notice counts for the term that ends on {ends}, and the document ends before: its last day is {last}."
        )
        draft.say(told, **said)


def _has_given(draft: DocumentDraft, act: GiveNotice, scope: str) -> bool:
    """Whether the party has given this notice already; said aloud, since nothing is written."""
    standing = [each for each in draft.document.notices if each.party == act.party]
    if not any((each.received, each.scope) == (act.received, scope) for each in standing):
        return False
    told = N_("The notice of {party}, received {received}, is already recorded: nothing was written.")
    draft.say(told, party=draft.context.rules.name_of(act.party), received=act.received)
    return True


def supersede(draft: DocumentDraft, act: Supersede) -> None:
    """Another document takes its place from its first day; said again by the case behind that one, from another.

    Raises ValueInvalid for a document that would succeed itself, or whose first day nobody knows; ValidityInvalid for
    one that begins no later; StepNotPossible when another has taken its place already.
    """
    document = draft.document
    again = document.superseded is not None and document.superseded.by == act.by
    if again and not act.of_case:
        draft.say(N_("{document} is already replaced by {by}: nothing was written."), document=document.id, by=act.by)
        return
    if document.superseded is not None and not again:
        raise impossible(document, N_("it is replaced by {by} already."), by=document.superseded.by)
    if act.by == document.id or document.id in act.line:
        raise ValueInvalid(field="--by", why=N_("a document cannot take its own place."))
    if act.from_day is None:
        raise ValueInvalid(field="--by", why=N_("the first day of {by} is not known; confirm it first."), by=act.by)
    start = first_day(document)
    if start is not None and act.from_day <= start:
        why = N_("{by} begins on {from_day}, not after {document} did.")
        raise ValidityInvalid(why=why, by=act.by, from_day=act.from_day, document=document.id)
    if document.superseded is None:
        draft.lay(DocumentSuperseded(by=act.by, from_day=act.from_day), "supersede")
    elif document.superseded.from_day != act.from_day:
        draft.lay(DocumentSuperseded(by=act.by, from_day=act.from_day, moved=True), "put_right")


def take_over(draft: DocumentDraft, act: TakeOver) -> None:
    """The other side: what the successor takes over of the document it replaces."""
    if act.of not in draft.document.predecessors:
        draft.lay(TookOver(of=act.of, follow_up=act.follow_up, statutory=act.statutory), "take_over")


def meet_event(draft: DocumentDraft, act: MeetEvent) -> None:
    """What the document was to hold until has happened; its last day is the one before (row 26).

    Raises StepNotPossible for a document that waits for no event, or for another one.
    """
    validity = draft.document.validity
    if validity.kind != "until_event" or validity.ends_with not in {None, act.of}:
        raise impossible(draft.document, N_("it does not wait for the successor of {of}."), of=act.of)
    last, met = act.from_day - _DAY, draft.document.event_met
    if met is None:
        draft.lay(EventMet(of=act.of, by=act.by, last_day=last), "meet_its_event")
    elif (met.of, met.by) == (act.of, act.by) and met.last_day != last:
        draft.lay(EventMet(of=act.of, by=act.by, last_day=last, moved=True), "put_right")


def terminate(draft: DocumentDraft, act: TerminateDocument) -> None:
    """A case on its own route ends it, with the case's last day, or the day before the case takes effect.

    Raises ExtensionNeedsRoute without such a case, StatutoryProtected where the law demands a document.
    """
    document = draft.document
    if act.case.document != document.id or act.case.owed:
        missing = [Missing(each.code, each.by) for each in act.case.owed]
        raise ExtensionNeedsRoute(document=document.id, missing=missing)
    require_unprotected(document)
    draft.may("terminate")
    last = act.case.valid_to or (act.case.in_force_from or draft.on) - _DAY
    draft.lay(TerminationDecided(case=act.case.ref, last_day=last), "terminate")


def change_binding(draft: DocumentDraft, act: ChangeBinding) -> None:
    """The case the document was born of binds nobody any more, or does again."""
    if draft.document.suspended is act.binds:
        draft.lay(EffectChanged(case=act.case, binds=act.binds), "change_binding")


def undo(draft: DocumentDraft, act: UndoOutcome) -> None:
    """What a case had led to for the document is taken back; where it had led to nothing, nothing is."""
    document = draft.document
    if not undone(document, act.case, act.by):
        return
    draft.lay(OutcomeUndone(case=act.case, by=act.by), "put_right")
    if act.by == document.id:
        return
    told = N_(
        "{document} stands again as it did before {case}. What was recorded by hand on the ground of {case}, with "
        "«register extend» or «register supersede», must be recorded anew should it bind again."
    )
    draft.say(told, document=document.id, case=act.case)


def require_unprotected(document: Document) -> None:
    """Raises StatutoryProtected for a document the law demands that nothing takes the place of (004 §3.1)."""
    if document.statutory != "no" and document.superseded is None:
        missing = [Missing("successor_unknown", owner) for owner in document.owners or (document.id,)]
        raise StatutoryProtected(document=document.id, missing=missing)
