"""What is kept ready for questions: each view is a pure function of a case, and can be made anew at any time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import asdict

from workflow.case import Case, Standing
from workflow.duties import Duty, duties, waiting_for
from workflow.facts import Flag
from workflow.flags import next_check
from workflow.letters import Posted
from workflow.ratification import party_binds_from
from workflow.route import STEPS


class CaseView(Struct, frozen=True, kw_only=True):
    """Everything that is kept of one case beside its records. ``body``: as ``case_body``, its values not yet plain."""

    ref: str
    type: str
    title: str
    group: str | None
    state: str
    structure: str
    version: int
    is_open: bool
    next_check: date | None
    in_force_from: date | None
    body: dict[str, Any]
    duties: tuple[Duty, ...]
    flags: tuple[Flag, ...]
    letters: tuple[Posted, ...]


def case_view(case: Case) -> CaseView:
    """The view of a case as its records leave it."""
    owed = duties(case)
    return CaseView(
        ref=case.ref,
        type=case.opened.type,
        title=case.opened.title,
        group=case.opened.group,
        state=case.state,
        structure=case.structure,
        version=case.version,
        is_open=not case.is_over,
        next_check=next_check(case),
        in_force_from=case.in_force_from,
        body=_body(case, owed),
        duties=owed,
        flags=case.flags,
        letters=tuple(case.letters.values()),
    )


def case_body(case: Case) -> dict[str, Any]:
    """The case as ``case show --json`` tells it: plain values, dates in ISO form."""
    built: dict[str, Any] = to_builtins(_body(case, duties(case)))
    return built


def _body(case: Case, owed: Sequence[Duty]) -> dict[str, Any]:
    opened = case.opened
    return {
        "ref": case.ref,
        "type": opened.type,
        "title": opened.title,
        "group": opened.group,
        "sectors": opened.sectors,
        "level": opened.level,
        "structure": case.structure,
        "chart": case.chart,
        "state": case.state,
        "opened_on": case.opened_on,
        "opened_by": case.opened_by,
        "initiated_by": opened.initiated_by,
        "text": {"version": case.text.version, "sha256": case.text.sha256, "name": case.text.name},
        "effect_rule": case.effect_rule,
        "not_before": opened.not_before,
        "valid_from": opened.valid_from,
        "valid_to": opened.valid_to,
        "dispatched_on": case.dispatched_on,
        "ratified_on": case.ratified_on,
        "in_force_from": case.in_force_from,
        "answer_by": case.answer_by,
        "remind_on": case.deadline.remind_on if case.deadline else (),
        "escalate_on": case.deadline.escalate_on if case.deadline else None,
        "route": _route(case),
        "done": {step: case.bodies_done(step) for step in STEPS},
        "waiting_for": waiting_for(case, owed),
        "parties": [_party(case, party, standing) for party, standing in case.parties.items()],
        "stages_done": case.stages_done,
        "lifted": case.lifted,
        "document": opened.document,
        "particulars": opened.particulars,
        "spread": case.spread,
        "flags": [flag_body(flag, case.ref) for flag in case.flags],
        "version": case.version,
    }


def flag_body(flag: Flag, ref: str) -> dict[str, Any]:
    """A flag as every list shows it; its sentence is added by whoever shows it, in the reader's language."""
    return {
        "kind": flag.kind,
        "case": ref,
        "party": flag.party,
        "due": flag.due,
        "severity": flag.severity,
        "assigned_to": flag.assigned_to,
        "text_version": flag.text_version,
    }


def _route(case: Case) -> dict[str, Any]:
    route = asdict(case.route)
    taken = [deviation.rule for deviation in case.waived.values()]
    route["override"] = taken[-1] if taken else route["override"]
    route["overrides"] = taken
    route["passed_over"] = [
        body for step in case.waived for body in case.route.bodies(step) if body not in case.done[step]
    ]
    return route


def _party(case: Case, party: str, standing: Standing) -> dict[str, Any]:
    answer = standing.answer
    return {
        "party": party,
        "state": standing.state,
        "answer": answer.answer if answer else None,
        "decided_on": answer.decided_on if answer else None,
        "reported_on": answer.reported_on if answer else None,
        "organ": answer.organ if answer else None,
        "minutes": answer.minutes if answer else None,
        "reason": answer.reason if answer else None,
        "next_meeting": answer.next_meeting if answer else None,
        "text_version": answer.text_version if answer else None,
        "late": answer.late if answer else False,
        "corrected": answer.corrects if answer else False,
        "in_force_from": party_binds_from(case, party),
    }
