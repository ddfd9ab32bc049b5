"""Finding a voucher by its id or its number, in the state that an act begins in. Nothing is written here."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from helpdesk.assistance.vouchers import life
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow


def known_voucher(connection: Connection, voucher_id: str) -> Voucher:
    """A voucher by its id. Raises Refusal("voucher.unknown")."""
    voucher = document_of(connection, VOUCHER, voucher_id)
    if voucher is None:
        raise Refusal("voucher.unknown")
    return voucher


def by_number(connection: Connection, number: str) -> tuple[str, Voucher]:
    """(id, voucher) of a printed number. Raises Refusal("voucher.unknown")."""
    voucher_id = id_of(connection, number)
    if voucher_id is None:
        raise Refusal("voucher.unknown")
    return voucher_id, known_voucher(connection, voucher_id)


def id_of(connection: Connection, number: str) -> str | None:
    """The id of the voucher that bears a number: our own before another desk's, else the first that was heard of."""
    return connection.scalar(
        select(VoucherRow.id)
        .join(RevisionRow, RevisionRow.record == VoucherRow.id)
        .where(VoucherRow.number == number)
        .order_by(RevisionRow.origin.is_not(None), RevisionRow.n)
        .limit(1)
    )


def payment_of(connection: Connection, voucher_id: str | None, number: str | None = None) -> Any:
    """The first payment known here of a number, of a voucher or of one that it stands for; None where there is none.

    Another desk that took a paper in names its number alone. A payment is a fact, whatever the voucher's state says.
    """
    line: list[str] = []
    numbers = set() if number is None else {number}
    while voucher_id is not None and voucher_id not in line:
        line.append(voucher_id)
        row = connection.execute(
            select(VoucherRow.number, VoucherRow.replaces).where(VoucherRow.id == voucher_id)
        ).first()
        if row is not None and row.number is not None:
            numbers.add(row.number)
        voucher_id = row.replaces if row is not None else None
    paid = or_(PaymentRow.voucher.in_(line), PaymentRow.number.in_(sorted(numbers)))
    return connection.execute(select(PaymentRow).where(paid).order_by(PaymentRow.id).limit(1)).first()


def opened(view: View, voucher_id: str, act: str) -> Voucher:
    """A voucher that is open to an act (a code of ``voucher_act``) today. Raises as :func:`check_open`."""
    voucher = known_voucher(view.connection, voucher_id)
    check_open(view, voucher, act)
    return voucher


def check_open(view: View, voucher: Voucher, act: str, day: date | None = None) -> str:
    """The state that counts today, or on a day, from which the act may begin.

    Raises Refusal("voucher.suspended", until=...) | Refusal("voucher.days", first=..., last=...) for one whose days are
    over | Refusal("voucher.state", state=...).
    """
    state = voucher.on(day or view.day)
    if state in life.STEPS[act][0]:
        return state
    if state == "SUSPENDED":
        raise Refusal("voucher.suspended", until=voucher.suspended_until)
    if state == "EXPIRED":
        raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
    raise Refusal("voucher.state", state=state)
