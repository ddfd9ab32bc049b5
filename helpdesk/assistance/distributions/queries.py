"""What pages, papers and the command line read of distribution days: the days, their lines, and what they came to.

A line's state follows from its voucher, its payment and its marks; nothing stores it. Who collects stands on the list
of the day and on no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.distributions.documents import Distribution, Line, Sums
from helpdesk.assistance.distributions.kinds import DISTRIBUTION
from helpdesk.assistance.distributions.tables import DistributionLineRow, DistributionMarkRow, DistributionRow
from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.assistance.vouchers.kinds import PAYMENT, VOUCHER
from helpdesk.assistance.vouchers.life import PAID, PAYABLE
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.desk.users import names
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.records import document_of


class DayLine(Struct, frozen=True):
    """One distribution day of the list: no names, only counts."""

    id: str
    number: str
    pay_point: int
    on: date
    state: str
    sums: Sums


class DayShown(Struct, frozen=True):
    """A distribution day with its lines, in the order of the printed list."""

    id: str
    distribution: Distribution
    lines: tuple[Line, ...]
    sums: Sums


def payable(view: View, pay_point: int, on: date) -> tuple[str, ...]:
    """The vouchers with a paper that are payable at a pay point on a day and stand on no open list, by number.

    Raises Refusal("role.not_allowed").
    """
    view.only(NAMES)
    listed = (
        select(DistributionLineRow.voucher)
        .join(DistributionRow, DistributionRow.id == DistributionLineRow.distribution)
        .where(DistributionRow.state == "OPEN")
    )
    found = view.connection.scalars(
        select(VoucherRow.id)
        .where(
            VoucherRow.pay_point == pay_point,
            VoucherRow.rerouted_to.is_(None),
            VoucherRow.state.in_(PAYABLE),
            VoucherRow.last_day >= on,
            VoucherRow.suspended_until.is_(None),
            VoucherRow.id.not_in(listed),
        )
        .order_by(VoucherRow.number)
    ).all()
    vouchers = ((record, document_of(view.connection, VOUCHER, record)) for record in found)
    return tuple(record for record, voucher in vouchers if voucher is not None and voucher.first_day <= on)


def days(view: View, most: int = 60) -> tuple[DayLine, ...]:
    """The last distribution days, the newest first. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    records = view.connection.scalars(
        select(DistributionRow.id).order_by(DistributionRow.on.desc(), DistributionRow.id.desc()).limit(most)
    ).all()
    shown = (day_of(view, record) for record in records)
    return tuple(
        DayLine(
            one.id, one.distribution.number, one.distribution.pay_point, one.distribution.on, one.distribution.state,
            one.sums,
        )
        for one in shown
    )  # fmt: skip


def day_by_number(view: View, number: str) -> str:
    """The id of the distribution whose list bears a number of eight digits. Raises Refusal("payday.unknown")."""
    found = view.connection.scalar(select(DistributionRow.id).where(DistributionRow.number == number).limit(1))
    if found is None:
        raise Refusal("payday.unknown")
    return found


def known_day(view: View, record: str) -> Distribution:
    """A distribution by its id. Raises Refusal("payday.unknown")."""
    found = document_of(view.connection, DISTRIBUTION, record)
    if found is None:
        raise Refusal("payday.unknown")
    return found


def day_of(view: View, record: str) -> DayShown:
    """A distribution with its lines. Raises Refusal("payday.unknown" | "role.not_allowed")."""
    view.only(NAMES)
    found = known_day(view, record)
    lines = tuple(line_of(view, record, found, number) for number in range(1, len(found.vouchers) + 1))
    return DayShown(record, found, lines, sums_of(lines))


def line_of(view: View, record: str, found: Distribution, number: int) -> Line:
    """One line of a distribution. Raises Refusal("payday.no_line", line=...)."""
    if not 1 <= number <= len(found.vouchers):
        raise Refusal("payday.no_line", line=number)
    voucher_id = found.vouchers[number - 1]
    voucher = document_of(view.connection, VOUCHER, voucher_id)
    if voucher is None:
        raise Refusal("voucher.unknown")
    household = document_of(view.connection, HOUSEHOLD, voucher.household)
    payment = payment_of(view, voucher_id)
    return Line(
        line=number,
        voucher=voucher_id,
        number=voucher.number or "",
        household=voucher.household,
        household_number=household.number if household is not None else "",
        payee=_name(view, voucher.payee),
        alternate=_name(view, voucher.alternate),
        size=len(household.members) if household is not None else 0,
        grant=voucher.grant,
        amount=voucher.amount,
        currency=voucher.currency,
        state=_state(view, record, voucher_id, voucher, payment),
        paid_by=names(view).get(payment.user, "") if payment is not None else "",
        witness=payment.witness if payment is not None else "",
    )


def payment_of(view: View, voucher_id: str) -> Payment | None:
    """The first payment of a voucher, None while there is none."""
    record = view.connection.scalar(
        select(PaymentRow.id).where(PaymentRow.voucher == voucher_id).order_by(PaymentRow.id).limit(1)
    )
    return document_of(view.connection, PAYMENT, record) if record is not None else None


def _name(view: View, person: str | None) -> str:
    found = document_of(view.connection, PERSON, person) if person is not None else None
    return found.full_name if found is not None else ""


def _state(view: View, record: str, voucher_id: str, voucher: Voucher, payment: Payment | None) -> str:
    if payment is not None or voucher.state in PAID:
        return payment.collector if payment is not None else "PAYEE"
    marks = set(
        view.connection.scalars(
            select(DistributionMarkRow.what).where(
                DistributionMarkRow.distribution == record, DistributionMarkRow.voucher == voucher_id
            )
        )
    )
    if "UNCLAIMED" in marks:
        return "UNCLAIMED"
    if voucher.on(view.day) not in PAYABLE:
        return "OUT"
    return "ABSENT" if "ABSENT" in marks else "WAITING"


def sums_of(lines: Iterable[Line]) -> Sums:
    """A distribution in numbers."""
    all_lines = tuple(lines)

    def of(*states: str) -> tuple[Line, ...]:
        return tuple(line for line in all_lines if line.state in states)

    paid, unclaimed = of("PAYEE", "ALTERNATE"), of("UNCLAIMED")
    return Sums(
        lines=len(all_lines),
        planned=sum(line.amount for line in all_lines),
        paid=len(paid),
        paid_amount=sum(line.amount for line in paid),
        by_alternate=len(of("ALTERNATE")),
        waiting=len(of("WAITING")),
        absent=len(of("ABSENT")),
        unclaimed=len(unclaimed),
        unclaimed_amount=sum(line.amount for line in unclaimed),
        out=len(of("OUT")),
    )
