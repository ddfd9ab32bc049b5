"""Preparing, cases and their standing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("on", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("household", name=op.f("pk_decision")),
    )
    op.create_table(
        "standing",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("declared", sa.String(length=14), nullable=False),
        sa.Column("site", sa.String(length=40), nullable=True),
        sa.Column("destination", sa.String(length=40), nullable=True),
        sa.Column("mask", sa.Integer(), nullable=False),
        sa.Column("blocking", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True),
        sa.Column("intention_until", sa.Date(), nullable=True),
        sa.Column("clearance_until", sa.Date(), nullable=True),
        sa.Column("movement_day", sa.Date(), nullable=True),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("caseworker", sa.String(length=36), nullable=True),
        sa.Column("facilitated", sa.Boolean(), nullable=True),
        sa.Column("incident", sa.String(length=12), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("household", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        few = {name: sa.text(f"{name} IS NOT NULL") for name in ("destination", "good_until", "arrived_on")}
        few |= {"proposed": sa.text("proposed > 0"), "incident": sa.text("incident != ''")}
        for column, given in few.items():
            batch_op.create_index(f"ix_standing_{column}", [column], sqlite_where=given, postgresql_where=given)
        batch_op.create_index("ix_standing_since", ["state", "since"], unique=False)
        batch_op.create_index("ix_standing_state", ["state", "site", "since"], unique=False)
