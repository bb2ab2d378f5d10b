"""What is asked of documents, carried out on a plan: the engine writes it, and the audit holds the log to it."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from workflow.acts import Act
from workflow.errors import N_, Refusal, Remark
from workflow.register import acts
from workflow.register.plan import Plan
from workflow.register.spans import first_day

_DAY_STAYS = N_("{document} is replaced by {by} from {day}, another day than its first one was; that day stays.")
_OVER_ALREADY = N_("{document} was to hold until {of} is replaced, and is over already: nothing is recorded of it.")


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
            elif isinstance(act, acts.MoveDay):
                _move(plan, document_id, act, waiting)
            else:
                plan.act(document_id, act)
        except Refusal as refusal:
            _tell(plan, refusal)


def leads_on(act: Act) -> bool:
    """Whether an act on one document may bring about acts on others."""
    if isinstance(act, acts.MoveDay):
        return act.before is not None
    return isinstance(act, acts.Supersede) or (isinstance(act, acts.ChangeBinding) and not act.binds)


def replace_document(plan: Plan, document_id: str, act: acts.Supersede, waiting: Waiting) -> None:
    """One document takes the place of another; both sides are recorded, and what waited for it ends.

    What waited and is over already stops nothing. Raises what ``Supersede``, ``TakeOver`` and ``MeetEvent`` raise else.
    """
    before, successor = plan.document(document_id), plan.document(act.by)
    if act.of_case and (successor is None or first_day(successor) != act.from_day):
        # What the case was to lead to has been refused, and that has been told.
        return
    if before is None or not plan.act(document_id, act) or act.from_day is None:
        return
    if before.superseded is not None:
        # Only the day is another: what was taken over stands, and what had waited has ended already.
        for each in waiting.ended_by(act.by):
            _meet_anew(plan, each, act.on)
        return
    took_over = acts.TakeOver(on=act.on, of=document_id, follow_up=before.follow_up, statutory=before.statutory)
    plan.act(act.by, took_over)
    for each in waiting.for_one(document_id):
        held = plan.document(each)
        if held is not None and held.is_over:
            plan.remarks.append(Remark(_OVER_ALREADY, {"document": each, "of": document_id}))
            continue
        plan.act(each, acts.MeetEvent(on=act.on, of=document_id, by=act.by, from_day=act.from_day))


def _let_go(plan: Plan, successor: str, act: acts.ChangeBinding, waiting: Waiting) -> None:
    """What a document had replaced, and what had ended with that, stands again when it no longer binds anybody."""
    before = plan.document(successor)
    if before is None or not plan.act(successor, act) or not before.predecessors:
        return
    undo = acts.UndoOutcome(on=act.on, case=act.case, by=successor)
    for each in (*before.predecessors, *waiting.ended_by(successor), successor):
        plan.act(each, undo)


def _move(plan: Plan, document_id: str, act: acts.MoveDay, waiting: Waiting) -> None:
    """What a document born of the case had replaced from its first day on, it replaces from the one it has now.

    What somebody said another day for keeps that.
    """
    before = plan.document(document_id)
    if before is None or not plan.act(document_id, act) or before.case != act.case.ref or not leads_on(act):
        return
    for each in before.predecessors:
        replaced = plan.document(each)
        superseded = replaced.superseded if replaced is not None else None
        if superseded is None or superseded.by != document_id:
            continue
        if superseded.from_day == first_day(before):
            again = acts.Supersede(on=act.on, by=document_id, from_day=act.case.in_force_from, of_case=True)
            _act_or_tell(plan, each, again)
        elif each != act.case.document:
            said = {"document": each, "by": document_id, "day": superseded.from_day}
            plan.remarks.append(Remark(_DAY_STAYS, said))
    for each in waiting.ended_by(document_id):
        _meet_anew(plan, each, act.on)


def _meet_anew(plan: Plan, document_id: str, on: date) -> None:
    """What had waited ends as the document that it waited for does now."""
    ended = plan.document(document_id)
    met = ended.event_met if ended is not None else None
    replaced = plan.document(met.of) if met is not None else None
    superseded = replaced.superseded if replaced is not None else None
    if met is not None and superseded is not None and superseded.by == met.by:
        _act_or_tell(plan, document_id, acts.MeetEvent(on=on, of=met.of, by=met.by, from_day=superseded.from_day))


def _act_or_tell(plan: Plan, document_id: str, act: Act) -> None:
    try:
        plan.act(document_id, act)
    except Refusal as refusal:
        _tell(plan, refusal)


def _tell(plan: Plan, refusal: Refusal) -> None:
    """What one document refuses stops nothing else; it is told once, however often it was asked."""
    remark = Remark(refusal.template, refusal.values)
    if remark not in plan.remarks:
        plan.remarks.append(remark)
