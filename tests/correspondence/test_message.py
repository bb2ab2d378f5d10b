"""A message is read back as it was meant, and nothing in it can pretend to be a header."""

import email
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from correspondence.letter import Written
from correspondence.message import Attachment, Headers, compose
from workflow.bad_data import ValueInvalid

LETTER = Written(subject="[SAM-2026-0007/krokom] Begäran om godkännandebeslut", text="Vi ber er.\nÅÄÖ åäö § «»\n")
HEADERS = Headers(
    sender="samverkan@region.example",
    reply_to="sekreterare.forum@region.example",
    to="registrator@krokom.example",
    message_id="<SAM-2026-0007.krokom.12@jamtlands-lan.0a1b2c3d.arendegang>",
    date=datetime(2026, 3, 2, 9, 5, tzinfo=timezone(timedelta(hours=1))),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

lines = st.text(st.characters(categories=["L", "M", "N", "P", "S"], include_characters=" "), min_size=1).map(
    lambda text: " ".join(text.split())
)
visible_lines = lines.filter(lambda line: any(sign.isalnum() for sign in line))


def read(message: bytes) -> EmailMessage:
    return email.message_from_bytes(message, policy=SMTP)


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def files(message: EmailMessage) -> list[tuple[str | None, str, bytes]]:
    found = []
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((part.get_filename(), part.get_content_type(), content))
    return found


def test_a_message_has_its_head_its_text_and_its_file() -> None:
    message = read(compose(LETTER, HEADERS, Attachment("Öv placerade barn.docx", b"PK\x03\x04\r\n.\r\n\xff")))
    assert dict(message.items()) == {
        "Subject": LETTER.subject,
        "From": HEADERS.sender,
        "Reply-To": HEADERS.reply_to,
        "To": HEADERS.to,
        "Date": "Mon, 02 Mar 2026 09:05:00 +0100",
        "Message-ID": HEADERS.message_id,
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }
    assert body(message) == LETTER.text
    assert files(message) == [("Öv placerade barn.docx", DOCX, b"PK\x03\x04\r\n.\r\n\xff")]
    assert not message.defects


def test_a_reminder_belongs_to_the_letter_it_reminds_of() -> None:
    reminder = replace(HEADERS, message_id="<reminder.1@log.example>", answers=HEADERS.message_id)
    message = read(compose(LETTER, reminder))
    assert message["In-Reply-To"] == message["References"] == HEADERS.message_id
    assert message["Message-ID"] == "<reminder.1@log.example>"
    assert files(message) == []


def test_a_message_that_is_still_to_be_sent_says_so() -> None:
    assert read(compose(LETTER, replace(HEADERS, unsent=True)))["X-Unsent"] == "1"
    assert read(compose(LETTER, HEADERS))["X-Unsent"] is None


def test_the_subject_can_be_sorted_by_in_its_raw_form() -> None:
    assert b"\r\nSubject: [SAM-2026-0007/krokom] " in b"\r\n" + compose(LETTER, HEADERS)


def test_the_same_letter_is_the_same_bytes_and_another_date_is_not() -> None:
    file = Attachment("text.pdf", b"%PDF")
    assert compose(LETTER, HEADERS, file) == compose(LETTER, HEADERS, file)
    assert compose(LETTER, HEADERS, file) != compose(
        LETTER, replace(HEADERS, date=datetime(2026, 3, 3, tzinfo=UTC)), file
    )


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("text.pdf", b"%PDF-1.7", "application/pdf"),
        ("TEXT.PDF", b"%PDF-1.7", "application/pdf"),
        ("text.odt", b"PK", "application/vnd.oasis.opendocument.text"),
        ("text.txt", "åäö\r\n".encode(), "text/plain"),
        ("text.txt", b"\xe5\xe4\xf6\n", "text/plain"),
        ("text", b"", "application/octet-stream"),
        ("text.exe", b"MZ", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_its_name_tells_and_arrives_byte_for_byte(name: str, content: bytes, kind: str) -> None:
    assert files(read(compose(LETTER, HEADERS, Attachment(name, content)))) == [(name, kind, content)]


@given(subject=visible_lines, text=st.lists(lines | st.just(""), min_size=1), name=visible_lines, content=st.binary())
@example(subject="å" * 200, text=["ö" * 3000, ".", "From x", "--=_"], name="å" * 200 + ".pdf", content=b"--=_\r\n.\r\n")
@example(subject="[SAM/x] =?utf-8?q?a?=", text=["=C3=A5", " "], name='a"b\\c/d;e.pdf', content=b"")
@example(subject="=?utf-8?q?=0D=0ABcc:_x?=", text=["", "", ""], name="=?utf-8?q?a?=.pdf", content=b"")
@example(subject="a" * 400, text=["a" * 5000], name="..", content=b"\n" * 9)
def test_whatever_a_letter_says_is_read_back(subject: str, text: list[str], name: str, content: bytes) -> None:
    letter = Written(subject=f"[SAM-2026-0007/are] {subject[:400]}", text="\n".join(text) + "\n")
    sent = compose(letter, HEADERS, Attachment(name[:400], content))
    message = read(sent)
    assert message["Subject"] == one_form(letter.subject)
    assert body(message) == letter.text
    assert [(found, bytes_) for found, _, bytes_ in files(message)] == [(file_name(name[:400]), content)]
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")


def file_name(text: str) -> str:
    return "".join("_" if sign in '<>:"/\\|?*' else sign for sign in one_form(text))


def one_form(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


INJECTIONS = ("x\r\nBcc: alla@example.org", "x\nBcc: alla@example.org", "x\rBcc: y", "x\x00", "x\u2028y", "x\x85y")


@pytest.mark.parametrize("odd", INJECTIONS)
@pytest.mark.parametrize("field", ["sender", "reply_to", "to", "message_id", "answers"])
def test_no_line_of_the_head_can_be_broken_in_two(field: str, odd: str) -> None:
    plain = {"message_id": "<a@b.example>", "answers": "<a@b.example>"}.get(field, "a@b.example")
    compose(LETTER, replace(HEADERS, **{field: plain}))
    with pytest.raises(ValueInvalid):
        compose(LETTER, replace(HEADERS, **{field: plain + odd}))
    with pytest.raises(ValueInvalid):
        compose(LETTER, replace(HEADERS, **{field: odd + plain}))


@pytest.mark.parametrize("odd", INJECTIONS)
def test_neither_a_subject_nor_a_file_name_can_break_its_line(odd: str) -> None:
    with pytest.raises(ValueInvalid):
        compose(Written(subject=f"Ärende {odd}", text="x\n"), HEADERS)
    with pytest.raises(ValueInvalid):
        compose(LETTER, HEADERS, Attachment(f"text{odd}.pdf", b""))


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "registrator",
        "@krokom.example",
        "a b@c.example",
        "å@krokom.example",
        "a@b.example, c@d.example",
        "<a@b.c>",
    ],
)
@pytest.mark.parametrize("field", ["sender", "reply_to", "to"])
def test_what_is_no_single_plain_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(ValueInvalid):
        compose(LETTER, replace(HEADERS, **{field: address}))


@pytest.mark.parametrize("odd", ["", "a@b", "<a@b", "<a b@c>", "<a@b>,<c@d>", "<åäö@b>", f"<{'a' * 900}@b>"])
def test_what_is_no_message_id_is_refused(odd: str) -> None:
    with pytest.raises(ValueInvalid):
        compose(LETTER, replace(HEADERS, message_id=odd))


def test_a_long_message_id_stays_as_it_is_on_its_one_line() -> None:
    long = f"<{'a' * 120}@{'b' * 120}>"
    sent = compose(LETTER, replace(HEADERS, message_id=long, answers=long))
    for name in ("Message-ID", "In-Reply-To", "References"):
        assert f"\r\n{name}: {long}\r\n".encode() in sent


def test_a_date_without_a_time_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        compose(LETTER, replace(HEADERS, date=datetime(2026, 3, 2, 9, 5)))  # noqa: DTZ001 - the claim
