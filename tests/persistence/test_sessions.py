"""A session on a server: what it promises, how it is begun, and what a person is told when it ends."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import persistence.calling
from persistence.address import read_address
from persistence.database import Database
from tests.driver_taps import tapped
from tests.persistence.calling import fails, look
from tests.persistence.conftest import SERVER
from tests.persistence.homes import Homes, ServerHome
from tests.persistence.keeping import Keeping, batch, nothing
from tests.server import HOST, OWNER
from workflow.bad_data import NoDatabase
from workflow.refusals import DatabaseUnavailable, OutcomeUnknown

REF = "SAM-2026-0001"

pytestmark = pytest.mark.usefixtures("isolated")


@pytest.fixture
def kind() -> str:
    return SERVER


# --- what is promised ----------------------------------------------------------------------------------------------


def test_every_session_keeps_what_is_promised(keeping: Keeping) -> None:
    wanted = {"statement_timeout": "1min", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "5min"}
    wanted |= {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}
    ways = {
        keeping.database.reading: {"transaction_isolation": "repeatable read", "transaction_read_only": "on"},
        keeping.database.writing: {"transaction_isolation": "read committed", "transaction_read_only": "off"},
    }
    for way, more in ways.items():
        for _ in range(2):
            with way() as connection:
                names = [*wanted, *more]
                held = {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names}
            assert held == wanted | more


def test_who_writes_holds_the_lock_of_writers_and_who_reads_does_not(keeping: Keeping) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    for way, locks in ((keeping.database.reading, 0), (keeping.database.writing, 1)):
        with way() as connection:
            assert connection.exec_driver_sql(query).scalar_one() == locks


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "server_encoding"])
def test_a_server_that_does_not_keep_a_promise_is_not_used(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """The negative control of the settings: a promise this server does not keep is noticed."""
    monkeypatch.setitem(persistence.calling._OF_THE_SERVER, setting, "annat")  # noqa: SLF001 - a promise to break
    with pytest.raises(DatabaseUnavailable, match=setting):
        look(keeping.database)


def test_a_session_is_kept_from_one_unit_of_work_to_the_next_and_ends_with_the_object(home: ServerHome) -> None:
    query = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{home.database}' AND usename = '{OWNER}'"
    with home.server.connect("postgres") as watching:
        watching.autocommit = True  # within one transaction the server tells the same of its sessions again and again
        database = Database(home.url)
        for _ in range(3):
            look(database)
            assert watching.run(query) == ([1],)
        del database
        _until(lambda: watching.run(query) == ([0],))


def _until(came: Callable[[], bool]) -> None:
    """Asks the server until it is so: how soon it does what it was told is its own affair."""
    for _ in range(1_000_000):
        if came():
            return
    pytest.fail("it never came")


# --- how a call can fail -------------------------------------------------------------------------------------------


@contextlib.contextmanager
def answering(what: bytes) -> Iterator[int]:
    """A port at which somebody says this, whoever calls, and hangs up."""
    with socket.create_server((HOST, 0)) as listening:

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    with line:
                        line.recv(1024)
                        line.sendall(what)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_database_the_server_does_not_have_is_missing(home: ServerHome) -> None:
    refusal = fails(home.server.url("ingen"))
    assert isinstance(refusal, NoDatabase)
    assert refusal.values["where"] == f"postgresql://{OWNER}@{HOST}:{home.server.port}/ingen"
    assert home.server.password not in str(refusal)


def test_an_empty_database_is_missing_until_it_is_made(homes: Homes) -> None:
    kept = Keeping(homes.empty())
    assert isinstance(fails(kept.url), NoDatabase)
    kept.database.create()
    look(kept.database)


@pytest.mark.parametrize("login", [f"{OWNER}:hemligt", OWNER, f"{OWNER}:", "ingen:hemligt", "ingen"])
def test_a_login_that_is_not_accepted_is_out_of_reach(home: ServerHome, login: str) -> None:
    refusal = fails(f"postgresql://{login}@{HOST}:{home.server.port}/{home.database}")
    assert (refusal.code, refusal.exit_code) == ("database_unavailable", 69)
    assert "login" in str(refusal)


@pytest.mark.parametrize(
    "what", [b"", b"N", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"S\x16\x03", b"E\0\0\0\x08ab\0\0", bytes(64)]
)
def test_what_is_no_postgresql_server_is_out_of_reach(what: bytes) -> None:
    for mode in ("disable", "prefer", "require"):
        with answering(what) as port:
            refusal = fails(f"postgresql://a:hemligt@{HOST}:{port}/c?sslmode={mode}")
        assert (refusal.code, refusal.exit_code) == ("database_unavailable", 69)


def test_where_nobody_listens_the_database_is_out_of_reach() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        assert "nobody answers" in str(fails(f"postgresql://a:hemligt@{HOST}:{unused.getsockname()[1]}/c"))
    assert "nobody answers" in str(fails("postgresql://a:hemligt@ingen.invalid/c"))


@pytest.mark.parametrize("mode", ["require", "verify-full"])
def test_encryption_that_is_asked_for_and_not_had_is_no_connection(home: ServerHome, mode: str) -> None:
    assert "does not encrypt" in str(fails(f"{home.url}?sslmode={mode}"))
    look(Database(f"{home.url}?sslmode=prefer"))


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        *((f"postgresql://a@{host}/c", "prefer") for host in ("localhost", "127.0.0.1", "[::1]")),
        *((f"postgresql://a@{host}/c", "verify-full") for host in ("db.example", "10.0.0.7", "127.0.0.1.example")),
        ("postgresql://a@db.example/c?sslmode=require", "require"),
        ("postgresql://a@localhost/c?sslmode=verify-full", "verify-full"),
    ],
)
def test_a_call_to_another_computer_is_encrypted_and_checked_unless_the_url_says_otherwise(url: str, mode: str) -> None:
    assert read_address(sa.make_url(url)).mode == mode


# --- how a session can end -----------------------------------------------------------------------------------------


def test_a_statement_that_takes_too_long_is_ended_by_the_server(keeping: Keeping) -> None:
    slow = "SET LOCAL statement_timeout = 20; SELECT pg_sleep(30)"
    with pytest.raises(DatabaseUnavailable, match="longer"), keeping.database.reading() as connection:
        connection.exec_driver_sql(slow)
    look(keeping.database)


def test_a_writer_that_stands_idle_lets_the_others_by(keeping: Keeping) -> None:
    other = Keeping(keeping.home)

    def dozing(connection: sa.engine.Connection) -> None:
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 20")
        other.store.append(batch(REF, 0, "a"), nothing)
        connection.exec_driver_sql("SELECT 1")

    with pytest.raises(DatabaseUnavailable), keeping.database.writing() as connection:
        dozing(connection)
    assert len(keeping.store.stream(REF)) == 1


def test_a_server_that_was_started_anew_between_two_commands_is_no_fault(keeping: Keeping, home: ServerHome) -> None:
    keeping.store.append(batch(REF, 0, "a"), nothing)
    home.server.send_away(home.database)
    keeping.store.append(batch(REF, 1, "b"), nothing)
    home.server.send_away(home.database)
    assert len(keeping.store.stream(REF)) == 2


#: BEGIN, the lock, the layout, where the log stands, the new record, is the text there, the text, COMMIT.
STATEMENTS = 8


def called(home: ServerHome) -> Keeping:
    """A session that has begun: what the library itself asks of a server is not counted."""
    kept = Keeping(home)
    assert kept.store.stream("no such stream") == []
    return kept


def cut_before(number: int, home: ServerHome, database: Database) -> contextlib.AbstractContextManager[None]:
    """Ends the session from outside, just before its n-th statement."""
    counted = itertools.count(1)

    def count(*_: Any) -> None:
        if next(counted) == number:
            home.server.send_away(home.database)

    return tapped(database, before=count)


def cut_after_commit(home: ServerHome, database: Database) -> None:
    """Ends the session when the server has done what it was told, and can no longer say so."""

    def commit(connection: sa.engine.Connection) -> None:
        connection.exec_driver_sql("COMMIT")
        home.server.send_away(home.database)

    sa.event.listen(database._engine, "commit", commit)  # noqa: SLF001 - as above


def test_a_connection_lost_at_any_statement_leaves_nothing_and_the_next_command_finds_another(
    keeping: Keeping, home: ServerHome, capfd: pytest.CaptureFixture[str]
) -> None:
    keeping.store.append(batch(REF, 0, "a"), nothing)
    before = keeping.dump()
    act = batch(REF, 1, "b", attachments={"t": b"t"})
    for number in range(1, STATEMENTS + 1):
        kept = called(home)
        with cut_before(number, home, kept.database), pytest.raises(DatabaseUnavailable) as refusal:
            kept.store.append(act, nothing)
        assert isinstance(refusal.value, OutcomeUnknown) == (number == STATEMENTS)
        assert "connection" in str(refusal.value)
        assert keeping.dump() == before, f"at statement {number}"
        assert len(kept.store.stream(REF)) == 1
    kept = called(home)
    with cut_before(STATEMENTS + 1, home, kept.database):
        kept.store.append(act, nothing)
    assert len(keeping.store.stream(REF)) == 2
    assert capfd.readouterr() == ("", "")


def test_when_the_answer_to_a_commit_is_lost_it_is_not_said_that_nothing_was_written(
    keeping: Keeping, home: ServerHome, capfd: pytest.CaptureFixture[str]
) -> None:
    cut_after_commit(home, keeping.database)
    with pytest.raises(OutcomeUnknown) as refusal:
        keeping.store.append(batch(REF, 0, "a"), nothing)
    assert "not known" in refusal.value.remedy
    assert len(Keeping(home).store.stream(REF)) == 1
    assert capfd.readouterr() == ("", "")
