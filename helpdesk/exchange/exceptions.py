"""What waits for a supervisor's decision at this desk: her evening begins with it, and she sees only what is there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.assistance.tables import VoucherRow
from helpdesk.desk.commands import View
from helpdesk.exchange.batches import outbox_lines
from helpdesk.exchange.tables import DoubtRow
from helpdesk.households.kinds import LIKENESS
from helpdesk.vault.records import all_documents
from helpdesk.vault.tables import ConflictRow


class Exceptional(Struct, frozen=True):
    """One kind of thing to decide: a code of the list ``exception``, how many, and the page where it is done."""

    code: str
    count: int
    page: str


def exceptions(view: View) -> tuple[Exceptional, ...]:
    """Everything that waits, the most pressing first; empty on a quiet day."""
    return tuple(found for found in _all(view) if found.count)


def _all(view: View) -> Iterator[Exceptional]:
    batches = outbox_lines(view)
    yield Exceptional("quarantine", sum(line.state == "QUARANTINED" for line in batches), "files")
    yield Exceptional("gaps", sum(line.state == "WAITING" for line in batches), "files")
    doubtful = select(func.count(func.distinct(DoubtRow.record)))
    yield Exceptional("doubtful", view.connection.scalar(doubtful) or 0, "files")
    planned = select(func.count()).select_from(VoucherRow).where(VoucherRow.state == "PLANNED")
    yield Exceptional("to_approve", view.connection.scalar(planned) or 0, "vouchers")
    conflicts = select(func.count(func.distinct(ConflictRow.record))).where(ConflictRow.settled.is_(False))
    yield Exceptional("conflicts", view.connection.scalar(conflicts) or 0, "families")
    same = sum(document.answer == "SAME" for _, document in all_documents(view.connection, LIKENESS))
    yield Exceptional("possible_duplicates", same, "families")
    waiting = sum(line.state in ("WRITTEN", "COPIED") for line in batches)
    yield Exceptional("files_waiting", waiting, "files")
