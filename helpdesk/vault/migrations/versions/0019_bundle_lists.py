"""What bundles tell of single families, vouchers and cards moves out of the bundle into an indexed table."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_KEYS = {
    "decisions": "household",
    "revoked_cards": None,
    "revoked_vouchers": None,
    "services": "id",
    "feedback": "number",
    "transfers": None,
    "tables": "",
    "tables_issued": "",
}
"""By what a row of each list is asked for: a field of it, the row itself (None), or nothing ("")."""


def upgrade() -> None:
    """Make the table and fill it from the bundle in force."""
    told = op.create_table(
        "told",
        sa.Column("list", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("list", "key", "n", name=op.f("pk_told")),
    )
    connection = op.get_bind()
    bundle = sa.table("bundle", sa.column("version", sa.Integer()), sa.column("body", sa.LargeBinary()))
    found = connection.execute(sa.select(bundle.c.version, bundle.c.body).order_by(bundle.c.version.desc())).all()
    for place, (version, body) in enumerate(found):
        held = json.loads(bytes(body))
        lists = {name: held.pop(name, []) for name in _KEYS}
        rows = [_row(name, n, row) for name, listed in lists.items() for n, row in enumerate(listed)]
        if place == 0 and rows:
            connection.execute(sa.insert(told), rows)
        connection.execute(sa.update(bundle).where(bundle.c.version == version).values(body=_written(held)))


def _row(name: str, n: int, row: Any) -> dict[str, Any]:
    field = _KEYS[name]
    key = row if field is None else row[field] if field else ""
    return {"list": name, "key": key, "n": n, "body": _written(row)}


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
