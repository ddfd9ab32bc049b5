"""Movements and departures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "movement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_number"), ["number"], unique=False)

    op.create_table(
        "movement_closing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("movement", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("departed", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("paper_form", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_closing")),
    )
    with op.batch_alter_table("movement_closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_closing_movement"), ["movement"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_closing_paper_form"), ["paper_form"], unique=False)

    op.create_table(
        "movement_line",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("movement", sa.String(length=36), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("fit", sa.Integer(), nullable=False),
        sa.Column("vehicle", sa.String(length=40), nullable=False),
        sa.Column("paper_form", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_line")),
    )
    with op.batch_alter_table("movement_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_line_household"), ["household"], unique=False)
        batch_op.create_index("ix_movement_line_movement", ["movement", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_movement_line_paper_form"), ["paper_form"], unique=False)

    op.create_table(
        "movement_notification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("movement", sa.String(length=36), nullable=False),
        sa.Column("authority", sa.String(length=8), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_notification")),
    )
    with op.batch_alter_table("movement_notification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_notification_movement"), ["movement"], unique=False)

    op.create_table(
        "road_call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("movement", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_call")),
    )
    with op.batch_alter_table("road_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_road_call_movement"), ["movement"], unique=False)
