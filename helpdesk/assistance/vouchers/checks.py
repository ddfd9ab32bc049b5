"""The verdict on a voucher's code or typed number, as the check page says it (DESIGN.md section 5)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from helpdesk.assistance.vouchers.doubles import doubles_of
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
from helpdesk.assistance.vouchers.finding import id_of, payment_of
from helpdesk.assistance.vouchers.life import PAID, effective
from helpdesk.assistance.vouchers.questions import paid_before
from helpdesk.assistance.vouchers.tables import ReroutingRow, VoucherRow, WitnessRow
from helpdesk.core.clock import day_number, day_of
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import read_number
from helpdesk.desk.bundle import Bundle, KnownKey
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.paid_list import already_paid
from helpdesk.desk.roles import EVERYBODY
from helpdesk.desk.told import REVOKED_VOUCHERS
from helpdesk.households.cards import is_typed
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault import cose
from helpdesk.vault.codes import from_digits

VERDICT = CodeList(
    "voucher_verdict", "LIVE", "PAID", "VOID", "EXPIRED", "NOT_YET", "ELSEWHERE", "NOT_GENUINE", "UNKNOWN_ISSUER",
    "TYPED", "TYPED_UNKNOWN", "SUSPENDED", "LOST", "REPLACED", "DISPUTED", "UNCLAIMED",
)  # fmt: skip
_UNPAID: Final = ("LIVE", "NOT_YET", "ELSEWHERE", "TYPED")
"""Verdicts beside which the paid list's question stands."""


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
    policy: int
    issuer: KnownKey


class Verdict(Struct, frozen=True):
    """The answer to a voucher: ``code`` of the list ``voucher_verdict``; where paid, when and by whom.

    ``maybe_paid``: the day of the paid list that says it may have been paid elsewhere, while no supervisor has answered
    that; a question beside the verdict, never part of it. ``paid_twice``: it stands in a case of double payment.
    """

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
    paid_at: int | None = None
    maybe_paid: date | None = None
    paid_twice: bool = False

    @property
    def good(self) -> bool:
        """Genuine, unpaid, and payable here today."""
        return self.code == "LIVE"

    @property
    def may_be_rerouted(self) -> bool:
        """Genuine, unpaid and in its days: two of this desk may take it in, if it cannot be paid where it should."""
        return self.code == "ELSEWHERE"


def read_code(bundle: Bundle, digits: str) -> VoucherCode | None:
    """What a voucher's code says, None for an unknown issuer. Raises Fault("code.*")."""
    kind, data = from_digits(digits)
    if kind != "voucher":
        raise Fault("code.other_kind")
    signed = cose.read(data)
    # no code names its issuer, as that would tell the camp: most are this desk's own, so its keys are tried first
    for issuer in sorted(bundle.issuers, key=lambda one: one.desk != bundle.desk.number):
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
        policy=whole(POLICY),
        issuer=issuer,
    )


@command("voucher.check", roles=EVERYBODY)
def check(act: Act, text: str) -> Verdict:
    """The verdict on a scanned code or a typed voucher number. A bad code is a verdict, not an error."""
    return verdict(act, text)


def verdict(view: View, text: str) -> Verdict:
    """The verdict without an audit entry."""
    found = _judged(view, text)
    if found.code == "PAID" and found.voucher is not None:
        return replace(found, paid_twice=bool(doubles_of(view, found.voucher)))
    if found.code in _UNPAID and found.voucher is not None:
        hit = paid_before(view, found.voucher)
        return replace(found, maybe_paid=hit.list_day) if hit is not None and not hit.answer else found
    return found


def _judged(view: View, text: str) -> Verdict:
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


def _with_payment(view: View, found: Verdict, voucher: str | None, household: str | None) -> Verdict:
    paid = payment_of(view.connection, voucher, found.number)
    if paid is None and voucher is None:
        return found
    return Verdict(
        "PAID" if paid and found.code != "DISPUTED" else found.code,
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
        paid_at=paid.pay_point if paid else None,
    )


def _scanned(view: View, bundle: Bundle, code: VoucherCode, lists_of: date) -> Verdict:
    known = _known(view, code.number)
    if known is not None and _is_anothers(view, known, code):
        return Verdict("VOID", lists_of, number=code.number, amount=code.amount, currency=code.currency)
    found = Verdict(
        _standing(view, bundle, code, _state(view, known), _payable_at(view, known, code)),
        lists_of,
        number=code.number,
        amount=code.amount,
        currency=code.currency,
        pay_point=code.pay_point,
        first_day=code.first_day,
        last_day=code.last_day,
    )
    if known is None and found.code in _UNPAID:
        answer = already_paid(view, code.household_number, code.grant)
        found = replace(found, maybe_paid=answer.list_day if answer.maybe else None)
    return _with_payment(view, found, known.id if known else None, known.household if known else None)


def _is_anothers(view: View, known: Any, code: VoucherCode) -> bool:
    # a desk whose folder was put back from a copy draws its numbers once more: two papers, truly signed, bear one
    of = select(HouseholdRow.number).where(HouseholdRow.id == known.household)
    household = view.connection.scalar(of)
    shown = known.amount, known.grant, known.last_day
    return shown != (code.amount, code.grant, code.last_day) or household not in (None, code.household_number)


def _payable_at(view: View, known: Any, code: VoucherCode) -> int:
    # the pay point that took the paper in, once a second account stood for it, else the one on the paper
    if known is not None:
        return known.pay_point if known.rerouted_to is None else int(known.rerouted_to)
    taken = (
        select(ReroutingRow.to_point)
        .join(WitnessRow, WitnessRow.of == ReroutingRow.id)
        .where(ReroutingRow.number == code.number, WitnessRow.what == "REROUTING", WitnessRow.by != ReroutingRow.by)
        .limit(1)
    )
    point = view.connection.scalar(taken)
    return code.pay_point if point is None else point


def _state(view: View, known: Any) -> str | None:
    return effective(known.state, known.suspended_until, known.last_day, view.day) if known else None


_STOPPED: Final = ("SUSPENDED", "LOST", "REPLACED", "DISPUTED", "UNCLAIMED")


def _standing(view: View, bundle: Bundle, code: VoucherCode, state: str | None, payable_at: int) -> str:
    if state in PAID:
        return "PAID"
    if state == "VOID" or REVOKED_VOUCHERS.holds(view.connection, code.number) or not _issued_in_time(code):
        return "VOID"
    if state in _STOPPED:
        return state or ""
    if view.day > code.last_day:
        return "EXPIRED"
    if payable_at not in {point.number for point in bundle.desk.pay_points}:
        return "ELSEWHERE"
    if view.day < code.first_day:
        return "NOT_YET"
    return "LIVE"


def _issued_in_time(code: VoucherCode) -> bool:
    # a voucher's first day is the day it was planned: outside its issuer's days somebody else holds the key
    issuer, first = code.issuer, day_number(code.first_day)
    return issuer.status != "revoked" and issuer.from_day <= first and (issuer.to_day is None or first <= issuer.to_day)
