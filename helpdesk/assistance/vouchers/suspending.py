"""What a withdrawal suspends and for how long, and which rows show as which state on a day.

A family that withdraws keeps its unpaid movement vouchers for seven days in which it may take that back; then they are
void without anybody writing anything. Nothing here writes.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, or_

from helpdesk.assistance.vouchers.life import UNPAID
from helpdesk.assistance.vouchers.tables import VoucherRow

SUSPENDED_DAYS: Final = 7
MOVEMENT: Final = ("TRN", "DEP")
"""Grants that a withdrawal suspends; whatever else is due to a family stays due."""


def shows_as(state: str, day: date) -> ColumnElement[bool]:
    """The condition of rows that count as ``state`` on a day, the same as :func:`life.effective` says."""
    unpaid = VoucherRow.state.in_(UNPAID)
    suspended = and_(unpaid, VoucherRow.suspended_until.is_not(None))
    past = and_(VoucherRow.state != "LOST", VoucherRow.last_day < day)
    if state == "SUSPENDED":
        return and_(suspended, VoucherRow.suspended_until >= day)
    if state == "EXPIRED":
        return and_(unpaid, VoucherRow.suspended_until.is_(None), past)
    if state == "VOID":
        return or_(VoucherRow.state == "VOID", and_(suspended, VoucherRow.suspended_until < day))
    if state not in UNPAID:
        return VoucherRow.state == state
    open_ = and_(VoucherRow.state == state, VoucherRow.suspended_until.is_(None))
    return open_ if state == "LOST" else and_(open_, VoucherRow.last_day >= day)
