"""What pages, papers and the command line read of cash: a box as it stands, counts with their signatures, open days.

Names of accounts are those of this desk; another desk's have none here.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.cash import balance
from helpdesk.assistance.cash.commands import expected_end
from helpdesk.assistance.cash.documents import DayCorrection, DayEnd
from helpdesk.assistance.cash.kinds import CASH_IN, CASH_RETURNED, DAY_CORRECTION, DAY_END, IN
from helpdesk.assistance.cash.position import box_of, last_closed
from helpdesk.assistance.cash.tables import CashMoveRow, DayCorrectionRow, DayEndRow, DayEndSignedRow
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.core.text import fold
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.desk.users import names
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow


class DayEndShown(Struct, frozen=True):
    """A count with its signatures. ``differences`` are codes of ``cash_difference``.

    ``closed``: a second account signed. ``one_name``: the two accounts carry one name, so that it may be one person.
    """

    id: str
    end: DayEnd
    counted_by: str
    signed_by: str
    closed: bool
    one_name: bool
    differences: tuple[str, ...]
    corrections: tuple[DayCorrection, ...] = ()


class OpenDay(Struct, frozen=True):
    """A day of a pay point with cash moved or paid, which nobody has closed."""

    pay_point: int
    on: date


class Move(Struct, frozen=True):
    """Cash that came in (IN) or went back (BACK), and the name of who stood on the other side."""

    id: str
    what: str
    pay_point: int
    on: date
    amount: int
    name: str
    by: str


def box(view: View, pay_point: int, on: date | None = None) -> DayEnd:
    """What should be in a box and its drawer at a day's end, nothing counted yet.

    Raises Refusal("cash.future" | "cash.closed" | "bundle.none" | "role.not_allowed").
    """
    view.only(NAMES)
    return expected_end(view, pay_point, on or view.day)


def day_end(view: View, record: str) -> DayEndShown | None:
    """One count, None if there is no such one. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    end = document_of(view.connection, DAY_END, record)
    if end is None:
        return None
    known = names(view)
    others = view.connection.scalars(
        select(DayEndSignedRow.by).where(DayEndSignedRow.day_end == record).order_by(DayEndSignedRow.id)
    )
    second = next((by for by in others if by != end.by), None)
    counter, signer = known.get(end.by, ""), known.get(second or "", "")
    later = view.connection.scalars(
        select(DayCorrectionRow.id).where(DayCorrectionRow.day_end == record).order_by(DayCorrectionRow.id)
    ).all()
    corrections = (document_of(view.connection, DAY_CORRECTION, one) for one in later)
    return DayEndShown(
        id=record,
        end=end,
        counted_by=counter,
        signed_by=signer,
        closed=second is not None,
        one_name=bool(counter) and fold(counter) == fold(signer),
        differences=balance.differences(end),
        corrections=tuple(one for one in corrections if one is not None),
    )


def day_ends(view: View, pay_point: int | None = None, most: int = 60) -> tuple[DayEndShown, ...]:
    """The last counts, the newest first. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    statement = select(DayEndRow.id).order_by(DayEndRow.on.desc(), DayEndRow.id.desc()).limit(most)
    if pay_point is not None:
        statement = statement.where(DayEndRow.pay_point == pay_point)
    found = (day_end(view, record) for record in view.connection.scalars(statement).all())
    return tuple(one for one in found if one is not None)


def closed_end(view: View, pay_point: int, on: date) -> DayEndShown | None:
    """The count that closed a day, else the last one of that day, else None. Raises Refusal("role.not_allowed")."""
    of_day = [one for one in day_ends(view, pay_point) if one.end.on == on]
    return next((one for one in of_day if one.closed), of_day[0] if of_day else None)


def moves(view: View, pay_point: int | None = None, most: int = 200) -> tuple[Move, ...]:
    """Cash that came in or went back, the newest first. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    statement = select(CashMoveRow.id, CashMoveRow.what).order_by(CashMoveRow.id.desc()).limit(most)
    if pay_point is not None:
        statement = statement.where(CashMoveRow.pay_point == pay_point)
    known = names(view)
    lines = []
    for record, what in view.connection.execute(statement).all():
        came = document_of(view.connection, CASH_IN, record) if what == IN else None
        went = document_of(view.connection, CASH_RETURNED, record) if what != IN else None
        found = came or went
        if found is not None:
            name = came.giver if came is not None else went.receiver if went is not None else ""
            lines.append(Move(record, what, found.pay_point, found.on, found.amount, name, known.get(found.by, "")))
    return tuple(lines)


def open_days(view: View) -> tuple[OpenDay, ...]:
    """Days of this desk with cash moved or paid that no two people have closed, the oldest first.

    Today is one of them only once something happened in it. Raises Refusal("role.not_allowed").
    """
    view.only(NAMES)
    moved = (
        select(CashMoveRow.pay_point, CashMoveRow.on, RevisionRow.ctr)
        .join(RevisionRow, RevisionRow.record == CashMoveRow.id)
        .where(RevisionRow.origin.is_(None))
    )
    paid = (
        select(PaymentRow.pay_point, PaymentRow.paid_on, RevisionRow.ctr)
        .join(RevisionRow, RevisionRow.record == PaymentRow.id)
        .where(RevisionRow.origin.is_(None))
    )
    found = set()
    points = {point.number for point in view.bundle.desk.pay_points} if view.bundle is not None else set()
    last = {point: last_closed(view, point) for point in points}
    for statement, point_of, day_of_it in (
        (moved, CashMoveRow.pay_point, CashMoveRow.on),
        (paid, PaymentRow.pay_point, PaymentRow.paid_on),
    ):
        for point, closed in last.items():
            of_point = statement.where(point_of == point)
            if closed is not None:
                of_point = of_point.where((day_of_it > closed.end.on) | (RevisionRow.ctr > closed.end.upto))
            found |= {OpenDay(point, row[1]) for row in view.connection.execute(of_point)}
    return tuple(sorted(found, key=lambda one: (one.on, one.pay_point)))


def held(view: View, pay_point: int) -> int:
    """Dinars that must lie in a box now. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    return box_of(view, pay_point, view.day, last_closed(view, pay_point)).should_hold
