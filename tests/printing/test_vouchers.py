"""Vouchers and receipts: the amount whole and right in every language, codes that read, counterfoils that agree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.core.text import fold_digits
from helpdesk.printing.qr import symbol
from helpdesk.printing.raster import page_count
from helpdesk.printing.vouchers import PaymentReceipt, VoucherLayout, receipt_pdf, vouchers_pdf
from tests.printing.filler import FillerWords
from tests.printing.people import LATIN, LONG, SORANI, voucher
from tests.printing.reading import assert_inside, codes_of, text_of, words_of

PAPERS = list(VoucherLayout)


def receipt(seed: int = 1, **other: object) -> PaymentReceipt:
    return PaymentReceipt(
        voucher=voucher(seed, **other), paid_on=date(2026, 11, 22), paid_by="Nour", witness=LONG, collected_by=LATIN,
        confirmed="Thumb print",
    )  # fmt: skip


def digits_of(pdf: bytes) -> str:
    """The text with its digits in ASCII and no separators between them."""
    return fold_digits(text_of(pdf)).replace(",", "").replace("\u066c", "")


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_read_from_both_papers(language: str, dpi: int) -> None:
    faces = [voucher(seed, practice=seed == 1) for seed in range(4)]
    sheets = codes_of(vouchers_pdf(faces, Words(language), VoucherLayout.A4_THREE), dpi, expected=3)
    assert [set(page) for page in sheets] == [{f.qr_digits for f in faces[:3]}, {faces[3].qr_digits}]
    singles = codes_of(vouchers_pdf(faces, Words(language), VoucherLayout.A6), dpi)
    assert singles == [(face.qr_digits,) for face in faces]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_roll_reads_at_203_dots(language: str) -> None:
    faces = [voucher(seed, alternate_name=LONG, of=3, practice=seed == 1) for seed in range(3)]
    strips = codes_of(vouchers_pdf(faces, Words(language), VoucherLayout.ROLL), 203)
    assert strips == [(face.qr_digits,) for face in faces]


def test_modules_on_the_roll_are_whole_dots_of_a_thermal_printer() -> None:
    module = symbol(voucher().qr_digits, "M").module(203) / 25.4 * 203
    assert module == pytest.approx(round(module))


@pytest.mark.parametrize("layout", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_alternate_and_instalment_stand_on_every_paper(language: str, layout: VoucherLayout) -> None:
    words = Words(language)
    plain_face = voucher(1, payee_name=LATIN)
    full_face = voucher(1, payee_name=LATIN, alternate_name=SORANI, instalment=7, of=9)
    told, plain = (words_of(vouchers_pdf([face], words, layout)) for face in (full_face, plain_face))
    assert set(SORANI.split()) <= told
    assert not set(SORANI.split()) <= plain
    assert {"7", "9"} <= {fold_digits(word) for word in told}
    assert not {"7", "9"} & {fold_digits(word) for word in plain}


@pytest.mark.parametrize("layout", PAPERS)
def test_a_voucher_says_this_and_nothing_else(layout: VoucherLayout) -> None:
    face = voucher(1, payee_name="Omar Hasan", pay_point_label="Office")
    words = Words("en")
    body = (
        f"Voucher Voucher number {voucher_number_shown(face.number)} Household number"
        f" {household_number_shown(face.household_number)} For Departure grant Amount 1,500,000 IQD To be paid to Omar"
        f" Hasan Pay point Office Payable from {words.date(face.first_day)} to {words.date(face.last_day)} Paid once."
        " Bring your own ID and your household card. Nobody may ask you for a share of it."
    )
    foil = (
        f" Counterfoil, stays with the desk Voucher number {voucher_number_shown(face.number)} Household number"
        f" {household_number_shown(face.household_number)} For Departure grant Amount 1,500,000 IQD To be paid to Omar"
        " Hasan Received the whole amount: signature or thumb Collected by Paid on Paid by Witness"
    )
    said = body + (foil if layout is VoucherLayout.A4_THREE else "")
    assert sorted(text_of(vouchers_pdf([face], words, layout)).split()) == sorted(said.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_reads_at_203_dots(language: str) -> None:
    paid = receipt(1, practice=True)
    assert codes_of(receipt_pdf(paid, Words(language)), 203) == [(paid.voucher.qr_digits,)]


@pytest.mark.parametrize("layout", VoucherLayout)
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_names_and_amounts_are_found(language: str, layout: VoucherLayout) -> None:
    faces = [voucher(seed) for seed in range(3)]
    pdf = vouchers_pdf(faces, Words(language), layout)
    found = words_of(pdf)
    for face in faces:
        assert voucher_number_shown(face.number) in found
        assert household_number_shown(face.household_number) in found
        assert set(face.payee_name.split()) <= found
    assert digits_of(pdf).count("1500000") == (6 if layout is VoucherLayout.A4_THREE else 3)


def test_the_counterfoil_repeats_what_the_desk_must_keep() -> None:
    face = voucher(2)
    text = text_of(vouchers_pdf([face], Words("en"), VoucherLayout.A4_THREE))
    assert text.count(voucher_number_shown(face.number)) == 2
    assert text.count(household_number_shown(face.household_number)) == 2
    assert text.count("1,500,000") == 2


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10**15), st.sampled_from(LANGUAGES), st.sampled_from(list(VoucherLayout)))
def test_an_amount_is_never_cut(amount: int, language: str, layout: VoucherLayout) -> None:
    pdf = vouchers_pdf([voucher(1, amount=amount)], FillerWords(language), layout)
    assert str(amount) in digits_of(pdf)
    assert_inside(pdf, margin=4)


def test_amounts_carry_the_digits_and_separators_of_the_language() -> None:
    face = voucher(1, amount=2_042_104)
    assert "2,042,104" in text_of(vouchers_pdf([face], Words("en"), VoucherLayout.A6))
    for language in ("ar", "ckb", "kmr"):
        text = text_of(vouchers_pdf([face], Words(language), VoucherLayout.A6))
        assert "\u0662\u066c\u0660\u0664\u0662\u066c\u0661\u0660\u0664" in text


@pytest.mark.parametrize("layout", VoucherLayout)
def test_long_words_stay_on_the_paper(layout: VoucherLayout) -> None:
    face = voucher(
        4, payee_name=f"{LONG} {LONG}", alternate_name=LONG, grant_label=LONG, pay_point_label=LONG, of=9, practice=True
    )
    assert_inside(vouchers_pdf([face] * 3, FillerWords(), layout), margin=4)


def test_the_receipt_keeps_to_what_the_printer_reaches() -> None:
    assert_inside(receipt_pdf(receipt(4, payee_name=LONG, practice=True), FillerWords()), margin=4 * 72 / 25.4 - 0.5)


def test_the_receipt_says_who_paid_whom_how_much() -> None:
    found = words_of(receipt_pdf(receipt(3), Words("en")))
    payee = voucher(3).payee_name.split()
    assert {"1,500,000", "IQD", "Nour", *LONG.split(), *payee, *LATIN.split(), "Thumb"} <= found


def test_three_to_a_sheet() -> None:
    assert page_count(vouchers_pdf([voucher(seed) for seed in range(7)], Words("en"), VoucherLayout.A4_THREE)) == 3
    assert page_count(vouchers_pdf([voucher(seed) for seed in range(7)], Words("en"), VoucherLayout.A6)) == 7


def test_practice_stands_on_voucher_and_counterfoil() -> None:
    line = "not valid, for training only"
    pdf = vouchers_pdf([voucher(1, practice=True)], Words("en"), VoucherLayout.A4_THREE)
    assert text_of(pdf).count(line) == 2
    assert line in text_of(receipt_pdf(receipt(1, practice=True), Words("en")))
    assert line not in text_of(vouchers_pdf([voucher(1)], Words("en"), VoucherLayout.A6))


def test_no_vouchers_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="no vouchers"):
        vouchers_pdf([], Words("en"), VoucherLayout.A6)
