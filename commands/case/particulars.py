"""The options of case open that only some types have."""

from collections.abc import Iterable
from typing import Any

import click

from commands.params import day, line, named, option
from workflow.bad_data import ValueInvalid
from workflow.errors import N_
from workflow.facts import Particulars
from workflow.names import Names

_OPTIONS = (
    named("--for", "BODY", N_("uppdragsbeskrivning: the body it is for.")),
    named("--giver", "BODY", N_("uppdrag: who gives it.")),
    named("--receiver", "BODY", N_("uppdrag: who receives it.")),
    day("--due", N_("uppdrag, revisionssvar: the day it is due.")),
    option("--kind", type=click.Choice(["standing", "limited"]), help=N_("uppdrag: standing or limited.")),
    option("--year", type=click.IntRange(2000, 2200), help=N_("stimulansmedel: the year of the money.")),
    option("--amount", type=click.IntRange(min=0), metavar="KRONOR", help=N_("stimulansmedel: the whole amount.")),
    named("--share", "PARTY=KRONOR", N_("stimulansmedel: a party's share; all must sum to the amount."), multiple=True),
    named("--addressee", "BODY", N_("revisionssvar: the board that answers; one case for each.")),
    line("--audit", N_("revisionssvar: the audit's name.")),
    named("--structure", "STRUCTURE", N_("samverkansstruktur: the structure decided on.")),
    day("--in-force", N_("samverkansstruktur: the day it comes into force.")),
    line("--direction", N_("samverkansstruktur: its direction.")),
    line("--goals", N_("samverkansstruktur: its goals.")),
)


def with_particulars(function: Any) -> Any:
    """Gives a verb the options of the particulars."""
    for each in reversed(_OPTIONS):
        function = each(function)
    return function


def read_particulars(names: Names, options: dict[str, Any]) -> Particulars:
    """The particulars that were said, by id. Raises the refusals of names that are not known, and ValueInvalid."""

    def body(option_name: str) -> str | None:
        said = options.get(option_name)
        return names.body_or_party(said) if said is not None else None

    structure = options.get("structure")
    return Particulars(
        for_body=body("for"),
        giver=body("giver"),
        receiver=body("receiver"),
        assignment_kind=options.get("kind"),
        addressee=body("addressee"),
        audit=options.get("audit"),
        due=options.get("due"),
        year=options.get("year"),
        amount=options.get("amount"),
        shares=_shares(names, options.get("share", ())),
        structure=names.structure(structure) if structure is not None else None,
        in_force=options.get("in_force"),
        direction=options.get("direction"),
        goals=options.get("goals"),
    )


def _shares(names: Names, texts: Iterable[str]) -> dict[str, int]:
    shares: dict[str, int] = {}
    for text in texts:
        party, kronor = _share(names, text)
        if party in shares:
            raise ValueInvalid(field="--share", why=N_("«{given}» is a second share for the same party."), given=text)
        shares[party] = kronor
    return shares


def _share(names: Names, text: str) -> tuple[str, int]:
    party, equals, amount = text.partition("=")
    if not equals or not (amount.isascii() and amount.isdecimal()):
        why = N_("«{given}» is not PARTY=KRONOR in whole kronor.")
        raise ValueInvalid(field="--share", why=why, given=text)
    return names.party(party, N_("the case")), int(amount)
