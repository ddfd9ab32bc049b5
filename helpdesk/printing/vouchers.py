"""Vouchers: on A6, three on an A4 sheet with counterfoils, and the receipt that is printed when one is paid.

An amount is always shown whole, whatever its length. Who may be paid, and when, is decided elsewhere; here it is
only drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Final

from msgspec import Struct

from helpdesk.core.language import N_, Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.core.progress import Progress, counted, silent
from helpdesk.printing.blocks import amount_shown, day_shown, field, unbroken, writing_line
from helpdesk.printing.page import A4, A6, Area, Box, Offset, PageSize, Sheet, roll
from helpdesk.printing.qr import symbol
from helpdesk.printing.text import Style

LASER: Final = 300
THERMAL: Final = 203
"""Dots to the inch."""


class VoucherLayout(Enum):
    """What the vouchers are printed on."""

    A6 = "a6"
    A4_THREE = "a4-three"


class VoucherFace(Struct, frozen=True, forbid_unknown_fields=True):
    """What one voucher shows: numbers as bare digits, ``amount`` in whole units, ``currency`` ISO 4217."""

    number: str
    household_number: str
    grant_label: str
    amount: int
    currency: str
    payee_name: str
    pay_point_label: str
    first_day: date
    last_day: date
    qr_digits: str
    practice: bool


class PaymentReceipt(Struct, frozen=True, forbid_unknown_fields=True):
    """What the receipt of a payment shows beside the voucher's own lines."""

    voucher: VoucherFace
    paid_on: date
    paid_by: str
    witness: str


_BODY: Final = PageSize(148, 99)
_PER_SHEET: Final = 3
_COUNTERFOIL: Final = PageSize(A4.width - _BODY.width, _BODY.height)
_X: Final = 7.0
_WIDTH: Final = _BODY.width - 2 * _X
_CODE: Final = Box(_BODY.width - 48, 3, 42, 42)
_BESIDE: Final = _CODE.x - _X - 2
_AMOUNT: Final = Box(_X, 46, _WIDTH, 17)
_STRIP: Final = Box(_X, 93.6, _WIDTH, 3.6)
_FOIL: Final = 5.0
_VALUE: Final = Style(11)
_STRONG: Final = Style(12, bold=True)
_RECEIPT: Final = roll(168)
_BODY_ON_A6: Final = PageSize(A6.height, A6.width)  # the long side across


def vouchers_pdf(
    faces: Sequence[VoucherFace],
    words: Words,
    layout: VoucherLayout,
    *,
    offset: Offset = (0.0, 0.0),
    progress: Progress = silent,
) -> bytes:
    """The vouchers as one PDF, in the order given, in the language (and direction) of ``words``.

    Raises:
        ValueError: no vouchers, or a code that is not digits.
    """
    if not faces:
        raise ValueError("no vouchers")
    sheet = Sheet(_BODY_ON_A6 if layout is VoucherLayout.A6 else A4, words, offset=offset)
    page: Area | None = None
    for place, face in enumerate(counted(faces, progress, N_("Drawing the vouchers"), len(faces))):
        row = place % _PER_SHEET
        if layout is VoucherLayout.A6:
            page, body = sheet.page(), Box(0, 3, _BODY.width, _BODY.height)
        else:
            body = Box(0, row * _BODY.height, _BODY.width, _BODY.height)
            if row == 0:
                page = sheet.page()
                _cut_lines(page)
        assert page is not None
        _draw_body(page.part(body), face, words)
        if layout is VoucherLayout.A4_THREE:
            _draw_counterfoil(page.part(Box(body.width, body.y, _COUNTERFOIL.width, body.height)), face, words)
    return sheet.pdf()


def receipt_pdf(receipt: PaymentReceipt, words: Words, *, offset: Offset = (0.0, 0.0)) -> bytes:
    """The receipt of one payment on 80 mm thermal paper."""
    sheet = Sheet(_RECEIPT, words, offset=offset)
    page = sheet.page()
    area = page.part(Box(4, 4, _RECEIPT.width - 8, _RECEIPT.height - 8))
    face = receipt.voucher
    width = area.size.width
    if face.practice:
        area.practice(words, Box(0, 155, width, 4))
    area.line(Box(0, 0, width, 8), words("Receipt of payment"), Style(14, bold=True, align="center"))
    area.code(Box(14, 9, width - 28, 44), symbol(face.qr_digits, "M"), THERMAL)
    half = width / 2 - 1
    y = 55.0
    _numbers(area, Box(0, y, half, 9), Box(width - half, y, half, 9), face, words)
    y += 10.5
    area.frame(Box(0, y, width, 15), thickness=0.4)
    field(area, Box(2, y + 0.8, width - 4, 14), words("Amount paid"), _amount(face, words), Style(22, bold=True))
    y += 16.5
    rows = (
        (words("For"), face.grant_label, 11.0),
        (words("Paid to"), face.payee_name, 14.0),
        (words("Pay point"), face.pay_point_label, 11.0),
        (words("Day"), words.date(receipt.paid_on), 9.0),
        (words("Paid by"), receipt.paid_by, 9.0),
        (words("Witness"), receipt.witness, 9.0),
    )
    for label, value, height in rows:
        field(area, Box(0, y, width, height), label, value, _VALUE)
        y += height
    sentence = words("Count the money before you leave. Nobody may ask you for a share of it.")
    area.text(Box(0, y + 1, width, 8), sentence, Style(8))
    return sheet.pdf()


def _draw_body(area: Area, face: VoucherFace, words: Words) -> None:
    if face.practice:
        area.practice(words, _STRIP)
    area.code(_CODE, symbol(face.qr_digits, "Q"), LASER)
    area.line(Box(_X, 5, _BESIDE, 7), words("Voucher"), Style(15, bold=True))
    _numbers(area, Box(_X, 13, _BESIDE * 0.56, 12), Box(_X + _BESIDE * 0.58, 13, _BESIDE * 0.42, 12), face, words)
    field(area, Box(_X, 27, _BESIDE, 17), words("For"), face.grant_label, _STRONG)
    area.frame(_AMOUNT, thickness=0.5)
    inner = Box(_AMOUNT.x + 3, _AMOUNT.y + 1, _AMOUNT.width - 6, _AMOUNT.height - 2)
    field(area, inner, words("Amount"), _amount(face, words), Style(28, bold=True))
    field(area, Box(_X, 64.5, _WIDTH, 12), words("To be paid to"), face.payee_name, _STRONG)
    field(area, Box(_X, 77, _WIDTH * 0.5, 10), words("Pay point"), face.pay_point_label, _VALUE)
    days = words("from {first} to {last}", first=day_shown(words, face.first_day), last=day_shown(words, face.last_day))
    field(area, Box(_X + _WIDTH * 0.52, 77, _WIDTH * 0.48, 10), words("Payable"), days, _VALUE)
    sentence = words("Paid once. Bring your own ID and your household card. Nobody may ask you for a share of it.")
    area.text(Box(_X, 88, _WIDTH, 5.2), sentence, Style(8), vertical="middle")


def _draw_counterfoil(area: Area, face: VoucherFace, words: Words) -> None:
    width = area.size.width - 2 * _FOIL
    if face.practice:
        area.practice(words, Box(_FOIL, _STRIP.y, width, _STRIP.height))
    area.line(Box(_FOIL, 5, width, 6), words("Counterfoil, stays with the desk"), Style(9, bold=True))
    _numbers(area, Box(_FOIL, 12, width, 9), Box(_FOIL, 21, width, 9), face, words)
    field(area, Box(_FOIL, 30, width, 11), words("Amount"), _amount(face, words), Style(15, bold=True))
    field(area, Box(_FOIL, 41, width, 12), words("To be paid to"), face.payee_name, Style(10))
    area.line(Box(_FOIL, 54, width, 4), words("Received the whole amount: signature or thumb"), Style(7.5))
    area.frame(Box(_FOIL, 58.5, width, 15), grey=0.35)
    for y, label in ((75.0, words("Paid on")), (81.0, words("Paid by")), (87.0, words("Witness"))):
        writing_line(area, Box(_FOIL, y, width, 5), label)


def _numbers(area: Area, own: Box, household: Box, face: VoucherFace, words: Words) -> None:
    number = unbroken(voucher_number_shown(face.number))
    field(area, own, words("Voucher number"), number, Style(16, bold=True))
    field(area, household, words("Household number"), unbroken(household_number_shown(face.household_number)), _VALUE)


def _amount(face: VoucherFace, words: Words) -> str:
    return amount_shown(words, face.amount, face.currency)


def _cut_lines(page: Area) -> None:
    for row in range(1, _PER_SHEET):
        page.rule(4, row * _BODY.height, A4.width - 8, thickness=0.15, grey=0.45, dashed=True)
    page.rule(_BODY.width, 4, 0, A4.height - 8, thickness=0.15, grey=0.45, dashed=True)
