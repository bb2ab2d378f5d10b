"""What is asked of documents, carried out on a plan: the engine writes it, and the audit holds the log to it."""

from collections.abc import Callable, Iterable

from workflow.acts import Act
from workflow.errors import Refusal, Remark
from workflow.register import acts
from workflow.register.plan import Plan

#: The documents that hold until the one named is succeeded, in order.
Awaiting = Callable[[str], Iterable[str]]


def carry_out(plan: Plan, asked: Iterable[tuple[str, Act]], awaiting: Awaiting) -> None:
    """Plans what is asked, each with the document's id; what a document refuses is a remark, and stops nothing else.

    A document that is not in the register is passed over, unless it is to be entered.
    """
    for document_id, act in asked:
        if plan.document(document_id) is None and not isinstance(act, acts.EnterDocument):
            continue
        try:
            if isinstance(act, acts.Supersede):
                replace_document(plan, document_id, act, awaiting)
            else:
                plan.act(document_id, act)
        except Refusal as refusal:
            plan.remarks.append(Remark(refusal.template, refusal.values))


def replace_document(plan: Plan, document_id: str, act: acts.Supersede, awaiting: Awaiting) -> None:
    """One document takes the place of another; both sides are recorded, and what waited for it ends.

    Raises what ``Supersede`` and ``MeetEvent`` raise.
    """
    before = plan.document(document_id)
    if before is None or not plan.act(document_id, act) or act.from_day is None:
        return
    took_over = acts.TakeOver(on=act.on, of=document_id, follow_up=before.follow_up, statutory=before.statutory)
    plan.act(act.by, took_over)
    for waiting in awaiting(document_id):
        plan.act(waiting, acts.MeetEvent(on=act.on, of=document_id, by=act.by, from_day=act.from_day))
