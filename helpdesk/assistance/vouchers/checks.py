"""The verdict on a voucher's code or typed number, as the check page says it (DESIGN.md section 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from helpdesk.assistance.vouchers.faces import (
    AMOUNT,
    CURRENCY,
    EXTERNAL,
    FIRST_DAY,
    GRANT_TYPE,
    HOUSEHOLD_NUMBER,
    LAST_DAY,
    NUMBER,
    PAY_POINT,
    POLICY,
)
from helpdesk.assistance.vouchers.finding import id_of
from helpdesk.assistance.vouchers.life import effective
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.core.clock import day_number, day_of
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import read_number
from helpdesk.desk.bundle import Bundle, KnownKey
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import EVERYBODY
from helpdesk.households.cards import is_typed
from helpdesk.vault import cose
from helpdesk.vault.codes import from_digits

VERDICT = CodeList(
    "voucher_verdict", "LIVE", "PAID", "VOID", "EXPIRED", "NOT_YET", "ELSEWHERE", "NOT_GENUINE", "UNKNOWN_ISSUER",
    "TYPED", "TYPED_UNKNOWN", "SUSPENDED",
)  # fmt: skip


class VoucherCode(Struct, frozen=True):
    """What a voucher's code says, once signed by an issuer of the bundle."""

    number: str
    household_number: str
    amount: int
    currency: str
    grant: str
    pay_point: int
    first_day: date
    last_day: date
    issuer: KnownKey


class Verdict(Struct, frozen=True):
    """The answer to a voucher: ``code`` of the list ``voucher_verdict``; where paid, when and by whom."""

    code: str
    lists_of: date | None
    number: str | None = None
    amount: int | None = None
    currency: str | None = None
    pay_point: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    voucher: str | None = None
    household: str | None = None
    paid_on: date | None = None
    paid_by: str | None = None

    @property
    def good(self) -> bool:
        """Genuine, unpaid, and payable here today."""
        return self.code == "LIVE"


def read_code(bundle: Bundle, digits: str) -> VoucherCode | None:
    """What a voucher's code says, None for an unknown issuer. Raises Fault("code.*")."""
    kind, data = from_digits(digits)
    if kind != "voucher":
        raise Fault("code.other_kind")
    signed = cose.read(data)
    for issuer in bundle.issuers:
        if signed.is_signed_by(bytes.fromhex(issuer.pub), EXTERNAL):
            return _voucher_code(signed.claims, issuer)
    return None


def _voucher_code(claims: dict[int, cose.Claim], issuer: KnownKey) -> VoucherCode:
    def whole(label: int) -> int:
        value = claims.get(label)
        if not isinstance(value, int):
            raise Fault("code.damaged")
        return value

    def words(label: int) -> str:
        value = claims.get(label)
        if not isinstance(value, str):
            raise Fault("code.damaged")
        return value

    days = whole(FIRST_DAY), whole(LAST_DAY)
    if len(claims) != POLICY or min(days) < 0 or max(days) > day_number(date.max):
        raise Fault("code.damaged")
    return VoucherCode(
        number=f"{whole(NUMBER):011d}",
        household_number=f"{whole(HOUSEHOLD_NUMBER):010d}",
        amount=whole(AMOUNT),
        currency=words(CURRENCY),
        grant=words(GRANT_TYPE),
        pay_point=whole(PAY_POINT),
        first_day=day_of(whole(FIRST_DAY)),
        last_day=day_of(whole(LAST_DAY)),
        issuer=issuer,
    )


@command("voucher.check", roles=EVERYBODY)
def check(act: Act, text: str) -> Verdict:
    """The verdict on a scanned code or a typed voucher number. A bad code is a verdict, not an error."""
    return verdict(act, text)


def verdict(view: View, text: str) -> Verdict:
    """The verdict without an audit entry."""
    bundle = view.in_force()
    lists_of = day_of(bundle.issued)
    try:
        typed = read_number(text)
    except Refusal:
        typed = None
    if typed is not None and typed.kind == "voucher":
        known = _known(view, typed.digits)
        found = Verdict("TYPED" if known else "TYPED_UNKNOWN", lists_of, number=typed.digits)
        return found if known is None else _with_payment(view, found, known.id, known.household)
    if is_typed(text):
        return Verdict("TYPED_UNKNOWN", lists_of)
    try:
        code = read_code(bundle, text)
    except Fault:
        return Verdict("NOT_GENUINE", lists_of)
    if code is None:
        return Verdict("UNKNOWN_ISSUER", lists_of)
    return _scanned(view, bundle, code, lists_of)


def _known(view: View, number: str) -> Any:
    return view.connection.execute(select(VoucherRow).where(VoucherRow.id == id_of(view.connection, number))).first()


def _with_payment(view: View, found: Verdict, voucher: str, household: str) -> Verdict:
    paid = view.connection.execute(select(PaymentRow).where(PaymentRow.voucher == voucher)).first()
    return Verdict(
        "PAID" if paid else found.code,
        found.lists_of,
        number=found.number,
        amount=found.amount,
        currency=found.currency,
        pay_point=found.pay_point,
        first_day=found.first_day,
        last_day=found.last_day,
        voucher=voucher,
        household=household,
        paid_on=paid.paid_on if paid else None,
        paid_by=paid.user if paid else None,
    )


def _scanned(view: View, bundle: Bundle, code: VoucherCode, lists_of: date) -> Verdict:
    known = _known(view, code.number)
    found = Verdict(
        _standing(view.day, bundle, code, _state(view, known)),
        lists_of,
        number=code.number,
        amount=code.amount,
        currency=code.currency,
        pay_point=code.pay_point,
        first_day=code.first_day,
        last_day=code.last_day,
    )
    return found if known is None else _with_payment(view, found, known.id, known.household)


def _state(view: View, known: Any) -> str | None:
    return effective(known.state, known.suspended_until, known.last_day, view.day) if known else None


def _standing(day: date, bundle: Bundle, code: VoucherCode, state: str | None) -> str:
    if state == "PAID":
        return "PAID"
    if state == "VOID" or code.number in bundle.revoked_vouchers or not _issued_in_time(code):
        return "VOID"
    if state == "SUSPENDED":
        return "SUSPENDED"
    if code.pay_point not in {point.number for point in bundle.desk.pay_points}:
        return "ELSEWHERE"
    if day < code.first_day:
        return "NOT_YET"
    return "EXPIRED" if day > code.last_day else "LIVE"


def _issued_in_time(code: VoucherCode) -> bool:
    # a voucher's first day is the day it was planned: outside its issuer's days somebody else holds the key
    issuer, first = code.issuer, day_number(code.first_day)
    return issuer.status != "revoked" and issuer.from_day <= first and (issuer.to_day is None or first <= issuer.to_day)
