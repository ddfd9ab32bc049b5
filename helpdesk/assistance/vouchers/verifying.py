"""Looking through the ledger: whatever was changed, removed or forged behind the program's back is found and named.

Three things are compared: the chain with itself, the entries with vouchers and payments, and every row that lists show
with the signed record it shows. Nothing is written, and nothing is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Table, func, select

from helpdesk.assistance.vouchers.documents import LedgerEntry
from helpdesk.assistance.vouchers.kinds import LEDGER, PAYMENT, REROUTING, VOUCHER, WITNESS
from helpdesk.assistance.vouchers.ledger import END, End
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.desk import local
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.desk.tables import UserRow
from helpdesk.desk.users import USER
from helpdesk.vault.keys import key_id
from helpdesk.vault.keys import verify as is_signed
from helpdesk.vault.records import SIGNED_CONTEXT, Kind, all_documents, decode_revision, revision_hash
from helpdesk.vault.tables import RecordRow, RevisionRow

_GUARDED: Final[tuple[Kind[Any], ...]] = (VOUCHER, PAYMENT, REROUTING, WITNESS, LEDGER)


class Flaw(Struct, frozen=True):
    """What is wrong: a code of ``ledger_flaw``, and where: an entry of a desk's chain, a number, or a record."""

    code: str
    device: str = ""
    n: int = 0
    number: str = ""
    record: str = ""


class _Entry(Struct, frozen=True):
    record: str
    hash: str
    document: LedgerEntry


def flaws(view: View) -> tuple[Flaw, ...]:
    """Everything wrong with the ledger of this desk's store. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    return verify(view.connection, keys_of(view), device=view.device)


def keys_of(view: View) -> dict[str, bytes]:
    """The public keys of everybody whose signature may stand here, by the id of the key."""
    publics = [bytes(public) for public in view.connection.scalars(select(UserRow.public))]
    publics += [bytes.fromhex(user.public) for _, user in all_documents(view.connection, USER)]
    if view.bundle is not None:
        publics += [bytes.fromhex(user.pub) for user in (*view.bundle.users, *view.bundle.centre_users)]
    return {key_id(public): public for public in publics}


def verify(connection: Connection, keys: Mapping[str, bytes], *, device: str | None = None) -> tuple[Flaw, ...]:
    """Look through everything.

    The chain of ``device`` must begin with entry 1 and end where this desk wrote last; other chains may have begun
    before this store heard of them. Without a device, as at the centre, every chain begins with entry 1.
    """
    found = list(_guarded(connection, keys))
    chains = _chains(connection)
    for (owner, epoch), chain in sorted(chains.items()):
        found += _chain(owner, chain, whole=device in (None, owner))
        if owner == device:
            found += _end(connection, owner, epoch, chain)
    found += _no_chain_at_all(connection, device, chains)
    found += _numbers(connection)
    found += _payments(connection, [entry for chain in chains.values() for entry in chain])
    found += _states(connection, device, chains)
    return tuple(found)


def _guarded(connection: Connection, keys: Mapping[str, bytes]) -> Iterator[Flaw]:
    # every record that money rests on: its bytes, its signature, and the row that shows it
    for kind in _GUARDED:
        projection = kind.projections[0]
        shown = _rows(connection, projection.table)
        statement = (
            select(RecordRow.id, RecordRow.folded, RecordRow.head, RevisionRow)
            .outerjoin(RevisionRow, RevisionRow.hash == RecordRow.head)
            .where(RecordRow.kind == kind.name)
            .order_by(RecordRow.id)
        )
        for row in connection.execute(statement.execution_options(yield_per=500)):
            if row.body is None:
                shown.pop(row.id, None)
                yield Flaw("REMOVED", record=row.id)
                continue
            body = bytes(row.body)
            if revision_hash(body) != bytes(row.head):
                yield Flaw("ALTERED", record=row.id)
            if not _signed_truly(kind, row, body, keys):
                yield Flaw("FALSE_SIGNATURE", record=row.id)
            try:
                document = kind.decode(bytes(row.folded) if row.folded else bytes(decode_revision(body).doc))
            except msgspec.DecodeError:
                continue  # its bytes were altered, which is told already
            (wanted,) = projection.rows(row.id, document)
            if shown.pop(row.id, None) != wanted:
                yield Flaw("CHANGED_ROW", number=getattr(document, "number", None) or "", record=row.id)
        for record in sorted(shown):
            yield Flaw("REMOVED", record=record)


def _signed_truly(kind: Kind[Any], row: Any, body: bytes, keys: Mapping[str, bytes]) -> bool:
    if row.sig is None:
        return not kind.event
    public = keys.get(row.sig_key or "")
    return public is not None and is_signed(public, bytes(row.sig), SIGNED_CONTEXT + revision_hash(body))


def _rows(connection: Connection, table: Table) -> dict[str, dict[str, Any]]:
    return {row.id: dict(row._mapping) for row in connection.execute(select(table))}


def _chains(connection: Connection) -> dict[tuple[str, str], list[_Entry]]:
    chains: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    statement = select(RevisionRow.record, RevisionRow.hash, RevisionRow.body).where(RevisionRow.kind == LEDGER.name)
    for record, hashed, body in connection.execute(statement.execution_options(yield_per=500)):
        try:
            entry = LEDGER.decode(bytes(decode_revision(bytes(body)).doc))
        except msgspec.DecodeError:
            continue
        chains[entry.device, entry.epoch].append(_Entry(record, bytes(hashed).hex(), entry))
    for chain in chains.values():
        chain.sort(key=lambda entry: (entry.document.n, entry.hash))
    return dict(chains)


def _chain(device: str, chain: Sequence[_Entry], *, whole: bool) -> Iterator[Flaw]:
    n, heads = (0, {""}) if whole else (chain[0].document.n - 1, {chain[0].document.previous})
    for entry in chain:
        said = entry.document
        if said.n == n:
            yield Flaw("FORK", device, n, said.number or "", entry.record)
            heads.add(entry.hash)
            continue
        if said.n > n + 1:
            yield Flaw("GAP", device, n + 1)
        elif said.previous not in heads:
            yield Flaw("BROKEN", device, said.n, said.number or "", entry.record)
        n, heads = said.n, {entry.hash}


def _end(connection: Connection, device: str, epoch: str, chain: Sequence[_Entry]) -> Iterator[Flaw]:
    end = _known_end(connection)
    if end is not None and end.epoch == epoch and end.n > chain[-1].document.n:
        yield Flaw("CUT_OFF", device, chain[-1].document.n + 1)


def _no_chain_at_all(
    connection: Connection, device: str | None, chains: Mapping[tuple[str, str], object]
) -> Iterator[Flaw]:
    if device is None:
        return  # a centre writes in no ledger, and its register may stand where no desk's own facts are
    end = _known_end(connection)
    if end is not None and (device, end.epoch) not in chains:
        yield Flaw("CUT_OFF", device, 1)


def _known_end(connection: Connection) -> End | None:
    kept = local.peek(connection, END)
    return None if kept is None else msgspec.json.decode(kept, type=End)


def _numbers(connection: Connection) -> Iterator[Flaw]:
    twice = (
        select(VoucherRow.number)
        .where(VoucherRow.number.is_not(None))
        .group_by(VoucherRow.number)
        .having(func.count() > 1)
        .order_by(VoucherRow.number)
    )
    for number in connection.scalars(twice):
        yield Flaw("REUSED_NUMBER", number=number or "")


def _payments(connection: Connection, entries: Sequence[_Entry]) -> Iterator[Flaw]:
    entered = {entry.document.payment: entry for entry in entries if entry.document.act == "PAY"}
    payments = dict(all_documents(connection, PAYMENT))
    devices = {entry.document.device for entry in entries}
    for payment, doc in payments.items():
        if payment not in entered and _device_of(connection, payment) in devices:
            yield Flaw("PAYMENT_WITHOUT_ENTRY", number=doc.number, record=payment)
    for said, entry in entered.items():
        paid = payments.get(said or "")
        if paid is None or (paid.number, paid.amount) != (entry.document.number, entry.document.amount):
            document = entry.document
            yield Flaw("ENTRY_WITHOUT_PAYMENT", document.device, document.n, document.number or "", entry.record)


def _device_of(connection: Connection, record: str) -> str:
    body = connection.scalar(
        select(RevisionRow.body).join(RecordRow, RecordRow.head == RevisionRow.hash).where(RecordRow.id == record)
    )
    return "" if body is None else decode_revision(bytes(body)).device


def _states(
    connection: Connection, device: str | None, chains: Mapping[tuple[str, str], Sequence[_Entry]]
) -> Iterator[Flaw]:
    # where this desk wrote last, its last entry says what the voucher is
    last: dict[str, LedgerEntry] = {}
    for (owner, _epoch), chain in chains.items():
        if owner == device:
            last.update((entry.document.voucher, entry.document) for entry in chain)
    if not last:
        return
    statement = (
        select(RecordRow.id, RevisionRow.body)
        .join(RevisionRow, RevisionRow.hash == RecordRow.head)
        .where(RecordRow.kind == VOUCHER.name, RecordRow.folded.is_(None), RevisionRow.origin.is_(None))
    )
    for record, body in connection.execute(statement):
        revision = decode_revision(bytes(body))
        if revision.device != device:
            continue
        voucher, entry = VOUCHER.decode(bytes(revision.doc)), last.get(record)
        if entry is None or (entry.state, entry.number, entry.amount) != (
            voucher.state, voucher.number, voucher.amount,
        ):  # fmt: skip
            yield Flaw("STATE_DIFFERS", device or "", entry.n if entry else 0, voucher.number or "", record)
