"""The tables. ``event`` is the log; every other table can be made anew from it, save the bytes that it names.

Only those named in ``AT_WORK`` are neither: they hold how far work has come, which is no fact of any case.

One description for SQLite and PostgreSQL. Whoever changes it changes the migrations with it: see migrations/.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint

from persistence.append_only import APPEND_ONLY

metadata = MetaData()

#: Text that is compared and sorted by its bytes everywhere, whatever language a server was set up for.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


#: Written out and not bound: a database only uses an index of some rows for a question that plainly is about them.
IS_OPEN: sa.ColumnElement[int] = sa.literal_column("1")
QUEUED: sa.ColumnElement[str] = sa.literal_column("'queued'")


_OF_SOME: dict[Index, sa.ColumnElement[bool]] = {}


def _index_some(name: str, column: Column[Any], where: sa.ColumnElement[bool]) -> None:
    """An index of the rows that meet a condition."""
    _OF_SOME[Index(name, column, sqlite_where=where)] = where


def prepare_for_servers() -> None:
    """Tells the indexes of some rows their condition in a server's words; to be called before tables are made there.

    Not said from the first: the option's name alone loads all that the library knows of that make of server.
    """
    for index, where in _OF_SOME.items():
        index.dialect_options["postgresql"]["where"] = where


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

# The log's hash tree, in part: the hash over each ``merkle.SUBTREE`` records that follow one another, counted from 0. A
# checkpoint need not read the whole log for it.
subtrees = Table(
    "subtree",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
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
_index_some("case_view_open", cases.c.structure, cases.c.is_open == 1)
Index("case_view_type", cases.c.type)
_index_some("case_view_next_check", cases.c.next_check, cases.c.next_check.is_not(None))

# One row a document of the register. ``awaits``: the document whose successor ends it. ``body``: all its records tell.
documents = Table(
    "document_view",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("age_group", Text),
    Column("state", Text, nullable=False),
    Column("structure", Text),
    Column("version", Integer, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("next_check", Text),
    Column("awaits", Text),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)
_index_some("document_view_open", documents.c.structure, documents.c.is_open == 1)
_index_some("document_view_next_check", documents.c.next_check, documents.c.next_check.is_not(None))
_index_some("document_view_awaits", documents.c.awaits, documents.c.awaits.is_not(None))

# Of cases and of documents; ``ref`` is the reference of the one, or the id of the other.
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
    Index("flag_kind", "kind"),
    sqlite_strict=True,
)

# Every letter there has been, of cases and of documents, and what became of it. ``address`` is empty where the party
# had no mailbox; only a letter of a case speaks of a text version.
outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("ref", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("text_version", Integer),
    Column("queued_on", Text, nullable=False),
    Column("queued_seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("why", Text),
    sqlite_strict=True,
)
Index("outbox_ref", outbox.c.ref)
_index_some("outbox_queued", outbox.c.queued_seq, outbox.c.state == "queued")

# The tries so far, when the next one is due, and who is trying just now. Moments are in UTC.
sending = Table(
    "sending",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Text),
    Column("claimed_by", Text),
    Column("claimed_until", Text),
    Column("said", Text),
    sqlite_strict=True,
)


# Who runs the clock. ``token`` grows with every new leader: a write made under an older one is refused.
leases = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text),
    Column("token", Integer, nullable=False),
    Column("interval_seconds", Integer, nullable=False),
    Column("taken_at", Text, nullable=False),
    Column("beat_at", Text, nullable=False),
    sqlite_strict=True,
)

# The last run of each job, by the clock or by hand (then without a token), and the last day it was done for.
clock_runs = Table(
    "clock_run",
    metadata,
    Column("job", Text, primary_key=True),
    Column("token", Integer),
    Column("started_at", Text),
    Column("ended_at", Text),
    Column("outcome", Text),
    Column("error", Text),
    Column("done_for", Text),
    Column("next_run_at", Text),
    sqlite_strict=True,
)

#: Tables that hold how far work has come, and no fact: an audit has nothing to hold them to.
AT_WORK = frozenset({"sending", "lease", "clock_run"})


#: What is written once: the log, the bytes it names, and what no later record changes of its hash tree.
WRITTEN_ONCE = (events, rule_files, texts, subtrees)

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _made = sa.DDL(_statement)  # type: ignore[no-untyped-call] # the library leaves this one untyped
        sa.event.listen(events, "after_create", _made.execute_if(dialect=_dialect))
