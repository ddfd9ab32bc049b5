"""Transfers of a desk whose laptop was lost after it handed families over: what a person at the centre believes of it.

Other transfers never come here: their desk's own batches bring the families. A transfer has no number that the centre
saw grow, and whoever holds a stolen laptop may write any day into it; so a lost desk's transfer is believed by its very
identity, by a person with a reason, and in no other way. Its families are in the register from then on, and bundles
tell the receiving desk that it may take the file in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, insert, select

from helpdesk.centre import areas, journal
from helpdesk.centre.office import Office
from helpdesk.centre.tables import CentreTransferRow
from helpdesk.centre.trusted import CentreTrust, known_users
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.plain_text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.deriving import last_revision
from helpdesk.desk.roles import Role
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.doubts import STRANGE
from helpdesk.exchange.inbox import households_of
from helpdesk.exchange.reading import Received, read_file
from helpdesk.exchange.signing import firsts, judge
from helpdesk.exchange.statement import Statement
from helpdesk.exchange.taking_in import make_ready, take_in
from helpdesk.exchange.transfers_in import chunks, handed_over
from helpdesk.exchange.typed import read_typed
from helpdesk.journey.areas.kinds import STANDING
from helpdesk.journey.cases.deriving import derive_register
from helpdesk.vault.keys import ReceiveKey


class BelievedTransfer(Struct, frozen=True):
    """A transfer that the centre believes; ``desk`` is the lost one's number. ``known`` it was believed before."""

    identity: str
    desk: int
    families: int
    records: int
    known: bool = False


class _TrustOfLost(CentreTrust):
    # whoever looks at a lost desk's transfer has decided that it was written before; nothing else is looser

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        return statement.kind != "transfer" and super().is_revoked(key_id, statement)


def believed(register: Connection) -> tuple[str, ...]:
    """The identities of all that are believed, as bundles tell them."""
    return tuple(register.scalars(select(CentreTransferRow.identity).order_by(CentreTransferRow.identity)))


@command("centre.believe", roles=(Role.CENTRE,))
def believe(act: Act, office: Office, path: Path, reason: str) -> BelievedTransfer:
    """Take a lost desk's transfer into the register and tell desks to believe it. Repeated, it changes nothing.

    Raises Refusal("transfer.reason" | "transfer.not_lost" | "file.not_transfer"), Fault("fvb.*" | "record.*" |
    "transfer.*").
    """
    said = clean(reason)
    if not said:
        raise Refusal("transfer.reason")
    with office.writing(act) as register:
        trust = _TrustOfLost(register)
        with read_file(path, trust) as received:
            statement = received.statement
            if statement.kind != "transfer":
                raise Refusal("file.not_transfer")
            desk = trust.desks[statement.sender]
            if desk.revoked_after is None:
                raise Refusal("transfer.not_lost", desk=desk.number)
            if received.identity in believed(register):
                return BelievedTransfer(received.identity, desk.number, 0, 0, known=True)
            taken = _take(act, register, received, office.keys().intake, desk, trust.desks)
        values = {"identity": taken.identity, "desk": desk.number, "user": act.user.id, "reason": said, "at": act.at}
        register.execute(insert(CentreTransferRow).values(values))
    act.concerns(taken.identity)
    return taken


def _take(
    act: Act, register: Connection, received: Received, intake: ReceiveKey, desk: Any, desks: dict[str, Any]
) -> BelievedTransfer:
    before, users = last_revision(register), known_users(register)
    numbers = {device: row.number for device, row in desks.items()}
    brought, handed, kinds, records = set[str](), set[str](), set[str](), 0
    for chunk in chunks(received.open(intake, read_typed)):
        first = firsts(register, chunk)
        doubted = [(item.revision.id, why) for item in chunk for why in _doubts(item, users, numbers, first)]
        merged = take_in(register, make_ready(register.dialect, chunk, received.identity))
        for record, why in (*doubted, *merged.rejected):
            journal.alarm(register, act.at, received.identity, why, record)
        records += len(chunk)
        kinds |= merged.kinds
        brought |= households_of(chunk)
        handed |= handed_over(chunk)
    if not brought or brought - handed:
        raise Fault("transfer.not_handed")
    if kinds & STANDING:
        areas.restand(act, register)
    derive_register(register, act.day, before, areas.publics_of(act.connection, register))
    return BelievedTransfer(received.identity, desk.number, len(brought), records)


def _doubts(item: Arrived, users: Any, numbers: dict[str, int], first: Any) -> tuple[str, ...]:
    desk = numbers.get(item.revision.device)
    codes = tuple(judge(item, users, desk or 0, is_first=item.hash in first).codes)
    return codes if desk else (*codes, STRANGE)
