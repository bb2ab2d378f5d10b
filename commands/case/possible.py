"""case next."""

import click

from commands.actor_words import role_name
from commands.console import emit_json, filled, say
from commands.session import Session
from commands.step_words import step_name
from commands.tables import show_table
from commands.words import missing_text, state_name
from translations import translate as _
from workflow.errors import N_
from workflow.possible import Step, possible_steps
from workflow.refusals import NotPermitted
from workflow.rulebook import Rulebook


@click.command("next", help=_(N_("Show every step there is from here, and what each of the others waits for.")))
@click.argument("ref")
@click.pass_obj
def next_steps(session: Session, /, ref: str) -> None:
    """Shows what can be done, and what cannot yet and why."""
    engine = session.engine
    case = engine.case(ref)
    steps = possible_steps(engine, case)
    if session.as_json:
        emit_json({"ref": case.ref, "steps": [_told(step) for step in steps]})
        return
    say(filled(N_("{ref}: {state}."), ref=case.ref, state=state_name(case.state_on(session.today))))
    if not steps:
        say(_(N_("Nothing is ahead.")))
        return
    name_of = engine.rules.name_of
    open_steps = [
        (step_name(step.step), name_of(step.by) if step.by else "", step.command) for step in steps if step.allowed
    ]
    show_table((_(N_("Possible")), _(N_("By")), _(N_("Command"))), open_steps)
    waiting = [
        (step_name(step.step), name_of(step.by) if step.by else "", "; ".join(_missing(step, engine.rules)))
        for step in steps
        if not step.allowed
    ]
    if waiting:
        show_table((_(N_("Not yet")), _(N_("By")), _(N_("Missing"))), waiting)


def _told(step: Step) -> dict[str, object]:
    return {
        "step": step.step,
        "by": step.by,
        "allowed": step.allowed,
        "missing": [{"code": each.code, "by": each.by} for each in step.missing],
        "command": step.command,
    }


def _missing(step: Step, rules: Rulebook) -> list[str]:
    """What is missing, in words; those who may instead are told together."""
    told = [
        missing_text(each.code, rules.name_of(each.by) if each.by else None)
        for each in step.missing
        if each.code != NotPermitted.code
    ]
    allowed = [each.by for each in step.missing if each.code == NotPermitted.code and each.by]
    if allowed:
        names = ", ".join(role_name(rules, each) or rules.name_of(each) for each in allowed)
        told.append(missing_text(NotPermitted.code, names))
    return told
