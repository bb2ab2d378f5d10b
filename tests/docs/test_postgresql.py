"""The page about PostgreSQL is carried out as it stands, from the first login to the auditor's refusal."""

import re
from pathlib import Path

import pytest

from tests.docs.transcript import ANYTHING, ROOT, fences, run_through
from tests.server import HOST, Server

PAGE = (ROOT / "docs" / "postgresql.md").read_text("utf-8")
LOGINS = ("arendegang_auditor", "arendegang", "arendegang_owner")


@pytest.fixture
def page(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page, about the server that there is; what it has the administrator do is done."""
    monkeypatch.setenv("PGPASSWORD", server.password)
    for fence in fences(PAGE):
        if fence.kind == "sql":
            server.run(*(re.sub(r"PASSWORD '.*'", f"PASSWORD '{server.password}'", line) for line in fence.lines))
    return PAGE.replace("db.example", f"{HOST}:{server.port}")


def test_what_the_page_shows_is_what_happens(page: str, server: Server, tmp_path: Path) -> None:
    try:
        answered = run_through(page, tmp_path, "en")
        assert len(answered) > 10
        assert [each for each in answered if not _holds(each.exchange.promised, each.answer)] == []
    finally:
        server.drop("arendegang")
        server.run(*(f"DROP ROLE {login}" for login in LOGINS))


def _holds(promised: tuple[str, ...], answer: tuple[str, ...]) -> bool:
    """A line may end in anything as well: what the server says of a right is its own."""
    wanted = ".*".join(re.escape(part) for part in "\n".join(promised).strip().split(ANYTHING))
    return re.fullmatch(wanted, "\n".join(answer).strip(), re.DOTALL) is not None


def test_every_setting_the_page_promises_is_the_one_that_is_made() -> None:
    from persistence.calling import _OF_THE_SERVER, settings  # noqa: PLC0415 - what the page says again

    for name in [*settings(10.0), *_OF_THE_SERVER]:
        assert f"`{name}`" in PAGE or name in {"client_encoding", "server_encoding"}, name
    assert settings(10.0)["statement_timeout"] == "60000"
    assert "`statement_timeout` 60 s" in PAGE
    assert settings(10.0)["idle_in_transaction_session_timeout"] == "300000"
