"""Whether a voucher that was printed or paid had been approved, with the same amount, and by another person.

The approval itself is judged where its signature is read (batch.py). Nothing is undone here: cash that left a desk
stays a fact, and a person at the centre is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import PAYMENT, VOUCHER
from helpdesk.exchange.arrived import Arrived
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.vault.bulk import among
from helpdesk.vault.records import Document, Kind, decode_revision
from helpdesk.vault.tables import RecordRow, RevisionRow

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


def same_hands(register: Connection, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The approvals by who planned or registered, and the payments by who approved; all are in the register by now."""
    approvals = [item for item in arrived if item.revision.kind == VOUCHER.name and item.document.state == "APPROVED"]
    payments = [item for item in arrived if item.revision.kind == PAYMENT.name]
    households = _current(register, HOUSEHOLD, {item.document.household for item in approvals})
    vouchers = _current(register, VOUCHER, {item.document.voucher for item in payments})
    found = []
    for item in approvals:
        household = households.get(item.document.household)
        if item.revision.user in (item.document.planned_by, household.registered_by if household else None):
            found.append(item)
    for item in payments:
        voucher = vouchers.get(item.document.voucher)
        if voucher is not None and item.revision.user == voucher.approved_by:
            found.append(item)
    return found


def _current(register: Connection, kind: Kind[Document], ids: Iterable[str]) -> dict[str, Document]:
    wanted = sorted(ids)
    if not wanted:
        return {}
    rows = register.execute(
        select(RecordRow.id, RecordRow.folded, RevisionRow.body)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .where(RecordRow.kind == kind.name, among(register, RecordRow.id, wanted))
    )
    return {
        row.id: kind.decode(bytes(decode_revision(bytes(row.body)).doc if row.folded is None else row.folded))
        for row in rows
    }
