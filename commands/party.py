"""party list, party mailbox."""

from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address

import click

from commands.acting import on_or_today
from commands.console import emit_json, filled, say
from commands.params import on_date
from commands.session import Session
from commands.tables import show_table
from translations import translate as _
from workflow.acts import SetMailbox
from workflow.bad_data import ValueInvalid
from workflow.errors import N_
from workflow.lines import one_line

_LONGEST_ADDRESS = 254
_NO_ADDRESS = N_("«{given}» is not a mail address.")


@click.command("list", help=_(N_("List the parties and their mailboxes.")))
@click.pass_obj
def list_parties(session: Session, /) -> None:
    """Lists the parties."""
    mailboxes = session.engine.organisation.mailboxes
    rows = [
        {"id": party.id, "name": party.name, "mailbox": mailboxes.get(party.id)}
        for party in session.engine.rules.county.party
    ]
    if session.as_json:
        emit_json(rows)
        return
    headings = (_(N_("Party")), _(N_("Name")), _(N_("Funktionsbrevlåda")))
    show_table(headings, [(str(row["id"]), str(row["name"]), row["mailbox"] or "–") for row in rows])


@click.command(help=_(N_("Set a party's funktionsbrevlåda.")))
@click.argument("party")
@click.argument("address")
@on_date
@click.pass_obj
def mailbox(session: Session, /, party: str, address: str, on: date | None) -> None:
    """Sets a mailbox."""
    party_id = session.names.party(party, N_("the collaboration"))
    act = SetMailbox(on=on_or_today(session, on), party=party_id, address=_address(address))
    done = session.engine.organise(act)
    if session.as_json:
        emit_json({"party": party_id, "mailbox": act.address, "changed": bool(done.records)})
    elif done.records:
        say(filled(N_("{party}: {address}."), party=party_id, address=act.address))
    else:
        say(filled(N_("{party} has that mailbox already: nothing was changed."), party=party_id))


def _address(text: str) -> str:
    """A mail address. Raises ValueInvalid."""
    line = one_line("ADDRESS", text, _LONGEST_ADDRESS)
    try:
        address = Address(addr_spec=line)
    except (HeaderParseError, ValueError, IndexError):
        raise ValueInvalid(field="ADDRESS", why=_NO_ADDRESS, given=line) from None
    if not address.username or "." not in address.domain or " " in line:
        raise ValueInvalid(field="ADDRESS", why=_NO_ADDRESS, given=line)
    return line
