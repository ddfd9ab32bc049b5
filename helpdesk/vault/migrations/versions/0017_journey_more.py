"""What the journey keeps beside its first tables: issued authorities, the centre's earlier words, what is open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and keep the words that are in force as the first of their history."""
    op.create_table(
        "clearance_issue",
        sa.Column("desk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "version", name=op.f("pk_clearance_issue")),
    )
    op.create_table(
        "decision_word",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("household", "on", name=op.f("pk_decision_word")),
    )
    op.execute('INSERT INTO decision_word (household, "on", decision) SELECT household, "on", decision FROM decision')
    op.add_column("standing", sa.Column("awaiting", sa.Boolean(), server_default=sa.false(), nullable=False))
    few = sa.text("awaiting")
    op.create_index("ix_standing_awaiting", "standing", ["awaiting"], sqlite_where=few, postgresql_where=few)
    op.add_column("centre_user", sa.Column("closed_on", sa.Integer(), nullable=True))
    op.add_column("user", sa.Column("closed_on", sa.Integer(), nullable=True))
