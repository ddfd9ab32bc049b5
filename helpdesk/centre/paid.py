"""What a desk's next bundle says of vouchers: the paid list of every other desk's payments, and numbers that are void.

What a desk paid itself it knows better than any list. A family that was merged into another stands under both numbers,
for the grants of the one count against the other. Nothing is read here but numbers and grant types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.assistance.vouchers.tables import DivisionRow, PaymentRow, VoucherRow
from helpdesk.centre.tables import CentreBatchRow
from helpdesk.desk import paid_list
from helpdesk.desk.bundle import PaidList
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.tables import RevisionRow

REVOKED: Final = ("VOID", "LOST", "REPLACED")


def list_for(register: Connection, device: str, day: date) -> tuple[PaidList, tuple[bytes, ...]]:
    """The list for the desk with this device key, as of a day: what the bundle says of it, and its pages."""
    return paid_list.build(paid_elsewhere(register, device), day)


def paid_elsewhere(register: Connection, device: str) -> Iterator[paid_list.Paid]:
    """(household number, grant) of every payment that another desk's batch brought; repeated ones are repeated."""
    payments = (
        select(PaymentRow.household, VoucherRow.grant)
        .join(VoucherRow, VoucherRow.id == PaymentRow.voucher)
        .join(RevisionRow, RevisionRow.record == PaymentRow.id)
        .join(CentreBatchRow, CentreBatchRow.identity == RevisionRow.origin)
        .where(CentreBatchRow.sender != device)
        .distinct()
        .subquery()
    )
    direct = select(HouseholdRow.number, payments.c.grant).join(payments, payments.c.household == HouseholdRow.id)
    # of a split or a merge: what was paid to the whole was paid to each
    through = (
        select(HouseholdRow.number, payments.c.grant)
        .join(DivisionRow, DivisionRow.household == HouseholdRow.id)
        .join(payments, payments.c.household == DivisionRow.of)
    )
    for statement in (direct, through):
        yield from register.execute(statement.execution_options(yield_per=10_000))


def revoked_numbers(register: Connection, day: date) -> tuple[str, ...]:
    """The numbers of vouchers that are nothing any more and that their papers would still make payable on a day."""
    found = select(VoucherRow.number).where(
        VoucherRow.number.is_not(None), VoucherRow.state.in_(REVOKED), VoucherRow.last_day >= day
    )
    return tuple(register.scalars(found.distinct().order_by(VoucherRow.number)))
