"""Feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("type", sa.String(length=8), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("household", sa.String(length=36), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("opening", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("number", "finished", "due", "received_on", "household", "source", "opening"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])
    op.create_table(
        "box_opening",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_box_opening_on", "box_opening", ["on"])
    op.create_table(
        "feedback_message",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    for column in ("received_on", "taken"):
        op.create_index(f"ix_feedback_message_{column}", "feedback_message", [column])
    op.create_table(
        "feedback_word",
        sa.Column("feedback", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("device", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feedback"),
    )
    for column in ("number", "device"):
        op.create_index(f"ix_feedback_word_{column}", "feedback_word", [column])
