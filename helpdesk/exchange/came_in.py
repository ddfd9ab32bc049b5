"""What came into this desk, for the page of files: the last files taken in, and how far each sibling laptop is known.

It only reads; files are taken in by ``installing``.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from helpdesk.desk.commands import View
from helpdesk.exchange.tables import InboxRow


class CameIn(Struct, frozen=True):
    """One file that was taken in: ``code`` says what became of it, ``desk`` is 0 for the centre's own files."""

    kind: str
    desk: int
    seq: int
    records: int
    code: str
    at: str


class SiblingLine(Struct, frozen=True):
    """Another laptop of this camp: its batches are here without a gap up to ``known_up_to``; ``gaps`` are missing."""

    desk: int
    known_up_to: int
    gaps: tuple[int, ...]


def came_in(view: View, limit: int = 20) -> tuple[CameIn, ...]:
    """The files taken in last, the newest first."""
    desks = {device.keyid: device.desk for device in view.bundle.devices} if view.bundle else {}
    rows = view.connection.execute(select(InboxRow).order_by(InboxRow.at.desc()).limit(limit))
    return tuple(CameIn(r.kind, desks.get(r.sender, 0), r.seq, r.records, r.code, r.at) for r in rows)


def siblings(view: View) -> tuple[SiblingLine, ...]:
    """How far each sibling of the bundle in force is known here; a sibling with a new epoch counts anew."""
    if view.bundle is None:
        return ()
    return tuple(_line(view, sibling.desk, sibling.device) for sibling in view.bundle.siblings)


def _line(view: View, desk: int, device: str) -> SiblingLine:
    rows = view.connection.execute(
        select(InboxRow.epoch, InboxRow.seq)
        .where(InboxRow.kind == "batch", InboxRow.sender == device)
        .order_by(InboxRow.at.desc())
    ).all()
    here = {row.seq for row in rows if row.epoch == rows[0].epoch}
    known = 0
    while known + 1 in here:
        known += 1
    return SiblingLine(desk, known, tuple(n for n in range(known + 1, max(here, default=0)) if n not in here))
