"""The practice programme's printed papers: what the window prints, written as PDF files beside the desks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpdesk.assistance.vouchers import PrintedVoucher
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words
from helpdesk.desk.bundle import Bundle
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.cards import CardFace, CardLayout, cards_pdf
from helpdesk.printing.vouchers import VoucherFace, VoucherLayout, vouchers_pdf


def helplines_of(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """What cards and slips print of the bundle's helplines."""
    return tuple((line.label, line.number) for line in bundle.helplines)


def card_faces(cards: Iterable[IssuedCard], bundle: Bundle, *, practice: bool) -> list[CardFace]:
    """The faces of issued cards."""
    return [
        CardFace(
            number=card.number,
            principal_name=card.principal,
            alternate_name=card.alternate,
            persons=card.persons,
            issued=card.issued_on,
            qr_digits=card.digits,
            helplines=helplines_of(bundle),
            practice=practice,
        )
        for card in cards
    ]


def voucher_faces(
    vouchers: Iterable[PrintedVoucher], bundle: Bundle, words: Words, *, practice: bool
) -> list[VoucherFace]:
    """The faces of printed vouchers."""
    points = {point.number: point.name for point in bundle.desk.pay_points}
    return [
        VoucherFace(
            number=voucher.number,
            household_number=voucher.household_number,
            grant_label=words.label("grant", voucher.grant),
            amount=voucher.amount,
            currency=voucher.currency,
            payee_name=voucher.payee,
            pay_point_label=points.get(voucher.pay_point, str(voucher.pay_point)),
            first_day=voucher.first_day,
            last_day=voucher.last_day,
            qr_digits=voucher.digits,
            practice=practice,
        )
        for voucher in vouchers
    ]


def print_cards(
    folder: Path, cards: Iterable[IssuedCard], languages: Mapping[str, str], bundle: Bundle
) -> list[Path]:
    """One PDF of A4 sheets for each language; ``languages`` is a household's language by its id."""
    by_language: dict[str, list[IssuedCard]] = defaultdict(list)
    for card in cards:
        by_language[languages[card.household]].append(card)
    written = []
    for language, group in sorted(by_language.items()):
        path = folder / f"cards-{language}.pdf"
        faces = card_faces(group, bundle, practice=True)
        replace_file(path, cards_pdf(faces, Words(language), CardLayout.A4_TEN))
        written.append(path)
    return written


def print_vouchers(folder: Path, vouchers: Iterable[PrintedVoucher], bundle: Bundle, language: str) -> Path:
    """One PDF of the vouchers, three on an A4 sheet."""
    words = Words(language)
    path = folder / f"vouchers-{language}.pdf"
    faces = voucher_faces(vouchers, bundle, words, practice=True)
    replace_file(path, vouchers_pdf(faces, words, VoucherLayout.A4_THREE))
    return path
