"""Which function decides which act."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from workflow import acts
from workflow.bad_data import UnknownCase
from workflow.case import Case
from workflow.decide import (
    actors,
    answers,
    calendar,
    dispatch,
    ending,
    forums,
    letters,
    opening,
    organisation,
    particulars,
    rule_sets,
    steps_taken,
)
from workflow.decide.change_of_structure import follow_structure
from workflow.decide.draft import Context, Draft, Drafted, require_not_in_future
from workflow.decide.permitted import require_permitted
from workflow.errors import Remark


class Decision(Struct, frozen=True, kw_only=True):
    """The events an act leads to, and what should be said about it. No events: there was nothing to record.

    ``case`` is the case as it stands with them; None for an opening, and for an act on the organisation.
    """

    drafted: tuple[Drafted, ...]
    remarks: tuple[Remark, ...] = ()
    case: Case | None = None


def decide(case: Case | None, act: acts.Act, context: Context) -> Decision:
    """The events ``act`` leads to. ``case`` is None only for opening.

    Raises a Refusal, and then nothing has happened.
    """
    require_permitted(case, act, context)
    if isinstance(act, acts.Open):
        drafted = opening.open_case(act, context)
        return Decision(drafted=drafted, remarks=tuple(particulars.remarks_on(act, context.rules)))
    if case is None:
        raise UnknownCase(ref="–")
    require_not_in_future(act.on, context)
    draft = Draft(case, context)
    follow_structure(draft, act)
    _DECIDE[type(act)](draft, act)
    drafted = draft.close(act.on)
    return Decision(drafted=drafted, remarks=tuple(draft.remarks), case=draft.case)


def decide_organisation(act: acts.Act, context: Context) -> Decision:
    """The events an act on the organisation leads to. Raises a Refusal, and then nothing has happened."""
    require_permitted(None, act, context)
    return Decision(drafted=_DECIDE_ORGANISATION[type(act)](act, context))


_DECIDE: dict[type[acts.Act], Callable[[Draft, Any], None]] = {
    acts.Prepare: steps_taken.prepare,
    acts.Recommend: steps_taken.recommend,
    acts.Decide: steps_taken.decide_finally,
    acts.Anchor: steps_taken.anchor,
    acts.Return: forums.send_back,
    acts.Postpone: forums.put_off,
    acts.Lift: forums.lift,
    acts.Override: forums.override,
    acts.ChangeEffect: forums.change_effect,
    acts.Dispatch: dispatch.dispatch,
    acts.NoteSent: letters.note,
    acts.NoteUndeliverable: letters.note,
    acts.SendAgain: letters.note,
    acts.DropLetter: letters.note,
    acts.ChangeAnswerBy: dispatch.change_answer_by,
    acts.RecordAnswer: answers.record_answer,
    acts.CorrectAnswer: answers.correct_answer,
    acts.Revise: ending.revise,
    acts.Withdraw: ending.withdraw,
    acts.Close: ending.close,
    acts.RecordSpread: ending.record_spread,
    acts.ReportBack: forums.report_back,
    acts.Check: calendar.check,
}

_DECIDE_ORGANISATION: dict[type[acts.Act], Callable[[Any, Context], tuple[Drafted, ...]]] = {
    acts.Initialise: organisation.initialise,
    acts.SetMailbox: organisation.set_mailbox,
    acts.AdoptStructure: organisation.adopt_structure,
    acts.SayParameter: organisation.say_parameter,
    acts.SetForumStatus: organisation.set_forum_status,
    acts.ImportRules: rule_sets.import_rules,
    acts.AdmitActor: actors.admit,
    acts.RemoveActor: actors.remove,
}
