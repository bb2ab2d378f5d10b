"""What is asked of documents, carried out on a plan: the engine writes it, and the audit holds the log to it."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from workflow.acts import Act
from workflow.errors import Refusal, Remark
from workflow.register import acts
from workflow.register.plan import Plan


class Waiting(Struct, frozen=True, kw_only=True):
    """Which documents hold until another is succeeded, in order: those that wait ``for_one``, and ``ended_by`` one.

    The first is asked for the document that is to be succeeded, the second for the successor.
    """

    for_one: Callable[[str], Iterable[str]]
    ended_by: Callable[[str], Iterable[str]]


def carry_out(plan: Plan, asked: Iterable[tuple[str, Act]], waiting: Waiting) -> None:
    """Plans what is asked, each with the document's id; what a document refuses is a remark, and stops nothing else.

    A document that is not in the register is passed over, unless it is to be entered.
    """
    for document_id, act in asked:
        if plan.document(document_id) is None and not isinstance(act, acts.EnterDocument):
            continue
        try:
            if isinstance(act, acts.Supersede):
                replace_document(plan, document_id, act, waiting)
            elif isinstance(act, acts.ChangeBinding) and not act.binds:
                _let_go(plan, document_id, act, waiting)
            else:
                plan.act(document_id, act)
        except Refusal as refusal:
            plan.remarks.append(Remark(refusal.template, refusal.values))


def leads_on(act: Act) -> bool:
    """Whether an act on one document may bring about acts on others."""
    return isinstance(act, acts.Supersede) or (isinstance(act, acts.ChangeBinding) and not act.binds)


def replace_document(plan: Plan, document_id: str, act: acts.Supersede, waiting: Waiting) -> None:
    """One document takes the place of another; both sides are recorded, and what waited for it ends.

    Raises what ``Supersede`` and ``MeetEvent`` raise.
    """
    before = plan.document(document_id)
    if before is None or not plan.act(document_id, act) or act.from_day is None:
        return
    took_over = acts.TakeOver(on=act.on, of=document_id, follow_up=before.follow_up, statutory=before.statutory)
    plan.act(act.by, took_over)
    for each in waiting.for_one(document_id):
        plan.act(each, acts.MeetEvent(on=act.on, of=document_id, by=act.by, from_day=act.from_day))


def _let_go(plan: Plan, successor: str, act: acts.ChangeBinding, waiting: Waiting) -> None:
    """What a document had replaced, and what had ended with that, stands again when it no longer binds anybody."""
    before = plan.document(successor)
    if before is None or not plan.act(successor, act) or not before.predecessors:
        return
    undo = acts.UndoOutcome(on=act.on, case=act.case, by=successor)
    for each in (*before.predecessors, *waiting.ended_by(successor), successor):
        plan.act(each, undo)
