"""route diff: what a change of structure would change, told beforehand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click
from msgspec import to_builtins

from commands.console import emit_json, filled, remark, say
from commands.course_words import course, refusal_told
from commands.params import on_date
from commands.session import Session
from commands.tables import show_heading, show_table
from commands.words import state_name
from persistence.documents import documents_kept
from translations import translate as _
from workflow.acts import Open
from workflow.case import Case
from workflow.county_tables import Document
from workflow.errors import N_
from workflow.facts import Text
from workflow.outlook import CaseOutlook, DocumentOutlook, Outlook
from workflow.register.entry import Entry

#: What makes two outlooks of a case differ for those who work with it; what the rule is called that says so does not.
_TELLING = ("remaining", "ratify", "report_to", "waiting_for", "spread_via", "follow_up", "refusal")

_OF_BILAGA_1 = N_("The register is empty: the rows of Bilaga 1 are told instead, as «register import» enters them.")


@click.command(help=_(N_("Show what would happen to every open case and document if another structure were in force.")))
@click.argument("from_structure", metavar="FROM")
@click.argument("to_structure", metavar="TO")
@on_date
@click.pass_obj
def diff(session: Session, /, from_structure: str, to_structure: str, on: date | None) -> None:
    """Tells each open case and each document of the register under the one structure and under the other.

    Before anything has been entered in the register, the rows of Bilaga 1 instead.
    """
    day = on or session.today
    before, after = session.names.structure(from_structure), session.names.structure(to_structure)
    engine = session.engine
    outlook = Outlook(engine.organisation, engine.rules, day)
    sides = {"before": before, "after": after}
    cases = [(case, {side: outlook.case(case, each) for side, each in sides.items()}) for case in engine.open_cases()]
    asked, is_register = _documents(session, day)
    documents = [
        (entry, {side: outlook.document(entry, act, each, before) for side, each in sides.items()})
        for entry, act in asked
    ]
    data = {
        "from": before,
        "to": after,
        "on": str(day),
        "cases": [_case(case, found, day) for case, found in cases],
        "documents_of": "register" if is_register else "bilaga-1",
        "documents": [_document(session, entry, found) for entry, found in documents],
    }
    if not is_register:
        remark(_(_OF_BILAGA_1))
    if session.as_json:
        emit_json(data)
    else:
        _show(data)


def _documents(session: Session, day: date) -> tuple[list[tuple[Entry | Document, Open]], bool]:
    """Each document with the opening on it; and whether they are those of the register, not the rows of Bilaga 1.

    Of the register those that nothing has ended or replaced.
    """
    engine = session.engine
    with session.database.reading() as connection:
        entered = list(documents_kept(connection))

    def opening(entry: Entry | Document) -> Open:
        return Open(on=day, type=entry.type, title=entry.title, text=Text(version=1), document=entry.id)

    if not entered:
        return [(row, opening(row)) for row in engine.rules.register.document], False
    standing = [each for each in entered if not each.is_over]
    return [(each.entry, engine.register.told_by(each, opening(each.entry))) for each in standing], True


def _case(case: Case, found: Mapping[str, CaseOutlook], day: date) -> dict[str, Any]:
    told = {side: _case_told(each) for side, each in found.items()}
    changes = any(told["before"][key] != told["after"][key] for key in _TELLING)
    opened = case.opened
    head = {"ref": case.ref, "title": opened.title, "type": opened.type, "state": case.state_on(day)}
    return {**head, **told, "changes": changes}


def _case_told(outlook: CaseOutlook) -> dict[str, Any]:
    return {
        "outcome": outlook.outcome,
        "structure": outlook.structure,
        "chart": outlook.chart,
        "rule": outlook.route.rule,
        "remaining": to_builtins(outlook.remaining),
        "ratify": outlook.route.ratify,
        "report_to": outlook.route.report_to,
        "waiting_for": list(outlook.waiting_for),
        "spread_via": list(outlook.route.spread_via),
        "follow_up": list(outlook.route.follow_up),
        "refusal": refusal_told(outlook.refusal),
    }


def _document(session: Session, document: Entry | Document, found: Mapping[str, DocumentOutlook]) -> dict[str, Any]:
    told = {side: _document_told(each) for side, each in found.items()}
    before, after = told["before"], told["after"]
    changes = {"route": _way(before) != _way(after), "owner": before["owners"] != after["owners"]}
    row = session.engine.rules.register.document_named(document.id)
    head = {"id": document.id, "row": row.row if row else None, "title": document.title, "type": document.type}
    return {**head, **told, "changes": changes}


def _way(side: dict[str, Any]) -> object:
    """What is the same way for a document whatever the rule is called that says so."""
    if side["refusal"] is not None:
        return side["refusal"]["code"]
    return {key: value for key, value in side["route"].items() if key != "rule"}


def _document_told(outlook: DocumentOutlook) -> dict[str, Any]:
    return {
        "route": to_builtins(outlook.route),
        "refusal": refusal_told(outlook.refusal),
        "owners": list(outlook.owned.forums),
        "dormant": list(outlook.owned.dormant),
    }


def _show(data: dict[str, Any]) -> None:
    show_heading(filled(N_("{before} → {after}, as of {day}"), before=data["from"], after=data["to"], day=data["on"]))
    cases = [each for each in data["cases"] if each["changes"]]
    if cases:
        headings = (_(N_("Case")), _(N_("State")), data["from"], data["to"])
        sides = ("before", "after")
        rows = [(each["ref"], state_name(each["state"]), *(_left(each[side]) for side in sides)) for each in cases]
        show_table(headings, rows)
    told = N_("Open cases: {count}. Of these, changed: {changed}.")
    say(filled(told, count=len(data["cases"]), changed=len(cases)))
    told_rows = [_row(each) for each in data["documents"]]
    documents = [row for row in told_rows if row[1:3] != row[3:]]
    if documents:
        owner = _(N_("Owner"))
        show_table((_(N_("Row")), data["from"], owner, data["to"], owner), documents)
    told = N_("Documents: {count}. Of these, with other forums or another owner: {changed}.")
    say(filled(told, count=len(data["documents"]), changed=len(documents)))


def _left(side: dict[str, Any]) -> str:
    """What a case has left to do, or why it could go no further there."""
    if side["refusal"] is not None:
        return str(side["refusal"]["code"])
    forums = any(side["remaining"].values())
    return course(side["remaining"], parties=side["ratify"]) if forums else ", ".join(side["waiting_for"]) or "–"


def _row(document: dict[str, Any]) -> tuple[str, ...]:
    cells = [str(document["row"] or document["id"])]
    for side in (document["before"], document["after"]):
        route, refusal = side["route"], side["refusal"]
        # Anchoring is left out: a line here tells which forums, the answer in JSON tells all.
        cells.append(refusal["code"] if refusal else course({**route, "anchoring": ()}, parties=route["ratify"]))
        cells.append(" + ".join(side["owners"]) or "–")
    return tuple(cells)
