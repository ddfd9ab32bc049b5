"""Vouchers as lists show them: with the family's number and the payee's name, by state or by family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import or_, select

from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.finding import by_number
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.life import effective
from helpdesk.assistance.vouchers.suspending import shows_as
from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.documents import Household
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault.records import document_of, documents_of


class VoucherLine(Struct, frozen=True):
    """One voucher as the command line lists it, without names."""

    id: str
    number: str | None
    household: str
    grant: str
    amount: int
    state: str
    pay_point: int
    last_day: date


class VoucherShown(Struct, frozen=True):
    """One voucher of a list. ``own``: whoever asks planned it or registered the family, so another must approve it."""

    id: str
    number: str | None
    household: str
    household_number: str
    payee: str
    grant: str
    amount: int
    currency: str
    state: str
    pay_point: int
    first_day: date
    last_day: date
    own: bool
    void_reason: str = ""
    suspended_until: date | None = None
    instalment: int = 1
    of: int = 1
    was: str = ""
    dispute: str = ""


def listed(view: View, state: str | None = None, limit: int = 500) -> tuple[VoucherLine, ...]:
    """Vouchers, newest first, of one state or of all."""
    statement = select(VoucherRow).order_by(VoucherRow.id.desc()).limit(limit)
    if state is not None:
        statement = statement.where(shows_as(state, view.day))
    return tuple(
        VoucherLine(
            r.id,
            r.number,
            r.household,
            r.grant,
            r.amount,
            effective(r.state, r.suspended_until, r.last_day, view.day),
            r.pay_point,
            r.last_day,
        )
        for r in view.connection.execute(statement)
    )


def voucher_ids(view: View, *states: str | None) -> list[str]:
    """The ids of all vouchers of these states, or of all, newest first."""
    wanted = [state for state in states if state is not None]
    statement = select(VoucherRow.id).order_by(VoucherRow.id.desc())
    if wanted:
        statement = statement.where(or_(*(shows_as(state, view.day) for state in wanted)))
    return list(view.connection.scalars(statement))


def voucher_lines(view: View, ids: Sequence[str]) -> dict[str, VoucherShown]:
    """One page of a list: the lines of these ids."""
    found = ((voucher_id, document_of(view.connection, VOUCHER, voucher_id)) for voucher_id in ids)
    return {voucher_id: shown(view, voucher_id, voucher) for voucher_id, voucher in found if voucher is not None}


def of_household(view: View, household: str) -> tuple[VoucherShown, ...]:
    """The vouchers of a family, the newest first."""
    known = documents_of(view.connection, VOUCHER, household)
    return tuple(shown(view, voucher_id, voucher) for voucher_id, voucher in reversed(known))


def voucher_of(view: View, number: str) -> VoucherShown:
    """The voucher of a printed number. Raises Refusal("voucher.unknown")."""
    voucher_id, voucher = by_number(view.connection, number)
    return shown(view, voucher_id, voucher)


def shown(view: View, voucher_id: str, voucher: Voucher) -> VoucherShown:
    """One voucher as lists show it. Raises Refusal("role.not_allowed")."""
    view.only(NAMES)
    household: Household | None = document_of(view.connection, HOUSEHOLD, voucher.household)
    payee = document_of(view.connection, PERSON, voucher.payee)
    return VoucherShown(
        id=voucher_id,
        number=voucher.number,
        household=voucher.household,
        household_number=household.number if household else "",
        payee=payee.full_name if payee else "",
        grant=voucher.grant,
        amount=voucher.amount,
        currency=voucher.currency,
        state=voucher.on(view.day),
        pay_point=voucher.pay_point,
        first_day=voucher.first_day,
        last_day=voucher.last_day,
        own=view.user.id in (voucher.planned_by, household.registered_by if household else None),
        void_reason=voucher.void_reason,
        suspended_until=voucher.suspended_until,
        instalment=voucher.instalment,
        of=voucher.of,
        was=voucher.was,
        dispute=voucher.dispute,
    )
