"""The verbs of forums and groups: prepare, recommend, decide, send back, put off, deviate."""

from datetime import date
from typing import Any

import click

from commands.acting import act_on, on_or_today
from commands.params import Decorator, day, if_version, line, minutes, named, on_date
from commands.session import Session
from translations import translate as _
from workflow import acts
from workflow.errors import N_
from workflow.facts import Content

_by = named("--by", "BODY", N_("The forum or group that did it."), required=True)
_reason = line("--reason", N_("Why."), required=True)


def _verb(name: str, help_text: str, *options: Decorator) -> Decorator:
    """A verb on a case: its reference, its own options, and those every acting verb takes."""

    def decorate(function: Any) -> Any:
        decorators: tuple[Decorator, ...] = (click.argument("ref"), *options, minutes, on_date, if_version)
        function = click.pass_obj(function)
        for each in reversed(decorators):
            function = each(function)
        return click.command(name, help=_(help_text))(function)

    return decorate


def _body(session: Session, name: str) -> str:
    return session.names.body_or_party(name)


@_verb("prepare", N_("Record that a body has prepared the matter (beredning)."), _by)
def prepare(session: Session, ref: str, by: str, on: date | None, minutes: str | None, if_version: int | None) -> None:
    """Records a beredning."""
    act = acts.Prepare(on=on_or_today(session, on), by=_body(session, by), minutes=minutes)
    act_on(session, ref, act, if_version)


@_verb("recommend", N_("Record a forum's rekommendationsbeslut on the current text version."), _by)
def recommend(
    session: Session, ref: str, by: str, on: date | None, minutes: str | None, if_version: int | None
) -> None:
    """Records a rekommendationsbeslut."""
    act = acts.Recommend(on=on_or_today(session, on), by=_body(session, by), minutes=minutes)
    act_on(session, ref, act, if_version)


@_verb(
    "decide",
    N_("Record a body's own decision, where the route gives it one."),
    _by,
    day("--in-force", N_("the agreement on a samverkansstruktur: the day it comes into force.")),
    line("--direction", N_("the agreement on a samverkansstruktur: its direction.")),
    line("--goals", N_("the agreement on a samverkansstruktur: its goals.")),
)
def decide(
    session: Session, ref: str, by: str, on: date | None, minutes: str | None, if_version: int | None, **content: Any
) -> None:
    """Records a decision."""
    said = Content(**content) if any(content.values()) else None
    act = acts.Decide(on=on_or_today(session, on), by=_body(session, by), minutes=minutes, content=said)
    act_on(session, ref, act, if_version)


@_verb(
    "anchor",
    N_("Record that a matter is anchored in a network (förankring)."),
    named("--in", "NETWORK", N_("The network."), required=True),
)
def anchor(
    session: Session, ref: str, on: date | None, minutes: str | None, if_version: int | None, **more: str
) -> None:
    """Records a förankring."""
    act = acts.Anchor(on=on_or_today(session, on), network=_body(session, more["in"]), minutes=minutes)
    act_on(session, ref, act, if_version)


@_verb("return", N_("Record an återremiss: the step before must be taken anew."), _by, _reason)
def send_back(session: Session, ref: str, by: str, reason: str, on: date | None, **more: Any) -> None:
    """Records an återremiss."""
    body = _body(session, by)
    act = acts.Return(on=on_or_today(session, on), by=body, reason=reason, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])


@_verb(
    "postpone",
    N_("Record a bordläggning: the body takes the matter up again on a later day."),
    _by,
    day("--until", N_("The day it is taken up again."), required=True),
    _reason,
)
def postpone(session: Session, ref: str, by: str, until: date, reason: str, **more: Any) -> None:
    """Records a bordläggning."""
    on = on_or_today(session, more["on"])
    act = acts.Postpone(on=on, by=_body(session, by), until=until, reason=reason, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])


@_verb("lift", N_("Lift a matter on the officers' route to politics."), _by, _reason)
def lift(session: Session, ref: str, by: str, reason: str, on: date | None, **more: Any) -> None:
    """Records that a matter needs a political position."""
    act = acts.Lift(on=on_or_today(session, on), by=_body(session, by), reason=reason, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])


@_verb(
    "override",
    N_("Record a deviation that the rules allow; any other is refused."),
    line("--rule", N_("The deviation's code, as direct-political."), required=True),
    _by,
    _reason,
)
def override(session: Session, ref: str, rule: str, by: str, reason: str, **more: Any) -> None:
    """Records a deviation."""
    on = on_or_today(session, more["on"])
    act = acts.Override(on=on, rule=rule, by=_body(session, by), reason=reason, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])


@_verb(
    "effect",
    N_("Record a recommending forum's decision on another effect rule."),
    line("--rule", N_("all, per-party, threshold:N or threshold:N+PARTY."), required=True),
    _by,
)
def effect(session: Session, ref: str, rule: str, by: str, on: date | None, **more: Any) -> None:
    """Records a decision on the effect rule."""
    named = session.names.effect_rule(rule)
    act = acts.ChangeEffect(on=on_or_today(session, on), by=_body(session, by), rule=named, minutes=more["minutes"])
    act_on(session, ref, act, more["if_version"])


@_verb("report", N_("Record that an uppdrag is reported back, or money followed up."), _by)
def report(session: Session, ref: str, by: str, on: date | None, minutes: str | None, if_version: int | None) -> None:
    """Records a report."""
    act = acts.ReportBack(on=on_or_today(session, on), by=_body(session, by), minutes=minutes)
    act_on(session, ref, act, if_version)
