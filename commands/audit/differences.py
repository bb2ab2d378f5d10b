"""audit replay --with-current-rules: what would go differently today."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from msgspec import to_builtins

from commands.console import emit_json, filled, say
from commands.session import Session
from commands.step_words import kind_name
from commands.tables import show_table
from persistence.inspection import Inspection
from translations import translate as _
from workflow.audit import Lawfulness
from workflow.bad_data import UnknownCase
from workflow.current_rules import REFUSAL, differences
from workflow.errors import N_
from workflow.record import ORGANISATION, Record, decode
from workflow.replay import known


def tell_differences(
    session: Session, inspection: Inspection, ref: str | None, as_of: date | None, known_at: datetime | None
) -> None:
    """Lists what would go differently in one case, or in every case where something would."""
    refs = [ref] if ref is not None else inspection.case_refs()
    lawfulness = Lawfulness(_records(inspection, ORGANISATION), inspection.rule_set)
    rules = session.engine.rules
    told = []
    for name in refs:
        records = _records(inspection, name)
        if not records:
            raise UnknownCase(ref=name, suggestion=session.store.nearest_ref(name))
        counted = {record.seq for record in known(records, as_of, known_at)}
        found = [each for each in differences(records, rules, lawfulness.organisation_before) if each.seq in counted]
        if found or ref is not None:
            told.append({"ref": name, "rules": rules.digest, "differences": to_builtins(found)})
    if session.as_json:
        emit_json(told[0] if ref is not None else told)
        return
    rows = [_row(each["ref"], difference) for each in told for difference in each["differences"]]
    if rows:
        headings = (_(N_("Case")), _(N_("No")), _(N_("On")), _(N_("What")), _(N_("Part")), _(N_("Then")), _(N_("Now")))
        show_table(headings, rows)
    summary = N_("Cases held against the rules in force now: {cases}. Differences: {count}. Nothing was changed.")
    say(filled(summary, cases=len(refs), count=len(rows)))


def _records(inspection: Inspection, stream: str) -> Sequence[Record]:
    return [decode(row.content) for row in inspection.stream(stream)]


def _row(ref: str, difference: dict[str, Any]) -> tuple[str, ...]:
    refused = difference["field"] == REFUSAL
    now = filled(N_("refused: {code}"), code=difference["now"]) if refused else difference["now"] or "–"
    then = _(N_("recorded")) if refused else difference["then"] or "–"
    field = "" if refused else difference["field"].removeprefix("event.")
    return (ref, str(difference["seq"]), difference["on"], kind_name(difference["kind"]), field, then, now)
