"""Counting notes: how many of each, and what they come to. Pure: no store, no clock.

The notes are those of the Iraqi dinar, and nothing here guesses which notes a payee was given: only the sum is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from helpdesk.core.errors import Refusal

CURRENCY: Final = "IQD"
NOTES: Final = (50_000, 25_000, 10_000, 5_000, 1_000, 500, 250)
"""Face values of the notes in use, the largest first."""
MOST_PIECES: Final = 100_000
"""Pieces of one note in one count."""

Pieces = dict[str, int]
"""Pieces by face value, as documents hold them: {"25000": 40}. A note of which there is none is left out."""


def counted(pieces: Mapping[str, int]) -> tuple[Pieces, int]:
    """The pieces as a document holds them, and their sum in dinars. Raises Refusal("cash.note" | "cash.pieces")."""
    known = {str(note) for note in NOTES}
    for note, number in pieces.items():
        if note not in known:
            raise Refusal("cash.note", note=note)
        if not 0 <= number <= MOST_PIECES:
            raise Refusal("cash.pieces", most=MOST_PIECES)
    kept = {str(note): pieces[str(note)] for note in NOTES if pieces.get(str(note))}
    return kept, worth(kept)


def worth(pieces: Mapping[str, int]) -> int:
    """What these pieces come to."""
    return sum(int(note) * number for note, number in pieces.items())


def notes_for(amounts: Iterable[int]) -> Pieces:
    """The notes to bring so that each of these amounts can be handed over without change, the largest notes first.

    What is below the smallest note cannot be handed over by anybody, and no note is counted for it.
    """
    needed = dict.fromkeys(NOTES, 0)
    for amount in amounts:
        left = amount
        for note in NOTES:
            pieces, left = divmod(left, note)
            needed[note] += pieces
    return {str(note): number for note, number in needed.items() if number}
