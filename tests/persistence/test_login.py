"""On a server whoever acts is the login, and cannot be chosen; in a file nobody knows better than who asks."""

import pytest

from commands.session import Session
from persistence.kind import Roles
from tests.office import Office
from tests.persistence.conftest import SERVER
from tests.persistence.homes import Homes, ServerHome
from tests.persistence.keeping import DAY, Keeping
from tests.server import APPLICATION, AUDITOR, OWNER
from workflow import acts
from workflow.engine import Engine
from workflow.refusals import NotPermitted

ROLES = Roles(application=APPLICATION, auditor=AUDITOR)


@pytest.fixture
def home(homes: Homes) -> ServerHome:
    made = homes.empty()
    assert isinstance(made, ServerHome)
    Keeping(made).database.create(ROLES)
    Keeping(made).founded()
    return made


def office_of(home: ServerHome, login: str, office: Office) -> Office:
    office.url = home.server.url(home.database, login)
    return office


@pytest.mark.parametrize("kind", [SERVER])
def test_another_name_than_the_login_is_refused_and_nothing_is_written(home: ServerHome, office: Office) -> None:
    acting = office_of(home, APPLICATION, office)
    before = home.dump()
    said = ("party", "mailbox", "are", "ny@are.example")
    refused = acting(*said, actor="samordnare", expect=77)
    assert (refused.error["code"], refused.missing) == ("not_permitted", {("not_permitted", APPLICATION)})
    assert "samordnare" in refused.error["message"]
    assert home.dump() == before
    acting(*said, actor=APPLICATION, expect=0)
    assert home.dump() != before


@pytest.mark.parametrize("kind", [SERVER])
def test_who_says_nothing_acts_as_the_login(home: ServerHome) -> None:
    for login in (APPLICATION, OWNER):
        url = home.server.url(home.database, login)
        asked = {"db": url, "as_json": False, "asked_today": None, "asked_actor": None, "no_input": True}
        session = Session(**asked)  # type: ignore[arg-type]  # given by name
        assert session.actor == login
        done = session.engine.organise(acts.SetMailbox(on=DAY, party="are", address=f"{login}@are.example"))
        assert [record.actor for record in done.records] == [login]


@pytest.mark.parametrize("kind", [SERVER])
def test_no_way_in_beside_the_command_lets_anybody_choose(home: ServerHome) -> None:
    kept = Keeping(home)
    with pytest.raises(NotPermitted):
        Engine(kept.store, kept.clock, "någon annan").organise(
            acts.SetMailbox(on=DAY, party="are", address="ny@are.example")
        )


@pytest.mark.parametrize("kind", [SERVER])
def test_who_may_do_what_is_asked_of_the_login_and_the_auditor_s_can_write_nothing(
    home: ServerHome, office: Office
) -> None:
    since = ("--from", "2026-01-01")
    owner = office_of(home, OWNER, office)
    owner("actor", "admit", OWNER, "--role", "administrator", *since, expect=0)
    owner("actor", "admit", AUDITOR, "--role", "auditor", *since, expect=0)
    opening = ("case", "open", "--type", "avtal", "--group", "vuxna", "--title", "Prov", "--on", "2026-02-02")
    before = home.dump()
    for login in (OWNER, APPLICATION, AUDITOR):
        refused = office_of(home, login, office)(*opening, expect=77)
        assert refused.missing == {("not_permitted", "coordinator")}
    assert office_of(home, AUDITOR, office)("audit", "verify", expect=0).json["findings"] == []
    assert home.dump() == before
    # Even one who is admitted to all of a case: the server itself gives the auditor's login nothing to write with.
    office_of(home, OWNER, office)("actor", "admit", AUDITOR, "--role", "coordinator", *since, expect=0)
    before = home.dump()
    assert office_of(home, AUDITOR, office)(*opening, expect=77).missing == set()
    assert home.dump() == before


def test_a_server_knows_its_login_and_a_file_has_none(keeping: Keeping) -> None:
    assert keeping.store.login() == (OWNER if keeping.on_server else None)


@pytest.mark.parametrize("kind", [SERVER])
def test_nobody_can_be_locked_out_by_an_administrator_whom_no_login_is(home: ServerHome, office: Office) -> None:
    since = ("--from", "2026-01-01")
    owner = office_of(home, OWNER, office)
    before = home.dump()
    for name in ("ingen alls", OWNER.upper()):
        refused = owner("actor", "admit", name, "--role", "administrator", *since, expect=65)
        assert (refused.error["code"], name in refused.error["message"]) == ("value_invalid", True)
    assert home.dump() == before
    owner("actor", "admit", OWNER, "--role", "administrator", *since, expect=0)
    # Who administers nothing may be admitted before the login is made.
    owner("actor", "admit", "kommer snart", "--role", "coordinator", *since, expect=0)
    owner("actor", "admit", APPLICATION, "--role", "administrator", *since, expect=0)
    acting = office_of(home, APPLICATION, office)
    acting("actor", "admit", APPLICATION, "--role", "coordinator", *since, expect=0)
    assert acting("audit", "verify", expect=0).json["findings"] == []


@pytest.mark.parametrize("kind", [SERVER])
def test_the_last_administrator_who_can_log_in_stays(home: ServerHome, office: Office) -> None:
    """A login was taken away on the server meanwhile: whom it was is not counted any more."""
    since = ("--from", "2026-01-01")
    home.server.run("CREATE ROLE tillfallig LOGIN")
    try:
        owner = office_of(home, OWNER, office)
        owner("actor", "admit", OWNER, "--role", "administrator", *since, expect=0)
        owner("actor", "admit", "tillfallig", "--role", "administrator", *since, expect=0)
    finally:
        home.server.run("DROP ROLE tillfallig")
    assert owner("actor", "remove", OWNER, expect=65).error["code"] == "value_invalid"
    owner("actor", "remove", "tillfallig", expect=0)


@pytest.mark.parametrize("kind", [SERVER])
def test_without_asking_the_server_anybody_could_be_the_first(
    home: ServerHome, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: then the next act is nobody's."""
    monkeypatch.setattr("persistence.store.SqlStore.logins", lambda *_: None)
    owner = office_of(home, OWNER, office)
    owner("actor", "admit", "ingen alls", "--role", "administrator", "--from", "2026-01-01", expect=0)
    owner("actor", "admit", OWNER, "--role", "administrator", "--from", "2026-01-01", expect=77)
