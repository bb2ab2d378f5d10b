"""What the calendar alone brings about. The sweep asks for it as a person would ask for an act."""

from datetime import date

from workflow.acts import Check
from workflow.decide.draft import Draft
from workflow.events import FlagCleared, FlagRaised, Reminded, TookEffect
from workflow.facts import Letter
from workflow.flags import awaits_description, flags_on, reminders_due, undescribed_flag


def check(draft: Draft, act: Check) -> None:
    """Lays what is due on the date and not yet recorded: taking effect, reminders, flags. Nothing due, nothing laid."""
    case = draft.case
    if case.state in {"ratified", "decided"} and case.in_force_from is not None and case.in_force_from <= act.on:
        draft.lay(TookEffect(), case.in_force_from, "take_effect", {"effective": True})
    for party, set_for in reminders_due(draft.case, act.on).items():
        _remind(draft, party, set_for, act.on)
    _see_to_description(draft, act)
    raise_flags(draft, act.on)


def _see_to_description(draft: Draft, act: Check) -> None:
    """Says that the receiver of an uppdrag lacks its uppdragsbeskrivning, once; and that it does so no longer.

    A day before the one it was found on takes nothing away.
    """
    case = draft.case
    standing = [flag for flag in case.flags if flag.kind == "mandate_description_missing"]
    if act.undescribed is None:
        for flag in standing:
            if flag.due <= act.on:
                draft.lay(FlagCleared(flag=flag), act.on)
    elif not standing and awaits_description(case) and act.on >= case.opened_on:
        draft.lay(FlagRaised(flag=undescribed_flag(case.route, act.on, case.text.version)), act.on)


def raise_flags(draft: Draft, on: date) -> None:
    """Raises the flags there is reason for on the day and that do not stand."""
    raised = {flag.key for flag in draft.case.flags}
    for flag in flags_on(draft.case, on, draft.context.organisation):
        if flag.key not in raised:
            draft.lay(FlagRaised(flag=flag), on)


def letter_to(draft: Draft, party: str) -> Letter:
    """A letter to a party's mailbox as it is now, with a Message-ID made of what never changes.

    That is: the case, the party, the record that calls for the letter, and this log's own name.
    """
    case, organisation = draft.case, draft.context.organisation
    message_id = f"<{case.ref}.{party}.{case.version + 1}@{organisation.origin}>"
    return Letter(party=party, to=organisation.mailboxes[party], message_id=message_id)


def _remind(draft: Draft, party: str, set_for: date, on: date) -> None:
    answer_by = draft.case.answer_by
    if answer_by is not None:
        draft.lay(Reminded(letter=letter_to(draft, party), answer_by=answer_by, remind_on=set_for), on)
