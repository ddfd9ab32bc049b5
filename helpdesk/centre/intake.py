"""Taking batches in: every check in its order, one transaction a batch, the whole of it or nothing.

A batch that came before is answered as before; one that comes early waits; anything else that fails goes whole to
quarantine with its code and first offending line. A kill at any moment leaves the batch to be taken in again.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, text, update

from helpdesk.centre.office import KEPT, QUARANTINE, WAITING, Office
from helpdesk.centre.tables import CentreAlarmRow, CentreAuditRow, CentreBatchRow, CentreDeskRow, CentreUserRow
from helpdesk.core.errors import Fault
from helpdesk.core.folders import private_folder
from helpdesk.core.progress import Progress, silent
from helpdesk.desk import audit
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.desk.users import UserRecord
from helpdesk.exchange import chain
from helpdesk.exchange.acks import Ack, AnsweredFile, RaisedConflict, RejectedRecord
from helpdesk.exchange.payload import NO_AUDIT, AuditPoint, Line
from helpdesk.exchange.reading import Received, Signer, read_file
from helpdesk.exchange.statement import Statement
from helpdesk.exchange.taking_in import CHUNK, Arrived, is_signed_truly, read_revision, take_in
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.keys import ReceiveKey, key_id
from helpdesk.vault.tables import table_of

_STEP = "Taking the batch in"
_LOCK = 0x66766D  # one intake at a time on a shared server
_MUST_SIGN = frozenset({"payment"})
_MOST_LISTED = 500


class Receipt(Struct, frozen=True):
    """What became of one file: ``state`` accepted, known, waiting or quarantined."""

    file: str
    state: str
    code: str | None
    identity: str | None
    desk: int | None
    seq: int | None
    records: int


class CentreTrust:
    """Whom the intake believes: enrolled devices and the supervisors of each desk."""

    def __init__(self, register: Connection) -> None:
        self._signers: dict[str, Signer] = {}
        self._revoked: dict[str, int] = {}
        self.desks: dict[str, Any] = {}
        for desk in register.execute(select(CentreDeskRow)):
            self._signers[desk.device] = Signer(bytes.fromhex(desk.device_public), "device", str(desk.number))
            self.desks[desk.device] = desk
            if desk.revoked_after is not None:
                self._revoked[desk.device] = desk.revoked_after
        for user in register.execute(select(CentreUserRow).where(CentreUserRow.role == Role.SUPERVISOR.value)):
            public = bytes.fromhex(user.public)
            if user.status == "live":
                self._signers[key_id(public)] = Signer(public, "supervisor", str(user.desk))

    def signer(self, key_id: str) -> Signer | None:
        """The key of that name, None when no desk brought it."""
        return self._signers.get(key_id)

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        """A lost laptop is believed up to the last file the centre had in hand, no clock involved."""
        return key_id in self._revoked and statement.seq > self._revoked[key_id]


def receive(office: Office, paths: Sequence[Path], progress: Progress = silent) -> tuple[Receipt, ...]:
    """Take files in, then whatever waited for one of them. Never raises for a bad file: its receipt tells."""
    receipts = [_receive_one(office, path, progress) for path in paths]
    while any(receipt.state == "accepted" for receipt in receipts):
        waiting = sorted(private_folder(office.home / WAITING).glob("*.fvb"))
        again = [_receive_one(office, path, progress) for path in waiting]
        done = [receipt for receipt in again if receipt.state != "waiting"]
        receipts.extend(done)
        if not any(receipt.state == "accepted" for receipt in done):
            break
    return tuple(receipts)


def _receive_one(office: Office, path: Path, progress: Progress) -> Receipt:
    intake = office.keys().intake
    try:
        receipt = office.gate.do(_take, office, path, intake, progress)
    except _Refused as refused:
        receipt = office.gate.do(_put_aside, office, path, refused)
    _store_file(office, path, receipt)
    return receipt


class _Refused(Exception):  # noqa: N818 - carries a file's failure out of the transaction that it undoes
    def __init__(self, fault: Fault, received: Received | None) -> None:
        super().__init__(fault.code)
        self.code = fault.code
        self.line = fault.values.get("line")
        self.statement = received.statement if received else None
        self.identity = received.identity if received else None


@dataclass
class _Batch:
    # what gathers while the lines of one batch go by
    received: Received
    desk: Any
    users: dict[str, bytes]
    counts: dict[str, int] = field(default_factory=dict)
    records: int = 0
    new: int = 0
    rejected: list[RejectedRecord] = field(default_factory=list)
    conflicts: dict[str, set[str]] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    point: AuditPoint = NO_AUDIT


@command("centre.receive", roles=(Role.CENTRE,))
def _take(act: Act, office: Office, path: Path, intake: ReceiveKey, progress: Progress) -> Receipt:
    received: Received | None = None
    try:
        with office.writing(act) as register:
            if register.dialect.name == "postgresql":
                register.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            trust = CentreTrust(register)
            known = False

            def check_chain(statement: Statement, identity: str) -> None:
                nonlocal known
                known = _is_known(register, trust, statement, identity)

            received = read_file(path, trust, check_chain)
            with received:
                if received.statement.kind != "batch":
                    raise Fault("file.not_batch")
                desk = trust.desks[received.statement.sender]
                if known:
                    return _receipt(path, "known", None, received, desk, 0)
                return _merge(act, register, path, received, desk, intake, progress)
    except Fault as fault:
        if fault.code in ("disk.full", "store.busy", "store.damaged"):
            raise
        raise _Refused(fault, received) from None


def _is_known(register: Connection, trust: CentreTrust, statement: Statement, identity: str) -> bool:
    if statement.kind != "batch":
        return False
    rows = register.execute(
        select(CentreBatchRow.seq, CentreBatchRow.identity).where(
            CentreBatchRow.sender == statement.sender,
            CentreBatchRow.epoch == statement.epoch,
            CentreBatchRow.state == "accepted",
        )
    )
    held = chain.Held({row.seq: row.identity for row in rows}, trust.desks[statement.sender].enrolment)
    return chain.is_known(held, statement, identity)


def _merge(  # noqa: PLR0913, PLR0917 - the parts of one intake
    act: Act,
    register: Connection,
    path: Path,
    received: Received,
    desk: Any,
    intake: ReceiveKey,
    progress: Progress,
) -> Receipt:
    batch = _Batch(received, desk, _user_keys(register))
    waiting: list[Arrived] = []
    for line in received.open(intake):
        _read_line(batch, line, waiting)
        if len(waiting) >= CHUNK:
            _take_chunk(register, batch, waiting)
            progress(batch.records, None, _STEP)
    _take_chunk(register, batch, waiting)
    _take_audit(register, batch)
    ack = _answer(act, register, batch)
    _note_batch(act, register, received, "accepted", None, None, batch, ack)
    act.concerns(received.identity)
    return _receipt(path, "accepted", None, received, desk, batch.records)


def _user_keys(register: Connection) -> dict[str, bytes]:
    return {
        key_id(bytes.fromhex(user.public)): bytes.fromhex(user.public)
        for user in register.execute(select(CentreUserRow.public))
    }


def _read_line(batch: _Batch, line: Line, waiting: list[Arrived]) -> None:
    kind = line.value["t"]
    if kind in ("revision", "event"):
        arrived = read_revision(line.value, line.raw, line.number)
        if arrived.revision.device != batch.received.statement.sender:
            raise Fault("record.device", line=line.number)
        waiting.append(arrived)
        batch.records += 1
        batch.counts[arrived.revision.kind] = batch.counts.get(arrived.revision.kind, 0) + 1
    elif kind == "audit":
        batch.entries.append(_entry(line))
    elif kind == "manifest":
        batch.point = msgspec.convert(line.value["audit"], AuditPoint)
    else:
        raise Fault("record.kind", line=line.number)


def _entry(line: Line) -> str:
    try:
        (entry,) = (line.value[name] for name in ("e",) if set(line.value) == {"t", "e"})
    except ValueError:
        raise Fault("record.form", line=line.number) from None
    encoded = msgspec.json.encode(entry, order="sorted")
    if line.raw != b'{"e":%s,"t":"audit"}' % encoded:
        raise Fault("record.canonical", line=line.number)
    return encoded.decode()


def _take_chunk(register: Connection, batch: _Batch, waiting: list[Arrived]) -> None:
    for arrived in waiting:
        _check_signature(batch, arrived)
        if arrived.revision.kind == "user":
            _learn_user(register, batch, arrived)
    merged = take_in(register, waiting, batch.received.identity)
    batch.new += merged.new
    for record, name in merged.conflicts:
        batch.conflicts.setdefault(record, set()).add(name)
    waiting.clear()


def _check_signature(batch: _Batch, arrived: Arrived) -> None:
    # a false or missing signature does not undo a fact: it is kept, does not count, and raises an alarm
    code = None
    if arrived.sig is None:
        code = "record.unsigned" if arrived.revision.kind in _MUST_SIGN else None
    else:
        public = batch.users.get(arrived.sig_key or "")
        if public is None or not is_signed_truly(arrived, public):
            code = "record.signature"
    if code is not None and len(batch.rejected) < _MOST_LISTED:
        batch.rejected.append(RejectedRecord(arrived.revision.id, code))


def _learn_user(register: Connection, batch: _Batch, arrived: Arrived) -> None:
    document: UserRecord = arrived.document
    register.execute(delete(CentreUserRow).where(CentreUserRow.id == arrived.revision.id))
    register.execute(
        insert(CentreUserRow).values(
            id=arrived.revision.id,
            desk=batch.desk.number,
            role=document.role,
            public=document.public,
            status="live" if document.live else "closed",
        )
    )
    public = bytes.fromhex(document.public)
    batch.users[key_id(public)] = public


def _take_audit(register: Connection, batch: _Batch) -> None:
    statement = batch.received.statement
    before = _audit_seen(register, statement.sender, statement.epoch)
    point = audit.extend(audit.Checkpoint(before.size, before.head), batch.entries)
    if (point.size, point.head) != (batch.point.size, batch.point.head):
        raise Fault("audit.broken", n=point.size)
    insert_rows(
        register,
        table_of(CentreAuditRow),
        [
            {"sender": statement.sender, "epoch": statement.epoch, "n": before.size + n, "entry": entry}
            for n, entry in enumerate(batch.entries, start=1)
        ],
    )


def _audit_seen(register: Connection, sender: str, epoch: str) -> AuditPoint:
    row = register.execute(
        select(CentreBatchRow.audit_size, CentreBatchRow.audit_head)
        .where(CentreBatchRow.sender == sender, CentreBatchRow.epoch == epoch, CentreBatchRow.state == "accepted")
        .order_by(CentreBatchRow.seq.desc())
        .limit(1)
    ).first()
    return AuditPoint(row.audit_size, row.audit_head) if row else NO_AUDIT


def _answer(act: Act, register: Connection, batch: _Batch) -> Ack:
    statement = batch.received.statement
    for rejected in batch.rejected:
        _alarm(register, act.at, batch.received.identity, rejected.code, rejected.id)
    return Ack(
        v=1,
        answers=AnsweredFile(statement.sender, statement.epoch, statement.seq, batch.received.identity),
        result="accepted",
        code=None,
        counts=dict(sorted(batch.counts.items())),
        rejected=tuple(batch.rejected),
        conflicts=tuple(
            RaisedConflict(record, tuple(sorted(names)))
            for record, names in sorted(batch.conflicts.items())[:_MOST_LISTED]
        ),
        contiguous=statement.seq,
        audit_seen=batch.point,
        centre_time=act.at,
    )


@command("centre.put_aside", roles=(Role.CENTRE,))
def _put_aside(act: Act, office: Office, path: Path, refused: _Refused) -> Receipt:
    statement, identity = refused.statement, refused.identity
    state = "waiting" if refused.code == "fvb.gap" else "quarantined"
    if statement is None or identity is None or statement.kind != "batch":
        # nobody we know stands behind it: there is nobody to answer
        return Receipt(path.name, state, refused.code, None, None, None, 0)
    with office.writing(act) as register:
        desk = CentreTrust(register).desks.get(statement.sender)
        if refused.code == "fvb.fork":
            _alarm(register, act.at, identity, refused.code, None)
        seen = _audit_seen(register, statement.sender, statement.epoch)
        contiguous = register.scalar(
            select(CentreBatchRow.seq)
            .where(
                CentreBatchRow.sender == statement.sender,
                CentreBatchRow.epoch == statement.epoch,
                CentreBatchRow.state == "accepted",
            )
            .order_by(CentreBatchRow.seq.desc())
            .limit(1)
        )
        ack = Ack(
            v=1,
            answers=AnsweredFile(statement.sender, statement.epoch, statement.seq, identity),
            result=state,
            code=refused.code,
            counts={},
            rejected=(),
            conflicts=(),
            contiguous=contiguous or 0,
            audit_seen=seen,
            centre_time=act.at,
        )
        _note_row(act, register, statement, identity, state, refused.code, refused.line, 0, seen, ack)
    act.concerns(identity, refused.code)
    return Receipt(
        path.name, state, refused.code, identity, desk.number if desk else None, statement.seq, 0
    )


def _note_batch(  # noqa: PLR0913, PLR0917 - one row's columns
    act: Act,
    register: Connection,
    received: Received,
    state: str,
    code: str | None,
    line: object,
    batch: _Batch,
    ack: Ack,
) -> None:
    _note_row(
        act, register, received.statement, received.identity, state, code, line, batch.records, batch.point, ack
    )


def _note_row(  # noqa: PLR0913, PLR0917 - one row's columns
    act: Act,
    register: Connection,
    statement: Statement,
    identity: str,
    state: str,
    code: str | None,
    line: object,
    records: int,
    point: AuditPoint,
    ack: Ack,
) -> None:
    register.execute(delete(CentreBatchRow).where(CentreBatchRow.identity == identity))
    register.execute(
        insert(CentreBatchRow).values(
            identity=identity,
            sender=statement.sender,
            epoch=statement.epoch,
            seq=statement.seq,
            prev=statement.prev,
            state=state,
            code=code,
            line=line if isinstance(line, int) else None,
            records=records,
            audit_size=point.size,
            audit_head=point.head,
            ack=msgspec.json.encode(ack),
            received_at=act.at,
            answered=0,
        )
    )


def _alarm(register: Connection, at: str, identity: str, code: str, record: str | None) -> None:
    register.execute(insert(CentreAlarmRow).values(identity=identity, code=code, record=record, at=at))


def _receipt(path: Path, state: str, code: str | None, received: Received, desk: Any, records: int) -> Receipt:
    return Receipt(path.name, state, code, received.identity, desk.number, received.statement.seq, records)


def _store_file(office: Office, path: Path, receipt: Receipt) -> None:
    # the original is kept by its identity, so that everything can be proved or taken in again
    place = {"accepted": KEPT, "known": KEPT, "waiting": WAITING, "quarantined": QUARANTINE}[receipt.state]
    target = private_folder(office.home / place) / f"{(receipt.identity or path.stem)[:64]}.fvb"
    if target != path and not target.exists():
        shutil.copyfile(path, target)
        target.chmod(0o400)
    waited = office.home / WAITING / target.name
    if receipt.state != "waiting" and waited.exists():
        waited.unlink()


def mark_answered(register: Connection, identities: Sequence[str]) -> None:
    """Note that answers were written to files."""
    register.execute(update(CentreBatchRow).where(CentreBatchRow.identity.in_(list(identities))).values(answered=1))


