"""An hour of attacks on the money: a clerk's and a supervisor's hands, colluding families, folders put back, rows bent.

Each is tried to the end; what is asserted is that nobody is paid twice by a store that could know better.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, select

from helpdesk.assistance.vouchers import approving, checks, mishaps, numbering, paying, rerouting
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.entitlements import held_by
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.finding import known_voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.assistance.vouchers.tables import PaymentRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.desk.tables import FreeNumberRow
from helpdesk.exchange import installing
from helpdesk.households import commands as families
from helpdesk.households import numbers
from helpdesk.opening import Desk
from tests.entitled import plan_due
from tests.people import head, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


@command("tests.write_back", roles=FAMILIES)
def write_back(act: Act, voucher: str, state: str) -> None:
    """What a changed program may write: a voucher that was paid, and says it was not."""
    known = known_voucher(act.connection, voucher)
    act.records.revise(VOUCHER, voucher, msgspec.structs.replace(known, state=state))


def code_of(desk: Desk, act: Any, *given: Any, **named: Any) -> str:
    """The code of a refusal, "" where nothing is refused."""
    try:
        desk.do(act, *given, **named)
    except Refusal as refusal:
        return refusal.code
    return ""


def pay(desk: Desk, number: str, **named: Any) -> str:
    return code_of(desk, paying.pay, number, "a neighbour", "SEEN", **named)


def payments(desk: Desk) -> int:
    with desk.store.read() as connection:
        return len(connection.execute(select(PaymentRow.id)).all())


@pytest.fixture
def face(programme: Programme) -> PrintedVoucher:
    return programme.printed("one", programme.register())


@pytest.fixture
def paid_elsewhere(programme: Programme, face: PrintedVoucher) -> PrintedVoucher:
    """Taken in and paid at desk two, which never heard of the family; its file has come home."""
    point = programme.numbers["two"]
    taken = programme.at("two", "supervisor", lambda desk: desk.do(rerouting.take_in, face.digits, point))
    programme.at("two", "other", lambda desk: desk.do(rerouting.confirm, taken))
    programme.at("two", "clerk", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    file = programme.export("two").path
    programme.at("one", "supervisor", lambda desk: installing.install(desk, file))
    return face


def test_a_paper_that_was_paid_elsewhere_is_not_replaced(desk_as: SignIn, paid_elsewhere: PrintedVoucher) -> None:
    """The family brings its paper to one desk, is paid, and reports it lost at the other."""
    assert pay(desk_as("other"), paid_elsewhere.number) == "voucher.paid_other_desk"
    assert code_of(desk_as("clerk"), numbering.reprint, paid_elsewhere.number) == "voucher.state"
    desk_as("clerk").do(mishaps.lose, paid_elsewhere.id)
    assert code_of(desk_as("supervisor"), mishaps.replace, paid_elsewhere.id) == "voucher.state"
    assert code_of(desk_as("supervisor"), mishaps.void, paid_elsewhere.id, "a mistake") == "voucher.paid_void"
    assert payments(desk_as("clerk")) == 1


def test_a_paper_replaced_before_the_file_came_is_not_paid_after_it(
    programme: Programme, desk_as: SignIn, face: PrintedVoucher
) -> None:
    point = programme.numbers["two"]
    taken = programme.at("two", "supervisor", lambda desk: desk.do(rerouting.take_in, face.digits, point))
    programme.at("two", "other", lambda desk: desk.do(rerouting.confirm, taken))
    programme.at("two", "clerk", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    file = programme.export("two").path
    desk_as("clerk").do(mishaps.lose, face.id)
    fresh = desk_as("supervisor").do(mishaps.replace, face.id)
    again = desk_as("clerk").do(numbering.reprint, fresh.number)
    assert desk_as("clerk").do(checks.check, again.digits).code == "LIVE"
    installing.install(desk_as("supervisor"), file)
    assert desk_as("clerk").do(checks.check, again.digits).code == "PAID"
    assert pay(desk_as("other"), again.number) == "voucher.paid_other_desk"


def test_what_was_paid_elsewhere_is_held_after_its_days(
    programme: Programme, desk_as: SignIn, paid_elsewhere: PrintedVoucher
) -> None:
    """Nobody writes at home that it was paid, and once it would have expired the grant looks free again."""
    programme.clock.move(days=40)
    desk = desk_as("clerk")
    voucher = desk.ask(lambda view: known_voucher(view.connection, paid_elsewhere.id))
    (held,) = desk.ask(held_by, voucher.household)
    assert held.paid
    assert code_of(desk, plan_due, voucher.household, "DEP", paid_elsewhere.pay_point) == "voucher.second"


@pytest.mark.parametrize("state", ["PRINTED", "ISSUED", "LOST"])
def test_a_payment_that_a_changed_program_takes_back_stays_a_payment(
    desk_as: SignIn, face: PrintedVoucher, state: str
) -> None:
    assert pay(desk_as("other"), face.number) == ""
    desk_as("clerk").do(write_back, face.id, state)
    assert pay(desk_as("other"), face.number) == "voucher.paid_by"
    assert code_of(desk_as("clerk"), numbering.reprint, face.number) == "voucher.state"
    assert code_of(desk_as("supervisor"), mishaps.replace, face.id) == "voucher.state"
    assert code_of(desk_as("supervisor"), mishaps.void, face.id, "a mistake") == "voucher.paid_void"
    assert desk_as("clerk").do(checks.check, face.digits).code == "PAID"
    assert payments(desk_as("clerk")) == 1


def test_a_desk_put_back_from_a_copy_pays_no_number_to_another_family(programme: Programme) -> None:
    """It may draw a number once more: a paper that it forgot and a new one bear the same, both truly signed."""
    home, aside = programme.home / "one", programme.home / "aside"
    known = []
    for _ in range(2):
        programme.clock.move(seconds=1)
        known.append(programme.register("one", small_form(programme.clock, members=(head(),))))
    with programme.open("one", "clerk") as desk, desk.store.write() as connection:
        of_vouchers = FreeNumberRow.kind == "voucher"
        connection.execute(delete(FreeNumberRow).where(of_vouchers, FreeNumberRow.place > 1))
    shutil.copytree(home, aside)
    forgotten = programme.printed("one", known[0])
    shutil.rmtree(home)
    shutil.copytree(aside, home)
    fresh = programme.printed("one", known[1])
    assert fresh.number == forgotten.number
    with programme.open("one", "clerk") as desk:
        assert desk.do(checks.check, fresh.digits).code == "LIVE"
        assert desk.do(checks.check, forgotten.digits).code == "VOID"


def test_a_desk_put_back_from_a_copy_draws_other_numbers(programme: Programme) -> None:
    """Four numbers of a thousand, in one order twice: not by chance."""
    drawn = []
    for _ in range(2):
        with programme.open("one", "clerk") as desk, desk.store.write() as connection:
            nested = connection.begin_nested()
            drawn.append([numbers.draw(connection, "voucher") for _ in range(4)])
            nested.rollback()
    assert len(set(drawn[0])) == len(set(drawn[1])) == 4
    assert drawn[0] != drawn[1]


def test_an_expired_paper_of_another_pay_point_is_expired_and_not_taken_in(
    programme: Programme, face: PrintedVoucher
) -> None:
    programme.clock.move(days=40)
    with programme.open("two", "supervisor") as desk:
        assert desk.do(checks.check, face.digits).code == "EXPIRED"
        assert code_of(desk, rerouting.take_in, face.digits, programme.numbers["two"]) == "voucher.not_rerouted"


def test_days_that_are_over_are_not_brought_back(programme: Programme, desk_as: SignIn, face: PrintedVoucher) -> None:
    """Neither by turning the clock back nor by naming an earlier day: only a list made before has its own day."""
    programme.clock.move(days=40)
    assert pay(desk_as("other"), face.number) == "voucher.days"
    desk_as("other").do(checks.check, face.digits)
    programme.clock.move(days=-39)
    assert pay(desk_as("other"), face.number) == "voucher.days"
    assert pay(desk_as("other"), face.number, paid_on=face.last_day) == "voucher.days"
    assert desk_as("other").do(checks.check, face.digits).code == "EXPIRED"


@pytest.mark.parametrize("ended", ["void", "paid", "lost"])
def test_a_paper_that_ended_is_not_taken_in_by_a_word_that_waited(
    programme: Programme, face: PrintedVoucher, ended: str
) -> None:
    file = programme.export("one").path
    point = programme.numbers["two"]
    programme.at("two", "supervisor", lambda desk: installing.install(desk, file))
    taken = programme.at("two", "supervisor", lambda desk: desk.do(rerouting.take_in, face.digits, point))
    if ended == "void":
        programme.at("one", "supervisor", lambda desk: desk.do(mishaps.void, face.id, "a mistake"))
    elif ended == "lost":
        programme.at("one", "clerk", lambda desk: desk.do(mishaps.lose, face.id))
    else:
        programme.at("one", "other", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    later = programme.export("one").path
    programme.at("two", "supervisor", lambda desk: installing.install(desk, later))
    with programme.open("two", "other") as desk:
        assert code_of(desk, rerouting.confirm, taken) == "voucher.state"
    with programme.open("two", "clerk") as desk:
        assert pay(desk, face.number) != ""


def test_payee_and_alternate_are_one(desk_as: SignIn, face: PrintedVoucher) -> None:
    assert pay(desk_as("other"), face.number) == ""
    assert pay(desk_as("other"), face.number, collector="ALTERNATE") == "voucher.paid_by"
    assert payments(desk_as("clerk")) == 1


def test_a_sample_confirmed_for_one_list_opens_no_other(programme: Programme, desk_as: SignIn) -> None:
    """Six vouchers make a list of one drawn; a list without the confirmed one asks for another."""
    known = []
    for _ in range(6):
        programme.clock.move(seconds=1)
        known.append(programme.register("one", small_form(programme.clock)))
    desk = desk_as("clerk")
    planned = [desk.do(plan_due, family, "DEP", programme.numbers["one"]) for family in known]
    desk = desk_as("supervisor")
    whole = tuple(planned)
    (drawn,) = desk.ask(approving.sample_of, whole)
    others = tuple(one for one in whole if one != drawn)
    assert code_of(desk, approving.confirm_sample, others, drawn, "x", True) == "grant.not_drawn"
    seen = desk.do(approving.open_sample, drawn).seen
    assert code_of(desk, approving.confirm_sample, whole, drawn, "0" * 64, True) == "grant.sample_changed"
    desk.do(approving.confirm_sample, whole, drawn, seen, True)
    assert code_of(desk, approving.approve, others) == "grant.sample"
    assert code_of(desk, approving.approve, (*whole, *whole)) == "voucher.state"
    desk.do(approving.approve, whole)


def test_one_account_cannot_take_three_steps(programme: Programme, desk_as: SignIn) -> None:
    """Registering, planning, approving and paying with a supervisor's passphrase alone."""
    desk = desk_as("supervisor")
    programme.clock.move(seconds=1)
    form = small_form(programme.clock)
    desk.do(families.register, form)
    voucher = desk.do(plan_due, form.household_id, "DEP", programme.numbers["one"])
    assert code_of(desk, approving.approve, (voucher,)) == "voucher.own"
    desk_as("other").do(approving.approve, (voucher,))
    (face,) = desk_as("supervisor").do(numbering.print_, (voucher,))
    desk = desk_as("supervisor")
    assert pay(desk, face.number) == "voucher.second_account"
    desk.do(paying.witness, (face.number,))
    assert pay(desk, face.number) == "voucher.second_account"
    assert pay(desk_as("other"), face.number) == "voucher.approver"
    assert pay(desk_as("clerk"), face.number) == ""


def test_the_end_of_a_voucher_is_its_last_day(programme: Programme, desk_as: SignIn, face: PrintedVoucher) -> None:
    programme.clock.move(days=(face.last_day - programme.clock.now().date()).days)
    assert desk_as("other").do(checks.check, face.digits).code == "LIVE"
    programme.clock.move(days=1)
    assert desk_as("other").do(checks.check, face.digits).code == "EXPIRED"
    programme.clock.move(days=-1)
    assert pay(desk_as("other"), face.number) == "voucher.days"
    assert isinstance(desk_as("other").ask(lambda view: known_voucher(view.connection, face.id)), Voucher)
