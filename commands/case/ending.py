"""The verbs of a new text and of the ways out."""

import hashlib
from datetime import date
from typing import Any

import click

from commands.acting import act_on, on_or_today
from commands.params import if_version, line, minutes, named, on_date, read_text
from commands.session import Session
from translations import translate as _
from workflow import acts
from workflow.errors import N_


@click.command(help=_(N_("Lay a new text version; every step and every answer is needed anew.")))
@click.argument("ref")
@named("--text", "FILE", N_("The new text."), required=True)
@line("--reason", N_("Why."))
@named("--by", "BODY", N_("The forum that decided on it."))
@minutes
@on_date
@if_version
@click.pass_obj
def revise(session: Session, /, ref: str, text: str, by: str | None, on: date | None, **more: Any) -> None:
    """Lays a new text version."""
    name, content = read_text(text)
    digest = hashlib.sha256(content).hexdigest()
    act = acts.Revise(
        on=on_or_today(session, on),
        sha256=digest,
        name=name,
        reason=more["reason"],
        by=session.names.body(by) if by is not None else None,
        minutes=more["minutes"],
    )
    act_on(session, ref, act, more["if_version"], attachments={digest: content})


@click.command(help=_(N_("Record that a body has spread what was decided.")))
@click.argument("ref")
@named("--via", "NETWORK", N_("The body it was spread by."), required=True)
@on_date
@if_version
@click.pass_obj
def spread(session: Session, /, ref: str, via: str, on: date | None, if_version: int | None) -> None:
    """Records spreading."""
    act = acts.RecordSpread(on=on_or_today(session, on), via=session.names.body(via))
    act_on(session, ref, act, if_version)


@click.command(help=_(N_("Take the matter back; possible until it is ratified.")))
@click.argument("ref")
@line("--reason", N_("Why."), required=True)
@on_date
@if_version
@click.pass_obj
def withdraw(session: Session, /, ref: str, reason: str, on: date | None, if_version: int | None) -> None:
    """Takes the matter back."""
    act_on(session, ref, acts.Withdraw(on=on_or_today(session, on), reason=reason), if_version)


@click.command(help=_(N_("End the matter without effect; possible until it is ratified.")))
@click.argument("ref")
@named("--by", "FORUM", N_("The recommending forum that ended it."), required=True)
@line("--reason", N_("Why."), required=True)
@minutes
@on_date
@if_version
@click.pass_obj
def close(session: Session, /, ref: str, by: str, reason: str, on: date | None, **more: Any) -> None:
    """Ends the matter."""
    body = session.names.body(by)
    act = acts.Close(on=on_or_today(session, on), by=body, reason=reason, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])
