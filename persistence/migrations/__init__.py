"""Carrying a database of an earlier layout over to this one, step by step. Only ``init`` does it, when it must."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

#: Where the steps lie.
STEPS = (Path(__file__).parent / "versions",)


def migrate(connection: Connection) -> None:
    """Takes every step that is due, in the transaction of the connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _literally(Path(__file__).parent))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(_literally, STEPS)))
    command.upgrade(config, "head")


def _literally(path: Path) -> str:
    """A path as Alembic reads it: a percent sign begins a reference to another setting."""
    return str(path).replace("%", "%%")
