"""What must lie in a box and in the drawer of papers at a moment: sums over what this desk itself wrote.

A count covers everything this desk wrote before it for days up to its own; whatever is written later for such a day
belongs to the next count. Nothing here writes.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.cash.documents import Box, DayEnd, Papers
from helpdesk.assistance.cash.kinds import BACK, DAY_END, IN
from helpdesk.assistance.cash.tables import CashMoveRow, DayCorrectionRow, DayEndRow, DayEndSignedRow
from helpdesk.assistance.vouchers.tables import LedgerRow, PaymentRow, VoucherRow
from helpdesk.desk.commands import View
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow

STOCK = ("PRINTED", "UNCLAIMED")
"""States whose paper lies at the desk; one that has expired lies there still."""
OUT = ("ISSUED", "DISPUTED")
"""States whose paper is with the family, or is argued about."""
NEVER_PAID = ("VOID", "LOST", "REPLACED")
"""States whose paper will never be paid."""
_PAYMENT = "payment"


class Closed(Struct, frozen=True):
    """The last closed day of a pay point, and what was corrected about it since."""

    id: str
    end: DayEnd
    amount: int
    papers: int


def last_closed(view: View, pay_point: int) -> Closed | None:
    """The last day of a pay point that two people of this desk closed."""
    second = exists().where(DayEndSignedRow.day_end == DayEndRow.id, DayEndSignedRow.by != DayEndRow.by)
    found = view.connection.scalar(
        select(DayEndRow.id)
        .join(RevisionRow, RevisionRow.record == DayEndRow.id)
        .where(DayEndRow.pay_point == pay_point, RevisionRow.origin.is_(None), second)
        .order_by(DayEndRow.on.desc(), DayEndRow.upto.desc())
        .limit(1)
    )
    end = document_of(view.connection, DAY_END, found) if found is not None else None
    if found is None or end is None:
        return None
    amount, papers = view.connection.execute(
        select(
            func.coalesce(func.sum(DayCorrectionRow.amount), 0), func.coalesce(func.sum(DayCorrectionRow.papers), 0)
        ).where(DayCorrectionRow.day_end == found)
    ).one()
    return Closed(found, end, int(amount), int(papers))


def is_second_signed(view: View, day_end: str) -> bool:
    """Whether a second account stands under a count: its own counter's signature is none."""
    signers = select(DayEndSignedRow.by).where(DayEndSignedRow.day_end == day_end)
    counter = view.connection.scalar(select(DayEndRow.by).where(DayEndRow.id == day_end))
    return any(by != counter for by in view.connection.scalars(signers))


def box_of(view: View, pay_point: int, until: date, last: Closed | None) -> Box:
    """The box of a pay point since its last closed day, up to a day."""
    moved = view.connection.execute(
        select(CashMoveRow.what, func.sum(CashMoveRow.amount))
        .join(RevisionRow, RevisionRow.record == CashMoveRow.id)
        .where(CashMoveRow.pay_point == pay_point, *_open(CashMoveRow.on, until, last))
        .group_by(CashMoveRow.what)
    )
    moves: dict[str, int] = {what: int(amount) for what, amount in moved}
    paid = (
        select(func.count(), func.coalesce(func.sum(PaymentRow.amount), 0))
        .join(RevisionRow, RevisionRow.record == PaymentRow.id)
        .where(
            PaymentRow.pay_point == pay_point,
            PaymentRow.currency == CURRENCY,
            *_open(PaymentRow.paid_on, until, last),
        )
    )
    payments, amount = view.connection.execute(paid).one()
    late = 0
    if last is not None:
        late = view.connection.execute(paid.where(PaymentRow.paid_on <= last.end.on)).one()[0]
    return Box(
        opening=last.end.held + last.amount if last is not None else 0,
        received=moves.get(IN, 0),
        paid=int(amount),
        returned=moves.get(BACK, 0),
        payments=payments,
        late=late,
    )


def _open(on: InstrumentedAttribute[date], until: date, last: Closed | None) -> tuple[ColumnElement[bool], ...]:
    # written here, for a day up to this one, and not in the last count
    mine = and_(RevisionRow.origin.is_(None), on <= until)
    return (mine,) if last is None else (mine, or_(on > last.end.on, RevisionRow.ctr > last.end.upto))


def papers_of(view: View, pay_point: int) -> Papers:
    """The numbered papers that this desk printed for a pay point: the ledger's count beside everything else's."""
    paid = exists().where(PaymentRow.number == LedgerRow.number)
    bears = VoucherRow.number == LedgerRow.number
    counts: Counter[str] = Counter()
    rows = view.connection.execute(
        select(VoucherRow.state, paid, bears, func.count(func.distinct(LedgerRow.number)))
        .join(VoucherRow, VoucherRow.id == LedgerRow.voucher)
        .where(LedgerRow.act == "PRINT", LedgerRow.device == view.device, VoucherRow.pay_point == pay_point)
        .group_by(VoucherRow.state, paid, bears)
    )
    printed = 0
    # one that says it is paid, with no payment behind it, is in no place, and shows as unaccounted
    for state, is_paid, is_borne, number in rows:
        printed += number
        if is_borne:
            counts[_PAYMENT if is_paid else state] += number
    return Papers(
        printed=printed,
        paid=counts[_PAYMENT],
        void=sum(counts[state] for state in NEVER_PAID),
        with_families=sum(counts[state] for state in OUT),
        in_stock=sum(counts[state] for state in STOCK),
    )
