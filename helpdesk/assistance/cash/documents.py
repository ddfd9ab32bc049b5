"""The documents of cash: what came in, what went back, a day's end and its second signature, and corrections.

Amounts are whole dinars, and each is the sum of the pieces beside it. A day that is closed is never opened again.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class CashIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Cash that came into the box of a pay point: ``giver`` handed it over by name, ``by`` counted and signed it."""

    desk: int
    pay_point: int
    on: date
    pieces: dict[str, int]
    amount: int
    giver: str
    by: str
    currency: str = "IQD"


class CashReturned(Struct, frozen=True, forbid_unknown_fields=True):
    """Cash that went back out of the box: ``receiver`` took it over by name, ``by`` counted and signed it."""

    desk: int
    pay_point: int
    on: date
    pieces: dict[str, int]
    amount: int
    receiver: str
    by: str
    currency: str = "IQD"


class Box(Struct, frozen=True, forbid_unknown_fields=True):
    """The box between two counts. ``opening`` was counted in it at the last day's end; all amounts are dinars.

    ``payments`` were paid out of it; ``late`` of them are of days that had been closed before they were typed in.
    """

    opening: int = 0
    received: int = 0
    paid: int = 0
    returned: int = 0
    payments: int = 0
    late: int = 0

    @property
    def should_hold(self) -> int:
        """What must lie in it."""
        return self.opening + self.received - self.paid - self.returned


class Papers(Struct, frozen=True, forbid_unknown_fields=True):
    """The numbered papers of a pay point, since its first: each is in exactly one place.

    ``printed`` is counted by the ledger, the others by payments and vouchers, so that they prove each other. ``void``
    are those that will never be paid, ``with_families`` were handed out, ``in_stock`` lie at the desk.
    """

    printed: int = 0
    paid: int = 0
    void: int = 0
    with_families: int = 0
    in_stock: int = 0

    @property
    def unaccounted(self) -> int:
        """Papers that the ledger printed and that nothing else knows; below zero: known, and never printed."""
        return self.printed - self.paid - self.void - self.with_families - self.in_stock


class Found(Struct, frozen=True, forbid_unknown_fields=True):
    """A flaw of the ledger as the day's end names it: its code, and the voucher's number where there is one."""

    code: str
    number: str = ""


class DayEnd(Struct, frozen=True, forbid_unknown_fields=True):
    """The count of one pay point and day by one person; it closes the day once a second one signed it too.

    ``upto`` is the desk's counter at the count: what was written later belongs to the next. ``since`` is the day that
    was closed before. ``held`` is the sum of ``pieces``; ``papers_counted`` are the unpaid papers at the desk.
    """

    desk: int
    pay_point: int
    on: date
    upto: int
    box: Box
    papers: Papers
    pieces: dict[str, int]
    held: int
    papers_counted: int
    by: str
    since: date | None = None
    flaws: tuple[Found, ...] = ()
    explanation: str = ""
    currency: str = "IQD"

    @property
    def variance(self) -> int:
        """Dinars too many in the box, below zero too few."""
        return self.held - self.box.should_hold

    @property
    def papers_variance(self) -> int:
        """Papers too many at the desk, below zero too few."""
        return self.papers_counted - self.papers.in_stock


class DayEndSigned(Struct, frozen=True, forbid_unknown_fields=True):
    """The second person's signature under a count: ``revision`` is the hash of what she signed."""

    day_end: str
    revision: str
    on: date
    by: str


class DayCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """What turned out later about a closed day: the difference in dinars and papers, and why. The day stays closed."""

    day_end: str
    amount: int
    papers: int
    reason: str
    on: date
    by: str
