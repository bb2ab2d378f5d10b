"""What becomes of letters in real conversations with a mail server that misbehaves in every way there is."""

import smtplib
import socket
from collections.abc import Iterable

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from correspondence.server import read_server
from correspondence.smtp import CONNECTION_LOST, NO_ANSWER, NO_CONNECTION, Patience, SmtpTransport
from correspondence.transport import Deferred, Delivered, Outcome, Refused
from tests.correspondence.conftest import letter_to, message_id
from tests.correspondence.impatience import ImpatientWith
from tests.correspondence.post_office import HANGS_UP, SAYS_NOTHING, PostOffice, opened
from tests.office import PARTIES
from workflow.out_of_reach import MailUnavailable

SENDER = "samverkan@region.example"
QUICK = Patience(reply=0.2, letter=0.2)
UNHURRIED = Patience(reply=30, letter=30)


def address(party: str) -> str:
    return f"registrator@{party}.example"


def hand_over(transport: SmtpTransport, party: str) -> Outcome:
    return transport.deliver(letter_to(party), SENDER, address(party), message_id(party))


def sent(url: str, parties: Iterable[str], patience: Patience = UNHURRIED) -> dict[str, Outcome]:
    """One connection, one letter to each party."""
    with SmtpTransport(read_server(url, {}), patience) as transport:
        return {party: hand_over(transport, party) for party in parties}


def test_nine_letters_leave_over_one_connection_as_they_are(post_office: PostOffice) -> None:
    outcomes = sent(post_office.url(), PARTIES)
    assert outcomes == {party: Delivered("2.0.0 Ok") for party in PARTIES}
    assert post_office.taken == [(address(party), letter_to(party)) for party in PARTIES]
    assert post_office.connections == 1


def test_a_letter_with_full_stops_at_line_starts_arrives_as_it_left(post_office: PostOffice) -> None:
    letter = letter_to("are", ".\n..två\n. tre\nFrån\nFrom here\n")
    with SmtpTransport(read_server(post_office.url(), {})) as transport:
        transport.deliver(letter, SENDER, address("are"), message_id("are"))
    assert post_office.taken_by(address("are")) == [letter]


def test_greylisting_defers_the_first_time_and_takes_the_same_letter_the_second() -> None:
    script = {address("are"): ["451 4.7.1 Greylisted, come back later", "250 2.1.5 Ok"]}
    with opened(PostOffice(to_recipient=script)) as office:
        assert sent(office.url(), ["are"]) == {"are": Deferred("4.7.1 Greylisted, come back later", 451)}
        assert office.letters == []
        assert sent(office.url(), ["are"]) == {"are": Delivered("2.0.0 Ok")}
        assert office.taken == [(address("are"), letter_to("are"))]


@pytest.mark.parametrize(
    ("to_recipient", "to_letter", "outcome"),
    [
        ("450 4.2.1 Mailbox busy", None, Deferred("4.2.1 Mailbox busy", 450)),
        ("550 5.1.1 No such user", None, Refused("5.1.1 No such user", 550)),
        ("554 5.7.1 Relay access denied", None, Refused("5.7.1 Relay access denied", 554)),
        (None, "452 4.3.1 No room", Deferred("4.3.1 No room", 452)),
        (None, "554 5.6.0 Content rejected", Refused("5.6.0 Content rejected", 554)),
        (HANGS_UP, None, Deferred(CONNECTION_LOST)),
        (None, HANGS_UP, Deferred(NO_ANSWER)),
        ("421 4.3.2 Shutting down", None, Deferred("4.3.2 Shutting down", 421)),
        (None, "250-Nearly\r\n250 there", Delivered("Nearly there")),
        (None, "299 odd", Deferred("odd", 299)),
    ],
)
def test_trouble_with_one_recipient_of_nine_is_that_recipients_alone(
    to_recipient: str | None, to_letter: str | None, outcome: Outcome
) -> None:
    odd = address("krokom")
    office = PostOffice(
        to_recipient={odd: [to_recipient]} if to_recipient else {}, to_letter={odd: [to_letter]} if to_letter else {}
    )
    with opened(office):
        outcomes = sent(office.url(), PARTIES)
    assert outcomes.pop("krokom") == outcome
    assert set(outcomes.values()) == {Delivered("2.0.0 Ok")}
    assert [to for to, _ in office.taken if to != odd] == [address(party) for party in outcomes]


def test_a_server_that_falls_silent_is_not_waited_for_for_ever() -> None:
    silent = {address("krokom"): [SAYS_NOTHING]}
    with opened(PostOffice(to_letter=silent)) as office, ImpatientWith("krokom", office) as transport:
        outcomes = {party: hand_over(transport, party) for party in ("berg", "krokom", "are")}
    assert outcomes == {"berg": Delivered("2.0.0 Ok"), "krokom": Deferred(NO_ANSWER), "are": Delivered("2.0.0 Ok")}


class Watching(PostOffice):
    """Asks how long it is waited for, each time it has a letter to think about."""

    watched: SmtpTransport
    waited_for: float | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's
        connection = self.watched._connection  # noqa: SLF001 - it is asked nowhere else
        assert connection is not None
        self.waited_for = connection.sock.gettimeout() if connection.sock is not None else None
        return await super().handle_DATA(server, session, envelope)


def test_the_answer_to_a_whole_letter_is_waited_for_longer_than_any_other() -> None:
    office = Watching()
    with opened(office):
        office.watched = SmtpTransport(read_server(office.url(), {}), Patience(reply=30, letter=300))
        with office.watched as transport:
            assert hand_over(transport, "are") == Delivered("2.0.0 Ok")
    assert office.waited_for == 300
    assert (Patience().reply, Patience().letter) == (60, 600)


def test_a_letter_whose_answer_was_lost_may_arrive_twice_and_then_with_one_message_id() -> None:
    lost = {address("krokom"): [HANGS_UP, "250 2.0.0 Ok"]}
    with opened(PostOffice(to_letter=lost)) as office:
        outcomes = [*sent(office.url(), ["krokom"]).values(), *sent(office.url(), ["krokom"]).values()]
        assert outcomes == [Deferred(NO_ANSWER), Delivered("2.0.0 Ok")]
        assert [letter for _, letter in office.letters] == [letter_to("krokom")] * 2
    assert f"Message-ID: {message_id('krokom')}\r\n".encode() in letter_to("krokom")


def test_a_server_that_nobody_runs_defers_every_letter_and_is_remarked_on_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken_then_freed:
        port = taken_then_freed.getsockname()[1]
    with SmtpTransport(read_server(f"smtp://127.0.0.1:{port}", {}), QUICK) as transport:
        outcomes = [hand_over(transport, party) for party in PARTIES]
        remarks = transport.remarks
    assert outcomes == [Deferred(NO_CONNECTION)] * len(PARTIES)
    assert [remark.values for remark in remarks] == [{"server": f"127.0.0.1:{port}"}]


def test_a_server_that_never_greets_is_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as never_accepting:
        port = never_accepting.getsockname()[1]
        outcomes = sent(f"smtp://127.0.0.1:{port}", ["are", "berg"], QUICK)
    assert outcomes == {"are": Deferred(NO_CONNECTION), "berg": Deferred(NO_CONNECTION)}


def test_a_server_that_is_reached_is_not_remarked_on(post_office: PostOffice) -> None:
    with SmtpTransport(read_server(post_office.url(), {})) as transport:
        hand_over(transport, "are")
        assert transport.remarks == ()


def test_a_server_lost_on_the_way_and_gone_defers_the_rest_without_asking_again_for_each() -> None:
    with opened(PostOffice()) as office:
        transport = SmtpTransport(read_server(office.url(), {}), UNHURRIED)
        transport.__enter__()
        assert hand_over(transport, "are") == Delivered("2.0.0 Ok")
    assert hand_over(transport, "berg") == Deferred(CONNECTION_LOST)
    assert hand_over(transport, "krokom") == Deferred(NO_CONNECTION)
    assert len(transport.remarks) == 1
    transport.__exit__(None, None, None)


@pytest.mark.parametrize("reply", ["550 5.7.1 Sender not allowed", "530 5.7.0 Authentication required"])
def test_what_the_server_has_against_the_sender_is_held_against_no_letter(reply: str) -> None:
    with opened(PostOffice(to_sender=[reply])) as office:
        with SmtpTransport(read_server(office.url(), {})) as transport, pytest.raises(MailUnavailable) as refused:
            hand_over(transport, "are")
        assert f"{refused.value.values['code']} {refused.value.values['reply']}" == reply
        assert refused.value.exit_code == 69


def test_a_login_that_is_asked_for_at_the_recipient_is_held_against_no_letter() -> None:
    asks = {address("are"): ["530 5.7.0 Authentication required"]}
    with (
        opened(PostOffice(to_recipient=asks)) as office,
        SmtpTransport(read_server(office.url(), {})) as transport,
        pytest.raises(MailUnavailable),
    ):
        hand_over(transport, "are")


def test_a_letter_too_big_for_the_server_is_that_letters_fault() -> None:
    with opened(PostOffice(), data_size_limit=2000) as office:
        big = letter_to("are", "x" * 3000)
        with SmtpTransport(read_server(office.url(), {})) as transport:
            outcome = transport.deliver(big, SENDER, address("are"), message_id("are"))
            assert isinstance(outcome, Refused)
            assert outcome.code == 552
            assert hand_over(transport, "berg") == Delivered("2.0.0 Ok")


def test_a_reply_is_kept_on_one_short_line_that_steers_no_console() -> None:
    long = "550-5.1.1 \x1b[31mRed\x07\r\n550-" + "mycket " * 100 + "\r\n550 slut"
    with opened(PostOffice(to_recipient={address("are"): [long]})) as office:
        (outcome,) = sent(office.url(), ["are"]).values()
    assert isinstance(outcome, Refused)
    assert outcome.why.startswith("5.1.1 [31mRed mycket mycket")
    assert len(outcome.why) == 200
    assert outcome.why.isprintable()


@pytest.mark.parametrize("is_interrupted", [True, False])
def test_who_is_interrupted_amid_a_letter_takes_no_leave_and_waits_for_no_answer(
    post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, *, is_interrupted: bool
) -> None:
    """Whatever is said amid a letter is more of it to the server, which then answers nothing for ten minutes."""
    left: list[smtplib.SMTP] = []
    take_leave = smtplib.SMTP.quit

    def leaving(connection: smtplib.SMTP) -> object:
        left.append(connection)
        return take_leave(connection)

    def interrupted(_connection: smtplib.SMTP, _message: bytes) -> tuple[int, bytes]:
        raise KeyboardInterrupt

    monkeypatch.setattr(smtplib.SMTP, "quit", leaving)
    transport = SmtpTransport(read_server(post_office.url(), {}), UNHURRIED)
    if is_interrupted:
        monkeypatch.setattr(smtplib.SMTP, "data", interrupted)
        with pytest.raises(KeyboardInterrupt), transport:
            hand_over(transport, "are")
    else:
        with transport:
            hand_over(transport, "are")
    assert len(left) == (0 if is_interrupted else 1)
