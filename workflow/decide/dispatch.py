"""Sending to the parties' mailboxes, and the time they have to answer.

Source: 004 §5.2 Avtal och överenskommelser (rules X3, X4); what it leaves open: reading G7.
"""

from datetime import date, timedelta

from workflow.acts import ChangeAnswerBy, Dispatch
from workflow.bad_data import ValueInvalid
from workflow.dates import next_working_day
from workflow.decide.calendar import letter_to
from workflow.decide.draft import Context, Draft, impossible, require_chart_event
from workflow.decide.opening import require_order
from workflow.errors import N_, Missing
from workflow.events import AnswerByChanged, Dispatched
from workflow.facts import Deadline, Recommendation
from workflow.flags import parties_owing
from workflow.refusals import (
    MailboxMissing,
    NotDispatched,
    NotRecommended,
    PoliticalRecommendationMissing,
)
from workflow.steps import FORUMS_AT_WORK, builds_on


def dispatch(draft: Draft, act: Dispatch) -> None:
    """One letter to each party's mailbox, for a recommendation of the current text version by every forum.

    Raises NotRecommended, PoliticalRecommendationMissing, MailboxMissing (nothing is sent to anyone), and
    ValueInvalid for a day to answer by that is not after the dispatch.
    """
    case, context = draft.case, draft.context
    if not case.route.ratify:
        raise NotRecommended(ref=case.ref)
    if case.state in FORUMS_AT_WORK and case.dispatched is None:
        _require_recommended(draft)
    require_chart_event(case, "send_out")
    require_order(act.on, *builds_on(case, None))
    without = tuple(party for party in case.parties if party not in context.organisation.mailboxes)
    if without:
        owed = ", ".join(context.rules.name_of(party) for party in without)
        raise MailboxMissing(owed=owed, missing=[Missing("mailbox_missing", party) for party in without])
    deadline = deadline_from(act.answer_by or default_answer_by(act.on, context), act.on, context, "--answer-by")
    draft.lay(
        Dispatched(
            text=case.text,
            deadline=deadline,
            letters=tuple(letter_to(draft, party) for party in case.parties),
            recommended=tuple(
                Recommendation(forum=forum, on=done.on, minutes=done.minutes)
                for forum, done in case.done["political"].items()
            ),
            languages=act.languages,
            checkpoint=act.checkpoint,
        ),
        act.on,
        "send_out",
    )


def _require_recommended(draft: Draft) -> None:
    case = draft.case
    missing = tuple(Missing("political_recommendation_missing", forum) for forum in case.bodies_owed("political"))
    owed = ", ".join(draft.context.rules.name_of(each.by) for each in missing if each.by)
    raise PoliticalRecommendationMissing(version=case.text.version, owed=owed, missing=missing)


def default_answer_by(on: date, context: Context) -> date:
    """The dispatch date and the rule's days, rolled forward to the next working day (reading G7)."""
    times = context.rules.county.ratification
    return next_working_day(on + timedelta(days=times.answer_days), times.closed_days)


def deadline_from(answer_by: date, on: date, context: Context, field: str) -> Deadline:
    """The day to answer by and the days counted from it, set on ``on``; a reminder day that is not after it is none.

    Raises ValueInvalid, naming ``field``, for a day that is not after ``on``.
    """
    if answer_by <= on:
        raise ValueInvalid(field=field, why=N_("it must be later than {on}."), on=on)
    times = context.rules.county.ratification
    reminders = sorted(answer_by - timedelta(days=days) for days in times.reminder_days)
    return Deadline(
        answer_by=answer_by,
        remind_on=tuple(day for day in reminders if day > on),
        escalate_on=answer_by + timedelta(days=times.escalation_days),
        escalate_to=times.escalate_to,
    )


def change_answer_by(draft: Draft, act: ChangeAnswerBy) -> None:
    """Moves the day to answer by, with a reason.

    Raises NotDispatched, ValueInvalid for a day that is no later than the act, and StepNotPossible when no party owes
    an answer or the day is that already.
    """
    case = draft.case
    if case.dispatched is None:
        missing = [Missing("not_dispatched", case.route.report_to)]
        raise NotDispatched(ref=case.ref, party=N_("the parties"), missing=missing)
    require_chart_event(case, "change_answer_by")
    require_order(act.on, case.dispatched_on or act.on, "dispatch")
    deadline = deadline_from(act.answer_by, act.on, draft.context, "--date")
    if not parties_owing(case):
        raise impossible(case, N_("no party owes an answer."))
    if act.answer_by == case.answer_by:
        raise impossible(case, N_("the day to answer by is that day already."))
    draft.lay(AnswerByChanged(deadline=deadline, reason=act.reason), act.on, "change_answer_by")
