"""The practice programme's printed papers: what the window prints, written as PDF files beside the desks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words
from helpdesk.desk.bundle import Bundle
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.card_papers import cards_with_notices
from helpdesk.printing.cards import CardLayout
from helpdesk.printing.faces import helplines_of, voucher_face
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf


def print_cards(folder: Path, cards: Iterable[IssuedCard], languages: Mapping[str, str], bundle: Bundle) -> list[Path]:
    """One PDF of A4 sheets for each language; ``languages`` is a household's language by its id."""
    by_language: dict[str, list[IssuedCard]] = defaultdict(list)
    for card in cards:
        by_language[languages[card.household]].append(card)
    written = []
    for language, group in sorted(by_language.items()):
        path = folder / f"cards-{language}.pdf"
        paper = cards_with_notices(group, helplines_of(bundle), Words(language), CardLayout.A4_TEN, practice=True)
        replace_file(path, paper)
        written.append(path)
    return written


def print_vouchers(folder: Path, vouchers: Iterable[PrintedVoucher], bundle: Bundle, language: str) -> Path:
    """One PDF of the vouchers, three on an A4 sheet; each printing is a file of its own."""
    words = Words(language)
    before = len(list(folder.glob(f"vouchers-{language}*.pdf")))
    path = folder / (f"vouchers-{language}-{before + 1}.pdf" if before else f"vouchers-{language}.pdf")
    faces = [voucher_face(voucher, bundle.desk.pay_points, words, practice=True) for voucher in vouchers]
    replace_file(path, vouchers_pdf(faces, words, VoucherLayout.A4_THREE))
    return path
