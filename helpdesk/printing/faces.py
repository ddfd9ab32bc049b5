"""What the register knows of a card or a voucher as the face that is printed: one way for every door.

Names and amounts are taken over as they are; only the grant and the pay point are put into the paper's language.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers.codes import MARK
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.papers import PaidVoucher
from helpdesk.core.language import Words
from helpdesk.desk.bundle import Bundle, PayPoint
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.blocks import Helplines
from helpdesk.printing.cards import CardFace
from helpdesk.printing.vouchers import PaymentReceipt, VoucherFace


def helplines_of(bundle: Bundle) -> Helplines:
    """(label, number) of the bundle's helplines, as cards and slips print them."""
    return tuple((line.label, line.number) for line in bundle.helplines)


def card_face(card: IssuedCard, helplines: Helplines, *, practice: bool) -> CardFace:
    """The face of an issued card."""
    return CardFace(
        number=card.number,
        principal_name=card.principal,
        alternate_name=card.alternate,
        persons=card.persons,
        issued=card.issued_on,
        qr_digits=card.digits,
        helplines=helplines,
        practice=practice,
    )


def voucher_face(
    voucher: PrintedVoucher, pay_points: Iterable[PayPoint], words: Words, *, practice: bool
) -> VoucherFace:
    """The face of a numbered voucher; a pay point that ``pay_points`` does not name stands as its number."""
    names = {point.number: point.name for point in pay_points}
    return VoucherFace(
        number=voucher.number,
        household_number=voucher.household_number,
        grant_label=words.label(GRANT.name, voucher.grant),
        amount=voucher.amount,
        currency=voucher.currency,
        payee_name=voucher.payee,
        pay_point_label=names.get(voucher.pay_point, words.digits(voucher.pay_point)),
        first_day=voucher.first_day,
        last_day=voucher.last_day,
        qr_digits=voucher.digits,
        practice=practice,
        alternate_name=voucher.alternate,
        instalment=voucher.instalment,
        of=voucher.of,
    )


def payment_receipt(
    paid: PaidVoucher, pay_points: Iterable[PayPoint], words: Words, *, practice: bool
) -> PaymentReceipt:
    """What the receipt of a payment shows: who collected where that was the alternate, and how it was signed for."""
    face, payment = voucher_face(paid.face, pay_points, words, practice=practice), paid.payment
    return PaymentReceipt(
        voucher=face,
        paid_on=payment.paid_on,
        paid_by=paid.paid_by,
        witness=payment.witness,
        collected_by=face.alternate_name or "" if payment.collector == "ALTERNATE" else "",
        confirmed=words.label(MARK.name, payment.mark),
    )
