"""Whether the ledgers of desks came whole: asked at every intake, in the time of one look into an index.

Entries that are missing or stand twice are alarms; what else may be wrong with a ledger is looked for on demand, for
that takes a walk through all of it (money.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from helpdesk.assistance.vouchers.tables import LedgerRow
from helpdesk.core.errors import code

GAP: Final = code("ledger.gap")
FORK: Final = code("ledger.fork")


def not_whole(register: Connection, device: str) -> Iterator[str]:
    """The codes of what is wrong with the chain of a desk, epoch by epoch; nothing where every number stands once."""
    rows = register.execute(
        select(func.max(LedgerRow.n), func.count(func.distinct(LedgerRow.n)), func.count())
        .where(LedgerRow.device == device)
        .group_by(LedgerRow.epoch)
        .order_by(LedgerRow.epoch)
    )
    for last, different, entries in rows:
        if different < last:
            yield GAP
        if different < entries:
            yield FORK
