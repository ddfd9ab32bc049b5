"""What a desk notes of every file it takes in, and how far its own counter follows what it read.

Used by whatever takes a kind of file in; nothing is checked or merged here.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import delete, insert, select

from helpdesk.desk.commands import Act, View
from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.reading import Received
from helpdesk.exchange.tables import InboxRow

LARGEST_CTR = 1 << 52
"""The highest counter a desk follows another to: half of what a record may hold."""


class Installed(Struct, frozen=True):
    """What came in: ``result`` is "installed" or "known" (it was here before and changed nothing)."""

    kind: str
    identity: str
    result: str
    records: int
    sender: str
    seq: int


def see_ctr(act: Act, chunk: Sequence[Arrived]) -> None:
    """Lamport: what is written after this is later than all that was read.

    A counter that somebody drove to the end of the numbers is not followed there: our own must still be written.
    """
    act.records.ctr = max(act.records.ctr, *(min(item.revision.ctr, LARGEST_CTR) for item in chunk))


def note_inbox(act: Act, received: Received, code: str, records: int) -> None:
    """Keep that a file came in and what became of it."""
    statement = received.statement
    act.connection.execute(delete(InboxRow).where(InboxRow.identity == received.identity))
    act.connection.execute(
        insert(InboxRow).values(
            identity=received.identity,
            kind=statement.kind,
            sender=statement.sender,
            epoch=statement.epoch,
            seq=statement.seq,
            code=code,
            records=records,
            at=act.at,
        )
    )
    act.concerns(received.identity)
    act.touch("inbox")


def installed(received: Received, result: str, records: int) -> Installed:
    """The answer about a file."""
    statement = received.statement
    return Installed(statement.kind, received.identity, result, records, statement.sender, statement.seq)


def households_of(chunk: Sequence[Arrived]) -> set[str]:
    """The households that these revisions are about."""
    found = {KINDS[item.revision.kind].household(item.revision.id, item.document) for item in chunk}
    return {household for household in found if household is not None}


class InboxLine(Struct, frozen=True):
    """One file that came in, as the files page shows it."""

    identity: str
    kind: str
    sender: str
    seq: int
    code: str
    records: int
    at: str


def inbox_lines(view: View) -> tuple[InboxLine, ...]:
    """What came in, the newest first."""
    rows = view.connection.execute(select(InboxRow).order_by(InboxRow.at.desc()).limit(200))
    return tuple(InboxLine(r.identity, r.kind, r.sender, r.seq, r.code, r.records, r.at) for r in rows)
