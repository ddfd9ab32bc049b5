"""Families that have left and were not paid yet: payment follows departure, so this queue is a list of its own.

A departure is never held back by a payment (DOMAIN.md section 0, 1); this only finds who still waits. It reads rows.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from helpdesk.assistance.vouchers.life import PAID
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.journey.cases.tables import StandingRow

PACKAGE: Final = ("DEP", "RIN")
"""The grants of a departure (I4 of DOMAIN.md 4.1): one of them paid is enough to leave this list."""


def departed_unpaid(view: View, site: str | None = None) -> list[str]:
    """The household ids, who left first at the top: what a paged list keeps in memory."""
    view.only(NAMES)
    ordered = _unpaid(site).order_by(StandingRow.departed_on, StandingRow.household)
    return list(view.connection.scalars(ordered))


def count_unpaid(view: View, site: str | None = None) -> int:
    """How many there are."""
    view.only(NAMES)
    return view.connection.scalar(select(func.count()).select_from(_unpaid(site).subquery())) or 0


def _unpaid(site: str | None) -> Select[str]:
    # who left without the programme is offered arrival services, but no departure grant
    # gathered once: asked for each family apart, the store looks through all paid vouchers each time
    paid = select(VoucherRow.household).where(VoucherRow.grant.in_(PACKAGE), _is_paid())
    statement = select(StandingRow.household).where(
        StandingRow.departed_on.is_not(None),
        StandingRow.state != "UNFACILITATED",
        StandingRow.household.not_in(paid),
    )
    return statement if site is None else statement.where(StandingRow.site == site)


def _is_paid() -> ColumnElement[bool]:
    # what is disputed after it was paid was paid all the same
    disputed = and_(VoucherRow.state == "DISPUTED", VoucherRow.id.in_(select(PaymentRow.voucher)))
    return or_(VoucherRow.state.in_(PAID), disputed)
