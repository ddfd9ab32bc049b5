"""What waits for a supervisor's decision at this desk: her evening begins with it, and she sees only what is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.assistance.attendance.queries import sheets
from helpdesk.assistance.cash.queries import day_ends, open_days
from helpdesk.assistance.feedback.queries import waiting as feedback_waiting
from helpdesk.assistance.vouchers.doubles import count_open
from helpdesk.assistance.vouchers.questions import open_questions
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.assistance.vouchers.unpaid import count_unpaid
from helpdesk.desk.commands import View
from helpdesk.exchange.batches import outbox_lines
from helpdesk.exchange.tables import DoubtRow
from helpdesk.households.kinds import LIKENESS
from helpdesk.journey.arrivals.queries import doubts
from helpdesk.journey.cases.proposing import count_proposed
from helpdesk.journey.cases.queries import worklist_counts
from helpdesk.journey.monitoring.queries import call_ids
from helpdesk.vault.records import all_documents
from helpdesk.vault.tables import ConflictRow

_JOURNEY: Final = {
    "incidents": "INCIDENTS", "waivers": "WAIVERS", "declare": "DECLARE", "choices_run_out": "INTENTION",
    "permissions_run_out": "CLEARANCE",
}  # fmt: skip
"""What of the families' ways a supervisor decides, with its worklist."""


class Exceptional(Struct, frozen=True):
    """One kind of thing to decide: a code of the list ``exception``, how many, and the page where it is done.

    ``subject`` is what that page is opened with, "" for nothing.
    """

    code: str
    count: int
    page: str
    subject: str = ""


def exceptions(view: View) -> tuple[Exceptional, ...]:
    """Everything that waits, the most pressing first; empty on a quiet day."""
    return tuple(found for found in _all(view) if found.count)


def _all(view: View) -> Iterator[Exceptional]:
    yield from _on_the_way(view)
    batches = outbox_lines(view)
    yield Exceptional("quarantine", sum(line.state == "QUARANTINED" for line in batches), "files")
    yield Exceptional("gaps", sum(line.state == "WAITING" for line in batches), "files")
    doubtful = select(func.count(func.distinct(DoubtRow.record)))
    yield Exceptional("doubtful", view.connection.scalar(doubtful) or 0, "files")
    planned = select(func.count()).select_from(VoucherRow).where(VoucherRow.state == "PLANNED")
    yield Exceptional("to_approve", view.connection.scalar(planned) or 0, "vouchers", "APPROVE")
    yield Exceptional("double_payments", count_open(view), "doubles")
    yield Exceptional("paid_questions", len(open_questions(view)), "vouchers", "QUESTIONS")
    yield from _cash(view)
    yield Exceptional("conflicts", count_conflicts(view), "families")
    same = sum(document.answer == "SAME" for _, document in all_documents(view.connection, LIKENESS))
    yield Exceptional("possible_duplicates", same, "families")
    twice = sum(doubt.code == "TWO_ARRIVALS" for doubt in doubts(view))
    yield Exceptional("two_arrivals", twice, "arrivals", "DIFFERENT")
    waiting = sum(line.state in ("WRITTEN", "COPIED") for line in batches)
    yield Exceptional("files_waiting", waiting, "files")


def _on_the_way(view: View) -> Iterator[Exceptional]:
    counts = worklist_counts(view)
    for code, worklist in _JOURNEY.items():
        yield Exceptional(code, counts[worklist], "worklists", worklist)
    yield Exceptional("follow_ups", count_proposed(view), "worklists", "proposed")
    yield Exceptional("calls_overdue", len(call_ids(view, "OVERDUE")), "calls", "OVERDUE")
    yield Exceptional("answers_due", feedback_waiting(view).waiting, "feedback")


def _cash(view: View) -> Iterator[Exceptional]:
    # the ledger itself is looked through at each count, and on its page: here stands what the last counts found
    ends = day_ends(view, most=30)
    last = {end.end.pay_point: end for end in reversed(ends)}.values()
    yield Exceptional("money_differs", sum(bool(end.differences) for end in last), "cash")
    yield Exceptional("counts_to_sign", sum(not end.closed for end in last), "cash")
    yield Exceptional("days_open", len({one for one in open_days(view) if one.on < view.day}), "cash")
    yield Exceptional("departed_unpaid", count_unpaid(view), "worklists", "unpaid")
    entered = sum(bool(sheet.person_days) for sheet in sheets(view, "OPEN"))
    yield Exceptional("sheets_to_sign", entered, "work")


def count_conflicts(view: View) -> int:
    """Records that two desks changed and nobody has settled."""
    conflicts = select(func.count(func.distinct(ConflictRow.record))).where(ConflictRow.settled.is_(False))
    return view.connection.scalar(conflicts) or 0
