"""TLS and logins: nothing leaves readable unless somebody said so, and a password is seen by the server alone."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from correspondence.server import PASSWORD, read_server
from correspondence.smtp import Patience, SmtpTransport
from correspondence.transport import Delivered
from tests.correspondence import certificate
from tests.correspondence.conftest import letter_to, message_id
from tests.correspondence.post_office import PostOffice, opened, speaking_tls
from workflow.errors import Refusal
from workflow.out_of_reach import MailUnavailable
from workflow.refusals import ConfigInvalid

SENDER = "samverkan@region.example"
RIGHT = {PASSWORD: "hemlig-nyckel"}
WRONG = {PASSWORD: "fel-nyckel"}
USER = "samverkan%40region.example@"


@pytest.fixture
def guarded(own_certificate: tuple[Path, Path]) -> Iterator[PostOffice]:
    """A server that takes nothing before STARTTLS and a login."""
    office = PostOffice()
    tls = speaking_tls(*own_certificate)
    with opened(office, tls_context=tls, require_starttls=True, auth_required=True, authenticator=office.authenticate):
        yield office


def handed_over(url: str, passwords: dict[str, str]) -> object:
    with SmtpTransport(read_server(url, passwords), Patience(reply=30, letter=30)) as transport:
        return transport.deliver(letter_to("are"), SENDER, "registrator@are.example", message_id("are"))


def test_a_letter_leaves_encrypted_and_after_a_login(guarded: PostOffice, own_certificate: tuple[Path, Path]) -> None:
    url = guarded.url(user=USER, query=f"?ca={own_certificate[0]}")
    assert handed_over(url, RIGHT) == Delivered("2.0.0 Ok")
    assert guarded.encrypted == [True]
    assert guarded.logins == [("samverkan@region.example", "hemlig-nyckel")]
    assert guarded.taken_by("registrator@are.example") == [letter_to("are")]


def test_a_letter_leaves_by_tls_from_the_first_byte(own_certificate: tuple[Path, Path]) -> None:
    with opened(PostOffice(), ssl_context=speaking_tls(*own_certificate)) as office:
        assert handed_over(office.url("smtps", query=f"?ca={own_certificate[0]}"), {}) == Delivered("2.0.0 Ok")
        assert office.taken_by("registrator@are.example") == [letter_to("are")]


def test_a_wrong_password_is_a_wrong_setting_and_no_letters_fault(
    guarded: PostOffice, own_certificate: tuple[Path, Path]
) -> None:
    url = guarded.url(user=USER, query=f"?ca={own_certificate[0]}")
    with pytest.raises(ConfigInvalid) as refused:
        handed_over(url, WRONG)
    assert refused.value.values["setting"] == PASSWORD
    assert refused.value.values["said"] == 535
    assert guarded.letters == []


def test_a_server_without_any_login_is_told_no_password(own_certificate: tuple[Path, Path]) -> None:
    with opened(
        PostOffice(), tls_context=speaking_tls(*own_certificate), auth_exclude_mechanism=["LOGIN", "PLAIN"]
    ) as office:
        with pytest.raises(ConfigInvalid):
            handed_over(office.url(user=USER, query=f"?ca={own_certificate[0]}"), RIGHT)
        assert office.logins == []
        assert office.letters == []


def test_starttls_that_is_not_offered_stops_the_delivery(post_office: PostOffice) -> None:
    with pytest.raises(MailUnavailable):
        handed_over(post_office.url(query=""), {})
    assert post_office.letters == []


def test_starttls_that_is_offered_and_then_refused_stops_the_delivery() -> None:
    """The server says it can, and then that it cannot: an old trick of whoever sits on the line."""
    refusing = PostOffice(extra_ehlo=("250-STARTTLS",))
    with opened(refusing) as office:
        with pytest.raises(MailUnavailable) as refused:
            handed_over(office.url(query=""), {})
        assert refused.value.values["code"] == 454
        assert office.letters == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_stops_the_delivery(
    own_certificate: tuple[Path, Path], scheme: str
) -> None:
    tls = speaking_tls(*own_certificate)
    how = {"ssl_context": tls} if scheme == "smtps" else {"tls_context": tls}
    with opened(PostOffice(), **how) as office:
        with pytest.raises(MailUnavailable) as refused:
            handed_over(office.url(scheme, query=""), {})
        assert "self-signed" in str(refused.value.values["fault"]).replace(" ", "-")
        assert office.letters == []


def test_a_certificate_for_another_server_stops_the_delivery(tmp_path: Path) -> None:
    of_another, key = certificate.write(tmp_path, "127.0.0.2")
    with opened(PostOffice(), tls_context=speaking_tls(of_another, key)) as office:
        with pytest.raises(MailUnavailable) as refused:
            handed_over(office.url(query=f"?ca={of_another}"), {})
        assert "127.0.0.1" in str(refused.value.values["fault"])
        assert office.letters == []


def test_tls_asked_of_a_server_that_speaks_none_stops_the_delivery(post_office: PostOffice) -> None:
    with pytest.raises(MailUnavailable):
        handed_over(post_office.url("smtps", query=""), {})
    assert post_office.letters == []


def test_a_file_without_certificates_is_a_wrong_setting(post_office: PostOffice, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("inget certifikat", encoding="utf-8")
    with pytest.raises(ConfigInvalid):
        handed_over(post_office.url(query=f"?ca={tmp_path / 'ca.pem'}"), {})


@pytest.mark.parametrize("passwords", [RIGHT, WRONG])
def test_the_password_is_in_no_message_no_log_and_no_description(
    guarded: PostOffice,
    own_certificate: tuple[Path, Path],
    passwords: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    url = guarded.url(user=USER, query=f"?ca={own_certificate[0]}")
    server = read_server(url, passwords)
    said = [repr(server), repr(SmtpTransport(server))]
    # The server's own log is not ours: it tells what it was sent.
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("mail.log").disabled = True
        try:
            handed_over(url, passwords)
        except Refusal as refusal:
            said += [str(refusal), repr(refusal.values), "".join(traceback.format_exception(refusal))]
        finally:
            logging.getLogger("mail.log").disabled = False
    told = capfd.readouterr()
    heard = "\n".join([*said, caplog.text, told.out, told.err])
    assert server.password in passwords.values()
    assert not any(password in heard for password in passwords.values())
