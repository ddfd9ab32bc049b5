"""What only a person at the centre decides: to give a batch up, and to believe a lost laptop no further.

Both leave a reason or a day for everybody to see; nothing that was taken in is undone here.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update

from helpdesk.centre import journal
from helpdesk.centre.office import Office
from helpdesk.centre.tables import CentreBatchRow, CentreDeskRow, CentreUserRow, CentreWaiverRow
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.core.errors import code as declared
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role

_WAIVED = declared("batch.waived")


class Waiver(Struct, frozen=True):
    """A batch that was given up: of which desk, by which user's id, when and why."""

    desk: int
    seq: int
    reason: str
    user: str
    at: str


@command("centre.waive", roles=(Role.CENTRE,))
def waive(act: Act, office: Office, number: int, seq: int, reason: str) -> Waiver:
    """Give up a batch that is lost or was put aside, so that those after it are taken in. It never is, afterwards.

    Raises Refusal("waive.reason" | "centre.desk_unknown" | "waive.not_next").
    """
    if not clean(reason):
        raise Refusal("waive.reason")
    with office.writing(act) as register:
        desk = _desk(register, number)
        stuck = _stuck(register, desk.device, seq)
        held = journal.held(register, desk.device, desk.enrolment, stuck.epoch)
        if seq != held.last + 1:
            raise Refusal("waive.not_next")
        identity = stuck.identity if stuck.seq == seq else stuck.prev
        register.execute(
            insert(CentreWaiverRow).values(
                sender=desk.device,
                epoch=stuck.epoch,
                seq=seq,
                identity=identity,
                user=act.user.id,
                reason=clean(reason),
                at=act.at,
            )
        )
        journal.alarm(register, act.at, identity, _WAIVED)
    act.concerns(identity)
    return Waiver(number, seq, clean(reason), act.user.id, act.at)


def _stuck(register: Connection, sender: str, seq: int) -> Any:
    # the bad file itself or the first that waits behind it, of the epoch that was heard of last
    rows = register.execute(
        select(CentreBatchRow)
        .where(
            CentreBatchRow.sender == sender,
            CentreBatchRow.state.in_(("quarantined", "waiting")),
            CentreBatchRow.seq >= seq,
        )
        .order_by(CentreBatchRow.received_at.desc())
    ).all()
    if not rows:
        raise Refusal("waive.not_next")
    return min((row for row in rows if row.epoch == rows[0].epoch), key=lambda row: row.seq)


def waivers(register: Connection) -> tuple[Waiver, ...]:
    """Every batch that was given up, the newest first."""
    rows = register.execute(
        select(CentreWaiverRow, CentreDeskRow.number)
        .join(CentreDeskRow, CentreDeskRow.device == CentreWaiverRow.sender)
        .order_by(CentreWaiverRow.at.desc(), CentreWaiverRow.seq.desc())
    )
    return tuple(Waiver(row.number, row.seq, row.reason, row.user, row.at) for row in rows)


@command("centre.revoke", roles=(Role.CENTRE,))
def revoke(act: Act, office: Office, number: int, after_seq: int) -> None:
    """Believe a desk up to its file ``after_seq`` and no further; bundles from now on tell every desk.

    Its cards and vouchers of later days count nowhere, its accounts are closed. Repeated, it moves the number alone.
    Raises Refusal("centre.desk_unknown").
    """
    with office.writing(act) as register:
        desk = _desk(register, number)
        register.execute(
            update(CentreDeskRow)
            .where(CentreDeskRow.number == number)
            .values(revoked_after=after_seq, revoked_on=func.coalesce(CentreDeskRow.revoked_on, day_number(act.day)))
        )
        register.execute(
            update(CentreUserRow)
            .where(CentreUserRow.desk == number, CentreUserRow.status == "live")
            .values(status="revoked")
        )
    act.concerns(desk.device)


def _desk(register: Connection, number: int) -> Any:
    desk = register.execute(select(CentreDeskRow).where(CentreDeskRow.number == number)).first()
    if desk is None:
        raise Refusal("centre.desk_unknown", number=number)
    return desk
