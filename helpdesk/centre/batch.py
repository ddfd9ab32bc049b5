"""The lines of one batch on their way into the register: records, signatures beside them, accounts, audit entries.

Everything happens inside the caller's transaction; a Fault undoes the whole batch. A fact with a false signature is
kept, as all facts are, but it is named in the answer and raises an alarm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Dialect, delete, func, insert, select

from helpdesk.centre import journal
from helpdesk.centre.approvals import same_hands, unapproved
from helpdesk.centre.tables import CentreAuditRow, CentreDeskRow, CentreUserRow
from helpdesk.centre.trusted import known_users
from helpdesk.core.ahead import made_ahead
from helpdesk.core.clock import day_number, read_instant
from helpdesk.core.collecting import seldom_collected
from helpdesk.core.errors import Fault, code
from helpdesk.core.progress import Progress
from helpdesk.desk import audit
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.desk.users import UserRecord
from helpdesk.exchange.acks import Ack, AnsweredFile, RaisedConflict, RejectedRecord
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.installing import read_own
from helpdesk.exchange.payload import NO_AUDIT, AuditPoint, Line
from helpdesk.exchange.signing import Proofs, RecordSigner, firsts, judge, prove
from helpdesk.exchange.statement import Statement
from helpdesk.exchange.taking_in import CHUNK, Ready, make_ready, take_in
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.keys import check_public, key_id
from helpdesk.vault.tables import table_of

_STEP = "Taking the batch in"
_MOST_LISTED = 500
_AHEAD = 1  # besides the portion that is being made and the one that is being taken in
_UNPROVED = code("user.unproved")
_UNAPPROVED = code("record.unapproved")
_SAME_HANDS = code("record.same_hands")
_MOVED = code("record.moved")


@dataclass
class Batch:
    """What gathers while the lines of one batch go by; ``desk`` is its sender's number."""

    statement: Statement
    identity: str
    desk: int
    users: dict[str, RecordSigner]
    counts: Counter[str] = field(default_factory=Counter)
    records: int = 0
    rejected: list[RejectedRecord] = field(default_factory=list)
    conflicts: dict[str, set[str]] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    point: AuditPoint = NO_AUDIT


@dataclass
class _Portion:
    # what some lines in a row say: the records with their rows and the signatures proved so far, and all the rest
    arrived: list[Arrived] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    point: AuditPoint | None = None
    ready: Ready | None = None
    proofs: Proofs = frozenset()


def merge(
    register: Connection, statement: Statement, identity: str, desk: int, lines: Iterable[Line], progress: Progress
) -> Batch:
    """Take every line in. Raises Fault("record.*" | "audit.broken")."""
    batch = Batch(statement, identity, desk, known_users(register))
    portions = _made_ready(batch, register.dialect, lines)
    with seldom_collected(), made_ahead(portions, _AHEAD) as made:  # the server writes while we read on
        for portion in made:
            _take_portion(register, batch, portion)
            progress(batch.records, None, _STEP)
    _take_audit(register, batch)
    return batch


def _made_ready(batch: Batch, dialect: Dialect, lines: Iterable[Line]) -> Generator[_Portion, None, None]:
    # in a thread of its own: of the batch it sees the accounts as far as they are learned, and changes nothing
    for portion in _portions(lines, batch.statement.sender):
        portion.ready = make_ready(dialect, portion.arrived, batch.identity)
        portion.proofs = prove(portion.arrived, batch.users)
        yield portion


def _portions(lines: Iterable[Line], sender: str) -> Generator[_Portion, None, None]:
    portion = _Portion()
    try:
        for line in lines:
            _read_line(portion, line, sender)
            if len(portion.arrived) >= CHUNK:
                yield portion
                portion = _Portion()
    except Fault:
        yield portion  # what stands before a bad line is judged before it
        raise
    yield portion


def answer(batch: Batch, at: str) -> Ack:
    """The acknowledgement of a batch that was taken in."""
    statement = batch.statement
    conflicts = sorted(batch.conflicts.items())[:_MOST_LISTED]
    return Ack(
        v=1,
        answers=AnsweredFile(statement.sender, statement.epoch, statement.seq, batch.identity),
        result="accepted",
        code=None,
        counts=dict(sorted(batch.counts.items())),
        rejected=tuple(batch.rejected),
        conflicts=tuple(RaisedConflict(record, tuple(sorted(names))) for record, names in conflicts),
        contiguous=statement.seq,
        audit_seen=batch.point,
        centre_time=at,
    )


def _read_line(portion: _Portion, line: Line, sender: str) -> None:
    kind = line.value["t"] if line.typed is None else "revision"
    if kind in ("revision", "event"):
        portion.arrived.append(read_own(line, sender))
    elif kind == "audit":
        portion.entries.append(_entry(line))
    elif kind == "manifest":
        portion.point = msgspec.convert(line.value["audit"], AuditPoint)
    else:
        raise Fault("record.kind", line=line.number)


def _entry(line: Line) -> str:
    if set(line.value) != {"t", "e"}:
        raise Fault("record.form", line=line.number)
    encoded = msgspec.json.encode(line.value["e"], order="sorted")
    if line.raw != b'{"e":%s,"t":"audit"}' % encoded:
        raise Fault("record.canonical", line=line.number)
    return encoded.decode()


def _take_portion(register: Connection, batch: Batch, portion: _Portion) -> None:
    batch.entries.extend(portion.entries)
    batch.point = portion.point or batch.point
    arrived, ready = portion.arrived, portion.ready
    if not arrived or ready is None:
        return
    batch.records += len(arrived)
    batch.counts.update(item.revision.kind for item in arrived)
    first = firsts(register, arrived)
    for item in arrived:
        judged = judge(item, batch.users, batch.desk, is_first=item.hash in first, proofs=portion.proofs)
        for why in judged.codes:
            _reject(batch, item.revision.id, why)
        if item.revision.kind == "user":
            _learn_user(register, batch, item, judged.signer)
    merged = take_in(register, ready)
    for item in unapproved(register, arrived):
        _reject(batch, item.revision.id, _UNAPPROVED)
    for item in same_hands(register, arrived):
        _reject(batch, item.revision.id, _SAME_HANDS)
    for record, why in (*merged.rejected, *((record, _MOVED) for record in merged.moved)):
        _reject(batch, record, why)
    for record, name in merged.conflicts:
        batch.conflicts.setdefault(record, set()).add(name)


def _reject(batch: Batch, record: str, why: str) -> None:
    if len(batch.rejected) < _MOST_LISTED:
        batch.rejected.append(RejectedRecord(record, why))


def _learn_user(register: Connection, batch: Batch, arrived: Arrived, signer: RecordSigner | None) -> None:
    # only an administrator brings accounts, only of her own desk, and never over another desk's
    document: UserRecord = arrived.document
    public = _public(document)
    known = register.execute(select(CentreUserRow).where(CentreUserRow.id == arrived.revision.id)).first()
    holder = batch.users.get(key_id(public)) if public else None
    machines = (CentreDeskRow.device_public == document.public) | (CentreDeskRow.card_public == document.public)
    proved = (
        signer is not None
        and signer.live
        and signer.role == Role.ADMINISTRATOR
        and public is not None
        and document.role in EVERYBODY
        and (known is None or known.desk == batch.desk)
        and (holder is None or holder.id == arrived.revision.id)
        and register.scalar(select(func.count()).select_from(CentreDeskRow).where(machines)) == 0
    )
    if public is None or not proved:
        _reject(batch, arrived.revision.id, _UNPROVED)
        return
    learned = RecordSigner(arrived.revision.id, batch.desk, document.role, public, document.live)
    register.execute(delete(CentreUserRow).where(CentreUserRow.id == learned.id))
    register.execute(
        insert(CentreUserRow).values(
            id=learned.id,
            desk=learned.desk,
            role=learned.role,
            public=document.public,
            status=_status(register, learned),
            closed_on=None if learned.live else _closed_on(known, arrived),
        )
    )
    batch.users = {name: user for name, user in batch.users.items() if user.id != learned.id}
    batch.users[key_id(public)] = learned


def _closed_on(known: Any, arrived: Arrived) -> int:
    # the first day told: a later word does not open what was closed in between
    day = day_number(read_instant(arrived.revision.at).date())
    return day if known is None or known.closed_on is None else min(known.closed_on, day)


def _status(register: Connection, learned: RecordSigner) -> str:
    # what a lost desk told before it was lost counts, but opens nothing anew
    if not learned.live:
        return "closed"
    lost = select(CentreDeskRow.revoked_after).where(CentreDeskRow.number == learned.desk)
    return "live" if register.scalar(lost) is None else "revoked"


def _public(document: UserRecord) -> bytes | None:
    try:
        public = bytes.fromhex(document.public)
        check_public(public)
    except (ValueError, Fault):
        return None
    return public if public.hex() == document.public else None


def _take_audit(register: Connection, batch: Batch) -> None:
    statement = batch.statement
    before = journal.audit_seen(register, statement.sender, statement.epoch)
    is_cut = journal.is_waived(register, statement.sender, statement.epoch, statement.seq - 1)
    start = _cut_end(batch, before) if is_cut else before
    point = audit.extend(audit.Checkpoint(start.size, start.head), batch.entries)
    if point.size != batch.point.size or (point.head != batch.point.head and not is_cut):
        raise Fault("audit.broken", n=point.size)
    rows: list[dict[str, Any]] = [
        {"sender": statement.sender, "epoch": statement.epoch, "n": start.size + n, "entry": entry}
        for n, entry in enumerate(batch.entries, start=1)
    ]
    insert_rows(register, table_of(CentreAuditRow), rows)


def _cut_end(batch: Batch, before: AuditPoint) -> AuditPoint:
    # the entries between went with a waived batch: the numbers must go on, the hash over what is missing nobody knows
    first = audit.number_of(batch.entries[0]) if batch.entries else batch.point.size + 1
    if first <= before.size:
        raise Fault("audit.broken", n=first)
    return AuditPoint(first - 1, before.head)
