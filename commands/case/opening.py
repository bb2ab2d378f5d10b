"""case open."""

import hashlib
from typing import Any

import click

from commands.acting import on_or_today, tell_done
from commands.case.particulars import read_particulars, with_particulars
from commands.console import filled, say, tell_remarks
from commands.document_named import document_named
from commands.flag_words import flag_sentence
from commands.own_way import tell_own_way
from commands.params import day, named, on_date, option, read_text
from commands.session import Session
from translations import translate as _
from workflow.acts import Open
from workflow.errors import N_
from workflow.facts import Text
from workflow.views import case_body


@click.command(help=_(N_("Open a case and fix its route; prints the reference.")))
@named("--type", "TYPE", N_("The document type, as överenskommelse."), required=True)
@option("--title", required=True, metavar="TEXT", help=N_("The title."))
@named("--group", "GROUP", N_("barn-unga, vuxna or alla."))
@named("--sector", "SECTOR", N_("A sector concerned; given by the group when it is left out."), multiple=True)
@named("--party", "PARTY", N_("A party concerned; all nine when it is left out."), multiple=True)
@named(
    "--effect",
    "RULE",
    N_("When the parties' answers make it binding: all, per-party, threshold:N or threshold:N+PARTY."),
)
@day("--not-before", N_("Binds nobody before this day."))
@day("--valid-from", N_("The first day of the term."))
@day("--valid-to", N_("The last day of the term."))
@named("--text", "FILE", N_("The text; kept, and named by its SHA-256."))
@option("--level", type=click.Choice(["political", "officers"]), help=N_("For plans: who they are for."))
@named("--document", "ROW", N_("The document in force that this case concerns."))
@option(
    "--aim",
    type=click.Choice(["revise", "extend", "replace", "terminate"]),
    help=N_("What the case does to that document once it takes effect; revise when it is left out."),
)
@named("--initiated-by", "BODY", N_("The body that raised the matter."))
@with_particulars
@on_date
@click.pass_obj
def open_case(session: Session, /, **options: Any) -> None:
    """Opens a case under the route in force on the date."""
    text, attachments = _text(options["text"])
    names = session.names
    initiated_by = options["initiated_by"]
    parties = tuple(dict.fromkeys(names.party(party, N_("the case")) for party in options["party"]))
    act = Open(
        on=on_or_today(session, options["on"]),
        type=names.document_type(options["type"]),
        title=title_line(options["title"]),
        group=names.group(options["group"]) if options["group"] is not None else None,
        sectors=tuple(dict.fromkeys(names.sector(sector) for sector in options["sector"])),
        parties=tuple(party.id for party in session.engine.rules.county.party if party.id in parties),
        effect_rule=names.effect_rule(options["effect"]) if options["effect"] is not None else None,
        not_before=options["not_before"],
        valid_from=options["valid_from"],
        valid_to=options["valid_to"],
        text=text,
        level=options["level"],
        document=document_named(session, options["document"]),
        aim=options["aim"],
        initiated_by=names.body_or_party(initiated_by) if initiated_by is not None else None,
        particulars=read_particulars(names, options),
    )
    done = session.engine.open(act, attachments)
    if done.case is None:
        return
    body = case_body(done.case)
    tell_own_way(session, done.case.opened.type, done.case.route.override)
    if session.as_json:
        tell_done(session, done, {"route": body["route"]})
        return
    say(filled(N_("Opened {ref} in {structure}, by rule {rule}."), **_told(body)))
    tell_remarks(done.remarks)
    for flag in body["flags"]:
        told = {**flag, "receiver": done.case.opened.particulars.receiver}
        say(f"! {flag_sentence(told, session.engine.rules.name_of)}")


def _told(body: dict[str, Any]) -> dict[str, object]:
    return {"ref": body["ref"], "structure": body["structure"], "rule": body["route"]["rule"]}


def title_line(text: str) -> str:
    """The title in composed form. Raises ValueInvalid."""
    from workflow.decide.opening import TITLE_LENGTH
    from workflow.lines import one_line

    return one_line("--title", text, TITLE_LENGTH)


def _text(path: str | None) -> tuple[Text, dict[str, bytes]]:
    if path is None:
        return Text(version=1), {}
    name, content = read_text(path)
    digest = hashlib.sha256(content).hexdigest()
    return Text(version=1, sha256=digest, name=name), {digest: content}
