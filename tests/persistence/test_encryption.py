"""A server that encrypts: its certificate is looked at, and what is not trusted is told nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from persistence.database import Database
from tests.correspondence import certificate
from tests.correspondence.post_office import speaking_tls
from tests.persistence.encrypting import Door
from tests.server import ADMINISTRATOR, HOST, OWNER, Server
from workflow.bad_data import NoDatabase
from workflow.refusals import DatabaseUnavailable

pytestmark = pytest.mark.usefixtures("isolated")


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that only vouches for itself, and its key."""
    return certificate.write(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def door(server: Server, own_certificate: tuple[Path, Path]) -> Door:
    return Door(speaking_tls(*own_certificate), server.port)


@pytest.fixture
def port(door: Door) -> Iterator[int]:
    with door.opened() as number:
        yield number


def reached(url: str) -> None:
    """The server is spoken to, and has nothing of ours."""
    with pytest.raises(NoDatabase), Database(url).reading():
        pass


def test_the_session_is_encrypted_as_far_as_the_url_asks(
    server: Server, door: Door, port: int, own_certificate: tuple[Path, Path]
) -> None:
    url = f"postgresql://{OWNER}:{server.password}@{HOST}:{port}/{ADMINISTRATOR}"
    for more in ("?sslmode=disable", "", "?sslmode=require", f"?sslmode=verify-full&sslrootcert={own_certificate[0]}"):
        reached(f"{url}{more}")
    assert door.encrypted == [False, True, True, True]


def test_a_certificate_that_is_not_known_or_not_the_hosts_is_not_trusted(
    server: Server, port: int, own_certificate: tuple[Path, Path]
) -> None:
    known = f"&sslrootcert={own_certificate[0]}"
    for host, more in ((HOST, ""), ("localhost", known)):
        url = f"postgresql://{OWNER}:{server.password}@{host}:{port}/{ADMINISTRATOR}?sslmode=verify-full{more}"
        with pytest.raises(DatabaseUnavailable, match="not trusted"), Database(url).reading():
            pass


@pytest.mark.parametrize("name", ["saknas.pem", "tom.pem"])
def test_a_file_that_holds_no_authority_is_told_of(server: Server, port: int, tmp_path: Path, name: str) -> None:
    (tmp_path / "tom.pem").touch()
    url = f"postgresql://{OWNER}:{server.password}@{HOST}:{port}/{ADMINISTRATOR}"
    refused = pytest.raises(DatabaseUnavailable)
    with refused, Database(f"{url}?sslmode=verify-full&sslrootcert={tmp_path / name}").reading():
        pass
