"""A case with nine letters, a sender for them, and what must hold of them whatever happened on the way."""

import email
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from email.policy import SMTP

from correspondence.server import read_server
from correspondence.smtp import Patience, SmtpTransport
from correspondence.templates import read_templates
from correspondence.transport import Transport
from persistence.letters import list_letters
from persistence.outbox import Outbox
from scheduler.letters import Letterhead
from scheduler.outbox import Fate, Sender, send_due
from tests.correspondence.post_office import PostOffice
from tests.office import PARTIES
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import SENT

FROM = "samverkan@region.example"
HEAD = Letterhead(sender=FROM, reply_to=FROM, answer_to=FROM, templates=read_templates())


def by_smtp(office: PostOffice) -> SmtpTransport:
    return SmtpTransport(read_server(office.url(), {}), Patience(reply=30, letter=30))


def sender(keeping: Keeping, transport: Transport, day: date = SENT, name: str = "one") -> Sender:
    return Sender(name=name, day=day, head=HEAD, transport=transport, clock=keeping.clock)


def send(keeping: Keeping, transport: Transport, day: date = SENT, name: str = "one") -> dict[str, Fate]:
    """One run; what became of each party's letter."""
    fates = send_due(keeping.engine, Outbox(keeping.database), sender(keeping, transport, day, name))
    return {fate.party: fate for fate in fates}


def outcomes(fates: dict[str, Fate]) -> Counter[str]:
    return Counter(fate.outcome for fate in fates.values())


def address(party: str) -> str:
    return f"brev@{party}.example"


def states(keeping: Keeping) -> Counter[str]:
    with keeping.database.reading() as connection:
        return Counter(row["state"] for row in list_letters(connection))


def recorded_as_sent(keeping: Keeping) -> list[str]:
    """The Message-ID of every record that a letter left."""
    with keeping.rows() as base:
        rows = base.execute("SELECT bytes FROM event WHERE kind = 'letter_sent' ORDER BY seq").fetchall()
    return [json.loads(content)["event"]["message_id"] for (content,) in rows]


def identity(letter: bytes) -> str:
    return str(email.message_from_bytes(letter, policy=SMTP)["Message-ID"])


def what_is_wrong(keeping: Keeping, office: PostOffice, parties: Sequence[str] = PARTIES) -> list[str]:
    """Every letter that was lost, doubled under another name, recorded without having arrived, or not recorded once."""
    wrong = [f"lost: {party}" for party in parties if not any(to == address(party) for to, _ in office.letters)]
    for party in parties:
        arrived = [letter for to, letter in office.letters if to == address(party)]
        if len({identity(letter) for letter in arrived}) > 1:
            wrong.append(f"doubled under another Message-ID: {party}")
        elif len(set(arrived)) > 1:
            wrong.append(f"doubled in other words: {party}")
    sent = Counter(recorded_as_sent(keeping))
    wrong += [f"recorded {times} times: {message_id}" for message_id, times in sent.items() if times != 1]
    arrived_ids = {identity(letter) for _, letter in office.letters}
    wrong += [f"recorded and never arrived: {message_id}" for message_id in sent if message_id not in arrived_ids]
    if len(sent) != len(parties):
        wrong.append(f"{len(sent)} letters recorded, not {len(parties)}")
    return wrong + [str(finding) for finding in keeping.findings()]
