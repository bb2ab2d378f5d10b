"""What every acting verb does alike: carry the act out, and tell what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from commands.console import emit_json, filled, say, tell_remarks
from commands.session import Session
from commands.words import state_name
from persistence.questions import as_it_stands
from workflow.errors import N_
from workflow.events import kind_of
from workflow.views import case_body

if TYPE_CHECKING:
    from workflow.acts import CaseAct
    from workflow.organising import Done


def act_on(
    session: Session,
    ref: str,
    act: "CaseAct",
    if_version: int | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> None:
    """Carries out an act on a case and tells what came of it. Raises its Refusal."""
    tell_done(session, session.engine.handle(ref, act, attachments=attachments, if_version=if_version))


def on_or_today(session: Session, on: date | None) -> date:
    """The date in the minutes: what was said, or the day questions are asked for."""
    return on or session.today


def tell_done(session: Session, done: "Done", extra: Mapping[str, Any] | None = None) -> None:
    """Tells an act's outcome: as JSON, or in a few words."""
    tell_remarks(done.remarks)
    if done.case is None:
        return
    body = as_it_stands(case_body(done.case), session.today)
    state = body["state"]
    events = [{"seq": record.seq, "kind": kind_of(record.event)} for record in (*done.records, *done.following)]
    if session.as_json:
        outcome = {"ref": done.case.ref, "state": state, "version": done.case.version, "events": events}
        emit_json({**outcome, **(extra or {})})
        return
    waiting = ", ".join(session.engine.rules.name_of(body_id) for body_id in body["waiting_for"]) or "–"
    say(
        filled(
            N_("{ref}: {state}. Waiting for: {waiting}."), ref=done.case.ref, state=state_name(state), waiting=waiting
        )
    )
