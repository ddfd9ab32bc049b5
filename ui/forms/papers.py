"""The papers a family takes home, made from what the core gives: card with slip, receipts, own record.

Everything is drawn by ``helpdesk.printing``; here it is put together, in the language of whoever takes the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from helpdesk.assistance.vouchers.papers import PaidVoucher
from helpdesk.core.language import Words
from helpdesk.core.progress import Progress, silent
from helpdesk.households.cards import IssuedCard
from helpdesk.households.consent import consent_text
from helpdesk.households.paper_forms import shown
from helpdesk.printing.card_papers import cards_with_notices
from helpdesk.printing.cards import CardLayout
from helpdesk.printing.faces import payment_receipt
from helpdesk.printing.forms import FormBatch, registration_forms_pdf
from helpdesk.printing.raster import joined
from helpdesk.printing.slips import Slip, helpline_slip, own_record_pdf, slip_pdf, withdrawal_receipt
from helpdesk.printing.vouchers import receipt_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def card_and_slip(words: Words, card: IssuedCard, now: DeskNow, *, practice: bool) -> Paper:
    """The card, the notice where it replaces another, and the helpline slip; on a plastic card the card alone."""
    slip = slip_pdf(helpline_slip(words, card.number, now.helplines, practice=practice), words)

    def draw(place: int) -> bytes:
        layout = CARD_LAYOUTS[place]
        drawn = cards_with_notices((card,), now.helplines, words, layout, practice=practice)
        return drawn if layout is CardLayout.CR80 else joined((drawn, slip))

    return Paper(words("Household card and slip"), draw(0), layouts=_card_layouts(words), draw=draw)


def many_cards(
    words: Words, cards: Sequence[IssuedCard], now: DeskNow, *, practice: bool, progress: Progress = silent
) -> Paper:
    """The cards of many families, ten on a sheet with the notices behind them, or each on plastic."""
    sheets = cards_with_notices(cards, now.helplines, words, CARD_LAYOUTS[0], practice=practice, progress=progress)

    def draw(place: int) -> bytes:
        if place == 0:
            return sheets
        return cards_with_notices(cards, now.helplines, words, CARD_LAYOUTS[place], practice=practice)

    return Paper(words("Household cards"), sheets, layouts=_card_layouts(words), draw=draw)


CARD_LAYOUTS: Final = (CardLayout.A4_TEN, CardLayout.CR80)


def _card_layouts(words: Words) -> tuple[str, ...]:
    return words("A4 sheet, ten cards to cut apart"), words("Plastic card (CR80)")


def paper_forms_paper(words: Words, numbers: Sequence[str], now: DeskNow, *, practice: bool) -> Paper:
    """Registration forms to be filled in by hand, one for each number; in the language of the window."""
    text = consent_text("DATA", words.language)
    batch = FormBatch(
        form_ids=tuple(shown(number) for number in numbers),
        consent_text="\n".join(text.paragraphs),
        consent_version=text.version,
        helplines=now.helplines,
        practice=practice,
    )
    return Paper(words("Paper forms"), registration_forms_pdf(batch, words))


def receipt_paper(words: Words, paid: PaidVoucher, now: DeskNow, *, practice: bool) -> Paper:
    """The receipt of one payment."""
    receipt = payment_receipt(paid, now.pay_points, words, practice=practice)
    return Paper(words("Receipt of a payment"), receipt_pdf(receipt, words))


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
