"""The parties' answers, as they are reported back.

Source: 004 §5.2 Avtal och överenskommelser (rule X4); what it leaves open: readings G8, G10, G11, G13.
"""

from msgspec.structs import replace

from machines.table import table
from workflow.acts import CorrectAnswer, RecordAnswer
from workflow.bad_data import NotAParty, ValueInvalid
from workflow.case import Case, Standing
from workflow.decide.draft import Context, Draft, impossible, no_such_step, require_chart_event, require_not_in_future
from workflow.decide.opening import require_order
from workflow.decide.outcome import settle
from workflow.errors import N_, Missing, Remark
from workflow.events import AnswerRecorded
from workflow.ratification import CHART_EVENT
from workflow.refusals import AlreadyAnswered, NotDispatched, TextVersionOutdated


def record_answer(draft: Draft, act: RecordAnswer) -> None:
    """A party's decision. The same again adds nothing; a different one needs a rättelse or a later decision.

    Raises NotAParty, NotDispatched, TextVersionOutdated, DateBeforePreviousStep, DateInFuture, AlreadyAnswered, and
    ValueInvalid for a text version that is not there or a next meeting that cannot be.
    """
    standing = _asked(draft, act)
    event = _event(draft.case, act, standing)
    if _nothing_new(draft, standing, event):
        return
    if standing.answer is not None:
        later = act.on > standing.answer.decided_on
        target = _party_step(standing, act, later=later)
        if target is None:
            raise AlreadyAnswered(
                party=draft.context.rules.name_of(act.party),
                answer=standing.answer.answer,
                on=standing.answer.decided_on,
                missing=[Missing("already_answered", act.party)],
            )
        require_order(act.on, standing.answer.decided_on, "answer")
    else:
        target = _party_step(standing, act, later=False)
    _lay(draft, event, target)


def correct_answer(draft: Draft, act: CorrectAnswer) -> None:
    """A rättelse: both answers stay in the history, the later record counts.

    Raises StepNotPossible where nothing is recorded that could be corrected, else as ``record_answer``.
    """
    standing = _asked(draft, act)
    if standing.answer is None:
        raise impossible(draft.case, N_("no answer of this party is recorded."))
    event = _event(draft.case, act, standing)
    if not _nothing_new(draft, standing, event):
        _lay(draft, event, _party_step(standing, act, later=False))


def _asked(draft: Draft, act: RecordAnswer) -> Standing:
    """Where the party stands, once it is certain that this party was asked about this text before the decision."""
    case = draft.case
    name_of = draft.context.rules.name_of
    if act.party not in case.parties:
        raise NotAParty(name=name_of(act.party), what=case.ref, known=", ".join(case.parties))
    if act.text_version is not None:
        _require_current_text(case, act.text_version)
    if case.dispatched is None or case.dispatched_on is None:
        missing = [Missing("not_dispatched", case.route.report_to)]
        raise NotDispatched(ref=case.ref, party=name_of(act.party), missing=missing)
    require_chart_event(case, "record_answer")
    require_order(act.on, case.dispatched_on, "dispatch")
    _require_dates(act, draft.context)
    return case.parties[act.party]


def _require_current_text(case: Case, version: int) -> None:
    if version < case.text.version:
        raise TextVersionOutdated(given=version, current=case.text.version)
    if version > case.text.version:
        why = N_("there is no version {given}; the current one is {current}.")
        raise ValueInvalid(field="--text-version", why=why, given=version, current=case.text.version)


def _require_dates(act: RecordAnswer, context: Context) -> None:
    if act.reported is not None:
        require_not_in_future(act.reported, context)
        require_order(act.reported, act.on, "answer")
    if act.next_meeting is not None:
        if act.answer not in {"adjourned", "remitted"}:
            raise ValueInvalid(field="--next-meeting", why=N_("only an adjourned or remitted matter has one."))
        if act.next_meeting <= act.on:
            raise ValueInvalid(field="--next-meeting", why=N_("it must be later than {on}."), on=act.on)


def _event(case: Case, act: RecordAnswer, standing: Standing) -> AnswerRecorded:
    return AnswerRecorded(
        party=act.party,
        answer=act.answer,
        party_state=standing.state,
        text_version=case.text.version,
        decided_on=act.on,
        reported_on=act.reported or act.on,
        organ=act.organ,
        minutes=act.minutes,
        reason=act.reason,
        next_meeting=act.next_meeting,
        late=case.answer_by is not None and act.on > case.answer_by,
        corrects=act.corrects,
    )


def _nothing_new(draft: Draft, standing: Standing, event: AnswerRecorded) -> bool:
    """Whether the answer that stands says the same; said aloud, since nothing is written."""
    before = standing.answer
    if before is None:
        return False
    # What counts is what the party decided: not whether it is called a rättelse, nor the reason for one.
    same_reason = before.reason if event.corrects else event.reason
    told = replace(
        event, party_state=before.party_state, late=before.late, corrects=before.corrects, reason=same_reason
    )
    if told != before:
        return False
    draft.remarks.append(
        Remark(
            N_("{party} is already recorded with that answer: nothing was written."),
            {"party": draft.context.rules.name_of(event.party)},
        )
    )
    return True


def _party_step(standing: Standing, act: RecordAnswer, *, later: bool) -> str | None:
    facts = {"correction": act.corrects, "later": later}
    return table("ratification").step(standing.state, CHART_EVENT[act.answer], facts)


def _lay(draft: Draft, event: AnswerRecorded, target: str | None) -> None:
    if target is None:
        raise no_such_step(draft.case)
    draft.lay(replace(event, party_state=target), event.decided_on, "record_answer")
    settle(draft, event.decided_on)
