"""What the receipt of a payment shows. The paper itself is printing's matter, its number numbering.py's."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.faces import PrintedVoucher, face_of
from helpdesk.assistance.vouchers.finding import by_number
from helpdesk.assistance.vouchers.kinds import PAYMENT
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.users import names
from helpdesk.households.cards import issuing_key
from helpdesk.vault.records import document_of


class PaidVoucher(Struct, frozen=True):
    """A paid voucher's face, its payment, and who paid it as this desk calls her."""

    face: PrintedVoucher
    payment: Payment
    paid_by: str


def receipt_of(view: View, number: str) -> PaidVoucher:
    """What the receipt of a payment shows. Raises Refusal("voucher.unknown" | "voucher.not_paid")."""
    voucher_id, voucher = by_number(view.connection, number)
    row = view.connection.scalar(select(PaymentRow.id).where(PaymentRow.voucher == voucher_id).limit(1))
    payment = document_of(view.connection, PAYMENT, row) if row else None
    if payment is None:
        raise Refusal("voucher.not_paid")
    face = face_of(view, issuing_key(view.connection), voucher_id, voucher)
    return PaidVoucher(face, payment, names(view).get(payment.user, ""))
