"""Which vouchers of a list are opened before the whole list is approved: drawn by hashes, chosen by nobody.

Each voucher's place follows from its own id and the day alone. Leaving another one off the list changes nothing for
it, so a list cannot be trimmed until the draw suits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Final

from helpdesk.desk.bundle import MoneyTerms

_CONTEXT: Final = b"fvm/sample/1\0"
_WHOLE: Final = 100


def drawn(vouchers: Collection[str], day: date, money: MoneyTerms) -> tuple[str, ...]:
    """The ids to be opened: the policy's percent, rounded up and at least one; none of a list that is shorter.

    A list is shorter than ``sample_from`` where whoever approves it reads each voucher anyway.
    """
    different = set(vouchers)
    if len(different) < money.sample_from:
        return ()
    count = max(1, -(-len(different) * money.sample_percent // _WHOLE))
    return tuple(sorted(different, key=lambda voucher: (_place(voucher, day), voucher))[:count])


def _place(voucher: str, day: date) -> bytes:
    return hashlib.sha256(_CONTEXT + f"{day.isoformat()}/{voucher}".encode()).digest()
