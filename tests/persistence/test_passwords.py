"""Where the password for a server comes from, and who else may read it."""

from pathlib import Path

import pytest

from persistence.database import Database
from tests.persistence.calling import fails, look
from tests.persistence.conftest import SERVER
from tests.persistence.homes import Homes, ServerHome
from tests.server import HOST, OWNER, Server
from workflow.bad_data import NoDatabase
from workflow.refusals import ConfigInvalid, DatabaseUnavailable

pytestmark = pytest.mark.usefixtures("isolated")


@pytest.fixture
def kind() -> str:
    return SERVER


def without_password(home: ServerHome) -> str:
    return f"postgresql://{OWNER}@{HOST}:{home.server.port}/{home.database}"


def test_the_password_is_taken_from_the_setting_every_client_heeds(
    home: ServerHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", home.server.password)
    look(Database(without_password(home)))
    assert isinstance(fails(home.url.replace(home.server.password, "hemligt")), DatabaseUnavailable), (
        "the URL goes first"
    )


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("{host}:{port}:{name}:{user}:{password}", True),
        ("*:*:*:*:{password}", True),
        ("# en rad\n\nhalv:rad\n{host}:*:*:{user}:{password}\r\n*:*:*:*:fel", True),
        ("{host}:*:*:annan:fel\n*:*:*:*:{password}", True),
        ("{host}:*:*:*:fel\n*:*:*:*:{password}", False),
        ("{host}:1:*:*:{password}", False),
        ("", False),
    ],
)
def test_the_password_is_taken_from_the_first_line_of_the_file_that_fits(
    home: ServerHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, *, fits: bool
) -> None:
    named = {"host": HOST, "port": home.server.port, "name": home.database, "user": OWNER}
    file = tmp_path / "lösenord"
    file.write_text(line.format(**named, password=home.server.password), encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(file))
    if fits:
        look(Database(without_password(home)))
    else:
        assert isinstance(fails(without_password(home)), DatabaseUnavailable)


def test_a_password_with_every_sign_in_it_is_read_as_it_is(
    homes: Homes, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And it is hashed as a server of today does unless it is told otherwise."""
    home = homes.empty()
    file = tmp_path / "lösenord"
    file.write_text("*:*:*:*:å\\:\\\\ %d'\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    server.run("SET password_encryption = 'scram-sha-256'", "CREATE ROLE tecken LOGIN PASSWORD 'å:\\ %d'''")
    try:
        assert isinstance(home, ServerHome)
        refusal = fails(f"postgresql://tecken@{HOST}:{server.port}/{home.database}")
        assert isinstance(refusal, NoDatabase), "it was let in, and found nothing"
    finally:
        server.run("DROP ROLE tecken", "RESET password_encryption")


def test_a_password_file_that_others_may_read_is_not_used(
    home: ServerHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "lösenord"
    file.write_text("*:*:*:*:hemligt", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.setenv("PGPASSFILE", str(file))
    assert isinstance(fails(without_password(home)), ConfigInvalid)
