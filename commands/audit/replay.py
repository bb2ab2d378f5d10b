"""audit replay: cases told again from their first record."""

from datetime import date, datetime
from typing import Any

import click
from msgspec import to_builtins

from commands.audit.differences import tell_differences
from commands.case.past import case_then, day_meant
from commands.console import emit_json, filled, remark, say
from commands.params import day, line, option
from commands.session import Session
from commands.step_words import in_words, kind_name
from commands.tables import show_table
from commands.words import state_name
from persistence.inspection import inspecting
from translations import translate as _
from workflow.bad_data import UnknownCase, ValueInvalid
from workflow.chain import require_chain
from workflow.errors import N_
from workflow.local_time import read_moment
from workflow.record import is_of_document
from workflow.register.telling import replay_document
from workflow.replay import Told, known
from workflow.replay import replay as tell


@click.command("replay", help=_(N_("Rebuild cases from their first event: what was possible at each step, and why.")))
@click.argument("ref", required=False)
@day("--as-of", N_("Only what is dated up to this day in the minutes."))
@line("--known-at", N_("Only what was recorded up to this time."))
@option(
    "--with-current-rules",
    is_flag=True,
    help=N_("List what would go differently by the rules in force now. Nothing is changed."),
)
@click.pass_obj
def replay(
    session: Session, /, ref: str | None, as_of: date | None, known_at: str | None, *, with_current_rules: bool
) -> None:
    """Replays one case step by step, or all of them in a line each. A broken history is refused with exit code 3."""
    moment = read_moment(known_at, "--known-at") if known_at is not None else None
    with inspecting(session.database) as inspection:
        require_chain(inspection.events())
        refs = [ref] if ref is not None else [*inspection.case_refs(), *inspection.document_ids()]
        if with_current_rules:
            tell_differences(session, inspection, ref, as_of, moment)
            return
    replays = [_replay(session, each, as_of, moment) for each in refs]
    if ref is not None and not replays[0]["steps"]:
        field = "--as-of" if as_of is not None else "--known-at"
        raise ValueInvalid(field=field, why=N_("nothing is recorded of it by then."))
    if session.as_json:
        emit_json(replays[0] if ref is not None else replays)
    elif ref is not None:
        _show(replays[0])
    else:
        headings = (_(N_("Case")), _(N_("Records")), _(N_("State")))
        show_table(
            headings, [(each["ref"], str(len(each["steps"])), state_name(each["state"] or "–")) for each in replays]
        )


def _replay(session: Session, ref: str, as_of: date | None, known_at: datetime | None) -> dict[str, Any]:
    records = session.store.stream(ref)
    if not records:
        raise UnknownCase(ref=ref, suggestion=session.store.nearest_ref(ref))
    of_document = is_of_document(records[0])
    telling = replay_document if of_document else tell
    steps = [_step(told) for told in telling(known(records, as_of, known_at))]
    state = steps[-1]["state"] if steps else None
    if not of_document and (case := case_then(records, as_of, known_at)) is not None:
        # What the last record led to, and what the calendar or a rättelse made of it, may be two things.
        state = case.state_on(day_meant(session, as_of, known_at))
    return {"ref": ref, "state": state, "version": len(steps), "steps": steps}


def _step(told: Told) -> dict[str, Any]:
    record = told.record
    return {
        "seq": record.seq,
        "on": str(record.on),
        "recorded_at": record.recorded_at.isoformat(),
        "actor": record.actor,
        "kind": to_builtins(record.event)["kind"],
        "before": told.before,
        "state": told.after,
        "allowed": list(told.allowed),
        "why": filled(told.why.template, **in_words(told.why.values)),
    }


def _show(replayed: dict[str, Any]) -> None:
    headings = (_(N_("No")), _(N_("On")), _(N_("What")), _(N_("State")), _(N_("Why")))
    rows = []
    for step in replayed["steps"]:
        moved = step["before"] != step["state"]
        state = f"→ {state_name(step['state'])}" if moved else ""
        rows.append((str(step["seq"]), step["on"], kind_name(step["kind"]), state, step["why"]))
    show_table(headings, rows, title=replayed["ref"])
    for step in replayed["steps"][-1:]:
        say(filled(N_("{ref} stands at: {state}."), ref=replayed["ref"], state=state_name(replayed["state"])))
        if step["state"] != replayed["state"]:
            led = N_(
                "The records told here led to: {state}. What was corrected later, and the calendar, are counted in."
            )
            remark(filled(led, state=state_name(step["state"])))
