"""Taking in families that another desk handed over: every record of theirs, whichever desk wrote it.

Whoever sends a transfer vouches for records of others, so it may only bring families that it hands over to this very
desk; their signatures are judged like those of a sibling's batch, and what is doubtful is kept and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import select

from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.progress import Progress
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.commands import Act
from helpdesk.exchange.arrived import Arrived, read_revision
from helpdesk.exchange.doubts import MOVED, Doubts
from helpdesk.exchange.inbox import Installed, households_of, installed, note_inbox, see_ctr
from helpdesk.exchange.payload import Line
from helpdesk.exchange.reading import Received
from helpdesk.exchange.statement import Statement
from helpdesk.exchange.tables import InboxRow
from helpdesk.exchange.taking_in import CHUNK, make_ready, take_in
from helpdesk.exchange.typed import read_typed
from helpdesk.households.alike import index_again
from helpdesk.journey.areas import kinds as areas
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.arrivals.kinds import HANDOVER
from helpdesk.journey.departures.kinds import CLOSING, MOVEMENT
from helpdesk.vault.keys import ReceiveKey, recipient_id, recipient_public

BESIDE: Final = frozenset(kind.name for kind in (*areas.KINDS, MOVEMENT, CLOSING))
"""Kinds of records of no family that a transfer may bring: its movements, and the places it was allowed to go to."""
_STEP: Final = "Taking the transfer in"


def take_transfer(act: Act, received: Received, receive: ReceiveKey, progress: Progress) -> Installed:
    """Take one transfer in; one that was here before changes nothing.

    Raises Refusal("transfer.other_desk" | "bundle.none"), Fault("fvb.*" | "record.*" | "transfer.*").
    """
    statement = received.statement
    if receive.recipient_id not in statement.to:
        _refuse_other(act.in_force(), statement)
    if act.connection.scalar(select(InboxRow.code).where(InboxRow.identity == received.identity)) is not None:
        return installed(received, "known", 0)
    mine = act.in_force().desk.number
    doubts = Doubts(act, statement.sender, received.identity)
    brought, handed = set[str](), set[str]()
    records, kinds = 0, set[str]()
    for chunk in chunks(received.open(receive, read_typed)):
        doubts.judge(chunk)
        merged = take_in(act.connection, make_ready(act.connection.dialect, chunk, received.identity))
        doubts.note((*merged.rejected, *((record, MOVED) for record in merged.moved)))
        records += len(chunk)
        kinds |= merged.kinds
        brought |= households_of(chunk)
        handed |= handed_over(chunk, mine)
        see_ctr(act, chunk)
        progress(records, None, _STEP)
    if not brought or brought - handed:
        raise Fault("transfer.not_handed")
    for household in sorted(brought):
        index_again(act.connection, household)
    for kind in kinds:
        act.touch(kind)
    if kinds & areas.STANDING:
        restand(act)
    note_inbox(act, received, "installed", records)
    return installed(received, "installed", records)


def handed_over(chunk: Iterable[Arrived], to: int | None = None) -> set[str]:
    """The households that these records hand over, to one desk or to any."""
    handovers = (item.document for item in chunk if item.revision.kind == HANDOVER.name)
    return {one.household for one in handovers if to is None or one.desk == to}


def _refuse_other(bundle: Bundle, statement: Statement) -> None:
    # the wrong desk reads nothing, but it can say where the file belongs
    for known in bundle.desks:
        if recipient_id(recipient_public(known.recipient)) in statement.to:
            raise Refusal("transfer.other_desk", desk=known.number)


def chunks(lines: Iterable[Line]) -> Iterator[list[Arrived]]:
    """The revisions of a transfer in bounded pieces, of families and what stands beside them alone.

    Raises Fault("record.*" | "transfer.reach", line=...).
    """
    found: list[Arrived] = []
    for line in lines:
        if line.typed is None and line.value["t"] == "manifest":
            continue
        if line.typed is None and line.value["t"] not in ("revision", "event"):
            raise Fault("record.kind", line=line.number)
        arrived = line.typed or read_revision(line.value, line.raw, line.number)
        if not households_of([arrived]) and arrived.revision.kind not in BESIDE:
            raise Fault("transfer.reach", line=line.number)
        found.append(arrived)
        if len(found) >= CHUNK:
            yield found
            found = []
    if found:
        yield found
