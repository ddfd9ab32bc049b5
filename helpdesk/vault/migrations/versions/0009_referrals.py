"""Services and referrals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "offer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_place"), "offer", ["place"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=True),
        sa.Column("level", sa.String(length=4), nullable=False),
        sa.Column("item", sa.String(length=4), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("quantity", _WHOLE, nullable=True),
        sa.Column("families", _WHOLE, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    for column in ("household", "item", "status", "completed_on"):
        op.create_index(op.f(f"ix_delivery_{column}"), "delivery", [column])
    op.create_table(
        "pathway",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("women", _WHOLE, nullable=False),
        sa.Column("men", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway")),
    )
    op.create_index(op.f("ix_pathway_week_of"), "pathway", ["week_of"])
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=4), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("end", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    for column in ("household", "status", "opened_on", "due"):
        op.create_index(op.f(f"ix_referral_{column}"), "referral", [column])
