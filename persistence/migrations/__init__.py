"""Carrying a database of an earlier layout over to this one, step by step. Only ``init`` does it, when it must.

A version whose views have another shape than the one before is a layout of its own: its step gives the tables their
new shape, empty, and calls ``views_have_changed``.
"""

from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy.engine import Connection

from persistence.anew import make_all_anew

#: Where the steps lie.
STEPS = (Path(__file__).parent / "versions",)


_VIEWS_HAVE_CHANGED = "views have changed"


def migrate(connection: Connection) -> None:
    """Takes every step that is due, in the transaction of the connection. Raises HistoryBroken."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _literally(Path(__file__).parent))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(_literally, STEPS)))
    command.upgrade(config, "head")
    # Not by the step itself: views are made by the code that is there, and it knows the last layout alone.
    if _VIEWS_HAVE_CHANGED in config.attributes:
        make_all_anew(connection)


def views_have_changed() -> None:
    """For a step: what is kept beside the log is made anew from it when every step has been taken."""
    context.config.attributes[_VIEWS_HAVE_CHANGED] = True


def _literally(path: Path) -> str:
    """A path as Alembic reads it: a percent sign begins a reference to another setting."""
    return str(path).replace("%", "%%")
