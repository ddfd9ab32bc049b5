"""What is known about places of return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "area_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("part_of", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_record")),
    )
    with op.batch_alter_table("area_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_record_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_record_part_of"), ["part_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_record_place"), ["place"], unique=False)
    op.create_table(
        "area_standing",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("severity", sa.String(length=2), nullable=True),
        sa.Column("hotspot", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_area_standing")),
    )
    with op.batch_alter_table("area_standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_standing_missing"), ["missing"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_standing_rank"), ["rank"], unique=False)
