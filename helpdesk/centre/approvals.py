"""Whether a voucher that was printed or paid had been approved: its own history must say so, with the same amount.

The approval itself is judged where its signature is read (batch.py). Nothing is undone here: cash that left a desk
stays a fact, and a person at the centre is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.assistance.vouchers import VOUCHER, Voucher
from helpdesk.exchange.taking_in import Arrived
from helpdesk.vault.bulk import among
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import RevisionRow

_BEFORE: Final = {"PRINTED": "APPROVED", "PAID": "PRINTED"}
_KEPT: Final = (
    "household", "grant", "amount", "currency", "policy", "pay_point", "payee", "first_day", "last_day", "approved_by",
)  # fmt: skip


def unapproved(register: Connection, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The vouchers among these revisions, all in the register by now, that no approved one stands behind.

    One whose parents have not come is among them: the centre has seen no approval of it.
    """
    claims = [item for item in arrived if item.revision.kind == VOUCHER.name and item.document.state in _BEFORE]
    if not claims:
        return []
    hashes = [bytes.fromhex(parent) for item in claims for parent in item.revision.parents]
    rows = register.execute(select(RevisionRow.hash, RevisionRow.body).where(among(register, RevisionRow.hash, hashes)))
    parents = {bytes(row.hash).hex(): decode_revision(bytes(row.body)) for row in rows}
    found = []
    for item in claims:
        known = (parents[parent] for parent in item.revision.parents if parent in parents)
        earlier = (VOUCHER.decode(bytes(one.doc)) for one in known if one.id == item.revision.id)
        if not any(_leads_to(one, item.document) for one in earlier):
            found.append(item)
    return found


def _leads_to(earlier: Voucher, later: Voucher) -> bool:
    kept = _KEPT if later.state == "PRINTED" else (*_KEPT, "number", "issuer")
    same = all(getattr(earlier, name) == getattr(later, name) for name in kept)
    return same and earlier.state == _BEFORE[later.state]
