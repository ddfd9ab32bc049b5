"""How long the centre's neutral word on a family holds: for every family alike, whoever gave it and whatever it knew.

A word that ends by itself and a word that the centre took back are the same silence to whoever sits at a desk. Nothing
here may depend on anything but the household and the day of the word.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

LEAST_DAYS: Final = 56
"""Eight weeks: longer than most families take from the word to the way."""
SPREAD_DAYS: Final = 57
"""Up to eight weeks more, so that nobody who remembers when a word came knows when it will end."""


def word_until(household: str, on: int) -> int:
    """The number of the last day on which a word of the day ``on`` (a number) holds."""
    drawn = int.from_bytes(sha256(f"{household} {on}".encode()).digest()[:8], "big")
    return on + LEAST_DAYS + drawn % SPREAD_DAYS


def word_holds(household: str, on: int, day: int) -> bool:
    """Whether a word of the day ``on`` holds on ``day``; both are day numbers."""
    return on <= day <= word_until(household, on)
