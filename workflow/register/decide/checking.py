"""What the calendar, and a change of structure, bring about for a document. The sweep asks for it."""

from workflow.ownership import Owned, owned_on
from workflow.register.acts import CheckDocument
from workflow.register.decide.draft import DocumentDraft
from workflow.register.decide.entering import assess_from
from workflow.register.events import DocumentFlagCleared, DocumentFlagRaised, HandedDown
from workflow.register.flags import flags_on
from workflow.register.standing import is_beyond
from workflow.standing_in import in_place, stand_ins


def check(draft: DocumentDraft, act: CheckDocument) -> None:
    """Lays what has come by the day: another structure, another state, flags. Nothing due, nothing laid.

    A day before that of the last check, or of the last thing recorded, is passed over: what was found or said later
    would otherwise be taken back.
    """
    if is_beyond(draft.document, act.on):
        return
    _hand_down(draft, act)
    draft.let_time_pass()
    wanted = flags_on(draft.document, act.on)
    for flag in draft.document.flags:
        if flag not in wanted:
            draft.lay(DocumentFlagCleared(flag=flag))
    standing = draft.document.flags
    for flag in wanted:
        if flag not in standing:
            draft.lay(DocumentFlagRaised(flag=flag))


def _hand_down(draft: DocumentDraft, act: CheckDocument) -> None:
    """Others answer for it: under another structure (rules X10, X12), or while its forum is dormant (reading G6).

    No document goes back to an earlier structure.
    """
    context, document = draft.context, draft.document
    structure = context.organisation.structure_on(act.on)
    starts = {entry.structure: entry.from_day for entry in context.organisation.calendar}
    if structure is None or (document.structure in starts and starts[structure] < starts[document.structure]):
        return
    owned = owned_on(document.entry, context.organisation, context.rules, act.on)
    if structure == document.structure and not _others_answer(draft, structure, owned):
        return
    event = HandedDown(
        structure=structure,
        owners=owned.answering,
        assess_from=assess_from(document.validity.start, context, act.on),
    )
    draft.lay(event, "hand_down")


def _others_answer(draft: DocumentDraft, structure: str, owned: Owned) -> bool:
    """Whether a forum that owns it has fallen dormant, or is active again, since it was said who answers for it."""
    owners = draft.document.owners
    if owned.answering == owners:
        return False
    in_force = draft.context.rules.structure(structure)
    meanwhile = in_place(owned.forums, stand_ins(in_force, {forum.id for forum in in_force.forum}))
    # Nobody else may have been said since: whoever answered for it was one of those, or was left out while dormant.
    return {*owners} <= {*owned.forums, *meanwhile}
