"""Who must do what now: the worklist of a case. Every case that is not over is on at least one.

Source: 004 §6.3 Samverkansledare («säkerställa att processer går framåt»).
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from workflow.case import Case
from workflow.flags import parties_owing
from workflow.steps import current_step

DutyStep = Literal[
    "prepare", "recommend", "decide", "dispatch", "answer", "revise_or_close", "take_effect", "spread"
]


class Duty(Struct, frozen=True, kw_only=True):
    """One thing one body must do, and by when, where a day is set."""

    body: str
    step: DutyStep
    due: date | None = None


def duties(case: Case) -> tuple[Duty, ...]:
    """Everything ``case`` waits for, each with the body that owes it."""
    return (*_forums(case), *_secretary(case), *_parties(case), *_spreading(case))


def waiting_for(case: Case) -> tuple[str, ...]:
    """The bodies the case's own course waits for, each once: what it is spread by afterwards holds nothing up."""
    bodies = [duty.body for duty in duties(case) if duty.step != "spread"]
    return tuple(dict.fromkeys(bodies))


def _forums(case: Case) -> tuple[Duty, ...]:
    step = current_step(case)
    if step is None:
        return ()
    verb: dict[str, DutyStep] = {"prepare": "prepare", "decide": "decide"}
    return tuple(
        Duty(body=body, step=verb.get(step, "recommend"), due=case.postponed.get(body))
        for body in case.bodies_owed(step)
    )


def _secretary(case: Case) -> tuple[Duty, ...]:
    """What the secretary of the forum the parties report to sees to (reading G6)."""
    body = case.route.report_to or case.opened_by
    if case.state == "recommended_by_political_forum":
        return (Duty(body=body, step="dispatch"),)
    if case.state == "ratified":
        return (Duty(body=body, step="take_effect", due=case.in_force_from),)
    if case.state == "not_ratified":
        forums = case.route.political
        return tuple(Duty(body=forum, step="revise_or_close", due=case.postponed.get(forum)) for forum in forums)
    return ()


def _parties(case: Case) -> tuple[Duty, ...]:
    return tuple(Duty(body=party, step="answer", due=case.answer_by) for party in parties_owing(case))


def _spreading(case: Case) -> tuple[Duty, ...]:
    if case.state != "in_force":
        return ()
    return tuple(Duty(body=via, step="spread") for via in case.route.spread_via if via not in case.spread)
