"""The documents of a distribution day: its numbered list, and marks on lines that nobody was paid for.

What was paid is no mark: the payment itself says it. A line keeps its number for ever, on paper and here.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.core.codes import CodeList

DISTRIBUTION_STATE = CodeList("distribution_state", "OPEN", "CLOSED")
MARK = CodeList("distribution_mark", "ABSENT", "UNCLAIMED")
"""Absent: not there when called, may still come. Unclaimed: the day ended, and the cash went back to the box."""
LINE_STATE = CodeList("distribution_line", "WAITING", "PAYEE", "ALTERNATE", "ABSENT", "UNCLAIMED", "OUT")
"""What became of a line: paid to the payee or to the alternate; OUT where its voucher is no longer payable."""

TYPED = CodeList("typed_line", "PAID", "AGAIN", "ABSENT")
"""What became of a typed line: paid now, in already, or nobody came."""


class Distribution(Struct, frozen=True, forbid_unknown_fields=True):
    """A day of paying: line n is the n-th of ``vouchers``. ``number`` stands on the printed list: eight digits."""

    number: str
    desk: int
    pay_point: int
    on: date
    vouchers: tuple[str, ...]
    by: str
    state: str = "OPEN"
    closed_by: str | None = None
    closed_on: date | None = None


class DistributionMark(Struct, frozen=True, forbid_unknown_fields=True):
    """A line that nobody was paid for: ``what`` a code of ``distribution_mark``."""

    distribution: str
    voucher: str
    line: int
    what: str
    on: date
    by: str


class PaperLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the printed list as it is typed in afterwards. ``absent`` lines have nothing else filled in.

    ``collector``, ``mark`` and ``identity`` are codes as at paying, ``witness`` the name in the last column.
    """

    line: int
    witness: str = ""
    collector: str = "PAYEE"
    mark: str = "SIGNATURE"
    identity: str = "SEEN"
    absent: bool = False


class Handed(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is asked when cash is handed over at the table: the codes are those of paying."""

    witness: str
    identity: str = "SEEN"
    collector: str = "PAYEE"
    mark: str = "SIGNATURE"


class NotTaken(Struct, frozen=True):
    """A line that could not be taken in, and the code and values of why."""

    line: int
    code: str
    values: dict[str, str]


class TypedIn(Struct, frozen=True):
    """What typing in came to: lines that are paid now, lines that were in already, absent ones, and refused ones."""

    paid: tuple[int, ...]
    again: tuple[int, ...]
    absent: tuple[int, ...]
    refused: tuple[NotTaken, ...]


class Line(Struct, frozen=True):
    """One line of the list as lists and papers show it: ``state`` a code of ``distribution_line``."""

    line: int
    voucher: str
    number: str
    household: str
    household_number: str
    payee: str
    alternate: str
    size: int
    grant: str
    amount: int
    currency: str
    state: str
    paid_by: str = ""
    witness: str = ""


class Sums(Struct, frozen=True):
    """A distribution in numbers: lines and dinars by what became of them."""

    lines: int
    planned: int
    paid: int
    paid_amount: int
    by_alternate: int
    waiting: int
    absent: int
    unclaimed: int
    unclaimed_amount: int
    out: int
