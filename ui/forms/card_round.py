"""First cards for many families at once: issued in pieces, so that a stop or a power cut loses no more than a piece.

It issues through the same command as a single card and draws nothing.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.errors import Stopped
from helpdesk.core.language import N_
from helpdesk.core.progress import Progress
from helpdesk.households import cards
from helpdesk.households.cards import IssuedCard
from ui.work import AnyDesk

MOST: Final = 1000
"""Cards of one round: a hundred sheets."""
PIECE: Final = 100


def issue_round(desk: AnyDesk, progress: Progress) -> tuple[IssuedCard, ...]:
    """First cards for up to a thousand families that never had one; after a stop those that were issued by then."""
    waiting: tuple[str, ...] = desk.ask(cards.without_card, MOST)
    issued: list[IssuedCard] = []
    for first in range(0, len(waiting), PIECE):
        try:
            progress(first, len(waiting), N_("Issuing the cards"))
        except Stopped:
            break
        issued.extend(desk.do(cards.issue, waiting[first : first + PIECE], "FIRST"))
    return tuple(issued)
