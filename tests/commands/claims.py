"""What holds of every refusal, whichever command it comes from."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.office import Office, Reply, Word

TODAY = "2026-11-20"
Owed = tuple[str, str | None]
Desk = Callable[..., tuple[Office, str]]


def contents(file: Path) -> str | bytes | None:
    """Everything a database file holds, as text; the bytes of a file that is none; None where there is no file."""
    if not file.is_file():
        return None
    try:
        with contextlib.closing(sqlite3.connect(file)) as base:
            return "\n".join(base.iterdump())
    except sqlite3.DatabaseError:
        return file.read_bytes()


def unbroken(text: str) -> str:
    """The text without the line breaks a narrow terminal puts in."""
    return " ".join(text.split())


def refused(
    office: Office,
    *words: Word,
    code: str | None,
    exit_code: int,
    missing: Iterable[Owed] | None = None,
    today: str | None = TODAY,
) -> Reply:
    """The command is refused in every way of asking, in one clear line, and leaves the database as it was."""
    before = contents(office.file)
    reply = office(*words, today=today, expect=exit_code)
    error = reply.error
    assert code is None or error["code"] == code, reply.transcript()
    assert {"code", "message", "missing", "suggestion", "hint"} <= error.keys(), reply.transcript()
    assert missing is None or reply.missing == set(missing), reply.transcript()
    assert reply.out == "", reply.transcript()
    assert error["message"].strip(), reply.transcript()
    assert "\n" not in error["message"], reply.transcript()
    assert len(error["message"]) <= 500, reply.transcript()
    english = office(*words, today=today, json=False, expect=exit_code)
    swedish = office(*words, today=today, json=False, lang="sv", expect=exit_code)
    assert unbroken(error["message"]) in unbroken(english.err), english.transcript()
    assert english.err != swedish.err, swedish.transcript()
    for spoken in (reply, english, swedish):
        assert "Traceback" not in spoken.out + spoken.err, spoken.transcript()
        assert "\x1b[" not in spoken.err, spoken.transcript()
    assert contents(office.file) == before, f"something was written\n{reply.transcript()}"
    return reply


def suggested(reply: Reply, name: str) -> None:
    """The refusal names the nearest name there is."""
    assert reply.error["suggestion"] == name, reply.transcript()


def kinds(reply: Reply) -> list[str]:
    """The kinds of the events an acting command gives back."""
    return [event["kind"] for event in reply.json["events"]]
