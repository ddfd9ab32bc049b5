"""What a closed day does to its vouchers: each that was paid once and counted is reconciled, with its ledger entry.

One that was paid twice stays as it is: a double payment is a case of its own and counts as reconciled nowhere.
"""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import func, select

from helpdesk.assistance.cash.documents import DayEnd, Found
from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.assistance.vouchers.verifying import flaws
from helpdesk.desk.commands import Act, View
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow

MOST_NAMED: Final = 200
"""Flaws that a day's end names one by one; a store with more of them is looked at as a whole."""


def flaws_now(view: View) -> tuple[Found, ...]:
    """What the ledger of this desk finds wrong at this moment, as a day's end names it."""
    return tuple(Found(flaw.code, flaw.number) for flaw in flaws(view)[:MOST_NAMED])


def reconcile(act: Act, end: DayEnd) -> int:
    """Reconcile the vouchers whose payments a count covers; how many they were."""
    covered = (
        select(PaymentRow.voucher)
        .join(RevisionRow, RevisionRow.record == PaymentRow.id)
        .where(
            PaymentRow.pay_point == end.pay_point,
            PaymentRow.currency == end.currency,
            PaymentRow.paid_on <= end.on,
            RevisionRow.origin.is_(None),
            RevisionRow.ctr <= end.upto,
        )
    )
    once = select(PaymentRow.voucher).group_by(PaymentRow.voucher).having(func.count() == 1)
    ids = act.connection.scalars(
        select(VoucherRow.id)
        .where(VoucherRow.state == "PAID", VoucherRow.id.in_(covered), VoucherRow.id.in_(once))
        .order_by(VoucherRow.id)
    ).all()
    for voucher_id in ids:
        voucher = document_of(act.connection, VOUCHER, voucher_id)
        if voucher is not None:
            counted = msgspec.structs.replace(voucher, state="RECONCILED")
            act.records.revise(VOUCHER, voucher_id, counted)
            ledger.note(act, "RECONCILE", voucher_id, counted)
    return len(ids)
