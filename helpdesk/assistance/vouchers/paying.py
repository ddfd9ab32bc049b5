"""Handing over: the payee signs for the paper, the cash is paid once, at its pay point, within its days.

Who approved never pays. What was paid is an event that nothing undoes; that it was counted right is reconciled later.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.codes import IDENTITY
from helpdesk.assistance.vouchers.documents import Payment
from helpdesk.assistance.vouchers.finding import by_number, check_open
from helpdesk.assistance.vouchers.kinds import PAYMENT, VOUCHER
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.kinds import PERSON
from helpdesk.vault.records import document_of


@command("voucher.pay", roles=FAMILIES)
def pay(act: Act, number: str, witness: str, identity: str) -> Payment:
    """Pay a printed voucher at its pay point, within its days, once, with a witness.

    Raises Refusal("voucher.unknown" | "voucher.paid" | "voucher.state" | "voucher.suspended" | "voucher.payee_gone"
    | "voucher.elsewhere" | "voucher.days" | "voucher.approver" | "voucher.witness").
    """
    if identity not in IDENTITY:
        raise Refusal("form.code", field="identity")
    if not witness.strip():
        raise Refusal("voucher.witness")
    voucher_id, voucher = by_number(act.connection, number)
    paid = act.connection.execute(select(PaymentRow).where(PaymentRow.voucher == voucher_id)).first()
    if paid is not None:
        raise Refusal("voucher.paid", on=paid.paid_on)
    if voucher.state == "PRINTED":
        check_open(act, voucher, "ISSUE")
        voucher = msgspec.structs.replace(voucher, state="ISSUED")
        ledger.note(act, "ISSUE", voucher_id, voucher)
    check_open(act, voucher, "PAY")
    payee = document_of(act.connection, PERSON, voucher.payee)
    if payee is not None and payee.gone:
        raise Refusal("voucher.payee_gone")
    if number in act.in_force().revoked_vouchers:
        raise Refusal("voucher.state", state="VOID")
    if voucher.payable_at not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.elsewhere", point=voucher.payable_at)
    if not voucher.first_day <= act.day <= voucher.last_day:
        raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
    if voucher.approved_by == act.user.id:
        raise Refusal("voucher.approver")
    payment = Payment(
        voucher=voucher_id,
        household=voucher.household,
        number=number,
        amount=voucher.amount,
        currency=voucher.currency,
        paid_on=act.day,
        pay_point=voucher.payable_at,
        user=act.user.id,
        witness=witness,
        identity=identity,
    )
    payment_id = act.new_id()
    act.records.create(PAYMENT, payment_id, payment, signed=True)
    done = msgspec.structs.replace(voucher, state="PAID")
    act.records.revise(VOUCHER, voucher_id, done)
    ledger.note(act, "PAY", voucher_id, done, payment_id)
    act.concerns(voucher_id)
    return payment
