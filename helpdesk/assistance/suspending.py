"""When a voucher that was suspended counts as what: pure rules, asked by planning, paying, checking and lists.

A family that withdraws keeps its unpaid movement vouchers for seven days in which it may take that back; then they are
void without anybody writing anything. Nothing here writes.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, not_, or_

from helpdesk.assistance.tables import VoucherRow

SUSPENDED_DAYS: Final = 7
LIVE: Final = ("PLANNED", "APPROVED", "PRINTED", "PAID", "SUSPENDED")
"""States of a voucher that holds its grant: no second one is planned beside it."""
UNPAID: Final = ("PLANNED", "APPROVED", "PRINTED")
MOVEMENT: Final = ("TRN", "DEP")
"""Grants that a withdrawal suspends; whatever else is due to a family stays due."""


def effective(state: str, suspended_until: date | None, day: date) -> str:
    """The state that counts on ``day``: what was paid or void stays so, a suspended one is void after its day."""
    if suspended_until is None or state not in UNPAID:
        return state
    return "SUSPENDED" if day <= suspended_until else "VOID"


def safer_suspension(one: str | None, other: str | None) -> str | None:
    """Suspended at either desk is suspended, until the earlier day (ISO days, as documents hold them)."""
    return min((day for day in (one, other) if day is not None), default=None)


def shows_as(state: str, day: date) -> ColumnElement[bool]:
    """The condition of rows that count as ``state`` on a day, the same as :func:`effective` says."""
    holds = or_(VoucherRow.suspended_until.is_(None), VoucherRow.state.not_in(UNPAID))
    if state == "SUSPENDED":
        return and_(not_(holds), VoucherRow.suspended_until >= day)
    if state == "VOID":
        return or_(VoucherRow.state == "VOID", and_(not_(holds), VoucherRow.suspended_until < day))
    return and_(VoucherRow.state == state, holds)
