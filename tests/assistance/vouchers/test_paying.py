"""Handing over, paying and what goes wrong: separate hands, one payment, one pay point, its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert, select

from helpdesk.assistance.cash import commands as cash
from helpdesk.assistance.vouchers import checks, ledger, lines, mishaps, numbering, papers, paying, rerouting, verifying
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.finding import known_voucher
from helpdesk.assistance.vouchers.tables import DrawnRow, LedgerRow, VoucherRow, WitnessRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.bundle import PayPoint
from helpdesk.desk.commands import View
from helpdesk.opening import Desk
from tests.people import practice_form, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments, **named)
    return refusal.value.code


def acts(desk: Desk, voucher: str) -> list[str]:
    return [entry.act for entry in desk.ask(ledger.entries_of, voucher)]


def state_of(desk: Desk, number: str) -> str:
    return desk.ask(lines.voucher_of, number).state


def sound(desk: Desk) -> None:
    assert desk.ask(verifying.flaws) == ()


@pytest.fixture
def face(programme: Programme) -> PrintedVoucher:
    return programme.printed("one", programme.register())


def test_a_paper_is_handed_over_then_paid_then_counted(desk_as: SignIn, face: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    assert refused(desk, paying.issue, face.number, "X") == "form.code"
    desk.do(paying.issue, face.number, "THUMB")
    assert refused(desk, paying.issue, face.number, "THUMB") == "voucher.state"
    assert state_of(desk, face.number) == "ISSUED"
    payment = desk.do(paying.pay, face.number, "a neighbour", "ATTESTED", mark="THUMB")
    assert (payment.collector, payment.mark, payment.witness_user is not None) == ("PAYEE", "THUMB", True)
    with pytest.raises(Refusal) as twice:
        desk.do(paying.pay, face.number, "a neighbour", "SEEN")
    assert (twice.value.code, twice.value.values["by"], twice.value.values["point"]) == (
        "voucher.paid_by", desk.user.name, face.pay_point,
    )  # fmt: skip
    supervisor = desk_as("supervisor")
    counted = supervisor.do(cash.count, face.pay_point, {}, 0, "no cash was brought in this test")
    assert desk_as("other").do(cash.sign, counted) == 1
    supervisor = desk_as("supervisor")
    assert state_of(supervisor, face.number) == "RECONCILED"
    assert acts(supervisor, face.id) == ["PLAN", "APPROVE", "PRINT", "ISSUE", "PAY", "RECONCILE"]
    assert supervisor.do(checks.check, face.digits).code == "PAID"
    assert refused(supervisor, mishaps.void, face.id, "x") == "voucher.paid_void"
    sound(supervisor)


def test_whoever_registered_pays_only_after_a_second_account_stood_for_it(
    desk_as: SignIn, face: PrintedVoucher, programme: Programme
) -> None:
    programme.clock.move(days=1)
    desk = desk_as("clerk")
    assert refused(desk, paying.pay, face.number, "a neighbour", "SEEN") == "voucher.second_account"
    desk.do(paying.witness, (face.number,))
    assert refused(desk, paying.pay, face.number, "a neighbour", "SEEN") == "voucher.second_account"
    other = desk_as("other")
    other.do(paying.witness, (face.number, face.number))
    with other.store.read() as connection:
        assert len(connection.execute(select(WitnessRow).where(WitnessRow.by == other.user.id)).all()) == 1
    assert desk_as("clerk").do(paying.pay, face.number, "a neighbour", "SEEN").witness_user == other.user.id


def test_who_had_no_part_in_it_pays_alone_but_for_the_approver(desk_as: SignIn, face: PrintedVoucher) -> None:
    assert refused(desk_as("supervisor"), paying.pay, face.number, "w", "SEEN") == "voucher.approver"
    other = desk_as("other")
    other.do(paying.pay, face.number, "w", "SEEN")


def test_only_who_is_registered_collects(desk_as: SignIn, programme: Programme) -> None:
    form = practice_form(programme.clock)
    face = programme.printed("one", programme.register("one", form))
    desk = desk_as("clerk")
    assert refused(desk, paying.pay, face.number, "w", "SEEN", collector="NEIGHBOUR") == "form.code"
    if form.alternate is None:
        assert refused(desk, paying.pay, face.number, "w", "SEEN", collector="ALTERNATE") == "voucher.no_alternate"
    else:
        assert desk.do(paying.pay, face.number, "w", "SEEN", collector="ALTERNATE").collector == "ALTERNATE"


def test_a_paper_list_is_typed_in_afterwards_with_its_own_day(
    desk_as: SignIn, face: PrintedVoucher, programme: Programme
) -> None:
    on = face.last_day
    programme.clock.move(days=(on - face.first_day).days + 3)
    desk = desk_as("other")
    assert refused(desk, paying.pay, face.number, "w", "SEEN") == "voucher.days"
    late = on + timedelta(days=1)
    assert refused(desk, paying.pay, face.number, "w", "SEEN", paid_on=late, paper_line=4) == "voucher.days"
    payment = desk.do(paying.pay, face.number, "w", "SEEN", paid_on=on, paper_line=4)
    assert (payment.paid_on, payment.paper_line) == (on, 4)
    sound(desk)


def test_a_lost_paper_is_replaced_by_one_with_another_number(desk_as: SignIn, face: PrintedVoucher) -> None:
    clerk = desk_as("clerk")
    clerk.do(mishaps.lose, face.id)
    assert clerk.do(checks.check, face.digits).code == "LOST"
    assert refused(clerk, paying.pay, face.number, "w", "SEEN") == "voucher.state"
    assert refused(clerk, mishaps.replace, face.id) == "role.not_allowed"
    supervisor = desk_as("supervisor")
    fresh = supervisor.do(mishaps.replace, face.id)
    assert fresh.number != face.number
    assert (fresh.amount, fresh.last_day) == (face.amount, face.last_day)
    assert refused(supervisor, mishaps.replace, face.id) == "voucher.state"
    other = desk_as("other")
    assert other.do(checks.check, face.digits).code == "REPLACED"
    assert refused(other, paying.pay, face.number, "w", "SEEN") == "voucher.state"
    other.do(paying.pay, fresh.number, "w", "SEEN")
    with other.store.read() as connection:
        assert known_voucher(connection, fresh.id).replaces == face.id
    sound(other)


def test_a_spoiled_paper_is_void_and_its_successor_is_paid(desk_as: SignIn, face: PrintedVoucher) -> None:
    clerk = desk_as("clerk")
    fresh = clerk.do(numbering.reprint, face.number)
    assert clerk.do(checks.check, face.digits).code == "VOID"
    assert refused(clerk, numbering.reprint, face.number) == "voucher.state"
    clerk = desk_as("other")
    clerk.do(paying.pay, fresh.number, "w", "SEEN")
    assert clerk.ask(papers.receipt_of, fresh.number).payment.number == fresh.number
    sound(clerk)


def test_unclaimed_returned_disputed_settled(desk_as: SignIn, face: PrintedVoucher) -> None:
    clerk = desk_as("clerk")
    clerk.do(mishaps.unclaim, face.id)
    assert clerk.do(checks.check, face.digits).code == "UNCLAIMED"
    assert refused(clerk, paying.pay, face.number, "w", "SEEN") == "voucher.state"
    supervisor = desk_as("supervisor")
    supervisor.do(mishaps.put_back, face.id)
    assert supervisor.do(checks.check, face.digits).code == "LIVE"
    assert refused(supervisor, mishaps.dispute, face.id, " ") == "voucher.reason"
    supervisor.do(mishaps.dispute, face.id, "another family says it is theirs")
    assert supervisor.do(checks.check, face.digits).code == "DISPUTED"
    assert refused(supervisor, mishaps.settle, face.id, "PERHAPS") == "form.code"
    supervisor.do(mishaps.settle, face.id, "STANDS")
    other = desk_as("other")
    other.do(paying.pay, face.number, "w", "SEEN")
    other.do(mishaps.dispute, face.id, "the payee says that nothing was paid")
    assert other.do(checks.check, face.digits).code == "DISPUTED"
    assert refused(other, mishaps.settle, face.id, "VOID") == "voucher.paid_void"
    assert refused(other, mishaps.void, face.id, "x") == "voucher.paid_void"
    other.do(mishaps.settle, face.id, "STANDS")
    assert state_of(other, face.number) == "PAID"
    sound(other)


def test_a_dispute_may_end_the_voucher(desk_as: SignIn, face: PrintedVoucher) -> None:
    desk = desk_as("supervisor")
    desk.do(mishaps.dispute, face.id, "wrong family")
    desk.do(mishaps.settle, face.id, "VOID")
    assert desk.do(checks.check, face.digits).code == "VOID"
    assert refused(desk, mishaps.settle, face.id, "STANDS") == "voucher.state"
    sound(desk)


def here(desk: Desk, *points: int) -> Desk:
    bundle = desk.ask(View.in_force)
    named = tuple(PayPoint(number, "x") for number in points)
    desk.bundle = msgspec.structs.replace(bundle, desk=msgspec.structs.replace(bundle.desk, pay_points=named))
    return desk


def test_a_paper_of_another_pay_point_is_taken_in_by_two(programme: Programme, face: PrintedVoucher) -> None:
    point = programme.numbers["two"]
    with programme.open("two", "supervisor") as desk:
        assert refused(desk, rerouting.take_in, face.number, point) == "voucher.not_rerouted"
        assert refused(desk, rerouting.take_in, face.digits, 999) == "voucher.pay_point"
        taken = desk.do(rerouting.take_in, face.digits, point)
        assert refused(desk, rerouting.take_in, face.digits, point) == "voucher.rerouted"
        assert refused(desk, rerouting.confirm, taken) == "voucher.same_person"
        assert desk.do(checks.check, face.digits).code == "ELSEWHERE"
    with programme.open("two", "clerk") as desk:
        assert refused(desk, paying.pay, face.number, "w", "SEEN") == "voucher.unknown"
        assert desk.do(rerouting.confirm, taken) == face.number
        assert desk.do(checks.check, face.digits).code == "LIVE"
    with programme.open("two", "supervisor") as desk:
        assert refused(desk, paying.pay, face.number, "w", "SEEN") == "voucher.rerouter"
        (counted,) = desk.ask(rerouting.rerouted, face.first_day, face.last_day)
        assert (counted.to_point, counted.vouchers, counted.amount) == (point, 1, face.amount)
    with programme.open("two", "clerk") as desk:
        payment = desk.do(paying.pay, face.number, "w", "SEEN")
        assert (payment.voucher, payment.amount, payment.pay_point) == ("", face.amount, point)
        assert refused(desk, paying.pay, face.number, "w", "SEEN") == "voucher.paid_by"
        assert desk.do(checks.check, face.digits).code == "PAID"
        sound(desk)


def test_no_more_are_taken_in_than_the_terms_allow(programme: Programme, face: PrintedVoucher) -> None:
    with programme.open("two", "supervisor") as desk:
        bundle = desk.ask(View.in_force)
        desk.bundle = msgspec.structs.replace(bundle, money=msgspec.structs.replace(bundle.money, reroute_cap=0))
        assert refused(desk, rerouting.take_in, face.digits, programme.numbers["two"]) == "voucher.reroute_cap"


def test_a_family_known_here_is_paid_at_the_point_that_took_it_in(desk_as: SignIn, face: PrintedVoucher) -> None:
    taken = here(desk_as("supervisor"), 77).do(rerouting.take_in, face.digits, 77)
    here(desk_as("clerk"), 77).do(rerouting.confirm, taken)
    assert refused(desk_as("other"), paying.pay, face.number, "w", "SEEN") == "voucher.elsewhere"
    desk = here(desk_as("other"), 77)
    assert desk.do(paying.pay, face.number, "w", "SEEN").pay_point == 77
    assert acts(desk, face.id).count("REROUTE") == 1
    sound(desk)


def test_the_store_refuses_a_second_voucher_with_one_number(
    desk_as: SignIn, face: PrintedVoucher, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = programme.register("one", small_form(programme.clock))
    second = programme.printed("one", later)
    desk = desk_as("clerk")
    with desk.store.write() as connection, pytest.raises(Exception, match="UNIQUE"):
        connection.execute(insert(DrawnRow).values(number=face.number, voucher="x"))
    monkeypatch.setattr("helpdesk.households.numbers.draw", lambda _connection, _kind: face.number)
    with pytest.raises(Fault, match=r"voucher\.number_twice"):
        desk.do(numbering.reprint, second.number)
    assert state_of(desk, second.number) == "PRINTED"
    with desk.store.read() as connection:
        assert len(connection.execute(select(VoucherRow).where(VoucherRow.number == face.number)).all()) == 1
        assert connection.scalars(select(LedgerRow.act).where(LedgerRow.voucher == second.id)).all()[-1] == "PRINT"
