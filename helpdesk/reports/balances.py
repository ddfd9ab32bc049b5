"""Opening balances: numbers of the years before the register, entered at the centre with its signature.

One record for each indicator and stretch of days; entered again it replaces the number, and what stood there before
stays in the record's revisions. They belong to the centre's own register and never travel to a desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act
from helpdesk.reports.codes import BESIDE, INDICATOR
from helpdesk.reports.tables import OpeningBalanceRow
from helpdesk.vault.records import Kind, Row, heads_of
from helpdesk.vault.records import Projection as Shown
from helpdesk.vault.tables import table_of

LARGEST: Final = 10_000_000
"""Families; more than live in the country is a slip of the keys."""


class OpeningBalance(Struct, frozen=True, forbid_unknown_fields=True):
    """What was counted from ``first`` to ``last``, both included, by other means than this register.

    ``beside`` is the number of the footnote: of I4 the families paid that had departed before ``first``, of I6 the
    works begun and not completed by ``last``.
    """

    indicator: str
    first: date
    last: date
    number: int
    source: str
    beside: int = 0


def _rows(record_id: str, doc: OpeningBalance) -> Iterable[Row]:
    yield {
        "id": record_id,
        "indicator": doc.indicator,
        "first": doc.first,
        "last": doc.last,
        "number": doc.number,
        "beside": doc.beside,
    }


OPENING_BALANCE = Kind(
    "opening_balance",
    OpeningBalance,
    household=lambda _id, _doc: None,
    projections=(Shown(table_of(OpeningBalanceRow), "id", _rows),),
)


class Balance(Struct, frozen=True):
    """One balance as the table adds it."""

    indicator: str
    first: date
    last: date
    number: int
    beside: int


def balance_id(indicator: str, first: date, last: date) -> str:
    """The id of a balance: entered twice it is the same record."""
    digest = hashlib.sha256(f"fvm/opening/1/{indicator}/{first}/{last}".encode()).hexdigest()
    # the form of a version 8 UUID (RFC 9562): its bits are the program's own
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def enter(act: Act, balances: Iterable[OpeningBalance]) -> tuple[str, ...]:
    """Write balances, signed; one that is there already takes the new number. For a command of the centre.

    Raises Refusal("form.code" | "balance.days" | "balance.number" | "balance.overlap" | "balance.source").
    """
    written = []
    for one in balances:
        _check(act, one)
        record = balance_id(one.indicator, one.first, one.last)
        if heads_of(act.connection, record):
            act.records.revise(OPENING_BALANCE, record, one, signed=True)
        else:
            act.records.create(OPENING_BALANCE, record, one, signed=True)
            act.records.flush()
        act.concerns(record)
        written.append(record)
    return tuple(written)


def _check(act: Act, one: OpeningBalance) -> None:
    if one.indicator not in INDICATOR:
        raise Refusal("form.code", field="indicator")
    if one.first > one.last or one.last > act.day:
        raise Refusal("balance.days", first=one.first, last=one.last)
    if not 0 <= one.number <= LARGEST or not 0 <= one.beside <= LARGEST or (one.beside and one.indicator not in BESIDE):
        raise Refusal("balance.number")
    if not one.source.strip():
        raise Refusal("balance.source")
    for other in balances_of(act.connection):
        same_days = (other.first, other.last) == (one.first, one.last)
        if other.indicator == one.indicator and not same_days and other.first <= one.last and one.first <= other.last:
            raise Refusal("balance.overlap", first=other.first, last=other.last)


def balances_of(connection: Connection) -> tuple[Balance, ...]:
    """All of them, by indicator and first day."""
    rows = connection.execute(select(OpeningBalanceRow).order_by(OpeningBalanceRow.indicator, OpeningBalanceRow.first))
    return tuple(Balance(row.indicator, row.first, row.last, row.number, row.beside) for row in rows)
