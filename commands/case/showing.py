"""One case on a page: what it is, where it stands, what it waits for, and where each party is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from commands.console import filled
from commands.step_words import stage_name, step_name
from commands.tables import show_heading, show_table, show_text
from commands.words import effect_rule_name, party_state_name, state_name
from translations import translate as _
from workflow.errors import N_

#: What only some types have and is told as it stands, under these headings.
_PARTICULARS: Mapping[str, str] = {
    "for_body": N_("For"),
    "giver": N_("Given by"),
    "receiver": N_("Given to"),
    "addressee": N_("Answered by"),
    "due": N_("Due"),
    "year": N_("Year"),
    "structure": N_("New structure"),
    "in_force": N_("To be in force from"),
    "direction": N_("Direction"),
    "goals": N_("Goals"),
}

_ASSIGNMENTS: Mapping[str, str] = {"standing": N_("standing"), "limited": N_("limited")}


def show_case(body: dict[str, Any], name_of: Callable[[str], str]) -> None:
    """Shows a case as ``case show --json`` tells it; ``name_of`` gives the names of types, groups and sectors."""
    show_heading(f"{body['ref']}  {body['title']}")
    show_table(("", ""), [(name, value) for name, value in _facts(body, name_of) if value])
    show_table((_(N_("Step")), _(N_("Bodies")), _(N_("Done"))), list(_steps(body)))
    if any(each["state"] != "not_sent" for each in body["parties"]):
        show_parties(body)
    for flag in body["flags"]:
        show_text(f"! {flag['text']}", style="red")


def show_parties(body: dict[str, Any]) -> None:
    """The parties of a case and where each stands."""
    headings = (_(N_("Party")), _(N_("State")), _(N_("Decided")), _(N_("Organ")), _(N_("Binds from")))
    rows = []
    for each in body["parties"]:
        late = f" ({_(N_('late'))})" if each["late"] else ""
        organ = " ".join(part for part in (each["organ"], each["minutes"]) if part)
        decided = f"{each['decided_on'] or '–'}{late}"
        rows.append((each["party"], party_state_name(each["state"]), decided, organ, each["in_force_from"] or "–"))
    show_table(headings, rows)


def _facts(body: dict[str, Any], name_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    yield _(N_("State")), state_name(body["state"])
    yield _(N_("Waiting for")), ", ".join(body["waiting_for"])
    yield _(N_("Type")), " · ".join(name_of(part) for part in (body["type"], body["group"], *body["sectors"]) if part)
    yield _(N_("Structure")), f"{body['structure']} ({body['route']['rule']})"
    yield _(N_("Opened")), f"{body['opened_on']} · {body['opened_by']}"
    digest = body["text"]["sha256"]
    yield (
        _(N_("Text")),
        filled(N_("version {version}"), version=body["text"]["version"])
        + (f" · {body['text']['name']} · SHA-256 {digest}" if digest else ""),
    )
    yield from _particulars(body["particulars"])
    if body["route"]["ratify"]:
        yield _(N_("Effect rule")), f"{effect_rule_name(body['effect_rule'])} ({body['effect_rule']})"
    yield _(N_("Answer by")), body["answer_by"] or ""
    yield _(N_("Ratified")), body["ratified_on"] or ""
    yield _(N_("In force from")), body["in_force_from"] or ""
    yield _(N_("Deviations")), " · ".join(_deviations(body["route"]))
    if "audit" in body:
        told = N_("{name}: {answered} of {addressed} answered")
        yield _(N_("Audit")), filled(told, **{key: body["audit"][key] for key in ("name", "answered", "addressed")})
        yield _(N_("Days late")), str(body["audit"]["days_late"] or "")


def _particulars(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What only some types have, as it was said; the name of an audit is told with how far it has come."""
    for name, heading in _PARTICULARS.items():
        if said.get(name):
            yield _(heading), str(said[name])
    if said.get("assignment_kind"):
        yield _(N_("Kind")), _(_ASSIGNMENTS[said["assignment_kind"]])
    if said.get("amount") is not None:
        yield _(N_("Amount")), filled(N_("{amount} kr"), amount=said["amount"])
    if said.get("shares"):
        yield _(N_("Shares")), ", ".join(f"{party} {share}" for party, share in said["shares"].items())


def _deviations(route: dict[str, Any]) -> Iterator[str]:
    yield from route["overrides"]
    if route["passed_over"]:
        yield filled(N_("passed over: {bodies}"), bodies=", ".join(route["passed_over"]))


def _steps(body: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    route, done = body["route"], body["done"]
    stages = route["stages"]
    for step in ("prepare", "anchoring", "leadership", "political", *(() if stages else ("decide",))):
        if route[step]:
            yield (
                step_name("anchor" if step == "anchoring" else step),
                ", ".join(route[step]),
                ", ".join(done[step]) or "–",
            )
    for stage in stages:
        bodies = ", ".join(stage["by"])
        yield stage_name(stage["id"]), bodies, bodies if stage["id"] in body["stages_done"] else "–"
