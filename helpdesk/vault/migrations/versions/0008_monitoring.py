"""Calls; and the consents that lists ask for, shown in a table of their own."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and show the consents that are there already."""
    op.create_table(
        "returned",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned")),
    )
    op.create_index(op.f("ix_returned_household"), "returned", ["household"])
    op.create_index(op.f("ix_returned_from_on"), "returned", ["from_on"])
    op.create_table(
        "call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("round", sa.String(length=2), nullable=False),
        sa.Column("start", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("shelter", sa.String(length=8), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index("ix_call_start_round", "call", ["start", "round"])
    op.create_index(op.f("ix_call_household"), "call", ["household"])
    op.create_index(op.f("ix_call_on"), "call", ["on"])
    op.create_table(
        "call_attempt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("round", sa.String(length=2), nullable=False),
        sa.Column("start", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=False),
        sa.Column("callback_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
    )
    op.create_index("ix_call_attempt_start_round", "call_attempt", ["start", "round"])
    op.create_index(op.f("ix_call_attempt_household"), "call_attempt", ["household"])
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.String(length=24), nullable=False),
        sa.Column("done_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    for column in ("household", "due_at", "done_at"):
        op.create_index(op.f(f"ix_task_{column}"), "task", [column])
    _show_consents()


def _show_consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_household_purpose", "consent", ["household", "purpose"])
    connection = op.get_bind()
    consent = sa.table("consent", *(sa.column(name) for name in ("id", "household", "person", "purpose", "answer")))
    heads = sa.text(
        "SELECT c.id AS id, c.folded AS folded, r.body AS body FROM record c JOIN revision r ON r.hash = c.head"
        " WHERE c.kind = 'consent'"
    )
    for row in connection.execute(heads).all():
        doc = json.loads(bytes(row.folded)) if row.folded is not None else json.loads(bytes(row.body))["doc"]
        shown = {"id": row.id, "person": doc.get("person")}
        shown |= {name: doc[name] for name in ("household", "purpose", "answer")}
        connection.execute(sa.insert(consent).values(**shown))
