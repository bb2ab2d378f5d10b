"""Stores for a test to write to: every test that asks for one runs on a file and on a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from persistence.tables import metadata
from tests.persistence.homes import FileHomes, Home, Homes, ServerHome, ServerHomes
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import worked_on

FILE, SERVER = "sqlite", "postgresql"
Shelf = Callable[[str, str], Home]


def made(kept: Keeping) -> Keeping:
    """Its tables are there, and nothing is in them."""
    kept.database.create()
    return kept


def filled_as(empty: Keeping, other: Keeping) -> Keeping:
    """The same, holding every row that the other holds."""
    with other.database.reading() as here, empty.database.writing() as there:
        for table in metadata.sorted_tables:
            for row in here.execute(sa.select(table)).mappings():
                there.execute(sa.insert(table), dict(row))
    return empty


#: What a test can begin with; each is made once a run and kind, and copied for the test.
BEGINNINGS: dict[str, Callable[[Keeping], Keeping]] = {
    "made": made,
    "founded": Keeping.founded,
    "used": lambda kept: worked_on(kept.founded()),
    "grown": lambda kept: kept.founded().grown(),
}


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """``shelf(kind, beginning)``: a database to be copied and never to be written to."""
    found: dict[tuple[str, str], Home] = {}
    makers: dict[str, Homes] = {}

    def get(kind: str, beginning: str) -> Home:
        if kind not in makers:
            makers[kind] = (
                FileHomes(tmp_path_factory.mktemp(kind))
                if kind == FILE
                else ServerHomes(request.getfixturevalue("server"))
            )
        if (kind, beginning) not in found and (kind, beginning) == (SERVER, "grown"):
            # Written act by act it would take longer than all that is done with it.
            found[kind, beginning] = filled_as(made(Keeping(makers[kind].empty())), Keeping(get(FILE, beginning))).home
        elif (kind, beginning) not in found:
            found[kind, beginning] = BEGINNINGS[beginning](Keeping(makers[kind].empty())).home
        return found[kind, beginning]

    return get


@pytest.fixture(params=[FILE, SERVER])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database the test runs on."""
    return str(request.param)


@pytest.fixture
def homes(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Homes]:
    """Homes of that kind."""
    if kind == FILE:
        yield FileHomes(tmp_path)
        return
    makes = ServerHomes(request.getfixturevalue("server"))
    yield makes
    makes.close()


@pytest.fixture
def keeping(kind: str, homes: Homes, shelf: Shelf) -> Keeping:
    """A database with its tables and nothing in them."""
    return Keeping(homes.like(shelf(kind, "made")))


@pytest.fixture
def in_file(tmp_path: Path) -> Keeping:
    """The same, in a file whatever the kind."""
    return made(Keeping(tmp_path))


@pytest.fixture
def county(kind: str, homes: Homes, shelf: Shelf) -> Keeping:
    """A database with the county in alternativ-1."""
    return Keeping(homes.like(shelf(kind, "founded")))


@pytest.fixture
def copied(kind: str, homes: Homes, shelf: Shelf) -> Callable[[], Keeping]:
    """Copies of a database in the middle of the work, each its own, whose log can be changed as its owner could."""

    def copy() -> Keeping:
        home = homes.like(shelf(kind, "used"))
        home.unlock()
        return Keeping(home)

    return copy


@pytest.fixture
def owned(copied: Callable[[], Keeping]) -> Keeping:
    """One such copy."""
    return copied()


@pytest.fixture
def grown(kind: str, homes: Homes, shelf: Shelf) -> Keeping:
    """A database whose log is so long that a hash of its tree is kept, and can be changed as its owner could."""
    home = homes.like(shelf(kind, "grown"))
    home.unlock()
    return Keeping(home)


@pytest.fixture
def home(keeping: Keeping) -> ServerHome:
    """Where that database is, in a test that runs on a server alone."""
    assert isinstance(keeping.home, ServerHome)
    return keeping.home
