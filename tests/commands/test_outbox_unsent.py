"""The outbox when no letter can leave, and letters that were not to leave any more: said as it is, and as it was."""

import pytest

from tests.commands.claims import Desk
from tests.correspondence.post_office import HANGS_UP, PostOffice, opened
from tests.office import PARTIES, Office, Reply, Word
from translations import LANGUAGES

DAY = "2026-03-02"
FROM = "samverkan@region.example"


def send(office: Office, *words: Word, **options: object) -> Reply:
    return office("outbox", "send", *words, today=DAY, **options)  # type: ignore[arg-type]  # as the office takes them


def by_server(server: PostOffice) -> tuple[Word, ...]:
    return ("--smtp", server.url(), "--from", FROM)


def nobody_there() -> PostOffice:
    with opened(PostOffice()) as server:
        pass
    return server


def test_a_server_out_of_reach_is_exit_69_said_once_and_the_letters_wait(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    reply = send(office, *by_server(nobody_there()), json=False, lang="en", expect=69)
    assert reply.err.startswith("mail_unavailable: ")
    assert reply.err.count("could not be reached") == 1
    assert "put off 9" in reply.out
    rows = office("outbox", "list", expect=0).json
    assert {(row["state"], row["attempts"]) for row in rows} == {("queued", 1)}
    assert all(row["next_try_at"] for row in rows)


def test_what_was_put_off_because_nobody_answers_is_told_beside_the_error(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    reply = send(office, *by_server(nobody_there()), expect=69)
    assert reply.error["code"] == "mail_unavailable"
    assert {row["party"] for row in reply.json["put_off"]} == set(PARTIES)
    assert send(office, *by_server(nobody_there()), expect=0).json["put_off"] == [], "nothing is due before its pause"


def test_a_server_that_hangs_up_on_every_letter_is_exit_69(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    with opened(PostOffice(to_recipient={f"registrator@{party}.example": [HANGS_UP] for party in PARTIES})) as server:
        reply = send(office, *by_server(server), expect=69)
    assert reply.error["code"] == "mail_unavailable"
    assert len(reply.json["put_off"]) == len(PARTIES)


def test_a_server_that_hangs_up_on_all_letters_but_one_has_been_reached(desk: Desk) -> None:
    office, _ = desk("sent_to_parties")
    hung_up = {f"registrator@{party}.example": [HANGS_UP] for party in PARTIES if party != "are"}
    with opened(PostOffice(to_recipient=hung_up)) as server:
        told = send(office, *by_server(server), expect=0).json
    assert ([row["party"] for row in told["sent"]], len(told["put_off"])) == (["are"], len(PARTIES) - 1)


@pytest.mark.parametrize("said", ["451 4.7.1 Later", "550 5.1.1 No such user"])
def test_a_server_that_says_no_to_every_letter_has_been_reached(desk: Desk, said: str) -> None:
    office, _ = desk("sent_to_parties")
    with opened(PostOffice(to_recipient={f"registrator@{party}.example": [said] for party in PARTIES})) as server:
        assert send(office, *by_server(server), expect=0).json["sent"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_takes_no_letter_is_exit_69_in_the_readers_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    office, _ = desk("sent_to_parties")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", refuse)
        reply = send(office, json=False, lang=lang, expect=69)
    assert reply.err.count("mail_unavailable: ") == 1
    shown = " ".join((reply.out + reply.err + office("outbox", "list", json=False, lang=lang, expect=0).out).split())
    assert "Permission denied" not in shown
    assert {"sv": "du har inte rätt", "en": "you have no right"}[lang] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_that_was_dropped_is_shown_with_the_reason_that_was_recorded(desk: Desk, lang: str) -> None:
    """The day had come when it was dropped; that the day was moved afterwards is not why."""
    office, ref = desk("sent_to_parties")
    office("sweep", today="2026-06-15", expect=0)
    office("outbox", "send", today="2026-06-23", expect=0)
    dropped = office("outbox", "list", "--state", "dropped", expect=0).json
    assert {row["why"] for row in dropped} == {"day-has-come"}
    before = office("outbox", "show", dropped[0]["id"], json=False, lang=lang, expect=0)
    moved = ("--date", "2026-09-30", "--reason", "sommaruppehåll", "--on", "2026-06-24")
    office("case", "answer-by", ref, *moved, expect=0)
    after = office("outbox", "show", dropped[0]["id"], json=False, lang=lang, expect=0)
    assert (after.out, after.err) == (before.out, before.err)
    assert {"sv": "svarsdag är inne", "en": "has come"}[lang] in after.err
