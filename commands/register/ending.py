"""register extend, notice, supersede: what gives a document a later end, or ends it."""

from datetime import date
from typing import Any

import click

from commands.acting import on_or_today
from commands.console import filled, say
from commands.params import day, named, on_date, option
from commands.register.acting import document_id, tell_done
from commands.session import Session
from persistence.letters import letter_id
from translations import translate as _
from workflow.errors import N_
from workflow.facts import Language
from workflow.register.acts import GiveNotice
from workflow.register.events import NoticeReceived


@click.command(help=_(N_("Give a document the later last day that a case on its own route has decided on.")))
@click.argument("document", metavar="ID")
@named("--case", "REF", N_("The case: recommended and ratified, or decided."))
@on_date
@click.pass_obj
def extend(session: Session, /, document: str, case: str | None, on: date | None) -> None:
    """Extends a document."""
    register = session.engine.register
    tell_done(session, register.extend(document_id(session, document), on_or_today(session, on), case))


@click.command(help=_(N_("Record a party's notice; the day it was received decides which term is the last.")))
@click.argument("document", metavar="ID")
@named("--by", "PARTY", N_("The party that gives notice."), required=True)
@day("--received", N_("The day it was received."), required=True)
@option(
    "--scope",
    type=click.Choice(["agreement", "party"]),
    help=N_("Whether it ends for all, or the party alone leaves; as the document says when it is left out."),
)
@click.option("--in-english", is_flag=True, help=_(N_("Let an English version follow in each letter.")))
@on_date
@click.pass_obj
def notice(session: Session, /, document: str, by: str, *, in_english: bool, on: date | None, **said: Any) -> None:
    """Records a notice, and tells which letters it called for."""
    named = document_id(session, document)
    languages: tuple[Language, ...] = ("sv", "en") if in_english else ("sv",)
    party = session.names.party(by, named)
    act = GiveNotice(on=on_or_today(session, on), party=party, languages=languages, **said)
    done = session.engine.register.handle(named, act)
    letters = [
        letter for record in done.records if isinstance(record.event, NoticeReceived) for letter in record.event.letters
    ]
    told = [{"id": letter_id(each.message_id), "party": each.party, "to": each.to or None} for each in letters]
    tell_done(session, done, {"letters": told})
    waiting = sum(bool(letter.to) for letter in letters)
    if waiting and not session.as_json:
        say(filled(N_("Letters to the parties: {count}. «outbox send» sends them."), count=waiting))


@click.command(help=_(N_("Record that another document takes the place of this one: by its id, or by its case.")))
@click.argument("document", metavar="ID")
@named("--by", "ID|REF", N_("The document that takes its place, or the case that led to it."), required=True)
@day("--from", N_("The day it does so from; the first of the successor's term when it is left out."))
@on_date
@click.pass_obj
def supersede(session: Session, /, document: str, by: str, **days: date | None) -> None:
    """Links a document to its successor."""
    register = session.engine.register
    successor = by.strip() if session.engine.rules.is_reference(by.strip()) else document_id(session, by)
    on = on_or_today(session, days["on"])
    tell_done(session, register.supersede(document_id(session, document), successor, on, days["from"]))
