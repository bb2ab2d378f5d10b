"""A sender that gives one letter up at once, and has all the time there is for the others."""

from correspondence.server import read_server
from correspondence.smtp import Patience, SmtpTransport
from correspondence.transport import Outcome
from tests.correspondence.post_office import PostOffice

_UNHURRIED = Patience(reply=30, letter=30)


class ImpatientWith(SmtpTransport):
    """Waits for no answer to the letter of one party: a busy machine may be late with the answers to the rest."""

    def __init__(self, party: str, office: PostOffice) -> None:
        super().__init__(read_server(office.url(), {}), _UNHURRIED)
        self._party = party

    def deliver(self, message: bytes, sender: str, recipient: str, message_id: str) -> Outcome:
        is_theirs = f"@{self._party}." in recipient
        self._patience = Patience(reply=30, letter=0.2) if is_theirs else _UNHURRIED
        return super().deliver(message, sender, recipient, message_id)
