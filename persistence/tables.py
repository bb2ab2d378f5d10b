"""The tables. ``event`` is the log; every other table can be made anew from it, save the bytes that it names.

One description for SQLite and PostgreSQL. Whoever changes it changes the migrations with it: see migrations/.
"""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint

from persistence.append_only import APPEND_ONLY

metadata = MetaData()

#: Text that is compared and sorted by its bytes everywhere, whatever language a server was set up for.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# The log. ``bytes`` is what was hashed; the other columns repeat parts of it so that it can be searched.
events = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("on_date", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    # Two writers of one stream: the second is refused here, whatever was read before.
    UniqueConstraint("stream", "version"),
    sqlite_strict=True,
)

# Bytes the log names by SHA-256: rule files and their manifests, and the texts of cases.
rule_files = Table(
    "rule_file",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)
texts = Table(
    "text",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# One row a case. ``next_check`` is the first day the calendar may bring something about: what a sweep looks for.
cases = Table(
    "case_view",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("age_group", Text),
    Column("state", Text, nullable=False),
    Column("structure", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("next_check", Text),
    Column("in_force_from", Text),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)
_open = cases.c.is_open == 1
_awaited = cases.c.next_check.is_not(None)
Index("case_view_open", cases.c.structure, sqlite_where=_open, postgresql_where=_open)
Index("case_view_type", cases.c.type)
Index("case_view_next_check", cases.c.next_check, sqlite_where=_awaited, postgresql_where=_awaited)

duties = Table(
    "duty",
    metadata,
    Column("ref", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("due", Text),
    PrimaryKeyConstraint("ref", "body", "step"),
    Index("duty_body", "body"),
    sqlite_strict=True,
)

# The flags that stand. A flag cleared leaves this table and stays in the log.
flags = Table(
    "flag",
    metadata,
    Column("ref", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("assigned_to", Text, nullable=False),
    PrimaryKeyConstraint("ref", "kind", "party", "text_version", "due"),
    sqlite_strict=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("ref", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("queued_seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    sqlite_strict=True,
)


#: What is written once: the log, and the bytes it names. Everything else is made anew from these.
WRITTEN_ONCE = (events, rule_files, texts)

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _made = sa.DDL(_statement)  # type: ignore[no-untyped-call] # the library leaves this one untyped
        sa.event.listen(events, "after_create", _made.execute_if(dialect=_dialect))
