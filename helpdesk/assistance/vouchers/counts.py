"""Counts of vouchers for the tally: how many stand in which state, and for how much. No household is named."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.suspending import shows_as
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.desk.commands import View


class StateCount(Struct, frozen=True):
    """Vouchers in one state: how many, and the sum of their amounts in whole units."""

    state: str
    vouchers: int
    amount: int


def by_state(view: View) -> tuple[StateCount, ...]:
    """The vouchers of this store by state, in the order of the states; states without vouchers are left out."""
    counted = select(func.count().label("vouchers"), func.sum(VoucherRow.amount).label("amount"))
    found = [(state, view.connection.execute(counted.where(shows_as(state, view.day))).one()) for state in STATE]
    return tuple(StateCount(state, row.vouchers, int(row.amount)) for state, row in found if row.vouchers)
