"""Arrivals and transfers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "arrival",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("other_place", sa.Boolean(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("kits", sa.Integer(), nullable=False),
        sa.Column("helpline", sa.Boolean(), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("paper_form", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrival_household"), ["household"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrival_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrival_paper_form"), ["paper_form"], unique=False)

    op.create_table(
        "arrival_profile",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_profile")),
    )
    with op.batch_alter_table("arrival_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_profile_household"), ["household"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("from_desk", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_desk"), ["desk"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_household"), ["household"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("identity", name=op.f("pk_transfer")),
    )
