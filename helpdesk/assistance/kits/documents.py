"""The documents of arrival packages: what came, what was spoiled, what was counted.

What families were given is not repeated here: their arrivals say it (``journey.arrivals``), and the stock is what is
left over.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.core.codes import CodeList

KIT_MOVE = CodeList("kit_move", "RECEIVED", "DAMAGED", "COUNTED")


class KitMove(Struct, frozen=True, forbid_unknown_fields=True):
    """One movement of a desk's stock: ``what`` a code of ``kit_move``, ``kits`` how many packages.

    Of a count, ``kits`` were there and ``expected`` should have been; ``note`` says from whom they came, what spoiled
    them, or why the count differs.
    """

    desk: int
    on: date
    what: str
    kits: int
    by: str
    note: str = ""
    expected: int | None = None

    @property
    def change(self) -> int:
        """By how many packages the stock grows, below zero shrinks."""
        if self.what == "DAMAGED":
            return -self.kits
        return self.kits - (self.expected or 0)


class Stock(Struct, frozen=True):
    """A desk's packages: all that came, were given, were spoiled, and were found or missed by counts."""

    received: int
    issued: int
    damaged: int
    by_counts: int

    @property
    def here(self) -> int:
        """How many must lie here; below zero where arrivals say that more were given than had come."""
        return self.received - self.issued - self.damaged + self.by_counts
