"""What the foot of the window says of a desk, always true: saved when, what would be lost, how old the lists are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from helpdesk.core.clock import read_instant
from helpdesk.desk.commands import View
from helpdesk.desk.folder import free_bytes
from helpdesk.exchange.batches import unacknowledged
from helpdesk.households.queries import lists_age
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import RevisionRow

LOW_DISK = 1 << 30


class DeskStatus(Struct, frozen=True):
    """``backup_days`` is None while no backup was made; this release makes none beyond the batches."""

    saved_at: datetime | None
    unacknowledged: int
    oldest_days: int
    lists_days: int | None
    backup_days: int | None
    disk_low: bool


def desk_status(view: View, home: Path) -> DeskStatus:
    """The state of this desk; ``home`` is its folder."""
    body = view.connection.scalar(
        select(RevisionRow.body).where(RevisionRow.origin.is_(None)).order_by(RevisionRow.n.desc()).limit(1)
    )
    waiting = unacknowledged(view)
    oldest = read_instant(waiting.oldest).date() if waiting.oldest else view.day
    return DeskStatus(
        saved_at=read_instant(decode_revision(bytes(body)).at) if body else None,
        unacknowledged=waiting.records,
        oldest_days=(view.day - oldest).days,
        lists_days=lists_age(view),
        backup_days=None,
        disk_low=free_bytes(home) < LOW_DISK,
    )
