"""Casework: family events, divided grants, and the day until which a voucher is suspended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "family_event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("other", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_event")),
    )
    for column in ("household", "on", "other"):
        op.create_index(op.f(f"ix_family_event_{column}"), "family_event", [column])
    op.create_table(
        "division",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("of", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
    )
    for column in ("household", "of"):
        op.create_index(op.f(f"ix_division_{column}"), "division", [column])
    op.add_column("voucher", sa.Column("suspended_until", sa.Date(), nullable=True))
