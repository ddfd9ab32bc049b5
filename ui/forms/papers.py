"""The papers a family takes home, made from what the core gives: card with slip, vouchers, receipts, own record.

Everything is drawn by ``helpdesk.printing``; here documents become faces, in the language of whoever takes the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pypdfium2

from helpdesk.assistance.vouchers import GRANT, PrintedVoucher
from helpdesk.core.language import Words
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.cards import CardFace, CardLayout, cards_pdf
from helpdesk.printing.slips import Slip, helpline_slip, own_record_pdf, slip_pdf, withdrawal_receipt
from helpdesk.printing.vouchers import VoucherFace, VoucherLayout, vouchers_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def card_and_slip(words: Words, card: IssuedCard, now: DeskNow, *, practice: bool) -> Paper:
    """The card and the helpline slip, one after the other."""
    face = CardFace(
        number=card.number,
        principal_name=card.principal,
        alternate_name=card.alternate,
        persons=card.persons,
        issued=card.issued_on,
        qr_digits=card.digits,
        helplines=now.helplines,
        practice=practice,
    )
    drawn = cards_pdf((face,), words, CardLayout.A4_TEN)
    slip = slip_pdf(helpline_slip(words, card.number, now.helplines, practice=practice), words)
    return Paper(words("Household card and slip"), joined((drawn, slip)))


def voucher_papers(
    words: Words, vouchers: Sequence[PrintedVoucher], now: DeskNow, layout: VoucherLayout, *, practice: bool
) -> Paper:
    """Vouchers, one on A6 or three on A4."""
    points = {point.number: point.name for point in now.pay_points}
    faces = [
        VoucherFace(
            number=voucher.number,
            household_number=voucher.household_number,
            grant_label=words.label(GRANT.name, voucher.grant),
            amount=voucher.amount,
            currency=voucher.currency,
            payee_name=voucher.payee,
            pay_point_label=points.get(voucher.pay_point, words.digits(voucher.pay_point)),
            first_day=voucher.first_day,
            last_day=voucher.last_day,
            qr_digits=voucher.digits,
            practice=practice,
        )
        for voucher in vouchers
    ]
    return Paper(words("Vouchers"), vouchers_pdf(faces, words, layout))


def withdrawal_paper(words: Words, number: str, withdrawn: tuple[str, ...], now: DeskNow, *, practice: bool) -> Paper:
    """The receipt of a withdrawn consent; ``withdrawn`` in words."""
    slip = withdrawal_receipt(words, number, withdrawn, now.day, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def record_paper(
    words: Words, number: str, facts: tuple[tuple[str, str], ...], now: DeskNow, *, practice: bool
) -> Paper:
    """A family's own record, for the principal who asked for it."""
    pdf = own_record_pdf(words, number, facts, now.day, now.helplines, practice=practice)
    return Paper(words("The family's own record"), pdf)


def consent_receipt(
    words: Words, number: str, given: tuple[str, ...], day: date, now: DeskNow, *, practice: bool
) -> Paper:
    """What a family agreed to, for it to keep."""
    slip = Slip(
        title=words("What you agreed to"),
        practice=practice,
        facts=(
            (words("Household number"), number),
            (words("Day"), words.date(day)),
            *((words("Agreed"), one) for one in given),
        ),
        sentences=(words("You may withdraw any of this at any time. There is no penalty."),),
        helplines=now.helplines,
    )
    return Paper(slip.title, slip_pdf(slip, words))


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several papers as one, page after page."""
    whole = pypdfium2.PdfDocument.new()
    out = BytesIO()
    try:
        for pdf in pdfs:
            part = pypdfium2.PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        whole.save(out)
    finally:
        whole.close()
    return out.getvalue()
