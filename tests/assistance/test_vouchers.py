"""Vouchers: separate hands, the signed amount, its days and its pay point, once; and the verdict on a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.vouchers import approving, checks, mishaps, numbering, paying
from helpdesk.assistance.vouchers.faces import EXTERNAL, PrintedVoucher, voucher_digits
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.lines import listed
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import with_check
from helpdesk.desk.bundle import PayPoint
from helpdesk.desk.commands import View
from helpdesk.desk.told import REVOKED_VOUCHERS
from helpdesk.exchange import installing
from helpdesk.households.cards import issuing_key
from helpdesk.opening import Desk
from helpdesk.vault import cose
from helpdesk.vault.codes import to_digits
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.tables import RevisionRow
from tests.entitled import plan_due
from tests.people import practice_form, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


@pytest.fixture
def household(programme: Programme) -> str:
    return programme.register()


@pytest.fixture
def printed(programme: Programme, household: str) -> PrintedVoucher:
    return programme.printed("one", household)


def with_bundle(signed_in: Desk, /, **changes: Any) -> Desk:
    signed_in.bundle = msgspec.structs.replace(signed_in.ask(View.in_force), **changes)
    return signed_in


def revoke(desk: Desk, *numbers: str) -> None:
    """The revoked numbers as the next bundle would have brought them."""
    with desk.store.write() as connection:
        REVOKED_VOUCHERS.write(connection, numbers)


# --- planning ---


def test_planning(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk, point = desk_as("clerk"), programme.numbers["one"]
    assert refused(desk, plan_due, household, "X", point) == "form.code"
    assert refused(desk, plan_due, household, "DEP", 999) == "voucher.pay_point"
    assert refused(desk, plan_due, "nobody", "DEP", point) == "household.unknown"
    voucher = desk.do(plan_due, household, "DEP", point)
    assert refused(desk, plan_due, household, "DEP", point) == "voucher.second"
    (line,) = desk.ask(listed)
    assert (line.id, line.state, line.number) == (voucher, "PLANNED", None)
    assert desk.ask(listed, "PAID") == ()
    assert refused(desk, numbering.print_, (voucher,)) == "voucher.state"
    assert refused(with_bundle(desk, grants=()), plan_due, household, "DEP", point) == "grant.no_policy"


def test_a_voided_voucher_makes_room(desk_as: SignIn, programme: Programme, household: str) -> None:
    voucher = desk_as("clerk").do(plan_due, household, "DEP", programme.numbers["one"])
    desk = desk_as("supervisor")
    assert refused(desk, mishaps.void, voucher, " ") == "voucher.reason"
    assert refused(desk, mishaps.void, "nobody", "x") == "voucher.unknown"
    desk.do(mishaps.void, voucher, "a mistake")
    desk_as("clerk").do(plan_due, household, "DEP", programme.numbers["one"])


def test_amounts_follow_the_policys_days(desk_as: SignIn, programme: Programme, household: str) -> None:
    programme.clock.move(days=400)
    assert refused(desk_as("clerk"), plan_due, household, "DEP", programme.numbers["one"]) == "grant.no_policy"


# --- another hand ---


def test_nobody_approves_what_she_planned_or_registered(desk_as: SignIn, programme: Programme) -> None:
    from helpdesk.households import commands

    point, form = programme.numbers["one"], practice_form(programme.clock)
    desk = desk_as("supervisor")
    desk.do(commands.register, form)
    voucher = desk_as("clerk").do(plan_due, form.household_id, "DEP", point)
    assert refused(desk_as("supervisor"), approving.approve, (voucher,)) == "voucher.own"
    other = desk_as("other")
    other.do(approving.approve, (voucher,))
    assert refused(other, approving.approve, (voucher,)) == "voucher.state"
    assert refused(other, approving.approve, ("nobody",)) == "voucher.unknown"
    with other.store.read() as connection:
        key = connection.scalars(select(RevisionRow.sig_key).where(RevisionRow.kind == "voucher")).all()[-1]
    assert key == other.user.key.key_id


def test_a_supervisors_own_plan(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("supervisor")
    voucher = desk.do(plan_due, household, "DEP", programme.numbers["one"])
    assert refused(desk, approving.approve, (voucher,)) == "voucher.own"
    (line,) = desk.ask(listed)
    assert line.state == "PLANNED"


def test_one_bad_voucher_stops_the_whole_approval(desk_as: SignIn, programme: Programme, household: str) -> None:
    voucher = desk_as("clerk").do(plan_due, household, "DEP", programme.numbers["one"])
    desk = desk_as("supervisor")
    assert refused(desk, approving.approve, (voucher, voucher)) == "voucher.state"
    assert desk.ask(listed)[0].state == "PLANNED"


def test_after_the_hard_end_of_the_bundle_nothing_new_is_approved_but_what_is_approved_is_paid(
    desk_as: SignIn, programme: Programme
) -> None:
    face = programme.printed("one", programme.register())
    later = programme.register("one", small_form(programme.clock))
    waiting = desk_as("clerk").do(plan_due, later, "DEP", programme.numbers["one"])
    today = day_number(programme.clock.now().date())
    desk = with_bundle(desk_as("supervisor"), hard_expires=today - 1)
    assert refused(desk, approving.approve, (waiting,)) == "bundle.hard_expired"
    desk = with_bundle(desk_as("clerk"), hard_expires=today - 1)
    desk.do(paying.pay, face.number, "witness", "SEEN")


# --- paying ---


def test_a_voucher_is_paid_once(desk_as: SignIn, printed: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    assert len(printed.number) == 11
    payment = desk.do(paying.pay, printed.number, "witness", "SEEN")
    assert (payment.amount, payment.currency, payment.user) == (printed.amount, "IQD", desk.user.id)
    assert refused(desk, paying.pay, printed.number, "witness", "SEEN") == "voucher.paid_by"
    with desk.store.read() as connection:
        assert len(connection.execute(select(PaymentRow)).all()) == 1
        sig = connection.scalar(select(RevisionRow.sig).where(RevisionRow.kind == "payment"))
    assert sig is not None
    seen = desk.do(checks.check, printed.digits)
    assert (seen.code, seen.paid_on, seen.paid_by) == ("PAID", payment.paid_on, desk.user.id)
    assert refused(desk_as("supervisor"), mishaps.void, printed.id, "x") == "voucher.paid_void"


def test_who_and_what_is_not_paid(desk_as: SignIn, printed: PrintedVoucher) -> None:
    pay, desk = paying.pay, desk_as("clerk")
    assert refused(desk, pay, printed.number, "witness", "X") == "form.code"
    assert refused(desk, pay, printed.number, " ", "SEEN") == "voucher.witness"
    assert refused(desk, pay, with_check("000000001"), "witness", "SEEN") == "voucher.unknown"
    assert refused(desk_as("supervisor"), pay, printed.number, "witness", "SEEN") == "voucher.approver"
    clerk = desk_as("clerk")
    elsewhere = with_bundle(clerk, desk=msgspec.structs.replace(clerk.ask(View.in_force).desk, pay_points=()))
    assert refused(elsewhere, pay, printed.number, "witness", "SEEN") == "voucher.elsewhere"
    revoked = desk_as("clerk")
    revoke(revoked, printed.number)
    assert refused(revoked, pay, printed.number, "witness", "SEEN") == "voucher.state"
    revoke(revoked)
    desk_as("supervisor").do(mishaps.void, printed.id, "lost")
    assert refused(desk_as("clerk"), pay, printed.number, "witness", "SEEN") == "voucher.state"
    with desk_as("clerk").store.read() as connection:
        assert not connection.execute(select(PaymentRow)).all()


def test_a_voucher_has_its_days(desk_as: SignIn, programme: Programme, printed: PrintedVoucher) -> None:
    programme.clock.move(days=31)
    desk = desk_as("clerk")
    assert refused(desk, paying.pay, printed.number, "witness", "SEEN") == "voucher.days"
    assert desk.do(checks.check, printed.digits).code == "EXPIRED"
    programme.clock.move(days=-20)  # turning the clock back does not help
    assert refused(desk, paying.pay, printed.number, "witness", "SEEN") == "voucher.days"
    assert printed.last_day - printed.first_day == timedelta(days=30)


def test_two_desks_that_print_one_voucher_leave_none_payable(programme: Programme, household: str) -> None:
    """Both numbers stand on paper; neither is paid before somebody at the centre has said which."""
    voucher = programme.at("one", "clerk", lambda d: d.do(plan_due, household, "DEP", programme.numbers["one"]))
    programme.at("one", "supervisor", lambda d: d.do(approving.approve, (voucher,)))
    first = programme.export("one")
    programme.at("two", "supervisor", lambda d: installing.install(d, first.path))
    faces = [programme.at(f, "clerk", lambda d: d.do(numbering.print_, (voucher,)))[0] for f in ("one", "two")]
    second = programme.export("two")
    programme.at("one", "supervisor", lambda d: installing.install(d, second.path))
    with programme.open("one", "clerk") as desk:
        for face in faces:
            assert refused(desk, paying.pay, face.number, "witness", "SEEN") == "voucher.unknown"


# --- the verdict ---


def test_every_verdict(desk_as: SignIn, programme: Programme, printed: PrintedVoucher) -> None:
    desk = desk_as("clerk")
    seen = desk.do(checks.check, printed.digits)
    assert (seen.code, seen.good, seen.amount, seen.voucher) == ("LIVE", True, printed.amount, printed.id)
    typed = desk.do(checks.check, printed.number)
    assert (typed.code, typed.good, typed.voucher) == ("TYPED", False, printed.id)
    assert desk.do(checks.check, with_check("999999999")).code == "TYPED_UNKNOWN"
    assert desk.do(checks.check, "12").code == "TYPED_UNKNOWN"
    harmed = printed.digits[:40] + str((int(printed.digits[40]) + 1) % 10) + printed.digits[41:]
    assert desk.do(checks.check, harmed).code in ("NOT_GENUINE", "UNKNOWN_ISSUER")
    bundle = desk.ask(View.in_force)
    revoke(desk, printed.number)
    assert desk.do(checks.check, printed.digits).code == "VOID"
    revoke(desk)
    gone = tuple(msgspec.structs.replace(issuer, status="revoked") for issuer in bundle.issuers)
    assert with_bundle(desk, issuers=gone).do(checks.check, printed.digits).code == "VOID"
    assert with_bundle(desk, issuers=()).do(checks.check, printed.digits).code == "UNKNOWN_ISSUER"
    desk.bundle = bundle
    point = msgspec.structs.replace(bundle.desk, pay_points=(PayPoint(999, "x"),))
    assert with_bundle(desk, desk=point).do(checks.check, printed.digits).code == "ELSEWHERE"
    desk.bundle = bundle
    desk_as("supervisor").do(mishaps.void, printed.id, "lost")
    assert desk_as("clerk").do(checks.check, printed.digits).code == "VOID"


def test_another_desk_reads_a_voucher_it_does_not_know(programme: Programme, printed: PrintedVoucher) -> None:
    with programme.open("two", "clerk") as desk:
        seen = desk.do(checks.check, printed.digits)
        assert (seen.code, seen.voucher, seen.amount) == ("ELSEWHERE", None, printed.amount)
        here = msgspec.structs.replace(desk.ask(View.in_force).desk, pay_points=(PayPoint(printed.pay_point, "x"),))
        assert with_bundle(desk, desk=here).do(checks.check, printed.digits).code == "LIVE"


@pytest.mark.parametrize("changes", [{1: "x"}, {4: 5}, {5: b"x"}, {7: 2**40}, {10: 1}, {8: "x"}], ids=repr)
def test_codes_with_other_claims(desk_as: SignIn, programme: Programme, changes: dict[int, Any]) -> None:
    desk = desk_as("clerk")
    with desk.store.read() as connection:
        key = issuing_key(connection)
    today = day_number(programme.clock.now().date())
    claims: dict[int, Any] = {1: 12345678901, 2: 1234567890, 3: 400, 4: "IQD", 5: "DEP", 6: 1, 7: today, 8: today, 9: 1}

    def code(said: dict[int, Any], signer: SigningKey = key, kind: str = "voucher") -> str:
        digits = to_digits(kind, cose.sign1(signer, said, EXTERNAL))
        return desk.do(checks.check, digits).code

    assert code(claims) == "ELSEWHERE"
    assert code({**claims, 6: programme.numbers["one"], 7: today + 1, 8: today + 2}) == "NOT_YET"
    assert code(claims, SigningKey.generate()) == "UNKNOWN_ISSUER"
    assert code(claims, kind="card") == "NOT_GENUINE"
    assert code({**claims, **changes}) == "NOT_GENUINE"


def test_no_code_without_a_number(programme: Programme, household: str) -> None:
    from helpdesk.households.kinds import HOUSEHOLD
    from helpdesk.vault.records import document_of

    with programme.open("one", "clerk") as desk:
        voucher = desk.do(plan_due, household, "DEP", programme.numbers["one"])
        with desk.store.read() as connection:
            family = document_of(connection, HOUSEHOLD, household)
            planned = document_of(connection, VOUCHER, voucher)
    assert family is not None
    assert planned is not None
    with pytest.raises(Fault, match=r"voucher\.no_number"):
        voucher_digits(SigningKey.generate(), family, planned)
