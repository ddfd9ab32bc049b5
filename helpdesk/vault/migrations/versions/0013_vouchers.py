"""The whole life of vouchers: their columns, and the ledger of every act on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DRAWN = """
    INSERT INTO voucher_number (number, voucher)
    SELECT voucher.number, MIN(voucher.id) FROM voucher
    WHERE voucher.number IS NOT NULL
      AND EXISTS (SELECT 1 FROM revision WHERE revision.record = voucher.id AND revision.origin IS NULL)
    GROUP BY voucher.number
"""
"""Numbers that this desk drew before the store itself kept them apart."""


def upgrade() -> None:
    """Make the tables; vouchers and payments there were are of one currency and one instalment."""
    for column in (
        sa.Column("currency", sa.String(length=3), nullable=False, server_default="IQD"),
        sa.Column("instalment", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("case", sa.String(length=36), nullable=True),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("rerouted_to", sa.Integer(), nullable=True),
    ):
        op.add_column("voucher", column)
    op.create_index(op.f("ix_voucher_replaces"), "voucher", ["replaces"])
    for column in (
        sa.Column("number", sa.String(length=11), nullable=False, server_default=""),
        sa.Column("currency", sa.String(length=3), nullable=False, server_default="IQD"),
        sa.Column("pay_point", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("distribution", sa.String(length=36), nullable=True),
    ):
        op.add_column("payment", column)
    for name in ("number", "distribution"):
        op.create_index(op.f(f"ix_payment_{name}"), "payment", [name])
    op.execute(
        "UPDATE payment SET number = COALESCE((SELECT number FROM voucher WHERE voucher.id = payment.voucher), ''),"
        " pay_point = COALESCE((SELECT pay_point FROM voucher WHERE voucher.id = payment.voucher), 0)"
    )
    _make_events()
    _make_ledger()
    op.create_table(
        "voucher_number",
        sa.Column("number", sa.String(length=11), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_voucher_number")),
        sa.UniqueConstraint("voucher", name=op.f("uq_voucher_number_voucher")),
    )
    op.execute(_DRAWN)


def _make_events() -> None:
    op.create_table(
        "rerouting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=11), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.Column("amount", _WHOLE, nullable=False),
        sa.Column("from_point", sa.Integer(), nullable=False),
        sa.Column("to_point", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rerouting")),
    )
    for name in ("number", "on"):
        op.create_index(op.f(f"ix_rerouting_{name}"), "rerouting", [name])
    op.create_table(
        "voucher_witness",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("of", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_witness")),
    )
    op.create_index(op.f("ix_voucher_witness_of"), "voucher_witness", ["of"])


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=False),
        sa.Column("n", _WHOLE, nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("voucher", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=11), nullable=True),
        sa.Column("amount", _WHOLE, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("payment", sa.String(length=36), nullable=True),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_index("ix_ledger_chain", "ledger", ["device", "epoch", "n"])
    for name in ("voucher", "payment", "on"):
        op.create_index(op.f(f"ix_ledger_{name}"), "ledger", [name])
