"""Money beyond one desk: the paid list that came with a bundle, and what persons said where the program asks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "paid_page",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paid_page")),
    )
    op.create_table(
        "double_settled",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_settled")),
    )
    op.create_table(
        "paid_question",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("list_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_question")),
    )
    op.create_index(op.f("ix_paid_question_voucher"), "paid_question", ["voucher"])
