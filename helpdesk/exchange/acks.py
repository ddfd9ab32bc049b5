"""The centre's answer to one file of a desk: taken, put aside with a reason, or waiting for one before it.

Nothing at a desk is ever thinned without one that names the desk's own file and a place in its own audit log.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select, update

from helpdesk.core.clock import read_instant
from helpdesk.core.errors import Fault
from helpdesk.desk.commands import Act
from helpdesk.desk.days import see_day
from helpdesk.exchange.payload import AuditPoint
from helpdesk.exchange.tables import OutboxRow
from helpdesk.vault.tables import AuditRow

RESULTS = ("accepted", "quarantined", "waiting")


class AnsweredFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Which file is answered."""

    sender: str = msgspec.field(name="from")
    epoch: str
    seq: int
    identity: str


class RejectedRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """A record that was kept but does not count, and why."""

    id: str
    code: str


class RaisedConflict(Struct, frozen=True, forbid_unknown_fields=True):
    """Fields of a record that two desks changed differently."""

    id: str
    fields: tuple[str, ...]


class Ack(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag="ack"):
    """FORMATS.md section 1, ``Ack``."""

    v: int
    answers: AnsweredFile = msgspec.field(name="for")
    result: str
    code: str | None
    counts: dict[str, int]
    rejected: tuple[RejectedRecord, ...]
    conflicts: tuple[RaisedConflict, ...]
    contiguous: int
    audit_seen: AuditPoint
    centre_time: str


STATES = {"accepted": "ACCEPTED", "quarantined": "QUARANTINED", "waiting": "WAITING"}


def read_ack(value: dict[str, Any]) -> Ack:
    """Read the record of an ``ack`` file. Raises Fault("ack.form")."""
    try:
        ack = msgspec.convert(value, Ack)
    except msgspec.ValidationError:
        raise Fault("ack.form") from None
    try:
        read_instant(ack.centre_time)
    except ValueError:
        raise Fault("ack.form") from None
    if ack.v != 1 or ack.result not in RESULTS:
        raise Fault("ack.form")
    return ack


def install_ack(act: Act, ack: Ack) -> None:
    """Note the centre's answer beside the file it answers. Any order, any repetition; accepted stays accepted.

    Raises Fault("ack.not_ours") for a file this desk never wrote, Fault("ack.audit") where the centre claims to have
    seen another audit log.
    """
    answered = ack.answers
    row = act.connection.execute(select(OutboxRow).where(OutboxRow.identity == answered.identity)).first()
    if row is None or (row.epoch, row.seq) != (answered.epoch, answered.seq) or answered.sender != act.device:
        raise Fault("ack.not_ours")
    if ack.audit_seen.size:
        head = act.connection.scalar(select(AuditRow.head).where(AuditRow.n == ack.audit_seen.size))
        if head is None or bytes(head).hex() != ack.audit_seen.head:
            raise Fault("ack.audit")
    if row.state != "ACCEPTED":
        act.connection.execute(
            update(OutboxRow)
            .where(OutboxRow.identity == answered.identity)
            .values(state=STATES[ack.result], ack=msgspec.json.encode(ack))
        )
    see_day(act.connection, read_instant(ack.centre_time).date())
    act.touch("outbox")
