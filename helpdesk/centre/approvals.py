"""Whether a voucher that was printed or paid had been approved, with the same amount, and by another person.

The approval itself is judged where its signature is read (batch.py). Nothing is undone here: cash that left a desk
stays a fact, and a person at the centre is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import PAYMENT, VOUCHER
from helpdesk.assistance.vouchers.tables import VoucherRow, WitnessRow
from helpdesk.exchange.arrived import Arrived
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.vault.bulk import among
from helpdesk.vault.records import Document, Kind, decode_revision
from helpdesk.vault.tables import RecordRow, RevisionRow

_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "PRINTED": ("APPROVED", "PRINTED", "UNCLAIMED", "DISPUTED"),
    "ISSUED": ("PRINTED", "ISSUED", "DISPUTED"),
    "UNCLAIMED": ("PRINTED", "ISSUED", "UNCLAIMED", "DISPUTED"),
    "PAID": ("PRINTED", "ISSUED", "PAID", "DISPUTED"),
    "RECONCILED": ("PAID", "RECONCILED", "DISPUTED"),
}
"""What a voucher that is or was payable was in the revision before: what leads back to its approval, step by step."""
_KEPT: Final = (
    "household", "grant", "amount", "currency", "policy", "pay_point", "payee", "first_day", "last_day", "approved_by",
    "instalment", "of", "alternate", "replaces",
)  # fmt: skip
_REPLACED: Final = ("REPLACED", "VOID")
"""What a voucher whose paper is gone is by the time that another stands for it."""


def unapproved(register: Connection, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The vouchers among these revisions, all in the register by now, that no approved one stands behind.

    One whose parents have not come is among them: the centre has seen no approval of it. A voucher that stands for a
    lost or spoiled paper leads back to that one, and no two stand for one.
    """
    claims = [item for item in arrived if item.revision.kind == VOUCHER.name and item.document.state in _BEFORE]
    if not claims:
        return []
    hashes = [bytes.fromhex(parent) for item in claims for parent in item.revision.parents]
    rows = register.execute(select(RevisionRow.hash, RevisionRow.body).where(among(register, RevisionRow.hash, hashes)))
    parents = {bytes(row.hash).hex(): decode_revision(bytes(row.body)) for row in rows}
    stand_for = _stand_for(register, [item.document.replaces for item in claims if not item.revision.parents])
    found = []
    for item in claims:
        known = (parents[parent] for parent in item.revision.parents if parent in parents)
        earlier = [VOUCHER.decode(bytes(one.doc)) for one in known if one.id == item.revision.id]
        if not item.revision.parents and _on_new_paper(item.document, stand_for):
            continue
        if not any(_leads_to(one, item.document) for one in earlier):
            found.append(item)
    return found


def _leads_to(earlier: Voucher, later: Voucher) -> bool:
    kept = _KEPT if earlier.state == "APPROVED" else (*_KEPT, "number", "issuer")
    same = all(getattr(earlier, name) == getattr(later, name) for name in kept)
    if earlier.state == "DISPUTED" and later.state not in (earlier.was, "PAID"):
        return False
    return same and earlier.state in _BEFORE[later.state]


def _stand_for(register: Connection, replaced: Iterable[str | None]) -> dict[str, Voucher]:
    """The vouchers that exactly one other stands for, by id."""
    wanted = {voucher for voucher in replaced if voucher is not None}
    if not wanted:
        return {}
    fresh = register.scalars(select(VoucherRow.replaces).where(among(register, VoucherRow.replaces, sorted(wanted))))
    counted = Counter(fresh)
    return {voucher: doc for voucher, doc in _current(register, VOUCHER, wanted).items() if counted[voucher] == 1}


def _on_new_paper(fresh: Voucher, stand_for: Mapping[str, Voucher]) -> bool:
    old = stand_for.get(fresh.replaces or "")
    if old is None or fresh.state != "PRINTED" or old.state not in _REPLACED or old.number in (None, fresh.number):
        return False
    return all(getattr(old, name) == getattr(fresh, name) for name in _KEPT if name != "replaces")


def same_hands(register: Connection, arrived: Sequence[Arrived]) -> list[Arrived]:
    """The approvals by who planned or registered, and the payments by who approved; all are in the register by now.

    So are payments by who planned or registered for which no second account stood with its own signed word.
    """
    approvals = [item for item in arrived if item.revision.kind == VOUCHER.name and item.document.state == "APPROVED"]
    payments = [item for item in arrived if item.revision.kind == PAYMENT.name]
    vouchers = _current(register, VOUCHER, {item.document.voucher for item in payments})
    families = {item.document.household for item in approvals} | {one.household for one in vouchers.values()}
    households = _current(register, HOUSEHOLD, families)
    stood = _stood_for(register, vouchers)
    found = []
    for item in approvals:
        household = households.get(item.document.household)
        if item.revision.user in (item.document.planned_by, household.registered_by if household else None):
            found.append(item)
    for item in payments:
        voucher = vouchers.get(item.document.voucher)
        if voucher is None:
            continue
        household = households.get(voucher.household)
        own = item.revision.user in (voucher.planned_by, household.registered_by if household else None)
        others = stood.get(item.document.voucher, set()) - {item.revision.user}
        if item.revision.user == voucher.approved_by or (own and item.document.witness_user not in others):
            found.append(item)
    return found


def _stood_for(register: Connection, vouchers: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    wanted = sorted(vouchers)
    if wanted:
        words = select(WitnessRow.of, WitnessRow.by).where(WitnessRow.what == "PAYMENT")
        for voucher, by in register.execute(words.where(among(register, WitnessRow.of, wanted))):
            found[voucher].add(by)
    return found


def _current(register: Connection, kind: Kind[Document], ids: Iterable[str]) -> dict[str, Document]:
    wanted = sorted(one for one in ids if one)
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
