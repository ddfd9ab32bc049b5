"""Papers about a voucher after its first printing: a new paper for a spoiled one, and the receipt of a payment.

A reprint is a new number and voids the old (DOMAIN.md 2.14): two papers with one number never leave a printer.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.tables import PaymentRow
from helpdesk.assistance.vouchers import PAYMENT, VOUCHER, Payment, PrintedVoucher, by_number, face_of
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.desk.users import names
from helpdesk.households import numbers
from helpdesk.households.cards import issuing_key
from helpdesk.vault.records import document_of

REPRINTED = "REPRINTED"


class PaidVoucher(Struct, frozen=True):
    """A paid voucher's face, its payment, and who paid it as this desk calls her."""

    face: PrintedVoucher
    payment: Payment
    paid_by: str


@command("voucher.reprint", roles=FAMILIES)
def reprint(act: Act, number: str) -> PrintedVoucher:
    """A new paper for a voucher that was spoiled in printing; the old number is void from now on.

    Raises Refusal("voucher.unknown" | "voucher.state" | "numbers.used_up").
    """
    voucher_id, voucher = by_number(act.connection, number)
    if voucher.state != "PRINTED":
        raise Refusal("voucher.state", state=voucher.state)
    act.records.revise(VOUCHER, voucher_id, msgspec.structs.replace(voucher, state="VOID", void_reason=REPRINTED))
    key = issuing_key(act.connection)
    fresh_id = act.new_id()
    fresh = msgspec.structs.replace(voucher, number=numbers.draw(act.connection, "voucher"), issuer=key.key_id)
    act.records.create(VOUCHER, fresh_id, fresh)
    act.concerns(voucher_id, fresh_id)
    return face_of(act, key, fresh_id, fresh)


def receipt_of(view: View, number: str) -> PaidVoucher:
    """What the receipt of a payment shows. Raises Refusal("voucher.unknown" | "voucher.not_paid")."""
    voucher_id, voucher = by_number(view.connection, number)
    row = view.connection.scalar(select(PaymentRow.id).where(PaymentRow.voucher == voucher_id).limit(1))
    payment = document_of(view.connection, PAYMENT, row) if row else None
    if payment is None:
        raise Refusal("voucher.not_paid")
    face = face_of(view, issuing_key(view.connection), voucher_id, voucher)
    return PaidVoucher(face, payment, names(view).get(payment.user, ""))
