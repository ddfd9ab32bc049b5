"""Handing over: the payee signs for the paper, the cash is paid once, at its pay point, within its days.

Who approved never pays; who registered or planned pays only after a second account has stood for it. What was paid is
an event that nothing undoes; the end of a day counts and reconciles it (``cash``).
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from helpdesk.assistance.vouchers import ledger
from helpdesk.assistance.vouchers.codes import COLLECTOR, IDENTITY, MARK
from helpdesk.assistance.vouchers.documents import Payment, Rerouting, Voucher, Witness
from helpdesk.assistance.vouchers.finding import by_number, check_open, id_of, payment_of
from helpdesk.assistance.vouchers.kinds import PAYMENT, REROUTING, VOUCHER, WITNESS
from helpdesk.assistance.vouchers.life import PAPER
from helpdesk.assistance.vouchers.tables import ReroutingRow, WitnessRow
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.desk.told import REVOKED_VOUCHERS
from helpdesk.desk.users import names
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.rules import ADULT, among
from helpdesk.vault.records import document_of

_PAYMENT, _REROUTING = "PAYMENT", "REROUTING"


@command("voucher.issue", roles=FAMILIES)
def issue(act: Act, number: str, mark: str) -> None:
    """Hand the paper over: the payee has seen the amount and signed for it. ``mark`` is a code of ``mark``.

    Raises Refusal("form.code" | "voucher.unknown" | "voucher.state" | "voucher.suspended" | "voucher.days" |
    "voucher.elsewhere").
    """
    among(mark, MARK, "mark")
    voucher_id, voucher = by_number(act.connection, number)
    check_open(act, voucher, "ISSUE")
    _check_here(act, number, voucher.payable_at)
    _issue(act, voucher_id, voucher, mark)
    act.concerns(voucher_id)


@command("voucher.witness", roles=FAMILIES)
def witness(act: Act, numbers: tuple[str, ...]) -> None:
    """Stand for payments that a colleague will make today, where she registered or planned herself.

    Raises Refusal("voucher.unknown" | "voucher.state").
    """
    for number in dict.fromkeys(numbers):
        voucher_id, voucher = by_number(act.connection, number)
        state = voucher.on(act.day)
        if state not in PAPER:
            raise Refusal("voucher.state", state=state)
        word = Witness(_PAYMENT, voucher_id, voucher.household, act.day, act.user.id)
        act.records.create(WITNESS, act.new_id(), word, signed=True)
        act.concerns(voucher_id)


@command("voucher.pay", roles=FAMILIES)
def pay(
    act: Act,
    number: str,
    witness: str,
    identity: str,
    *,
    collector: str = "PAYEE",
    mark: str = "SIGNATURE",
    distribution: str | None = None,
    paper_line: int | None = None,
    paid_on: date | None = None,
) -> Payment:
    """Pay a voucher that was printed or handed over, once, with the name of a witness.

    ``paid_on`` is the day of a paper list whose line is typed in afterwards; without a line it is today, whatever is
    said.

    Raises Refusal("form.code" | "voucher.unknown" | "voucher.paid_by" | "voucher.paid_other_desk" | "voucher.state" |
    "voucher.suspended" | "voucher.payee_gone" | "voucher.no_alternate" | "voucher.minor" | "voucher.elsewhere" |
    "voucher.days" | "voucher.approver" | "voucher.witness" | "voucher.second_account").
    """
    among(identity, IDENTITY, "identity")
    among(collector, COLLECTOR, "collector")
    among(mark, MARK, "mark")
    if not clean(witness):
        raise Refusal("voucher.witness")
    # an earlier day is that of a list made before it, and nobody's word alone
    day = act.day if paid_on is None or paper_line is None else paid_on
    _check_unpaid(act, number)
    payment = Payment("", "", number, 0, "", day, 0, act.user.id, clean(witness), identity, collector, mark,
                      distribution=distribution, paper_line=paper_line)  # fmt: skip
    if id_of(act.connection, number) is None:
        return _pay_taken_in(act, payment)
    voucher_id, voucher = by_number(act.connection, number)
    _check_payable(act, voucher, number, day)
    _check_collector(act, voucher, collector)
    second = _second_account(act, voucher_id, voucher, day)
    if voucher.state == "PRINTED":
        voucher = _issue(act, voucher_id, voucher, mark)
    payment = msgspec.structs.replace(
        payment,
        voucher=voucher_id,
        household=voucher.household,
        amount=voucher.amount,
        currency=voucher.currency,
        pay_point=voucher.payable_at,
        witness_user=second,
    )
    payment_id = act.new_id()
    act.records.create(PAYMENT, payment_id, payment, signed=True)
    done = msgspec.structs.replace(voucher, state="PAID")
    act.records.revise(VOUCHER, voucher_id, done)
    ledger.note(act, "PAY", voucher_id, done, payment_id)
    act.concerns(voucher_id)
    return payment


def is_paid(view: View, voucher_id: str) -> bool:
    """Whether any payment of a voucher, or of one that it stands for, is known here."""
    return payment_of(view.connection, voucher_id) is not None


def _issue(act: Act, voucher_id: str, voucher: Voucher, mark: str) -> Voucher:
    issued = msgspec.structs.replace(voucher, state="ISSUED", mark=mark)
    act.records.revise(VOUCHER, voucher_id, issued)
    ledger.note(act, "ISSUE", voucher_id, issued)
    return issued


def _check_unpaid(act: Act, number: str) -> None:
    paid = payment_of(act.connection, id_of(act.connection, number), number)
    if paid is None:
        return
    by = names(act).get(paid.user)
    if by is None:
        raise Refusal("voucher.paid_other_desk", on=paid.paid_on, point=paid.pay_point)
    raise Refusal("voucher.paid_by", on=paid.paid_on, point=paid.pay_point, by=by)


def _check_here(act: Act, number: str, point: int) -> None:
    if REVOKED_VOUCHERS.holds(act.connection, number):
        raise Refusal("voucher.state", state="VOID")
    if point not in {one.number for one in act.in_force().desk.pay_points}:
        raise Refusal("voucher.elsewhere", point=point)


def _check_payable(act: Act, voucher: Voucher, number: str, day: date) -> None:
    check_open(act, voucher, "ISSUE" if voucher.state == "PRINTED" else "PAY", day)
    _check_here(act, number, voucher.payable_at)
    if day > act.day or not voucher.first_day <= day <= voucher.last_day:
        raise Refusal("voucher.days", first=voucher.first_day, last=voucher.last_day)
    if voucher.approved_by == act.user.id:
        raise Refusal("voucher.approver")


def _check_collector(act: Act, voucher: Voucher, collector: str) -> None:
    payee = document_of(act.connection, PERSON, voucher.payee)
    if payee is not None and payee.gone:
        raise Refusal("voucher.payee_gone")
    if collector == "ALTERNATE" and voucher.alternate is None:
        raise Refusal("voucher.no_alternate")
    who = payee if collector == "PAYEE" else document_of(act.connection, PERSON, voucher.alternate or "")
    if collector == "ALTERNATE" and (who is None or who.gone or who.household != voucher.household):
        raise Refusal("voucher.no_alternate")
    if who is not None and age_on(who.birth_date, act.day) < ADULT:
        raise Refusal("voucher.minor", age=ADULT)


def _second_account(act: Act, voucher_id: str, voucher: Voucher, day: date) -> str | None:
    # whoever stood for it today, or on the day of the paper list
    word = act.connection.scalar(
        select(WitnessRow.by)
        .where(
            WitnessRow.what == _PAYMENT,
            WitnessRow.of == voucher_id,
            WitnessRow.on.in_((day, act.day)),
            WitnessRow.by != act.user.id,
        )
        .order_by(WitnessRow.id)
        .limit(1)
    )
    household = document_of(act.connection, HOUSEHOLD, voucher.household)
    own = act.user.id in (voucher.planned_by, household.registered_by if household else None)
    if own and word is None:
        raise Refusal("voucher.second_account")
    return word


def _pay_taken_in(act: Act, payment: Payment) -> Payment:
    """Pay the paper of a family that only another desk knows, after it was taken in here by two."""
    known = act.connection.execute(
        select(ReroutingRow.id, WitnessRow.by)
        .join(WitnessRow, WitnessRow.of == ReroutingRow.id)
        .where(ReroutingRow.number == payment.number, WitnessRow.what == _REROUTING, WitnessRow.by != ReroutingRow.by)
        .order_by(ReroutingRow.id)
        .limit(1)
    ).first()
    taken: Rerouting | None = document_of(act.connection, REROUTING, known.id) if known else None
    if known is None or taken is None:
        raise Refusal("voucher.unknown")
    _check_here(act, payment.number, taken.to_point)
    if payment.paid_on > act.day or not taken.first_day <= payment.paid_on <= taken.last_day:
        raise Refusal("voucher.days", first=taken.first_day, last=taken.last_day)
    if taken.by == act.user.id:
        raise Refusal("voucher.rerouter")
    done = msgspec.structs.replace(
        payment,
        amount=taken.amount,
        currency=taken.currency,
        pay_point=taken.to_point,
        witness_user=known.by,
        rerouting=known.id,
    )
    payment_id = act.new_id()
    act.records.create(PAYMENT, payment_id, done, signed=True)
    ledger.enter(act, "PAY", "", done.number, done.amount, "PAID", payment_id)
    act.concerns(payment_id)
    return done
