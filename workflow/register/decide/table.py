"""Which function decides which act on a document."""

from collections.abc import Callable
from typing import Any, get_args

from workflow.acts import Act, LetterAct
from workflow.bad_data import UnknownDocument
from workflow.decide.draft import Context, require_not_in_future
from workflow.decide.permitted import require_permitted
from workflow.decide.table import Decision
from workflow.errors import N_, Missing
from workflow.refusals import DocumentIncomplete
from workflow.register import acts
from workflow.register.decide import caring, checking, ending, entering, letters, moving
from workflow.register.decide.draft import DocumentDraft
from workflow.register.document import Document
from workflow.register.standing import is_incomplete
from workflow.rulebook import Rulebook

#: What can be done for a document nobody knows the term of: say it, and what others bring about.
_WITHOUT_TERM = (
    acts.ConfirmTerm,
    acts.CheckDocument,
    acts.BeginRevision,
    acts.EndRevision,
    acts.TakeOver,
    acts.UndoOutcome,
    acts.MoveDay,
)


class DocumentEntryIncomplete(DocumentIncomplete):
    """The document's entry leaves open what a step needs: none before somebody has said it."""

    template = N_("The entry of {document} is incomplete: nothing can be done with it before somebody completes it.")
    remedy = N_("Say what it lacks: «register confirm {document} {options}».")


def decide_document(document: Document | None, act: Act, context: Context) -> Decision:
    """The events ``act`` leads to. ``document`` is None before its entry; entered again, nothing comes of it.

    Raises a Refusal, and then nothing has happened.
    """
    require_permitted(None, act, context)
    if isinstance(act, acts.EnterDocument):
        return Decision(drafted=() if document is not None else entering.enter(act, context))
    if document is None:
        raise UnknownDocument(document="–")
    require_not_in_future(act.on, context)
    if is_incomplete(document) and not isinstance(act, _WITHOUT_TERM):
        _raise_incomplete(document, context.rules)
    draft = DocumentDraft(document, context, act.on)
    if not isinstance(act, acts.CheckDocument):
        draft.let_time_pass()
    passed = len(draft.drafted)
    _DECIDE[type(act)](draft, act)
    if len(draft.drafted) == passed and not isinstance(act, acts.CheckDocument):
        return Decision(drafted=(), remarks=tuple(draft.remarks))
    drafted = draft.close() if not isinstance(act, acts.CheckDocument) else tuple(draft.drafted)
    return Decision(drafted=drafted, remarks=tuple(draft.remarks))


def _raise_incomplete(document: Document, rules: Rulebook) -> None:
    kind, entry = rules.type_named(document.entry.type), document.entry
    lacking = {
        "validity_unknown": document.validity.kind == "unknown",
        "group_required": kind.group == "required" and entry.group is None,
        "level_required": kind.level == "required" and entry.level is None,
        "forum_unknown": not document.owners,
    }
    codes = [code for code, lacks in lacking.items() if lacks] or ["document_incomplete"]
    options = " ".join(_SAID_WITH[code] for code in codes)
    missing = [Missing(code, document.id) for code in codes]
    raise DocumentEntryIncomplete(document=document.id, options=options, missing=missing)


#: What an entry may lack, and how «register confirm» says it. One that only leaves a question open takes any answer.
_SAID_WITH = {
    "validity_unknown": "--valid-to DATE|--open-ended",
    "group_required": "--group GROUP",
    "level_required": "--level political|officers",
    "forum_unknown": "--forum FORUM",
    "document_incomplete": "--follow-up yearly|none",
}


_DECIDE: dict[type[Act], Callable[[DocumentDraft, Any], None]] = {
    acts.ConfirmTerm: entering.confirm,
    acts.ExtendTerm: ending.extend,
    acts.GiveNotice: ending.give_notice,
    acts.Supersede: ending.supersede,
    acts.TakeOver: ending.take_over,
    acts.MeetEvent: ending.meet_event,
    acts.TerminateDocument: ending.terminate,
    acts.ChangeBinding: ending.change_binding,
    acts.UndoOutcome: ending.undo,
    acts.MoveDay: moving.move,
    acts.RecordFollowUp: caring.follow_up,
    acts.RecordImplementation: caring.implement,
    acts.BeginRevision: caring.begin_revision,
    acts.EndRevision: caring.end_revision,
    acts.RecordRevision: caring.revise,
    acts.AssessDocument: caring.assess,
    acts.CheckDocument: checking.check,
    **dict.fromkeys(get_args(LetterAct), letters.note),
}
