"""What reports begin from: balances of earlier years, and who finds something very hard to do."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PEOPLE = sa.text(
    "SELECT record.id, record.folded, revision.body FROM record JOIN revision ON revision.hash = record.head"
    " WHERE record.kind = 'person'"
)
_FOUND = sa.text("UPDATE person SET difficulty = :difficulty WHERE id = :id")


def upgrade() -> None:
    """Make the table and the column, and fill the column from the records."""
    op.create_table(
        "opening_balance",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("indicator", sa.String(length=4), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("beside", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_balance")),
    )
    op.create_index(op.f("ix_standing_departed_on"), "standing", ["departed_on"])
    op.add_column("person", sa.Column("difficulty", sa.Boolean(), nullable=True))
    connection = op.get_bind()
    found = [
        {"id": row.id, "difficulty": difficulty}
        for row in connection.execute(_PEOPLE)
        if (difficulty := _difficulty(row.folded, row.body)) is not None
    ]
    if found:
        connection.execute(_FOUND, found)


def _difficulty(folded: bytes | None, body: bytes) -> bool | None:
    # as the rule of that day said: a lot of difficulty, or cannot do it at all, in one of the six
    person = json.loads(bytes(folded)) if folded is not None else json.loads(bytes(body))["doc"]
    answers = (person.get("difficulties") or {}).values()
    told = [answer for answer in answers if answer in ("1", "2", "3", "4")]
    return any(answer in ("3", "4") for answer in told) if told else None
