"""The same work in a file and on a server: the same bytes, the same answers, and the same little memory."""

import hashlib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from persistence.inspection import inspecting
from tests.office import Office
from tests.persistence.conftest import FILE, SERVER, Shelf
from tests.persistence.homes import Homes, ServerHome
from tests.persistence.keeping import Keeping
from tests.server import APPLICATION, AUDITOR

RECORDS, BYTES = 20_000, 1000


def test_the_log_of_the_same_work_is_the_same_byte_for_byte(shelf: Shelf) -> None:
    def digests(kind: str) -> list[str]:
        with shelf(kind, "used").rows() as base:
            rows = base.execute("SELECT bytes FROM event ORDER BY seq").fetchall()
        return [hashlib.sha256(content).hexdigest() for (content,) in rows]

    assert len(digests(FILE)) > 50
    assert digests(FILE) == digests(SERVER)


def test_what_is_kept_ready_is_the_same(shelf: Shelf) -> None:
    def rows(kind: str, table: str) -> Any:
        with shelf(kind, "used").rows() as base:
            return sorted(map(repr, base.execute(f'SELECT * FROM "{table}"').fetchall()))

    for table in ("case_view", "duty", "flag", "outbox", "text", "rule_file"):
        assert rows(FILE, table)
        assert rows(FILE, table) == rows(SERVER, table)


def filled(keeping: Keeping) -> Keeping:
    """A log of many large records; what they say is of no matter to who reads it as a stream."""
    content = b"x" * BYTES
    numbers = "generate_series(1, ?) AS n(n)" if keeping.on_server else "counted"
    counted = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?) "
    statement = f"INSERT INTO event SELECT n, 's', n, 'k', 'd', 'r', ?, ? FROM {numbers}"
    values: tuple[Any, ...] = (content, b"h", RECORDS) if keeping.on_server else (RECORDS, content, b"h")
    with keeping.rows() as base:
        base.execute(statement if keeping.on_server else f"{counted}{statement}", values)
    return keeping


def test_a_long_log_is_read_in_little_memory(keeping: Keeping) -> None:
    """The control is in the figures: all of it at once would be twenty megabytes."""
    with inspecting(filled(keeping).database) as inspection:
        tracemalloc.start()
        read = sum(len(row.content) for row in inspection.events())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert read == RECORDS * BYTES
    assert most < read / 4


@pytest.mark.parametrize("kind", [SERVER])
@pytest.mark.usefixtures("isolated")
def test_a_case_is_carried_through_by_the_command_and_verified_by_an_auditor(
    homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = homes.empty()
    assert isinstance(home, ServerHome)

    def office(login: str | None = None) -> Office:
        made = Office(tmp_path)
        made.url = home.url if login is None else home.server.url(home.database, login)
        return made

    monkeypatch.setenv("ARENDEGANG_AUDITOR_ROLE", AUDITOR)
    begun = office()("init", "--adopt", "alternativ-1", "--from", "2026-01-01", "--application-role", APPLICATION)
    assert begun.code == 0, begun.transcript()
    monkeypatch.delenv("ARENDEGANG_AUDITOR_ROLE")
    acting, auditing = office(APPLICATION).with_mailboxes(), office(AUDITOR)
    ref = acting.walked_to("in_force")
    assert acting.show(ref)["state"] == "in_force"
    told = auditing("audit", "verify", expect=0).json
    assert (told["findings"], told["events"] > 20) == ([], True)
    refused = auditing("party", "mailbox", "are", "annan@are.example", expect=77)
    again = auditing("init", "--auditor-role", AUDITOR, expect=77)
    assert {refused.error["code"], again.error["code"]} == {"not_permitted"}
    shown = [
        begun,
        refused,
        again,
        *(auditing("init", json=json, lang=lang) for json in (True, False) for lang in ("sv", "en")),
    ]
    assert [reply for reply in shown if home.server.password in reply.out + reply.err] == []


@pytest.mark.parametrize("kind", [SERVER])
@pytest.mark.usefixtures("isolated")
def test_a_password_is_never_shown_whatever_goes_wrong(homes: Homes, tmp_path: Path) -> None:
    home = homes.empty()
    assert isinstance(home, ServerHome)
    office = Office(tmp_path)
    words = [("init", "--adopt", "x", "--from", "y"), ("case", "list"), ("route", "check"), ("demo",), ("nonsense",)]
    right = home.url
    wrong = right.replace(home.server.password, "hemligt")
    for office.url in (
        right,
        f"{right}?sslmode=require",
        f"{right}?x=y",
        wrong,
        wrong.replace("@", "@@"),
        f"{wrong}:z",
    ):
        for said in words:
            for json in (True, False):
                reply = office(*said, json=json)
                assert reply.code in {2, 65, 66, 69, 78}, reply.transcript()
                assert not {"hemligt", home.server.password} & set(_pieces(reply.out + reply.err)), reply.transcript()
                assert "Traceback" not in reply.err


def _pieces(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()


@pytest.mark.usefixtures("isolated")
def test_a_role_asked_for_in_a_file_is_refused_by_name(office: Office) -> None:
    reply = office("init", "--auditor-role", "revisor", expect=78)
    assert reply.error["code"] == "config_invalid"
    assert "--auditor-role" in reply.error["message"]
    assert not office.file.exists() or office("case", "list").code == 66
