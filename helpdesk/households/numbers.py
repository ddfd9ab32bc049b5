"""Drawing numbers from the scattered blocks that the centre allots (DESIGN.md section 3).

The order within a block is random and fixed when the block arrives, so that a number tells nothing about when or
where a family registered; a number is taken in the same transaction that uses it.
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, func, insert, select

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import with_check
from helpdesk.desk.bundle import Block
from helpdesk.desk.tables import FreeNumberRow

BODY_DIGITS = {"household": 8, "voucher": 9}


def add_block(connection: Connection, block: Block) -> None:
    """Put a block's numbers behind those still free, shuffled."""
    last = connection.scalar(select(func.max(FreeNumberRow.place)).where(FreeNumberRow.kind == block.kind)) or 0
    numbers = list(range(block.first, block.first + block.count))
    secrets.SystemRandom().shuffle(numbers)
    connection.execute(
        insert(FreeNumberRow),
        [{"kind": block.kind, "place": last + 1 + n, "number": number} for n, number in enumerate(numbers)],
    )


def draw(connection: Connection, kind: str) -> str:
    """Take the next free number, with its check digits. Raises Refusal("numbers.used_up", kind=...)."""
    row = connection.execute(
        select(FreeNumberRow.place, FreeNumberRow.number)
        .where(FreeNumberRow.kind == kind)
        .order_by(FreeNumberRow.place)
        .limit(1)
    ).first()
    if row is None:
        raise Refusal("numbers.used_up", kind=kind)
    connection.execute(delete(FreeNumberRow).where(FreeNumberRow.kind == kind, FreeNumberRow.place == row.place))
    return with_check(f"{row.number:0{BODY_DIGITS[kind]}d}")


def free(connection: Connection, kind: str) -> int:
    """How many numbers are left, for the warning before they run out."""
    counted = select(func.count()).select_from(FreeNumberRow).where(FreeNumberRow.kind == kind)
    return connection.scalar(counted) or 0
