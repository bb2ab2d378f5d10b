"""On a server: who owns the tables, who acts, and who only looks; the server itself holds them to it."""

import contextlib
from collections.abc import Iterator

import pytest

from persistence.database import Database
from persistence.inspection import inspecting
from persistence.kind import Roles
from persistence.rebuilding import rebuild
from persistence.tables import WRITTEN_ONCE, metadata
from persistence.verification import verify
from tests.persistence.conftest import SERVER
from tests.persistence.damaging import everything
from tests.persistence.homes import FAULTS, Home, Homes, ServerHome, ServerHomes
from tests.persistence.keeping import Keeping
from tests.persistence.worked_on import worked_on
from tests.server import APPLICATION, AUDITOR, OWNER, Server
from workflow.refusals import ConfigInvalid, NotPermitted

ROLES = Roles(application=APPLICATION, auditor=AUDITOR)
ONCE = [table.name for table in WRITTEN_ONCE]
EVERY = [*metadata.tables, "arendegang_layout"]


@pytest.fixture
def kind() -> str:
    return SERVER


class Logins:
    """One database as its owner made it, and as each login has it."""

    def __init__(self, home: ServerHome) -> None:
        self.home = home
        self.owner = Keeping(home)

    def has(self, login: str) -> Keeping:
        """The database as the login has it."""
        return Keeping(ServerHome(self.home.server, self.home.database, login))


@pytest.fixture(scope="module")
def granted(server: Server) -> Home:
    """A founded database with its roles, to be copied."""
    kept = Keeping(ServerHomes(server).empty())
    kept.database.create(ROLES)
    return kept.founded().home


@pytest.fixture
def logins(homes: Homes, granted: Home) -> Logins:
    home = homes.like(granted)
    assert isinstance(home, ServerHome)
    return Logins(home)


def changes(table: str) -> Iterator[str]:
    column = next(iter(metadata.tables[table].columns)).name if table in metadata.tables else "version_num"
    yield f'GRANT ALL ON "{table}" TO {APPLICATION}, {AUDITOR}'
    yield f'UPDATE "{table}" SET "{column}" = "{column}"'
    yield f'DELETE FROM "{table}" WHERE false'
    yield f'TRUNCATE "{table}"'
    yield f'DROP TABLE "{table}"'
    yield f'ALTER TABLE "{table}" ADD COLUMN mer TEXT'
    yield f'ALTER TABLE "{table}" DISABLE TRIGGER ALL'


def allowed(kept: Keeping, statement: str) -> bool:
    """Whether the server carries the statement out for this login."""
    with kept.rows() as rows:
        try:
            rows.execute(statement)
        except FAULTS as fault:
            if "42501" not in str(fault):
                raise
            return False
    # Who has nothing to give is only warned: that nothing was given is shown by what is tried next.
    return not statement.startswith("GRANT")


def test_who_acts_can_add_to_the_log_and_not_change_it_whatever_way_is_tried(logins: Logins) -> None:
    acting = logins.has(APPLICATION)
    worked_on(acting)
    assert acting.findings() == ()
    before = acting.dump()
    tried = [statement for table in [*ONCE, "arendegang_layout"] for statement in changes(table)]
    tried += ["DROP FUNCTION event_append_only() CASCADE", "CREATE TABLE eget (id INTEGER)"]
    tried += ["SET session_replication_role = replica", f"SET ROLE {OWNER}"]
    assert [statement for statement in tried if allowed(acting, statement)] == []
    assert acting.dump() == before


def test_who_audits_can_verify_everything_and_write_nothing(logins: Logins) -> None:
    worked_on(logins.owner)
    auditing = logins.has(AUDITOR)
    with inspecting(auditing.database) as inspection:
        found = verify(inspection)
    assert found.findings == ()
    assert found.events > 50
    before = logins.owner.dump()
    tried = [statement for table in EVERY for statement in changes(table)]
    tried += [f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE false' for table in EVERY]
    assert [statement for statement in tried if allowed(auditing, statement)] == []
    with pytest.raises(NotPermitted) as refusal:
        auditing.opened()
    assert (refusal.value.exit_code, refusal.value.values["who"]) == (77, AUDITOR)
    assert logins.owner.dump() == before


def test_who_acts_can_make_anew_what_is_kept_of_cases_and_who_audits_cannot(logins: Logins) -> None:
    acting, auditing = worked_on(logins.has(APPLICATION)), logins.has(AUDITOR)
    assert rebuild(auditing.database).verified.findings == ()
    right = everything(logins.owner)
    with logins.owner.rows() as rows:
        for table in ("case_view", "document_view", "duty", "flag", "outbox"):
            rows.execute(f"DELETE FROM {table}")
    wrong = everything(logins.owner)
    with pytest.raises(NotPermitted) as refusal:
        rebuild(auditing.database)
    assert (refusal.value.exit_code, refusal.value.values["who"]) == (77, AUDITOR)
    assert everything(logins.owner) == wrong
    rebuild(acting.database)
    assert everything(logins.owner) == right


def test_a_wrong_hash_of_the_tree_is_the_owners_to_put_right_and_nothing_is_done_by_halves(grown: Keeping) -> None:
    grown.database.create(ROLES)
    assert isinstance(grown.home, ServerHome)
    logins = Logins(ServerHome(grown.home.server, grown.home.database))
    acting = logins.has(APPLICATION)
    acting.opened()
    right = everything(logins.owner)
    with logins.owner.rows() as rows:
        rows.execute("DELETE FROM subtree")
    rebuild(acting.database)
    assert everything(logins.owner) == right, "one that is missing is only added"
    for change in ("UPDATE subtree SET hash = 'x'", "INSERT INTO subtree VALUES (7, 'x')"):
        with logins.owner.rows() as rows:
            rows.execute(change)
            rows.execute("DELETE FROM duty")
        wrong = everything(logins.owner)
        with pytest.raises(NotPermitted, match="subtree") as refusal:
            rebuild(acting.database)
        assert (refusal.value.values["who"], everything(logins.owner)) == (APPLICATION, wrong)
        rebuild(logins.owner.database)
        assert everything(logins.owner) == right


def test_the_owner_is_stopped_by_the_trigger_alone(logins: Logins) -> None:
    """The negative control: without the roles, only accidents are prevented."""
    owner = Keeping(ServerHome(logins.home.server, logins.home.database, OWNER))
    with owner.rows() as rows, pytest.raises(FAULTS, match="append-only"):
        rows.execute("DELETE FROM event")
    with owner.rows() as rows:
        rows.execute("ALTER TABLE event DISABLE TRIGGER event_append_only")
        rows.execute("DELETE FROM event")
    assert "trigger event_append_only is not at work" in {finding.found for finding in owner.findings()}


def test_what_a_role_had_beside_what_it_needs_is_taken_back(logins: Logins) -> None:
    with logins.owner.rows() as rows:
        rows.execute(f"GRANT ALL ON event, case_view TO {APPLICATION}, {AUDITOR}")
    assert allowed(logins.has(AUDITOR), "DELETE FROM case_view WHERE false")
    logins.owner.database.create(ROLES)
    for login in (APPLICATION, AUDITOR):
        assert not allowed(logins.has(login), "UPDATE event SET kind = kind")
    assert not allowed(logins.has(AUDITOR), "DELETE FROM case_view")
    assert allowed(logins.has(APPLICATION), "DELETE FROM case_view WHERE false")


@pytest.mark.parametrize("field", ["application", "auditor"])
def test_a_role_that_is_not_there_or_could_change_the_log_all_the_same_is_refused(logins: Logins, field: str) -> None:
    before = logins.owner.dump()
    for role in ("ingen", OWNER, "postgres", 'he"j; DROP TABLE event'):
        with pytest.raises(ConfigInvalid):
            logins.owner.database.create(Roles(**{field: role}))
    assert logins.owner.dump() == before


def test_a_member_of_the_owner_is_refused_as_the_owner_is(logins: Logins) -> None:
    server = logins.home.server
    server.run("CREATE ROLE medlem LOGIN", f"GRANT {OWNER} TO medlem")
    with contextlib.ExitStack() as after:
        after.callback(server.run, "DROP ROLE medlem")
        with pytest.raises(ConfigInvalid):
            logins.owner.database.create(Roles(application="medlem"))


def test_only_the_owner_creates(homes: Homes) -> None:
    home = homes.empty()
    assert isinstance(home, ServerHome)
    with pytest.raises(NotPermitted):
        Database(home.server.url(home.database, APPLICATION)).create()
    assert home.dump() == ""


def test_a_file_has_no_roles_and_says_so(in_file: Keeping) -> None:
    for roles in (Roles(application="a"), Roles(auditor="b")):
        with pytest.raises(ConfigInvalid):
            in_file.database.create(roles)


def test_a_login_that_was_given_nothing_cannot_read(homes: Homes) -> None:
    kept = Keeping(homes.empty())
    kept.database.create()
    assert isinstance(kept.home, ServerHome)
    stranger = Database(kept.home.server.url(kept.home.database, AUDITOR))
    with pytest.raises(NotPermitted), stranger.reading():
        pass
