"""A database that was carried over step by step is the same as a new one, and no other is worked on."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from persistence import layout, migrations
from persistence.database import Database
from persistence.layout import LAYOUT, marker
from tests.office import REPOSITORY
from tests.persistence.damaging import everything
from tests.persistence.homes import Home, Homes, ServerHome
from tests.persistence.keeping import Keeping
from tests.persistence.schema import schema
from workflow.bad_data import NoDatabase
from workflow.refusals import ConfigInvalid, DatabaseUnavailable, HistoryBroken

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table("later", sa.Column("name", sa.Text(), primary_key=True))
    op.add_column("duty", sa.Column("place", sa.Text(), nullable=True))
    op.create_index("duty_place", "duty", ["place"])
    op.execute("UPDATE case_view SET title = 'en annan titel'")
"""


#: The table of flags is taken away and made again without a row; the others' rows are spoilt.
OTHER_SHAPE = """
import sqlalchemy as sa
from alembic import op

from persistence.migrations import views_have_changed
from persistence.tables import flags

revision = "0002"
down_revision = "0001"


def upgrade():
    views_have_changed()
    op.drop_table("flag")
    flags.create(op.get_bind())
    op.add_column("duty", sa.Column("place", sa.Text(), nullable=True))
    op.execute("DELETE FROM outbox")
    op.execute("UPDATE case_view SET title = 'en annan titel', body = '{}'")
    op.execute("DELETE FROM document_view")
    op.execute("DELETE FROM duty")
"""


@pytest.fixture
def step_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a version of the product with one step more in the place of this one."""

    def step(source: str) -> None:
        folder = tmp_path / "100 % nya steg"
        folder.mkdir()
        (folder / "r0002_later.py").write_text(source, encoding="utf-8")
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, folder))
        monkeypatch.setattr(layout, "LAYOUT", "0002")

    return step


def carried_over(home: Home) -> Home:
    """A database in which every step was taken, from nothing."""
    database = Database(home.url)
    with database.told(), database._transaction(writing=True) as connection:  # noqa: SLF001 - no layout is there yet
        database._kind.claim(connection)  # noqa: SLF001 - as above
        marker.create(connection)
        migrations.migrate(connection)
    return home


def test_a_database_carried_over_from_nothing_is_the_same_as_a_new_one(homes: Homes) -> None:
    new = Keeping(homes.empty())
    new.database.create()
    assert schema(carried_over(homes.empty())) == schema(new.home)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE duty ADD COLUMN place TEXT",
        "DROP INDEX case_view_open",
        "CREATE INDEX duty_step ON duty (step)",
        "DROP TABLE sending",
        "DROP TRIGGER event_no_delete|DROP TRIGGER event_append_only ON event",
    ],
)
def test_a_difference_between_the_two_would_be_seen(keeping: Keeping, change: str) -> None:
    """The negative control."""
    before = schema(keeping.home)
    in_file, _, on_server = change.partition("|")
    with keeping.rows() as base:
        base.execute(on_server if on_server and keeping.on_server else in_file)
    assert schema(keeping.home) != before


def test_the_layout_of_the_tables_is_the_last_of_the_steps_and_each_step_has_the_next_number() -> None:
    steps = ScriptDirectory(migrations.__path__[0], version_locations=[str(folder) for folder in migrations.STEPS])
    numbers = [step.revision for step in steps.walk_revisions()]
    assert numbers == [f"{number:04}" for number in range(len(numbers), 0, -1)]
    assert numbers[0] == LAYOUT


def test_text_is_compared_by_its_bytes_on_a_server(keeping: Keeping) -> None:
    told = schema(keeping.home)
    if isinstance(keeping.home, ServerHome):
        columns = [line for line in told if re.match(r"column \w+ \w+ text ", line)]
        assert columns
        assert [line for line in columns if not line.endswith(" C")] == []
    else:
        assert [line for line in told if line.startswith("table") and not line.endswith("STRICT")] == []


def test_a_database_of_an_earlier_layout_says_to_run_init_which_carries_it_over(
    county: Keeping, step_further: Callable[[str], None]
) -> None:
    ref = county.opened()
    step_further(SECOND)
    for way in (county.database.reading, county.database.writing):
        with pytest.raises(ConfigInvalid) as refusal, way():
            pass
        assert "arendegang init" in str(refusal.value)
    county.database.create()
    with county.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT title, place FROM duty, case_view").first() == (
            "en annan titel",
            None,
        )
        assert connection.exec_driver_sql("SELECT count(*) FROM later").scalar_one() == 0
    assert len(county.store.stream(ref)) == 1
    after = county.dump()
    county.database.create()
    assert county.dump() == after


def test_a_step_that_gives_views_another_shape_has_them_made_anew_in_it(
    owned: Keeping, step_further: Callable[[str], None]
) -> None:
    before = everything(owned)
    step_further(OTHER_SHAPE)
    owned.database.create()
    after = everything(owned)
    assert after == {**before, "duty": [(*row, None) for row in before["duty"]]}
    assert all(after[table] for table in ("case_view", "document_view", "duty", "flag", "outbox"))


def test_a_log_of_which_no_views_can_be_made_is_not_carried_over(
    owned: Keeping, step_further: Callable[[str], None]
) -> None:
    with owned.rows() as base:
        base.execute("UPDATE event SET bytes = ? WHERE stream = 'SAM-2026-0001' AND version = 1", (b"{}",))
    before, told = owned.dump(), schema(owned.home)
    step_further(OTHER_SHAPE)
    with pytest.raises(HistoryBroken):
        owned.database.create()
    assert (owned.dump(), schema(owned.home)) == (before, told)


def test_a_step_that_fails_leaves_the_database_as_it_was(keeping: Keeping, step_further: Callable[[str], None]) -> None:
    step_further(f"{SECOND}    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    before, told = keeping.dump(), schema(keeping.home)
    with pytest.raises(DatabaseUnavailable):
        keeping.database.create()
    assert (keeping.dump(), schema(keeping.home)) == (before, told)


@pytest.mark.parametrize("number", ["0002", "9999"])
def test_a_database_of_a_later_layout_is_left_alone(keeping: Keeping, number: str) -> None:
    with keeping.rows() as base:
        base.execute("UPDATE arendegang_layout SET version_num = ?", (number,))
    before = keeping.dump()
    for way in (keeping.database.reading, keeping.database.writing):
        with pytest.raises(ConfigInvalid, match="later version"), way():
            pass
    with pytest.raises(ConfigInvalid, match="later version"):
        keeping.database.create()
    assert keeping.dump() == before


def test_a_strangers_tables_are_left_alone(homes: Homes) -> None:
    home = homes.empty()
    with home.rows() as base:
        base.execute("CREATE TABLE event (id INTEGER)")
    before = home.dump()
    database = Database(home.url)
    with pytest.raises(NoDatabase):
        database.create()
    with pytest.raises(NoDatabase), database.reading():
        pass
    assert home.dump() == before


def loaded(*lines: str) -> set[str]:
    """The libraries that are loaded by the time these commands have been carried out."""
    script = f"import cli, sys; [cli.main(line.split()) for line in {lines!r}]; print('|', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.rpartition("|")[2].split()}


def test_nothing_but_carrying_over_loads_the_library_that_does_it(homes: Homes) -> None:
    home = homes.empty()
    begin = f"--db {home.url} init"
    found = loaded(begin, begin, f"--db {home.url} case list")
    assert "sqlalchemy" in found
    assert "alembic" not in found
    assert ("pg8000" in found) == isinstance(home, ServerHome)
