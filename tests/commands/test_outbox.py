"""The outbox from the command line: what a secretary sees, sets and is refused."""

import email
import json
from collections import Counter
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.conftest import isolate
from tests.correspondence import certificate
from tests.correspondence.post_office import PostOffice, opened, speaking_tls
from tests.office import PARTIES, Office, Reply, Word
from translations import LANGUAGES

DAY = "2026-03-02"
FROM = "samverkan@region.example"
SECRET = "hemlig-nyckel"  # noqa: S105 - the test's own server knows it


@pytest.fixture(scope="module")
def nine_letters(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case sent to its nine parties, never to be written to."""
    office = furnished.copied_to(tmp_path_factory.mktemp("letters"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, office.folder)
        office.walked_to("sent_to_parties", text=office.paper("Överenskommelsen"))
    return office


@pytest.fixture
def sent_out(isolated: None, nine_letters: Office, tmp_path: Path) -> Office:
    """Nine letters to be sent."""
    return nine_letters.copied_to(tmp_path / "office")


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that only vouches for itself, and its key."""
    return certificate.write(tmp_path_factory.mktemp("certificate"))


def send(office: Office, *words: Word, today: str = DAY, **options: object) -> Reply:
    return office("outbox", "send", *words, today=today, **options)  # type: ignore[arg-type]  # as the office takes them


def by_server(server: PostOffice, *words: Word) -> tuple[Word, ...]:
    return ("--smtp", server.url(), "--from", FROM, *words)


def states(office: Office) -> Counter[str]:
    return Counter(row["state"] for row in office("outbox", "list", expect=0).json)


def ids(office: Office) -> dict[str, str]:
    return {row["party"]: row["id"] for row in office("outbox", "list", expect=0).json}


def test_without_a_server_each_letter_becomes_a_file_beside_the_database(sent_out: Office) -> None:
    told = send(sent_out, expect=0).json
    folder = sent_out.file.parent / "outbox"
    assert told["by_way_of"] == str(folder)
    assert {row["party"] for row in told["sent"]} == set(PARTIES)
    files = {file.name for file in folder.iterdir()}
    assert files == {row["message_id"].strip("<>") + ".eml" for row in told["sent"]}
    message = email.message_from_bytes((folder / min(files)).read_bytes(), policy=SMTP)
    assert message["X-Unsent"] == "1"
    assert message["From"].endswith(".invalid")
    (attached,) = message.iter_attachments()
    assert attached.get_payload(decode=True) == "Överenskommelsen".encode()


def test_the_checkpoint_in_every_letter_is_that_of_the_log_before_the_dispatch(sent_out: Office) -> None:
    (dispatched,) = [
        json.loads(content)
        for content in sent_out.copy_log_bytes()
        if json.loads(content)["event"]["kind"] == "dispatched"
    ]
    texts = {sent_out("outbox", "show", each, expect=0).json["text"] for each in ids(sent_out).values()}
    assert len(texts) == len(PARTIES)
    for text in texts:
        origin, size, root = text.splitlines()[-3:]
        assert [origin, size, root] == dispatched["event"]["checkpoint"].splitlines()
        assert int(size) == dispatched["seq"] - 1


def test_with_a_server_the_letters_go_there_and_nowhere_else(sent_out: Office) -> None:
    with opened(PostOffice()) as server:
        told = send(sent_out, *by_server(server, "--reply-to", "sekreterare@region.example"), expect=0).json
        assert told["by_way_of"] == f"127.0.0.1:{server.port}"
        assert len(server.taken) == len(told["sent"]) == len(PARTIES)
        message = email.message_from_bytes(server.taken[0][1], policy=SMTP)
    assert (message["From"], message["Reply-To"]) == (FROM, "sekreterare@region.example")
    assert message["X-Unsent"] is None
    body = message.get_body(("plain",))
    assert body is not None
    assert "sekreteraren i Politiskt forum, sekreterare@region.example" in body.get_content()
    assert not (sent_out.file.parent / "outbox").exists()


def test_sending_again_says_that_nothing_is_due(sent_out: Office) -> None:
    send(sent_out, expect=0)
    again = send(sent_out, json=False, lang="en", expect=0)
    assert again.out == "No letter is due.\n"
    assert again.err == ""


def test_one_letter_of_nine_refused_is_a_dead_letter_and_a_flag_until_it_is_sent_again(sent_out: Office) -> None:
    with opened(PostOffice(to_recipient={"registrator@are.example": ["550 5.1.1 No such user"]})) as server:
        told = send(sent_out, *by_server(server), expect=0).json
        assert [(row["party"], row["why"]) for row in told["undeliverable"]] == [("are", "550 5.1.1 No such user")]
        assert len(told["sent"]) == len(PARTIES) - 1
        (flag,) = sent_out("flag", "list", expect=0).json
        assert (flag["kind"], flag["party"]) == ("mail_undeliverable", "are")
        sent_out("party", "mailbox", "are", "ny@are.example", "--on", DAY, expect=0)
        sent_out("outbox", "retry", ids(sent_out)["are"], "--on", DAY, expect=0)
        (waiting,) = sent_out("outbox", "list", "--state", "queued", expect=0).json
        assert (waiting["to"], waiting["attempts"]) == ("ny@are.example", 0)
        assert [row["to"] for row in send(sent_out, *by_server(server), expect=0).json["sent"]] == ["ny@are.example"]
    assert states(sent_out) == {"sent": len(PARTIES)}
    assert sent_out("flag", "list", expect=0).json == []
    assert sent_out("audit", "verify", expect=0).json["findings"] == []


def test_a_letter_that_was_put_off_waits_unless_it_is_asked_for(sent_out: Office) -> None:
    busy = {f"registrator@{party}.example": ["451 4.7.1 Later", "250 Ok"] for party in ("are", "berg")}
    with opened(PostOffice(to_recipient=busy)) as server:
        told = send(sent_out, *by_server(server), expect=0).json
        assert {row["party"] for row in told["put_off"]} == {"are", "berg"}
        assert told["next_try_at"] == min(row["next_try_at"] for row in told["put_off"])
        assert send(sent_out, *by_server(server), expect=0).json["sent"] == []
        before = sent_out.copy_log_bytes()
        assert sent_out("outbox", "retry", ids(sent_out)["are"], "--on", DAY, expect=0).json["events"] == []
        assert sent_out.copy_log_bytes() == before
        assert [row["party"] for row in send(sent_out, *by_server(server), expect=0).json["sent"]] == ["are"]
        assert [row["party"] for row in send(sent_out, *by_server(server, "--now"), expect=0).json["sent"]] == ["berg"]


def test_a_letter_is_shown_as_it_was_sent_and_says_when_it_would_not_be_the_same(sent_out: Office) -> None:
    letter = ids(sent_out)["krokom"]
    assert sent_out("outbox", "show", letter, "--from", FROM, expect=0).json["as_sent"] is None
    with opened(PostOffice()) as server:
        send(sent_out, *by_server(server), expect=0)
        (arrived,) = server.taken_by("registrator@krokom.example")
    shown = sent_out("outbox", "show", letter.upper(), "--smtp", server.url(), "--from", FROM, expect=0).json
    message = email.message_from_bytes(arrived, policy=SMTP)
    body = message.get_body(("plain",))
    assert body is not None
    assert shown["as_sent"] is True
    assert (shown["subject"], shown["text"]) == (message["Subject"], body.get_content().replace("\r\n", "\n"))
    other = sent_out("outbox", "show", shown["message_id"], "--from", "annan@region.example", expect=0)
    assert other.json["as_sent"] is False
    assert "another letterhead" in sent_out("outbox", "show", letter, json=False, expect=0).err


def test_a_county_writes_its_letters_by_its_own_templates(sent_out: Office, tmp_path: Path) -> None:
    own = tmp_path / "brev" / "sv"
    own.mkdir(parents=True)
    fields = "$ref $party $answer_by $report_to $recommendations $text_version $sha256 $answers $effect\n$checkpoint\n"
    (own / "dispatch.txt").write_text(f"Goddag, $party!\n{fields}", encoding="utf-8")
    shown = sent_out("outbox", "show", ids(sent_out)["are"], "--letters", own.parent, expect=0).json
    assert shown["text"].startswith("Goddag, Åre kommun!\n")
    (own / "dispatch.txt").write_text("Goddag, $party!\n", encoding="utf-8")
    refused = send(sent_out, "--letters", own.parent, expect=78)
    assert refused.error["code"] == "config_invalid"
    assert str(own / "dispatch.txt") in refused.error["message"]
    assert "$checkpoint" in refused.error["message"]
    assert states(sent_out) == {"queued": len(PARTIES)}


def test_every_setting_may_come_from_the_environment(
    sent_out: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARENDEGANG_OUTBOX", str(tmp_path / "utgående"))
    monkeypatch.setenv("ARENDEGANG_MAIL_FROM", FROM)
    assert send(sent_out, expect=0).json["by_way_of"] == str(tmp_path / "utgående")
    (one, *others) = (tmp_path / "utgående").iterdir()
    assert len(others) == len(PARTIES) - 1
    assert f"From: {FROM}\r\n".encode() in one.read_bytes()
    monkeypatch.setenv("ARENDEGANG_SMTP", "http://mail.example")
    assert send(sent_out, expect=78).error["message"].startswith("ARENDEGANG_SMTP: ")


def test_the_password_is_read_from_the_environment_and_told_to_nobody_but_the_server(
    sent_out: Office, monkeypatch: pytest.MonkeyPatch, own_certificate: tuple[Path, Path]
) -> None:
    monkeypatch.setenv("ARENDEGANG_SMTP_PASSWORD", SECRET)
    office = PostOffice()
    guard = {"require_starttls": True, "auth_required": True, "authenticator": office.authenticate}
    with opened(office, tls_context=speaking_tls(*own_certificate), **guard) as server:
        url = server.url(user="samverkan@", query=f"?ca={own_certificate[0].as_posix()}")
        reply = send(sent_out, "--smtp", url, "--from", FROM, expect=0)
        monkeypatch.setenv("ARENDEGANG_SMTP_PASSWORD", f"{SECRET}2")
        refused = send(sent_out, "--smtp", url, "--from", FROM)
    assert office.logins[0] == ("samverkan", SECRET)
    assert len(reply.json["sent"]) == len(PARTIES)
    told = f"{reply.out}{reply.err}{refused.out}{refused.err}".encode() + sent_out.file.read_bytes()
    assert SECRET.encode() not in told


REFUSED: dict[str, tuple[str, ...]] = {
    "a password in the URL": ("--smtp", f"smtps://user:{SECRET}@mail.example", "--from", FROM),
    "a URL of something else": ("--smtp", "http://mail.example", "--from", FROM),
    "no sender for a server": ("--smtp", "smtps://mail.example"),
    "a sender that is none": ("--from", "Samverkan <samverkan@region.example>"),
    "two lines for a sender": ("--from", "a@b.example\nBcc: c@d.example"),
    "no folder of letters": ("--letters", "no-such-folder"),
    "a user without a password": ("--smtp", "smtps://user@mail.example", "--from", FROM),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_setting_that_does_not_hold_is_refused_before_any_letter_is_touched(sent_out: Office, case: str) -> None:
    for as_json in (True, False):
        refused = send(sent_out, *REFUSED[case], json=as_json, expect=78)
        assert "config_invalid" in refused.err
        assert SECRET not in refused.out + refused.err
        assert "Traceback" not in refused.err
    assert all(row["attempts"] == 0 for row in sent_out("outbox", "list", expect=0).json)


def test_a_server_that_will_not_have_us_is_exit_69_and_every_letter_stays_as_it_was(sent_out: Office) -> None:
    with opened(PostOffice(to_sender=["550 5.7.1 Not from here"])) as server:
        refused = send(sent_out, *by_server(server), expect=69)
    assert refused.error["code"] == "mail_unavailable"
    assert "550 «5.7.1 Not from here»" in refused.error["message"]
    assert {(row["state"], row["attempts"]) for row in sent_out("outbox", "list", expect=0).json} == {("queued", 0)}


def test_what_left_before_the_server_turned_us_away_is_told(sent_out: Office) -> None:
    with opened(PostOffice(to_sender=["250 Ok", "250 Ok", "550 5.7.1 Enough for today"])) as server:
        refused = send(sent_out, *by_server(server), expect=69)
    assert len(refused.json["sent"]) == 2
    assert refused.error["code"] == "mail_unavailable"
    assert states(sent_out) == {"sent": 2, "queued": len(PARTIES) - 2}


def test_a_day_that_has_not_come_sends_nothing(sent_out: Office) -> None:
    assert send(sent_out, today="2099-01-01", expect=65).error["code"] == "date_in_future"
    assert states(sent_out) == {"queued": len(PARTIES)}


def test_an_unknown_letter_is_refused_with_the_nearest(sent_out: Office) -> None:
    letter = ids(sent_out)["krokom"]
    for verb in ("show", "retry"):
        refused = sent_out("outbox", verb, letter.replace("krokom", "krokm"), expect=66)
        assert (refused.error["code"], refused.error["suggestion"]) == ("unknown_letter", letter)


def test_a_letter_that_has_left_is_not_sent_again(sent_out: Office) -> None:
    send(sent_out, expect=0)
    before = sent_out.copy_log_bytes()
    assert sent_out("outbox", "retry", ids(sent_out)["are"], expect=1).error["code"] == "step_not_possible"
    assert sent_out.copy_log_bytes() == before


def test_the_list_is_as_long_as_it_is_asked_to_be(sent_out: Office) -> None:
    assert sent_out("outbox", "list", "--state", "sent", expect=0).json == []
    assert len(sent_out("outbox", "list", "--case", "SAM-2026-0001", expect=0).json) == len(PARTIES)
    assert sent_out("outbox", "list", "--case", "SAM-2026-0002", expect=0).json == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_person_reads_fits_on_a_hundred_columns(sent_out: Office, lang: str) -> None:
    busy = {"registrator@are.example": ["451 4.7.1 Greylisted, please come back in a while and try the same again"]}
    with opened(PostOffice(to_recipient=busy)) as server:
        told = [send(sent_out, *by_server(server), json=False, lang=lang, expect=0).out]
    told.append(sent_out("outbox", "list", json=False, lang=lang, expect=0).out)
    assert max(len(line) for text in told for line in text.splitlines()) <= 100


def test_five_senders_at_once_send_each_of_many_letters_once(sent_out: Office) -> None:
    for _ in range(2):
        sent_out.walked_to("sent_to_parties")
    with opened(PostOffice()) as server:
        running = [sent_out.spawn("outbox", "send", *by_server(server), today=DAY) for _ in range(5)]
        replies = [(process.communicate(), process.returncode) for process in running]
        assert [code for _, code in replies] == [0] * 5, replies
        told = Counter(row["id"] for (out, _), _ in replies for row in json.loads(out)["sent"])
        arrived = Counter(letter for _, letter in server.taken)
    assert told == Counter(dict.fromkeys(told, 1))
    assert len(told) == len(arrived) == sum(arrived.values()) == 3 * len(PARTIES)
    assert sent_out("audit", "verify", expect=0).json["findings"] == []
