"""Writes the first migration anew from tables.py: ``python -m tests.persistence.renew_baseline``.

Only until the first release: from then on that file is frozen, and a change is a step of its own.
"""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from persistence import migrations
from persistence.tables import metadata, prepare_for_servers

FILE = Path(migrations.__file__).parent / "versions" / "r0001_baseline.py"

HEAD = '''"""The first layout. Written from tables.py by ``python -m tests.persistence.renew_baseline``."""

import sqlalchemy as sa
from alembic import op

from persistence.append_only import APPEND_ONLY

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the tables and their indexes, and what keeps the log from being changed."""
    {calls}
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


{functions}
'''


def baseline() -> str:
    """The source of the first migration, as tables.py has it now; still to be formatted."""
    prepare_for_servers()
    with sa.create_engine("sqlite://").connect() as nothing:
        steps = produce_migrations(MigrationContext.configure(nothing), metadata).upgrade_ops
    assert steps is not None
    source = render_python_code(steps).replace(repr_of_text(), "_TEXT")
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
    tables = re.findall(r"(op\.create_table\('(\w+)'.*?)(?=op\.create_table|\Z)", "\n".join(lines), re.DOTALL)
    calls = "\n    ".join(f"_make_{name}()" for _, name in tables)
    functions = "\n\n\n".join(f"def _make_{name}() -> None:\n    {made.strip()}" for made, name in tables)
    return HEAD.format(calls=calls, functions=functions)


def repr_of_text() -> str:
    """How the library writes the type of a column of text."""
    return "sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')"


if __name__ == "__main__":
    FILE.write_text(baseline(), encoding="utf-8", newline="\n")
