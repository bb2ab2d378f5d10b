"""What the calendar alone brings about. The sweep asks for it as a person would ask for an act."""

from workflow.acts import Check
from workflow.decide.draft import Draft
from workflow.events import FlagRaised, TookEffect
from workflow.flags import flags_on


def check(draft: Draft, act: Check) -> None:
    """Lays what is due on the date and not yet recorded: taking effect, and flags. Nothing due, nothing laid."""
    case = draft.case
    if case.state in {"ratified", "decided"} and case.in_force_from is not None and case.in_force_from <= act.on:
        draft.lay(TookEffect(), case.in_force_from, "take_effect", {"effective": True})
    raised = {flag.key for flag in case.flags}
    for flag in flags_on(draft.case, act.on):
        if flag.key not in raised:
            draft.lay(FlagRaised(flag=flag), act.on)
