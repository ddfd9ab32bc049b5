"""Vouchers: on A6, three on an A4 sheet with counterfoils, on an 80 mm roll, and the receipt of a payment.

An amount is always shown whole, whatever its length. Who may be paid, and when, is decided elsewhere; here it is
only drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Final

from msgspec import Struct

from helpdesk.core.language import N_, Words, isolate
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.core.progress import Progress, counted, silent
from helpdesk.printing.blocks import LABEL, amount_shown, day_shown, field, unbroken, writing_line
from helpdesk.printing.page import A4, A6, Area, Box, Offset, PageSize, Sheet, roll
from helpdesk.printing.qr import symbol
from helpdesk.printing.text import Style

LASER: Final = 300
THERMAL: Final = 203
"""Dots to the inch."""


class VoucherLayout(Enum):
    """What the vouchers are printed on. ``ROLL`` is 80 mm thermal paper."""

    A6 = "a6"
    A4_THREE = "a4-three"
    ROLL = "roll"


class VoucherFace(Struct, frozen=True, forbid_unknown_fields=True):
    """What one voucher shows: numbers as bare digits, ``amount`` in whole units, ``currency`` ISO 4217.

    ``instalment`` of ``of`` is said where there are several; the alternate is the other adult who may collect.
    """

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
    alternate_name: str | None = None
    instalment: int = 1
    of: int = 1


class PaymentReceipt(Struct, frozen=True, forbid_unknown_fields=True):
    """What the receipt of a payment shows beside the voucher's own lines.

    ``collected_by`` names who took the money where that was not the payee; ``confirmed`` says how, in words.
    """

    voucher: VoucherFace
    paid_on: date
    paid_by: str
    witness: str
    collected_by: str = ""
    confirmed: str = ""


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
_ROLL: Final = roll(160)
_RECEIPT: Final = roll(178)
_ROLL_CODE: Final = 44.0
_BLACK: Final = Style(7)
"""Thermal paper knows no grey."""
_BODY_ON_A6: Final = PageSize(A6.height, A6.width)  # the long side across
_SIZES: Final = {VoucherLayout.A6: _BODY_ON_A6, VoucherLayout.A4_THREE: A4, VoucherLayout.ROLL: _ROLL}


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
    sheet = Sheet(_SIZES[layout], words, offset=offset)
    page: Area | None = None
    for place, face in enumerate(counted(faces, progress, N_("Drawing the vouchers"), len(faces))):
        row = place % _PER_SHEET
        if layout is VoucherLayout.ROLL:
            _draw_roll(sheet.page(), face, words)
            continue
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
    face = receipt.voucher
    rows = [
        (words("Paid to"), face.payee_name, 11.5),
        (words("Collected by"), receipt.collected_by, 10.0),
        (words("Pay point"), face.pay_point_label, 9.0),
        (words("Day"), words.date(receipt.paid_on), 8.0),
        (words("Paid by"), receipt.paid_by, 8.0),
        (words("Witness"), receipt.witness, 8.0),
        (words("Received with"), receipt.confirmed, 8.0),
    ]
    titles = words("Receipt of payment"), words("Amount paid")
    sentence = words("Count the money before you leave. Nobody may ask you for a share of it.")
    _draw_strip(sheet.page(), face, words, titles, rows, sentence)
    return sheet.pdf()


def _draw_roll(page: Area, face: VoucherFace, words: Words) -> None:
    rows = [
        (words("To be paid to"), face.payee_name, 12.0),
        (words("Or collected by"), face.alternate_name or "", 11.0),
        (words("Pay point"), face.pay_point_label, 10.0),
        (words("Payable"), _days(face, words), 10.0),
    ]
    _draw_strip(page, face, words, (words("Voucher"), words("Amount")), rows, words(_ONCE))


def _draw_strip(
    page: Area,
    face: VoucherFace,
    words: Words,
    titles: tuple[str, str],
    rows: Sequence[tuple[str, str, float]],
    sentence: str,
) -> None:
    # titles are the paper's and the amount's; a row with nothing to say leaves no gap
    area = page.part(Box(4, 4, page.size.width - 8, page.size.height - 8))
    width, foot = area.size.width, area.size.height - 4
    if face.practice:
        area.practice(words, Box(0, foot, width, 4))
    area.line(Box(0, 0, width, 8), titles[0], Style(14, bold=True, align="center"))
    area.code(Box((width - _ROLL_CODE) / 2, 8, _ROLL_CODE, _ROLL_CODE), symbol(face.qr_digits, "M"), THERMAL)
    half = width / 2 - 1
    _numbers(area, Box(0, 53, half, 9), Box(width - half, 53, half, 9), face, words, label=_BLACK)
    area.frame(Box(0, 63, width, 15), thickness=0.4)
    inner = Box(2, 63.8, width - 4, 14)
    field(area, inner, titles[1], _amount(face, words), Style(22, bold=True), label_style=_BLACK)
    y = 79.0
    for label, value, height in ((words("For"), _grant(face, words), 12.0), *rows):
        if value:
            field(area, Box(0, y, width, height), label, value, _VALUE, label_style=_BLACK)
            y += height
    area.text(Box(0, y + 1, width, foot - y - 2), sentence, Style(8.5))


_ONCE: Final = N_("Paid once. Bring your own ID and your household card. Nobody may ask you for a share of it.")


def _draw_body(area: Area, face: VoucherFace, words: Words) -> None:
    if face.practice:
        area.practice(words, _STRIP)
    area.code(_CODE, symbol(face.qr_digits, "Q"), LASER)
    area.line(Box(_X, 5, _BESIDE, 7), words("Voucher"), Style(15, bold=True))
    _numbers(area, Box(_X, 13, _BESIDE * 0.56, 12), Box(_X + _BESIDE * 0.58, 13, _BESIDE * 0.42, 12), face, words)
    field(area, Box(_X, 27, _BESIDE, 17), words("For"), _grant(face, words), _STRONG)
    area.frame(_AMOUNT, thickness=0.5)
    inner = Box(_AMOUNT.x + 3, _AMOUNT.y + 1, _AMOUNT.width - 6, _AMOUNT.height - 2)
    field(area, inner, words("Amount"), _amount(face, words), Style(28, bold=True))
    payee = Box(_X, 64.5, _WIDTH if face.alternate_name is None else _WIDTH * 0.5, 12)
    field(area, payee, words("To be paid to"), face.payee_name, _STRONG)
    if face.alternate_name is not None:
        alternate = Box(_X + _WIDTH * 0.52, 64.5, _WIDTH * 0.48, 12)
        field(area, alternate, words("Or collected by"), face.alternate_name, _VALUE)
    field(area, Box(_X, 77, _WIDTH * 0.5, 10), words("Pay point"), face.pay_point_label, _VALUE)
    field(area, Box(_X + _WIDTH * 0.52, 77, _WIDTH * 0.48, 10), words("Payable"), _days(face, words), _VALUE)
    area.text(Box(_X, 88, _WIDTH, 5.2), words(_ONCE), Style(8), vertical="middle")


def _draw_counterfoil(area: Area, face: VoucherFace, words: Words) -> None:
    width = area.size.width - 2 * _FOIL
    if face.practice:
        area.practice(words, Box(_FOIL, _STRIP.y, width, _STRIP.height))
    area.line(Box(_FOIL, 4, width, 5), words("Counterfoil, stays with the desk"), Style(9, bold=True))
    _numbers(area, Box(_FOIL, 9.5, width, 8), Box(_FOIL, 17.5, width, 7), face, words)
    field(area, Box(_FOIL, 24.5, width, 10.5), words("For"), _grant(face, words), Style(8.5))
    field(area, Box(_FOIL, 35, width, 9.5), words("Amount"), _amount(face, words), Style(15, bold=True))
    field(area, Box(_FOIL, 44.5, width, 8.5), words("To be paid to"), face.payee_name, Style(10))
    area.line(Box(_FOIL, 53, width, 4), words("Received the whole amount: signature or thumb"), Style(7.5))
    area.frame(Box(_FOIL, 57, width, 12.5), grey=0.35)
    for place, label in enumerate((words("Collected by"), words("Paid on"), words("Paid by"), words("Witness"))):
        writing_line(area, Box(_FOIL, 70 + 5.6 * place, width, 5.6), label)


def _numbers(area: Area, own: Box, household: Box, face: VoucherFace, words: Words, *, label: Style = LABEL) -> None:
    number = unbroken(voucher_number_shown(face.number))
    shown = unbroken(household_number_shown(face.household_number))
    field(area, own, words("Voucher number"), number, Style(16, bold=True), label_style=label)
    field(area, household, words("Household number"), shown, _VALUE, label_style=label)


def _grant(face: VoucherFace, words: Words) -> str:
    """What the money is for, and which instalment of it where there are several."""
    if face.of == 1:
        return face.grant_label
    return f"{isolate(face.grant_label)}\n{words('Instalment {k} of {n}', k=face.instalment, n=face.of)}"


def _amount(face: VoucherFace, words: Words) -> str:
    return amount_shown(words, face.amount, face.currency)


def _days(face: VoucherFace, words: Words) -> str:
    first, last = day_shown(words, face.first_day), day_shown(words, face.last_day)
    return words("from {first} to {last}", first=first, last=last)


def _cut_lines(page: Area) -> None:
    for row in range(1, _PER_SHEET):
        page.rule(4, row * _BODY.height, A4.width - 8, thickness=0.15, grey=0.45, dashed=True)
    page.rule(_BODY.width, 4, 0, A4.height - 8, thickness=0.15, grey=0.45, dashed=True)
