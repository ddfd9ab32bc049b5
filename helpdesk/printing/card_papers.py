"""Cards as they leave the printer: the sheets, and for every card that replaces another a notice for its family.

On plastic the printer takes nothing but cards, so the notices are papers of their own there.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.language import Words
from helpdesk.core.progress import Progress, silent
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.blocks import Helplines
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.casework import card_notice
from helpdesk.printing.faces import card_face
from helpdesk.printing.raster import joined
from helpdesk.printing.slips import Slip, slips_pdf

CHANGED = "CHANGED"


def cards_with_notices(
    cards: Sequence[IssuedCard],
    helplines: Helplines,
    words: Words,
    layout: CardLayout,
    *,
    practice: bool,
    progress: Progress = silent,
) -> bytes:
    """The cards, and on A4 behind them the notices as A6 slips. Raises ValueError where there are no cards."""
    faces = [card_face(card, helplines, practice=practice) for card in cards]
    pdf = cards_pdf(faces, words, layout, progress=progress)
    notices = notices_of(cards, helplines, words, practice=practice) if layout is CardLayout.A4_TEN else ()
    return joined((pdf, slips_pdf(notices, words))) if notices else pdf


def notices_of(cards: Sequence[IssuedCard], helplines: Helplines, words: Words, *, practice: bool) -> tuple[Slip, ...]:
    """One slip for each card that replaces another, in their order."""
    return tuple(
        card_notice(
            words, card.number, card.issued_on, card.persons, helplines, practice=practice,
            changed=card.reason == CHANGED,
        )
        for card in cards
        if card.replaces
    )  # fmt: skip
