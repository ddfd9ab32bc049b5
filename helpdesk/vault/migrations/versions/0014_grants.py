"""What grants are planned from: reasons for other cash, and the vouchers that were opened in a sample."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two projections."""
    op.create_table(
        "sample_check",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("voucher", sa.String(36), nullable=False),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_check")),
    )
    op.create_index(op.f("ix_sample_check_voucher"), "sample_check", ["voucher"])
    op.create_index(op.f("ix_sample_check_on"), "sample_check", ["on"])
    op.create_table(
        "cash_need",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("household", sa.String(36), nullable=False),
        sa.Column("voucher", sa.String(36), nullable=True),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_need")),
    )
    op.create_index(op.f("ix_cash_need_household"), "cash_need", ["household"])
