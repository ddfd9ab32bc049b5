"""Grants of families that were one, or turn out to be one: what was planned or paid for the whole counts for each.

The record says who belonged together and how many they were; the rules divide the whole's amount and never double it.
Who splits and merges families is ``casework``'s matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.assistance.vouchers.tables import DivisionRow
from helpdesk.vault.records import Kind, Projection, Row, documents_of
from helpdesk.vault.tables import table_of


class Division(Struct, frozen=True, forbid_unknown_fields=True):
    """That ``household`` was split off ``of``, or that ``of`` was merged into it; ``counted`` are vouchers of ``of``.

    ``whole`` is how many they were together, ``part`` how many of them are ``household``; both equal in a merge.
    """

    household: str
    of: str
    on: date
    whole: int
    part: int
    counted: tuple[str, ...]
    by: str


def _rows(record_id: str, doc: Division) -> Iterable[Row]:
    yield {"id": record_id, "household": doc.household, "of": doc.of}


DIVISION = Kind("division", Division, projections=(Projection(table_of(DivisionRow), "id", _rows),), event=True)
KINDS = (DIVISION,)


def share_of(amount_for: Callable[[int], int], whole: int, part: int) -> tuple[int, int]:
    """What stays with the rest and what goes to the part: each by the table, together no more than the whole.

    Where the table gives two small families more than one large one, the whole's amount is divided by heads.
    """
    rest = whole - part
    apart = amount_for(rest) if rest else 0, amount_for(part) if part else 0
    together = amount_for(whole)
    if sum(apart) <= together:
        return apart
    goes = together * part // whole
    return together - goes, goes


def divided_amount(connection: Connection, household: str, persons: int, amount_for: Callable[[int], int]) -> int:
    """The amount for a household of ``persons``, or its share if it was part of a split."""
    shares = [amount_for(persons)]
    for division in _divisions(connection, household):
        if 0 < division.part < division.whole:
            rest, part = share_of(amount_for, division.whole, division.part)
            shares.append(part if division.household == household else rest)
    return min(shares)


def _divisions(connection: Connection, household: str) -> list[Division]:
    own = [doc for _, doc in documents_of(connection, DIVISION, household)]
    parts = connection.scalars(select(DivisionRow.household).where(DivisionRow.of == household)).all()
    given = [doc for part in set(parts) for _, doc in documents_of(connection, DIVISION, part) if doc.of == household]
    return [*own, *given]
