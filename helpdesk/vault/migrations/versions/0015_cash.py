"""Cash and days: what came in, what was counted, what a distribution day was to pay, who worked, what packages lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _cash()
    _distributions()
    _work()
    op.create_table(
        "kit_move",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kit_move_desk", "kit_move", ["desk"])


def _cash() -> None:
    op.create_table(
        "cash_move",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=4), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("pay_point", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "day_end",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("pay_point", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("upto", _WHOLE, nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("cash_move", "day_end"):
        for column in ("pay_point", "on"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_table(
        "day_end_signed",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day_end", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "day_correction",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day_end", sa.String(length=36), nullable=False),
        sa.Column("amount", _WHOLE, nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("day_end_signed", "day_correction"):
        op.create_index(f"ix_{table}_day_end", table, ["day_end"])


def _distributions() -> None:
    op.create_table(
        "distribution",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("pay_point", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("number", "pay_point", "on"):
        op.create_index(f"ix_distribution_{column}", "distribution", [column])
    op.create_table(
        "distribution_line",
        sa.Column("distribution", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("distribution", "line"),
    )
    op.create_index("ix_distribution_line_voucher", "distribution_line", ["voucher"])
    op.create_table(
        "distribution_mark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("distribution", sa.String(length=36), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("distribution", "voucher"):
        op.create_index(f"ix_distribution_mark_{column}", "distribution_mark", [column])


def _work() -> None:
    op.create_table(
        "work_sheet",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("number", "state"):
        op.create_index(f"ix_work_sheet_{column}", "work_sheet", [column])
    op.create_table(
        "work_day",
        sa.Column("sheet", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "person", "on"),
    )
    op.create_index("ix_work_day_person", "work_day", ["person"])
