"""Grant vouchers: planned, approved by another hand, printed with a number, paid once (DOMAIN.md 2.14).

Nobody types an amount: it comes from the signed bundle's table. A voucher's code is signed by the desk's card key and
bound to the kind, so that a card never passes as money. Distribution days and the ledger stand on these acts.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.assistance.divisions import check_divided, divided_amount
from helpdesk.assistance.suspending import LIVE, effective, safer_suspension, shows_as
from helpdesk.assistance.tables import PaymentRow, VoucherRow
from helpdesk.core.clock import day_number
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.bundle import GrantPolicy
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import numbers
from helpdesk.households.cards import issuing_key
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Household
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.vault import cose
from helpdesk.vault.codes import to_digits
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import Kind, Projection, Row, document_of, documents_of, safest
from helpdesk.vault.tables import RevisionRow, table_of

EXTERNAL = b"fvm/voucher/1"
NUMBER, HOUSEHOLD_NUMBER, AMOUNT, CURRENCY, GRANT_TYPE, PAY_POINT, FIRST_DAY, LAST_DAY, POLICY = range(1, 10)

GRANT = CodeList("grant", "DEP")
"""The departure grant; the other types of DOMAIN.md 2.14 come with their own rules."""
STATE = CodeList("voucher_state", "PLANNED", "APPROVED", "PRINTED", "PAID", "VOID", "SUSPENDED")
"""SUSPENDED is never written: it shows while ``suspended_until`` has not passed (suspending.py)."""


class Voucher(Struct, frozen=True, forbid_unknown_fields=True):
    """One voucher. ``number`` eleven digits once printed; ``first_day`` to ``last_day`` it is payable.

    ``suspended_until`` stands since the family withdrew: until that day it can come back, afterwards it is void.
    """

    household: str
    grant: str
    amount: int
    currency: str
    policy: int
    pay_point: int
    payee: str
    first_day: date
    last_day: date
    state: str
    planned_by: str
    number: str | None = None
    issuer: str | None = None
    approved_by: str | None = None
    void_reason: str = ""
    suspended_until: date | None = None

    def on(self, day: date) -> str:
        """The state that counts on a day, a code of ``voucher_state``."""
        return effective(self.state, self.suspended_until, day)


class Payment(Struct, frozen=True, forbid_unknown_fields=True):
    """Cash handed over: an event, never changed. ``identity`` says how the payee was known."""

    voucher: str
    household: str
    number: str
    amount: int
    currency: str
    paid_on: date
    pay_point: int
    user: str
    witness: str
    identity: str


IDENTITY = CodeList("identity", "SEEN", "ATTESTED")
_STATES = ("PLANNED", "APPROVED", "PRINTED", "PAID", "VOID")


def safer_state(one: str, other: str) -> str:
    """A voucher void at either desk is void; otherwise the later state, so that nothing is payable twice."""
    return safest(_STATES, one, other)


def _shown(names: tuple[str, ...], record_id: str, doc: Voucher | Payment) -> list[Row]:
    return [{"id": record_id, **{name: getattr(doc, name) for name in names}}]


_VOUCHER_SHOWN = ("household", "number", "grant", "amount", "state", "pay_point", "last_day", "suspended_until")
_PAYMENT_SHOWN = ("voucher", "household", "amount", "paid_on", "user")
VOUCHER = Kind(
    "voucher",
    Voucher,
    projections=(Projection(table_of(VoucherRow), "id", partial(_shown, _VOUCHER_SHOWN)),),
    safer={"state": safer_state, "suspended_until": safer_suspension},
    never_merged=frozenset({"amount", "payee", "number", "household"}),
)
PAYMENT = Kind(
    "payment",
    Payment,
    projections=(Projection(table_of(PaymentRow), "id", partial(_shown, _PAYMENT_SHOWN)),),
    event=True,
)
KINDS = (VOUCHER, PAYMENT)


class PrintedVoucher(Struct, frozen=True):
    """All that a voucher's face shows, and its code."""

    id: str
    number: str
    household_number: str
    grant: str
    amount: int
    currency: str
    payee: str
    pay_point: int
    first_day: date
    last_day: date
    digits: str


def amount_for(policy: GrantPolicy, persons: int) -> int:
    """The amount for a household of ``persons``. Raises Refusal("grant.no_amount", persons=...)."""
    for row in policy.amounts:
        if row.from_size <= persons <= row.to_size:
            return row.amount
    raise Refusal("grant.no_amount", persons=persons)


def policy_for(view: View, grant: str) -> GrantPolicy:
    """The policy in force for a grant type. Raises Refusal("grant.no_policy" | "bundle.none")."""
    day = day_number(view.day)
    for policy in view.in_force().grants:
        if policy.type == grant and policy.from_day <= day <= policy.to_day:
            return policy
    raise Refusal("grant.no_policy")


@command("voucher.plan", roles=FAMILIES)
def plan(act: Act, household: str, grant: str, pay_point: int) -> str:
    """Plan a voucher; returns its id. Raises Refusal("voucher.second" | "voucher.divided" | "voucher.pay_point")."""
    if grant not in GRANT:
        raise Refusal("form.code", field="grant")
    found = consenting(act, household)
    policy = policy_for(act, grant)
    if pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")
    known = documents_of(act.connection, VOUCHER, household)
    if any(v.grant == grant and v.on(act.day) in LIVE for _, v in known):
        raise Refusal("voucher.second")
    check_divided(act.connection, household, grant, act.day)
    voucher_id = act.new_id()
    voucher = Voucher(
        household=household,
        grant=grant,
        amount=divided_amount(act.connection, household, len(found.members), partial(amount_for, policy)),
        currency=policy.currency,
        policy=policy.version,
        pay_point=pay_point,
        payee=found.principal,
        first_day=act.day,
        last_day=act.day + timedelta(days=policy.valid_days),
        state="PLANNED",
        planned_by=act.user.id,
    )
    act.records.create(VOUCHER, voucher_id, voucher)
    act.concerns(voucher_id, household)
    return voucher_id


@command("voucher.approve", roles=(Role.SUPERVISOR,))
def approve(act: Act, vouchers: tuple[str, ...]) -> None:
    """Approve planned vouchers, signed with the supervisor's own key; never her own plan or registration.

    Raises Refusal("voucher.own" | "voucher.state" | "voucher.unknown" | "bundle.hard_expired").
    """
    if day_number(act.day) > act.in_force().hard_expires:
        raise Refusal("bundle.hard_expired")
    for voucher_id in vouchers:
        voucher = _in_state(act, voucher_id, "PLANNED")
        household = document_of(act.connection, HOUSEHOLD, voucher.household)
        if act.user.id in (voucher.planned_by, household.registered_by if household else None):
            raise Refusal("voucher.own")
        approved = msgspec.structs.replace(voucher, state="APPROVED", approved_by=act.user.id)
        act.records.revise(VOUCHER, voucher_id, approved, signed=True)
    act.concerns(*vouchers)


@command("voucher.print", roles=FAMILIES)
def print_(act: Act, vouchers: tuple[str, ...]) -> tuple[PrintedVoucher, ...]:
    """Give approved vouchers their numbers and codes. Raises Refusal("voucher.state" | "numbers.used_up")."""
    key = issuing_key(act.connection)
    printed = []
    for voucher_id in vouchers:
        voucher = _in_state(act, voucher_id, "APPROVED")
        numbered = msgspec.structs.replace(
            voucher, state="PRINTED", number=numbers.draw(act.connection, "voucher"), issuer=key.key_id
        )
        act.records.revise(VOUCHER, voucher_id, numbered)
        printed.append(face_of(act, key, voucher_id, numbered))
    act.concerns(*vouchers)
    return tuple(printed)


@command("voucher.pay", roles=FAMILIES)
def pay(act: Act, number: str, witness: str, identity: str) -> Payment:
    """Pay a printed voucher at its pay point, within its days, once, with a witness.

    Raises Refusal("voucher.unknown" | "voucher.paid" | "voucher.state" | "voucher.suspended" | "voucher.payee_gone"
    | "voucher.elsewhere" | "voucher.days" | "voucher.approver" | "voucher.witness").
    """
    if identity not in IDENTITY:
        raise Refusal("form.code", field="identity")
    if not witness.strip():
        raise Refusal("voucher.witness")
    voucher_id, voucher = by_number(act.connection, number)
    paid = act.connection.execute(select(PaymentRow).where(PaymentRow.voucher == voucher_id)).first()
    if paid is not None:
        raise Refusal("voucher.paid", on=paid.paid_on)
    _check_state(voucher, "PRINTED", act.day)
    payee = document_of(act.connection, PERSON, voucher.payee)
    if payee is not None and payee.gone:
        raise Refusal("voucher.payee_gone")
    if number in act.in_force().revoked_vouchers:
        raise Refusal("voucher.state", state="VOID")
    if voucher.pay_point not in {point.number for point in act.in_force().desk.pay_points}:
        raise Refusal("voucher.elsewhere", point=voucher.pay_point)
    if not voucher.first_day <= act.day <= voucher.last_day:
        raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
    if voucher.approved_by == act.user.id:
        raise Refusal("voucher.approver")
    payment = Payment(
        voucher=voucher_id,
        household=voucher.household,
        number=number,
        amount=voucher.amount,
        currency=voucher.currency,
        paid_on=act.day,
        pay_point=voucher.pay_point,
        user=act.user.id,
        witness=witness,
        identity=identity,
    )
    act.records.create(PAYMENT, act.new_id(), payment, signed=True)
    act.records.revise(VOUCHER, voucher_id, msgspec.structs.replace(voucher, state="PAID"))
    act.concerns(voucher_id)
    return payment


@command("voucher.void", roles=(Role.SUPERVISOR,))
def void(act: Act, voucher_id: str, reason: str) -> None:
    """Declare a voucher void before it is paid. Raises Refusal("voucher.paid_void" | "voucher.reason")."""
    voucher = document_of(act.connection, VOUCHER, voucher_id)
    if voucher is None:
        raise Refusal("voucher.unknown")
    if voucher.state == "PAID":
        raise Refusal("voucher.paid_void")
    if not reason.strip():
        raise Refusal("voucher.reason")
    gone = msgspec.structs.replace(voucher, state="VOID", void_reason=reason)
    act.records.revise(VOUCHER, voucher_id, gone, signed=True)
    act.concerns(voucher_id)


def by_number(connection: Connection, number: str) -> tuple[str, Voucher]:
    """(id, voucher) of a printed number. Raises Refusal("voucher.unknown")."""
    voucher_id = id_of(connection, number)
    voucher = document_of(connection, VOUCHER, voucher_id) if voucher_id else None
    if voucher_id is None or voucher is None:
        raise Refusal("voucher.unknown")
    return voucher_id, voucher


def id_of(connection: Connection, number: str) -> str | None:
    """The id of the voucher that bears a number: our own before another desk's, else the first that was heard of."""
    return connection.scalar(
        select(VoucherRow.id)
        .join(RevisionRow, RevisionRow.record == VoucherRow.id)
        .where(VoucherRow.number == number)
        .order_by(RevisionRow.origin.is_not(None), RevisionRow.n)
        .limit(1)
    )


def _in_state(view: View, voucher_id: str, state: str) -> Voucher:
    voucher = document_of(view.connection, VOUCHER, voucher_id)
    if voucher is None:
        raise Refusal("voucher.unknown")
    _check_state(voucher, state, view.day)
    return voucher


def _check_state(voucher: Voucher, state: str, day: date) -> None:
    found = voucher.on(day)
    if found == "SUSPENDED":
        raise Refusal("voucher.suspended", until=voucher.suspended_until)
    if found != state:
        raise Refusal("voucher.state", state=found)


def voucher_digits(key: SigningKey, household: Household, voucher: Voucher) -> str:
    """The code of a printed voucher. Raises Fault("voucher.no_number") before it has one."""
    if voucher.number is None:
        raise Fault("voucher.no_number")
    claims: dict[int, cose.Claim] = {
        NUMBER: int(voucher.number),
        HOUSEHOLD_NUMBER: int(household.number),
        AMOUNT: voucher.amount,
        CURRENCY: voucher.currency,
        GRANT_TYPE: voucher.grant,
        PAY_POINT: voucher.pay_point,
        FIRST_DAY: day_number(voucher.first_day),
        LAST_DAY: day_number(voucher.last_day),
        POLICY: voucher.policy,
    }
    return to_digits("voucher", cose.sign1(key, claims, EXTERNAL))


def face_of(view: View, key: SigningKey, voucher_id: str, voucher: Voucher) -> PrintedVoucher:
    """What a numbered voucher's paper shows. Raises Refusal("voucher.unknown")."""
    household = document_of(view.connection, HOUSEHOLD, voucher.household)
    payee = document_of(view.connection, PERSON, voucher.payee)
    if household is None or payee is None or voucher.number is None:
        raise Refusal("voucher.unknown")
    return PrintedVoucher(
        id=voucher_id,
        number=voucher.number,
        household_number=household.number,
        grant=voucher.grant,
        amount=voucher.amount,
        currency=voucher.currency,
        payee=f"{payee.given_name} {payee.father_name} {payee.grandfather_name or ''}".strip(),
        pay_point=voucher.pay_point,
        first_day=voucher.first_day,
        last_day=voucher.last_day,
        digits=voucher_digits(key, household, voucher),
    )


class VoucherLine(Struct, frozen=True):
    """One line of the vouchers page."""

    id: str
    number: str | None
    household: str
    grant: str
    amount: int
    state: str
    pay_point: int
    last_day: date


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
            effective(r.state, r.suspended_until, view.day),
            r.pay_point,
            r.last_day,
        )
        for r in view.connection.execute(statement)
    )
