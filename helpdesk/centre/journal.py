"""What the centre notes of every batch: its row with the answer, how far its desk has come, and the alarms.

It never decides anything; an accepted batch's row is never replaced by what a damaged copy of it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from helpdesk.centre.tables import CentreAlarmRow, CentreBatchRow, CentreWaiverRow
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.chain import Held
from helpdesk.exchange.payload import NO_AUDIT, AuditPoint
from helpdesk.exchange.statement import Statement


class Noted(Struct, frozen=True):
    """What became of one batch; ``line`` is the first offending line of one that was put aside."""

    state: str
    ack: Ack
    code: str | None = None
    line: int | None = None
    records: int = 0
    point: AuditPoint = NO_AUDIT


def state_of(register: Connection, identity: str) -> str | None:
    """What became of this very file, None if it never came."""
    return register.scalar(select(CentreBatchRow.state).where(CentreBatchRow.identity == identity))


def accepted(register: Connection, sender: str) -> dict[tuple[str, int], str]:
    """Identities of a desk's batches that were taken in, by (epoch, seq)."""
    rows = register.execute(
        select(CentreBatchRow.epoch, CentreBatchRow.seq, CentreBatchRow.identity).where(
            CentreBatchRow.sender == sender, CentreBatchRow.state == "accepted"
        )
    )
    return {(row.epoch, row.seq): row.identity for row in rows}


def held(register: Connection, sender: str, enrolment: str, epoch: str) -> Held:
    """What the centre holds of one epoch of a desk, for the rule of the chain; a waived file is held by its number."""
    earlier = accepted(register, sender)
    waived = register.execute(
        select(CentreWaiverRow.epoch, CentreWaiverRow.seq, CentreWaiverRow.identity).where(
            CentreWaiverRow.sender == sender
        )
    ).all()
    return Held(
        {seq: known for (of_epoch, seq), known in earlier.items() if of_epoch == epoch},
        frozenset({enrolment, *earlier.values(), *(row.identity for row in waived)}),
        frozenset(row.seq for row in waived if row.epoch == epoch),
    )


def is_waived(register: Connection, sender: str, epoch: str, seq: int) -> bool:
    """Whether a person gave this file up."""
    one = (CentreWaiverRow.sender == sender, CentreWaiverRow.epoch == epoch, CentreWaiverRow.seq == seq)
    return bool(register.scalar(select(func.count()).select_from(CentreWaiverRow).where(*one)))


def audit_seen(register: Connection, sender: str, epoch: str) -> AuditPoint:
    """How far the centre knows a desk's audit log."""
    row = register.execute(
        select(CentreBatchRow.audit_size, CentreBatchRow.audit_head)
        .where(CentreBatchRow.sender == sender, CentreBatchRow.epoch == epoch, CentreBatchRow.state == "accepted")
        .order_by(CentreBatchRow.seq.desc())
        .limit(1)
    ).first()
    return AuditPoint(row.audit_size, row.audit_head) if row else NO_AUDIT


def note(register: Connection, at: str, statement: Statement, identity: str, noted: Noted) -> None:
    """Write or replace the row of one batch; its answer is still to be written to a file."""
    register.execute(delete(CentreBatchRow).where(CentreBatchRow.identity == identity))
    register.execute(
        insert(CentreBatchRow).values(
            identity=identity,
            sender=statement.sender,
            epoch=statement.epoch,
            seq=statement.seq,
            prev=statement.prev,
            state=noted.state,
            code=noted.code,
            line=noted.line,
            records=noted.records,
            audit_size=noted.point.size,
            audit_head=noted.point.head,
            ack=msgspec.json.encode(noted.ack),
            received_at=at,
            answered=0,
        )
    )


def alarm(register: Connection, at: str, identity: str, code: str, record: str | None = None) -> None:
    """Tell a person at the centre to look, once for each file, code and record."""
    same = (
        CentreAlarmRow.identity == identity,
        CentreAlarmRow.code == code,
        CentreAlarmRow.record == record if record is not None else CentreAlarmRow.record.is_(None),
    )
    if not register.scalar(select(func.count()).select_from(CentreAlarmRow).where(*same)):
        register.execute(insert(CentreAlarmRow).values(identity=identity, code=code, record=record, at=at))


def mark_answered(register: Connection, identities: Sequence[str]) -> None:
    """Note that answers were written to files."""
    register.execute(update(CentreBatchRow).where(CentreBatchRow.identity.in_(list(identities))).values(answered=1))
