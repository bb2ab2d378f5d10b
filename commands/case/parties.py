"""The verbs of the parties' part: dispatch, answers, the time to answer."""

from datetime import date
from typing import Any, get_args

import click

from commands.acting import act_on, on_or_today
from commands.params import Decorator, day, if_version, line, minutes, named, on_date, option
from commands.session import Session
from translations import translate as _
from workflow import acts
from workflow.errors import N_
from workflow.facts import Answer, Language

_ANSWER_OPTIONS: tuple[Decorator, ...] = (
    click.argument("ref"),
    named("--party", "PARTY", N_("The party."), required=True),
    option("--answer", type=click.Choice(get_args(Answer)), required=True, help=N_("What the party decided.")),
    line("--organ", N_("The organ that decided; kept as it is given.")),
    minutes,
    on_date,
    day("--reported", N_("The day it was reported to the secretary; the day of the decision when left out.")),
    option("--text-version", type=click.IntRange(min=1), metavar="N", help=N_("The text version it concerns.")),
    day("--next-meeting", N_("When an adjourned or remitted matter is taken up again.")),
    if_version,
)


@click.command(help=_(N_("Send the recommendation to the parties' mailboxes.")))
@click.argument("ref")
@day("--answer-by", N_("The day to answer by; sixteen weeks on when it is left out."))
@click.option("--in-english", is_flag=True, help=_(N_("Let an English version follow in each letter.")))
@on_date
@if_version
@click.pass_obj
def dispatch(
    session: Session,
    /,
    ref: str,
    answer_by: date | None,
    in_english: bool,  # noqa: FBT001 - click passes flags by name
    on: date | None,
    if_version: int | None,
) -> None:
    """Sends to every party, or to none."""
    languages: tuple[Language, ...] = ("sv", "en") if in_english else ("sv",)
    act = acts.Dispatch(on=on_or_today(session, on), answer_by=answer_by, languages=languages)
    act_on(session, ref, act, if_version)


@click.command("answer-by", help=_(N_("Move the day the parties are asked to answer by.")))
@click.argument("ref")
@day("--date", N_("The new day."), required=True)
@line("--reason", N_("Why."), required=True)
@on_date
@if_version
@click.pass_obj
def answer_by(
    session: Session, /, ref: str, reason: str, on: date | None, if_version: int | None, **more: date
) -> None:
    """Moves the day to answer by."""
    act = acts.ChangeAnswerBy(on=on_or_today(session, on), answer_by=more["date"], reason=reason)
    act_on(session, ref, act, if_version)


def _answering(function: Any) -> Any:
    function = click.pass_obj(function)
    for each in reversed(_ANSWER_OPTIONS):
        function = each(function)
    return function


@click.command(help=_(N_("Record a party's decision as it was reported back.")))
@_answering
@line("--reason", N_("The party's reason or reservation."))
def answer(session: Session, /, ref: str, **options: Any) -> None:
    """Records an answer."""
    act_on(session, ref, acts.RecordAnswer(**_answer(session, ref, options)), options["if_version"])


@click.command(help=_(N_("Record a rättelse: the answer was recorded wrongly; both stay in the history.")))
@_answering
@line("--reason", N_("What was wrong."), required=True)
def correct(session: Session, /, ref: str, **options: Any) -> None:
    """Records a rättelse."""
    act_on(session, ref, acts.CorrectAnswer(**_answer(session, ref, options)), options["if_version"])


def _answer(session: Session, ref: str, options: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer, with the party by id."""
    kept = ("answer", "organ", "minutes", "reported", "reason", "text_version", "next_meeting")
    party = session.names.party(options["party"], ref, deciding=True)
    on = on_or_today(session, options["on"])
    return {"on": on, "party": party, **{name: options[name] for name in kept}}
