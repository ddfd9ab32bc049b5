"""Drawing numbers from the blocks that the centre allots, so scattered that none tells a desk, a camp or a day.

A block is a thousand neighbouring places; its numbers are those places under a permutation of the whole number space
keyed by the programme, so that two families of one camp have nothing in common at a checkpoint. The permutation keeps
numbers of different blocks different without any desk asking another. A number is taken in the transaction that uses
it, by chance and not in an order that is kept: a folder put back from a copy must not draw the same ones once more.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import with_check
from helpdesk.desk import local
from helpdesk.desk.bundle import Block
from helpdesk.desk.tables import FreeNumberRow

_TAKEN = "blocks."
BODY_DIGITS = {"household": 8, "voucher": 9}


_POSITIVE = (1 << 63) - 1
_ROUNDS = 8
_HALF = {"household": 10_000, "voucher": 31_623}
"""Each number space is at most the square of its half: eight digits exactly, nine by walking the cycle."""


def scattered(key: bytes, kind: str, place: int) -> int:
    """The number at a place of the number space: a keyed Feistel permutation with HMAC-SHA256, walking the cycle.

    ``place`` is 0 up to the size of the space; different places always give different numbers.
    """
    half, size = _HALF[kind], 10 ** BODY_DIGITS[kind]
    number = place
    while True:
        left, right = divmod(number, half)
        for turn in range(_ROUNDS):
            mixed = hmac.new(key, f"fvm/numbers/1|{kind}|{turn}|{right}".encode(), hashlib.sha256).digest()
            left, right = right, (left + int.from_bytes(mixed[:8], "big")) % half
        number = left * half + right
        if number < size:
            return number


def add_block(connection: Connection, block: Block, key: bytes) -> None:
    """Put a block's numbers behind those still free, shuffled; numbers taken in before never come again.

    ``key`` is the programme's match key, under which places of the block become numbers (:func:`scattered`).
    """
    taken = _taken(connection, block.kind)
    fresh = range(block.first, block.first + block.count)
    places = [n for n in fresh if not any(first <= n < first + count for first, count in taken)]
    if not places:
        return
    numbers = [scattered(key, block.kind, place) for place in places]
    local.write(connection, _TAKEN + block.kind, msgspec.json.encode([*taken, (block.first, block.count)]))
    last = connection.scalar(select(func.max(FreeNumberRow.place)).where(FreeNumberRow.kind == block.kind)) or 0
    secrets.SystemRandom().shuffle(numbers)
    connection.execute(
        insert(FreeNumberRow),
        [{"kind": block.kind, "place": last + 1 + n, "number": number} for n, number in enumerate(numbers)],
    )


_KIND = FreeNumberRow.kind == bindparam("kind")
# by lot from a place on, else the first: the whole block is never sorted for one number
_LAST = select(func.max(FreeNumberRow.place)).where(_KIND).scalar_subquery()
_LOT = select(func.random().op("&")(_POSITIVE) % (_LAST + 1)).scalar_subquery()
_FROM_LOT = (
    select(FreeNumberRow.place)
    .where(_KIND, FreeNumberRow.place >= _LOT)
    .order_by(FreeNumberRow.place)
    .limit(1)
    .scalar_subquery()
)
_FIRST = select(func.min(FreeNumberRow.place)).where(_KIND).scalar_subquery()
_DRAW = (
    delete(FreeNumberRow)
    .where(_KIND, FreeNumberRow.place == func.coalesce(_FROM_LOT, _FIRST))
    .returning(FreeNumberRow.number)
)


def _taken(connection: Connection, kind: str) -> list[tuple[int, int]]:
    known = local.peek(connection, _TAKEN + kind)
    return [] if known is None else msgspec.json.decode(known, type=list[tuple[int, int]])


def draw(connection: Connection, kind: str) -> str:
    """Take the next free number, with its check digits. Raises Refusal("numbers.used_up", kind=...)."""
    number = connection.scalar(_DRAW, {"kind": kind})
    if number is None:
        raise Refusal("numbers.used_up", kind=kind)
    return with_check(f"{number:0{BODY_DIGITS[kind]}d}")


def free(connection: Connection, kind: str) -> int:
    """How many numbers are left, for the warning before they run out."""
    counted = select(func.count()).select_from(FreeNumberRow).where(FreeNumberRow.kind == kind)
    return connection.scalar(counted) or 0
