"""A thousand cards as one PDF: processor seconds and bytes, with nothing to compare but the limits themselves."""

from __future__ import annotations

import time

from helpdesk.core.language import Words
from helpdesk.desk.commands import View
from helpdesk.households import cards, queries
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.faces import card_face, helplines_of
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured

CARDS = 1000
LIMIT_SECONDS = 10.0
LIMIT_MB = 1.5


def measure(programme: Programme) -> list[Measured]:
    """Cards of the store's own families, in Arabic, on A4."""
    desk = programme.open_desk()
    try:
        families = tuple(desk.ask(queries.household_ids)[:CARDS])
        issued = desk.do(cards.issue, families, "FIRST")
        helplines = helplines_of(desk.ask(View.in_force))
        faces = [card_face(card, helplines, practice=True) for card in issued]
    finally:
        desk.close()
    faces = (tuple(faces) * (1 + CARDS // len(faces)))[:CARDS]
    begun = time.process_time()
    pdf = cards_pdf(faces, Words("ar"), CardLayout.A4_TEN)
    seconds = time.process_time() - begun
    size = len(pdf) / 1e6
    return [
        Measured(f"{CARDS} cards, processor", "", f"{seconds:.2f} s", seconds, LIMIT_SECONDS, "s"),
        Measured(f"{CARDS} cards, PDF", "", f"{size:.2f} MB", size, LIMIT_MB, "MB"),
    ]
