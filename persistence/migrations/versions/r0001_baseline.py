"""The first layout. Written from tables.py by ``python -m tests.persistence.renew_baseline``."""

import sqlalchemy as sa
from alembic import op

from persistence.append_only import APPEND_ONLY

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the tables and their indexes, and what keeps the log from being changed."""
    _make_case_view()
    _make_clock_run()
    _make_document_view()
    _make_duty()
    _make_event()
    _make_flag()
    _make_lease()
    _make_outbox()
    _make_rule_file()
    _make_sending()
    _make_subtree()
    _make_text()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _make_case_view() -> None:
    op.create_table(
        "case_view",
        sa.Column("ref", _TEXT, nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("age_group", _TEXT, nullable=True),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("structure", _TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.Column("next_check", _TEXT, nullable=True),
        sa.Column("in_force_from", _TEXT, nullable=True),
        sa.Column("body", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("ref"),
        sqlite_strict=True,
    )
    op.create_index(
        "case_view_next_check",
        "case_view",
        ["next_check"],
        unique=False,
        sqlite_where=sa.text("next_check IS NOT NULL"),
        postgresql_where=sa.text("next_check IS NOT NULL"),
    )
    op.create_index(
        "case_view_open",
        "case_view",
        ["structure"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open = 1"),
    )
    op.create_index("case_view_type", "case_view", ["type"], unique=False)


def _make_clock_run() -> None:
    op.create_table(
        "clock_run",
        sa.Column("job", _TEXT, nullable=False),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("started_at", _TEXT, nullable=True),
        sa.Column("ended_at", _TEXT, nullable=True),
        sa.Column("outcome", _TEXT, nullable=True),
        sa.Column("error", _TEXT, nullable=True),
        sa.Column("done_for", _TEXT, nullable=True),
        sa.Column("next_run_at", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("job"),
        sqlite_strict=True,
    )


def _make_document_view() -> None:
    op.create_table(
        "document_view",
        sa.Column("ref", _TEXT, nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("age_group", _TEXT, nullable=True),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("structure", _TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.Column("next_check", _TEXT, nullable=True),
        sa.Column("awaits", _TEXT, nullable=True),
        sa.Column("body", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("ref"),
        sqlite_strict=True,
    )
    op.create_index(
        "document_view_awaits",
        "document_view",
        ["awaits"],
        unique=False,
        sqlite_where=sa.text("awaits IS NOT NULL"),
        postgresql_where=sa.text("awaits IS NOT NULL"),
    )
    op.create_index(
        "document_view_next_check",
        "document_view",
        ["next_check"],
        unique=False,
        sqlite_where=sa.text("next_check IS NOT NULL"),
        postgresql_where=sa.text("next_check IS NOT NULL"),
    )
    op.create_index(
        "document_view_open",
        "document_view",
        ["structure"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open = 1"),
    )


def _make_duty() -> None:
    op.create_table(
        "duty",
        sa.Column("ref", _TEXT, nullable=False),
        sa.Column("body", _TEXT, nullable=False),
        sa.Column("step", _TEXT, nullable=False),
        sa.Column("due", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("ref", "body", "step"),
        sqlite_strict=True,
    )
    op.create_index("duty_body", "duty", ["body"], unique=False)


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stream", _TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("on_date", _TEXT, nullable=False),
        sa.Column("recorded_at", _TEXT, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("stream", "version"),
        sqlite_strict=True,
    )


def _make_flag() -> None:
    op.create_table(
        "flag",
        sa.Column("ref", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("party", _TEXT, nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("due", _TEXT, nullable=False),
        sa.Column("severity", _TEXT, nullable=False),
        sa.Column("assigned_to", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("ref", "kind", "party", "text_version", "due"),
        sqlite_strict=True,
    )
    op.create_index("flag_kind", "flag", ["kind"], unique=False)


def _make_lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("holder", _TEXT, nullable=True),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("taken_at", _TEXT, nullable=False),
        sa.Column("beat_at", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_strict=True,
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("message_id", _TEXT, nullable=False),
        sa.Column("ref", _TEXT, nullable=False),
        sa.Column("party", _TEXT, nullable=False),
        sa.Column("address", _TEXT, nullable=False),
        sa.Column("about", _TEXT, nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=True),
        sa.Column("queued_on", _TEXT, nullable=False),
        sa.Column("queued_seq", sa.Integer(), nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("since", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("message_id"),
        sqlite_strict=True,
    )
    op.create_index(
        "outbox_queued",
        "outbox",
        ["queued_seq"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("outbox_ref", "outbox", ["ref"], unique=False)


def _make_rule_file() -> None:
    op.create_table(
        "rule_file",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )


def _make_sending() -> None:
    op.create_table(
        "sending",
        sa.Column("message_id", _TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _TEXT, nullable=True),
        sa.Column("claimed_by", _TEXT, nullable=True),
        sa.Column("claimed_until", _TEXT, nullable=True),
        sa.Column("said", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("message_id"),
        sqlite_strict=True,
    )


def _make_subtree() -> None:
    op.create_table(
        "subtree",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )


def _make_text() -> None:
    op.create_table(
        "text",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_strict=True,
    )
