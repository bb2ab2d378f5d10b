"""Every party is told when notice is given: from the command to the mailbox, and what goes wrong between."""

import email
from collections import Counter
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import isolate
from tests.correspondence.post_office import PostOffice, opened
from tests.office import PARTIES, Office, Reply, Word
from translations import LANGUAGES

DAY = "2025-06-02"
FROM = "samverkan@region.example"
DOCUMENT = "b1-09"


@pytest.fixture(scope="module")
def registered(furnished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Bilaga 1 in the register of an office that knows every mailbox; never to be written to."""
    office = furnished.copied_to(tmp_path_factory.mktemp("register"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, office.folder)
        office("register", "import", "--on", "2025-01-13", expect=0)
    return office


@pytest.fixture
def register(isolated: None, registered: Office, tmp_path: Path) -> Office:
    """The same, to be written to."""
    return registered.copied_to(tmp_path / "office")


@pytest.fixture
def mailless(isolated: None, tmp_path: Path) -> Office:
    """A register in an office that knows the mailboxes of all but Östersund."""
    office = Office(tmp_path).founded()
    for party in PARTIES:
        if party != "ostersund":
            office("party", "mailbox", party, f"registrator@{party}.example", expect=0)
    office("register", "import", "--on", "2025-01-13", expect=0)
    return office


def notice(office: Office, *words: Word, received: str = "2025-06-01", on: str = DAY, **options: Any) -> Reply:
    """Ragunda's notice, recorded on the day it is given here."""
    said = ("--by", "ragunda", "--received", received, "--on", on)
    return office("register", "notice", DOCUMENT, *said, *words, today=on, **{"expect": 0, **options})


def letters(office: Office, *words: Word) -> dict[str, dict[str, Any]]:
    """The letters of the document, by party; the latest of each."""
    rows = office("outbox", "list", "--document", DOCUMENT, *words, expect=0).json
    return {row["party"]: row for row in rows}


def send(office: Office, *words: Word, today: str = DAY) -> dict[str, Any]:
    told: dict[str, Any] = office("outbox", "send", *words, today=today, expect=0).json
    return told


def by_server(server: PostOffice) -> tuple[Word, ...]:
    return ("--smtp", server.url(), "--from", FROM)


def text_of(message: bytes) -> str:
    body = email.message_from_bytes(message, policy=SMTP).get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


def flags(office: Office) -> list[tuple[str, str | None]]:
    rows = office("flag", "list", "--kind", "mail_undeliverable", expect=0).json
    return [(row["document"], row["party"]) for row in rows]


def findings(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office("audit", "verify", expect=0).json["findings"]
    return found


def test_notice_for_all_is_told_to_every_party_and_receipted_to_the_one_that_gave_it(register: Office) -> None:
    """Scenario 75."""
    told = notice(register).json
    assert {(each["party"], each["to"]) for each in told["letters"]} == {
        (party, f"registrator@{party}.example") for party in PARTIES
    }
    assert {row["about"] for party, row in letters(register).items() if party != "ragunda"} == {"notice"}
    assert letters(register)["ragunda"]["about"] == "receipt"
    assert len(send(register)["sent"]) == len(PARTIES)
    folder = register.file.parent / "outbox"
    written = {row["party"]: folder / f"{row['message_id'].strip('<>')}.eml" for row in letters(register).values()}
    assert {file.name for file in folder.iterdir()} == {file.name for file in written.values()}
    for party, file in written.items():
        text = text_of(file.read_bytes())
        assert "2025-06-01" in text
        assert "upphör att gälla för alla parter" in text
        assert "2025-12-31" in text
        assert ("Vi har tagit emot er uppsägning" in text) == (party == "ragunda")
        assert ("Ragunda kommun har sagt upp" in text) == (party != "ragunda")
    assert {row["state"] for row in letters(register).values()} == {"sent"}
    assert findings(register) == []


def test_a_party_that_leaves_alone_is_told_of_to_all_and_so_is_that_the_others_stay(register: Office) -> None:
    """Scenario 75, the other scope."""
    notice(register, "--scope", "party")
    for party, row in letters(register).items():
        text = register("outbox", "show", row["id"], today=DAY, expect=0).json["text"]
        assert "avser bara Ragunda kommun, som är bunden till och med 2025-12-31" in " ".join(text.split()), party
        assert "För övriga parter fortsätter" in text
    assert register("register", "show", DOCUMENT, "--as-of", "2026-06-01", expect=0).json["status"] == "in_force"


def test_the_checkpoint_in_every_letter_is_that_of_the_log_before_the_notice(register: Office) -> None:
    before = register("audit", "checkpoint", expect=0).json
    notice(register)
    for row in letters(register).values():
        text = register("outbox", "show", row["id"], today=DAY, expect=0).json["text"]
        assert text.endswith(before["checkpoint"])
    assert int(before["size"]) == len(register.copy_log_bytes()) - 1


def test_one_letter_of_nine_refused_is_a_flag_and_a_duty_until_it_is_sent_again(register: Office) -> None:
    notice(register)
    with opened(PostOffice(to_recipient={"registrator@are.example": ["550 5.1.1 No such user"]})) as server:
        told = send(register, *by_server(server))
        assert [(row["party"], row["why"]) for row in told["undeliverable"]] == [("are", "550 5.1.1 No such user")]
        assert len(told["sent"]) == len(PARTIES) - 1
        assert flags(register) == [(DOCUMENT, "are")]
        duties = register("worklist", today=DAY, expect=0).json
        assert {(row["document"], row["step"]) for row in duties if row["step"] == "resend"} == {(DOCUMENT, "resend")}
        dead = letters(register)["are"]
        register("party", "mailbox", "are", "ny@are.example", "--on", DAY, expect=0)
        again = register("outbox", "retry", dead["id"], "--on", DAY, today=DAY, expect=0).json
        assert [event["kind"] for event in again["events"]] == ["letter_requeued", "document_flag_cleared"]
        assert [row["to"] for row in send(register, *by_server(server))["sent"]] == ["ny@are.example"]
        (arrived,) = server.taken_by("ny@are.example")
    assert email.message_from_bytes(arrived, policy=SMTP)["Message-ID"] == dead["message_id"]
    shown = register("outbox", "show", dead["id"], "--smtp", server.url(), "--from", FROM, today=DAY, expect=0).json
    assert (shown["as_sent"], shown["text"]) == (True, text_of(arrived))
    assert flags(register) == []
    assert send(register, *by_server(server))["sent"] == []
    assert findings(register) == []


def test_notice_is_recorded_though_a_party_has_no_mailbox_and_nothing_of_that_is_silent(mailless: Office) -> None:
    reply = notice(mailless)
    assert "Östersund" in reply.err
    assert {each["party"] for each in reply.json["letters"] if each["to"] is None} == {"ostersund"}
    waiting = letters(mailless)["ostersund"]
    assert (waiting["state"], waiting["to"], waiting["why"]) == ("undeliverable", None, "no-mailbox")
    assert flags(mailless) == [(DOCUMENT, "ostersund")]
    assert len(send(mailless)["sent"]) == len(PARTIES) - 1
    assert "Östersunds kommun" in mailless("outbox", "show", waiting["id"], today=DAY, expect=0).json["text"]
    retry = ("outbox", "retry", waiting["id"], "--on", DAY)
    refused = mailless(*retry, today=DAY, expect=1)
    assert (refused.error["code"], refused.missing) == ("mailbox_missing", {("mailbox_missing", "ostersund")})
    mailless("party", "mailbox", "ostersund", "registrator@ostersund.example", "--on", DAY, expect=0)
    mailless(*retry, today=DAY, expect=0)
    assert [row["to"] for row in send(mailless)["sent"]] == ["registrator@ostersund.example"]
    assert flags(mailless) == []
    assert findings(mailless) == []


def test_notice_given_twice_writes_nothing_and_one_corrected_takes_the_place_of_what_has_not_left(
    register: Office,
) -> None:
    notice(register)
    before = register.copy_log_bytes()
    again = notice(register)
    assert (again.json["letters"], register.copy_log_bytes()) == ([], before)
    assert again.err.strip()
    corrected = notice(register, received="2025-05-30").json["letters"]
    told = send(register)
    assert {row["id"] for row in told["sent"]} == {each["id"] for each in corrected}
    assert {row["why"] for row in told["dropped"]} == {"the party has given the same notice anew."}
    assert len(told["dropped"]) == len(PARTIES)
    assert Counter(row["state"] for row in register("outbox", "list", expect=0).json) == {"sent": 9, "dropped": 9}
    assert findings(register) == []


def test_what_is_past_is_not_mailed(register: Office) -> None:
    """A notice recorded when the day it led to has passed calls for no letters, and says so."""
    last = register.copied_to(register.folder / "on-the-last-day")
    late = notice(register, on="2026-01-01")
    assert late.json["letters"] == []
    assert "nobody is told by letter" in late.err.casefold()
    assert letters(register) == {}
    assert findings(register) == []
    assert len(notice(last, on="2025-12-31").json["letters"]) == len(PARTIES)


def test_letters_that_are_still_there_when_the_day_has_passed_are_dropped(register: Office) -> None:
    notice(register)
    one = register.copied_to(register.folder / "on-the-last-day")
    assert len(send(one, today="2025-12-31")["sent"]) == len(PARTIES)
    told = send(register, today="2026-01-01")
    assert {row["why"] for row in told["dropped"]} == {"the last day it speaks of has passed."}
    assert (told["sent"], len(told["dropped"])) == ([], len(PARTIES))
    assert findings(register) == []


def test_another_end_overtakes_what_has_not_left(register: Office) -> None:
    notice(register)
    register("register", "supersede", DOCUMENT, "--by", "b1-15", "--from", "2025-09-01", "--on", "2025-06-03", expect=0)
    told = send(register, today="2025-06-03")
    assert {row["why"] for row in told["dropped"]} == {"the document has another last day."}
    assert told["sent"] == []


def test_a_letter_says_the_same_however_long_it_waits(register: Office) -> None:
    """Another structure has come meanwhile, and others answer for the document: a retry is still the same bytes."""
    notice(register, received="2025-10-05", on="2025-10-06")
    letter = letters(register)["berg"]["id"]
    before = register("outbox", "show", letter, today="2025-10-06", expect=0).json["text"]
    register("sweep", today="2026-01-02", expect=0)
    assert register("register", "show", DOCUMENT, "--as-of", "2026-01-02", expect=0).json["owner"] == "politiskt-forum"
    assert register("outbox", "show", letter, today="2026-01-02", expect=0).json["text"] == before
    assert ("SVOM" in before, "för sent" in before) == (True, True)


def test_only_the_parties_of_a_document_are_told_of_its_notice(register: Office) -> None:
    row = {"id": "eget-1", "title": "Eget avtal", "type": "avtal", "group": "vuxna", "parties": "berg+krokom"}
    terms = {"valid_from": "2024-01-01", "valid_to": "2024-12-31", "recommending_forums": "SVOM"}
    rules = {"renewal_rule": "silent renewal, one calendar year at a time", "notice_rule": "3 months"}
    own = row | terms | rules
    file = register.folder / "eget.csv"
    file.write_text(f"{';'.join(own)}\n{';'.join(own.values())}\n", encoding="utf-8")
    register("register", "import", file, "--on", "2025-01-13", expect=0)
    said = ("--by", "krokom", "--received", DAY, "--on", DAY)
    told = register("register", "notice", "eget-1", *said, today=DAY, expect=0).json["letters"]
    assert [each["id"] for each in told] == ["eget-1.notice.berg.2", "eget-1.receipt.krokom.2"]
    refused = register("register", "notice", "eget-1", "--by", "ragunda", "--received", DAY, "--on", DAY)
    assert refused.error["code"] == "not_a_party"


def test_an_english_letter_follows_and_a_county_writes_by_its_own_templates(register: Office, tmp_path: Path) -> None:
    notice(register, "--in-english")
    letter = letters(register)["berg"]["id"]
    text = register("outbox", "show", letter, today=DAY, expect=0).json["text"]
    swedish, english = text.split("=" * 72)
    assert ("MEDDELANDE OM UPPSÄGNING" in swedish, "NOTICE HAS BEEN GIVEN" in english) == (True, True)
    own = tmp_path / "brev" / "sv"
    own.mkdir(parents=True)
    (own / "notice.txt").write_text("Hej $party!\n$ref $giver $received $effect $report_to\n$checkpoint\n", "utf-8")
    shown = register("outbox", "show", letter, "--letters", own.parent, today=DAY, expect=0).json
    assert shown["text"].startswith("Hej Bergs kommun!\n")
    (own / "notice.txt").write_text("Hej $party, $answer_by!\n", "utf-8")
    refused = register("outbox", "send", "--letters", own.parent, today=DAY, expect=78)
    assert (refused.error["code"], "$answer_by" in refused.error["message"]) == ("config_invalid", True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_reads_how_many_letters_wait_and_what_became_of_each(mailless: Office, lang: str) -> None:
    told = notice(mailless, json=False, lang=lang)
    assert "8" in told.out
    shown = [mailless(*words, json=False, lang=lang, expect=0).out for words in SHOWN]
    notices, receipt = {"sv": ("uppsägning", "bekräftelse"), "en": ("notice", "receipt")}[lang]
    for text in shown:
        kinds = Counter(line.split()[1] for line in text.splitlines() if line.startswith(" b1-09."))
        assert kinds == {notices: len(PARTIES) - 1, receipt: 1}
    assert max(len(line) for text in (told.out, *shown) for line in text.splitlines()) <= 100


SHOWN: tuple[tuple[Word, ...], ...] = (("outbox", "list"), ("register", "show", DOCUMENT))


def test_the_history_of_the_document_tells_every_letter(register: Office) -> None:
    notice(register)
    send(register)
    history = register("register", "show", DOCUMENT, expect=0).json["history"]
    assert Counter(row["kind"] for row in history)["letter_sent"] == len(PARTIES)
    told = register("audit", "replay", DOCUMENT, json=False, lang="sv", expect=0).out
    assert "Brev: 9" in " ".join(told.split())
    assert register("audit", "replay", DOCUMENT, "--with-current-rules", expect=0).json["differences"] == []


def test_the_letters_of_documents_are_no_texts_of_cases(register: Office) -> None:
    notice(register)
    shown = register("party", "show", "berg", expect=0).json
    assert [shown[place] for place in ("bound", "coming", "ended", "asked")] == [[], [], [], []]


def test_the_clock_may_send_them_and_nobody_else_may_but_who_may_send_letters(register: Office) -> None:
    notice(register)
    roles = (("samordnare", "administrator"), ("klockan", "clock"), ("kim", "secretary", "--forum", "svom"))
    for name, role, *of in roles:
        register("actor", "admit", name, "--role", role, *of, "--from", "2025-01-01", expect=0)
    refused = register("outbox", "send", today=DAY, actor="kim", expect=77)
    assert refused.error["code"] == "not_permitted"
    assert {row["state"] for row in letters(register).values()} == {"queued"}
    assert len(register("outbox", "send", today=DAY, actor="klockan", expect=0).json["sent"]) == len(PARTIES)
    said = ("--by", "berg", "--received", DAY, "--on", DAY)
    register("register", "notice", DOCUMENT, *said, today=DAY, actor="klockan", expect=77)


def test_a_second_notice_that_is_late_says_nowhere_that_it_counts_for_a_term_that_never_comes(register: Office) -> None:
    """Ragunda ends it with 2025; what Berg's late notice would have led to is told by neither letter nor history."""
    notice(register, received="2025-09-30", on="2025-10-02")
    said = ("--by", "berg", "--received", "2025-10-30", "--on", "2025-11-02")
    second = register("register", "notice", DOCUMENT, *said, lang="sv", today="2025-11-02", expect=0)
    assert "dokumentet upphör dessförinnan: dess sista dag är 2025-12-31" in second.err
    shown = register("register", "show", DOCUMENT, lang="sv", today="2025-11-02", expect=0).json
    told = [each["text"] for each in shown["history"] if each["kind"] == "notice_received"]
    assert [text.split("; ")[1] for text in told] == [
        "det upphör för alla 2025-12-31. Brev: 9.",
        "det upphör ändå för alla 2025-12-31. Brev: 9.",
    ]
    assert len(send(register, today="2025-11-03")["sent"]) == 18
    written = [text_of(path.read_bytes()) for path in register.folder.rglob("*.eml")]
    assert len(written) == 18
    assert [text for text in written if "2026-" in text] == []
    assert sum("innan nästa löper ut" in " ".join(text.split()) for text in written) == 9
    assert findings(register) == []
