"""Who must do what now: the worklist of a case. Every case that is not over is on at least one.

Source: 004 §6.3 Samverkansledare («säkerställa att processer går framåt»).
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from workflow.case import Case
from workflow.flags import parties_owing
from workflow.steps import current_step

DutyStep = Literal[
    "prepare",
    "anchor",
    "recommend",
    "decide",
    "report",
    "dispatch",
    "answer",
    "revise_or_close",
    "follow_up_recommendations",
    "take_effect",
    "spread",
]


class Duty(Struct, frozen=True, kw_only=True):
    """One thing one body must do, and by when, where a day is set."""

    body: str
    step: DutyStep
    due: date | None = None


def duties(case: Case) -> tuple[Duty, ...]:
    """Everything ``case`` waits for, each with the body that owes it."""
    return (
        *_forums(case),
        *_anchoring(case),
        *_secretary(case),
        *_parties(case),
        *_escalated(case),
        *_spreading(case),
    )


def waiting_for(case: Case, owed: Sequence[Duty] | None = None) -> tuple[str, ...]:
    """The bodies the case's own course waits for, each once: anchoring and spreading that bar nothing are left out.

    ``owed``: its duties, for whoever has them already.
    """
    barring, beside = set(case.bodies_owed("anchoring")), {"spread", "anchor", "follow_up_recommendations"}
    found = duties(case) if owed is None else owed
    bodies = [duty.body for duty in found if duty.step not in beside or duty.body in barring]
    return tuple(dict.fromkeys(bodies))


def _forums(case: Case) -> tuple[Duty, ...]:
    if case.route.stages:
        return _stage(case)
    step = current_step(case)
    if step is None:
        return ()
    verb: dict[str, DutyStep] = {"prepare": "prepare", "decide": "decide"}
    return tuple(
        Duty(body=body, step=verb.get(step, "recommend"), due=_due(case, body)) for body in case.bodies_owed(step)
    )


def _due(case: Case, body: str) -> date | None:
    """When a forum's step is due: at the meeting it was put off to, and never after the day the auditors set.

    The day of an uppdrag is that of its report and not of what is decided before it is given.
    """
    return min((day for day in (case.postponed.get(body), case.audit_due) if day is not None), default=None)


def _stage(case: Case) -> tuple[Duty, ...]:
    """The next decision of a matter decided in stages; one that waits for the structure waits for its day."""
    stage = next(iter(case.stages_left), None)
    if stage is None or case.is_over:
        return ()
    owed = [body for body in stage.by if body not in case.done["decide"]]
    due = case.opened.particulars.in_force if stage.in_new_structure else None
    return tuple(Duty(body=body, step="decide", due=case.postponed.get(body, due)) for body in owed)


def _anchoring(case: Case) -> tuple[Duty, ...]:
    """Networks to be anchored in before the decision, or beside the recommendation (rules X6, X7)."""
    if case.state not in {"initiated", "prepared", "recommended_by_leadership"}:
        return ()
    networks = (*case.route.anchoring, *case.route.anchoring_duty)
    return tuple(Duty(body=network, step="anchor") for network in networks if network not in case.done["anchoring"])


def _secretary(case: Case) -> tuple[Duty, ...]:
    """What the secretary of the forum the parties report to sees to (reading G6)."""
    body = case.route.report_to or case.opened_by
    if case.state == "recommended_by_political_forum":
        return (Duty(body=body, step="dispatch"),)
    if case.state in {"ratified", "decided"} and not case.is_over and not case.route.stages:
        return (Duty(body=body, step="take_effect", due=case.in_force_from),)
    if case.state == "not_ratified":
        forums = case.route.political
        return tuple(Duty(body=forum, step="revise_or_close", due=case.postponed.get(forum)) for forum in forums)
    if case.chart == "assignment" and case.state == "in_force":
        return (Duty(body=case.opened.particulars.receiver or body, step="report", due=case.opened.particulars.due),)
    return ()


def _parties(case: Case) -> tuple[Duty, ...]:
    return tuple(Duty(body=party, step="answer", due=case.answer_by) for party in parties_owing(case))


def _escalated(case: Case) -> tuple[Duty, ...]:
    """What has been escalated stands under «uppföljning av rekommendationer» when the forum meets next (G7)."""
    if not any(flag.kind == "ratification_escalated" for flag in case.flags):
        return ()
    return tuple(Duty(body=forum, step="follow_up_recommendations") for forum in case.route.political)


def _spreading(case: Case) -> tuple[Duty, ...]:
    if case.state != "in_force":
        return ()
    return tuple(Duty(body=via, step="spread") for via in case.route.spread_via if via not in case.spread)
