"""Withdrawing is one step at any moment before departure; what was payable waits seven days and then is void."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.assistance.vouchers import approving, checks, counts, numbering, paying
from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.assistance.vouchers.life import effective
from helpdesk.casework import withdrawing
from helpdesk.casework.withdrawing import WithdrawalForm
from helpdesk.core.errors import Refusal
from helpdesk.exchange.exceptions import exceptions
from helpdesk.households import commands as families
from helpdesk.households import queries
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries as standing
from tests.entitled import plan_due
from tests.journey.crossing import cross
from tests.journey.ready import Hands, declare, preparing_family
from tests.people import DAY, small_form
from tests.programme import Programme

HERE = WithdrawalForm("PRESENT", "Umm Ali")
PHONE = "+9647000000001"


def state(hands: Hands, household: str) -> str:
    return hands.desk.ask(standing.standing_of, household).state


def point(hands: Hands) -> int:
    return hands.desk.bundle.desk.pay_points[0].number if hands.desk.bundle else 0


def printed(hands: Hands, household: str) -> PrintedVoucher:
    voucher = hands.as_("clerk").do(plan_due, household, "DEP", point(hands))
    hands.as_("other").do(approving.approve, (voucher,))
    paper = hands.as_("clerk").do(numbering.print_, (voucher,))[0]
    stand_for(hands, paper)
    return paper


def stand_for(hands: Hands, paper: PrintedVoucher) -> None:
    """The clerk registered and planned: another account stands for her payment today."""
    hands.as_("other").do(paying.witness, (paper.number,))
    hands.as_("clerk")


def shown(hands: Hands, household: str) -> list[str]:
    return [line.state for line in hands.desk.ask(voucher_lines.of_household, household)]


@pytest.mark.parametrize("steps", range(5))
def test_a_family_may_stop_at_every_step_and_is_back_in_one(hands: Hands, steps: int) -> None:
    day = hands.desk.clock.now().date()
    if steps:
        household = preparing_family(hands.as_("supervisor"))
    else:
        form = small_form(hands.desk.clock)
        hands.as_("clerk").do(families.register, form)
        household = form.household_id
    desk = hands.as_("supervisor")
    before = state(hands, household)
    if steps == 2:
        desk.do(cases.declare_ready, household)
    elif steps == 3:
        desk.do(cases.declare_ready, household)
        declare(desk, household)
        desk.do(cases.schedule, (household,), day + timedelta(days=2))
        assert state(hands, household) == "SCHEDULED"
    elif steps == 4:
        desk.do(cases.follow_up, household, day + timedelta(days=9))
        before = "FOLLOW_UP"
    done = hands.as_("clerk").do(withdrawing.withdraw, household, HERE)
    assert state(hands, household) == "WITHDRAWN"
    assert (done.until - done.on).days == 7
    hands.desk.do(withdrawing.take_back, household)
    assert state(hands, household) == before
    assert [one.before for one in hands.desk.ask(withdrawing.withdrawals_of, household)] != []


def test_no_reason_is_asked_but_a_witness_and_how_she_was_reached(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    for form, code in (
        (WithdrawalForm("PRESENT", " "), "withdrawal.witness"),
        (WithdrawalForm("PHONE", "Umm Ali"), "withdrawal.phone"),
        (WithdrawalForm("PHONE", "Umm Ali", "+9647999999999"), "withdrawal.phone"),
        (WithdrawalForm("PRESENT", "Umm Ali", PHONE), "withdrawal.phone"),
        (WithdrawalForm("SENT", "Umm Ali"), "form.code"),
    ):
        with pytest.raises(Refusal) as refused:
            hands.desk.do(withdrawing.withdraw, household, form)
        assert refused.value.code == code
    hands.desk.do(withdrawing.withdraw, household, WithdrawalForm("PHONE", "Umm Ali", PHONE))
    with pytest.raises(Refusal) as refused:
        hands.desk.do(withdrawing.withdraw, household, HERE)
    assert refused.value.code == "case.step"


def test_a_declaration_ends_with_the_withdrawal(hands: Hands) -> None:
    household = preparing_family(hands.as_("supervisor"))
    declare(hands.desk, household)
    hands.desk.do(withdrawing.withdraw, household, HERE)
    said = [one for one in hands.desk.ask(queries.family_file, household).consents if one.purpose == "MOVE"]
    assert {one.answer for one in said} == {"WITHDRAWN"}
    hands.desk.do(withdrawing.take_back, household)
    assert "MOVE" not in {one.safeguard for one in hands.desk.ask(standing.standing_of, household).held}


def test_a_printed_voucher_waits_seven_days_and_is_payable_again(programme: Programme, hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    paper = printed(hands, household)
    assert hands.desk.do(withdrawing.withdraw, household, HERE).vouchers == 1
    assert shown(hands, household) == ["SUSPENDED"]
    assert hands.desk.ask(checks.verdict, paper.digits).code == "SUSPENDED"
    assert hands.desk.ask(voucher_lines.voucher_ids, "PRINTED") == []
    assert [(one.state, one.vouchers) for one in hands.desk.ask(counts.by_state)] == [("SUSPENDED", 1)]
    with pytest.raises(Refusal) as refused:
        hands.desk.do(paying.pay, paper.number, "Umm Ali", "SEEN")
    assert refused.value.code == "voucher.suspended"
    with pytest.raises(Refusal) as refused:
        hands.desk.do(plan_due, household, "DEP", point(hands))
    assert refused.value.code == "voucher.second"
    programme.clock.move(days=7)
    hands.desk.do(withdrawing.take_back, household)
    stand_for(hands, paper)
    hands.desk.do(paying.pay, paper.number, "Umm Ali", "SEEN")
    assert shown(hands, household) == ["PAID"]


def test_after_seven_days_the_voucher_is_void_and_a_new_one_is_planned(programme: Programme, hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    paper = printed(hands, household)
    hands.desk.do(withdrawing.withdraw, household, HERE)
    programme.clock.move(days=8)
    assert shown(hands, household) == ["VOID"]
    assert hands.desk.ask(checks.verdict, paper.digits).code == "VOID"
    hands.desk.do(withdrawing.take_back, household)
    with pytest.raises(Refusal) as refused:
        hands.desk.do(paying.pay, paper.number, "Umm Ali", "SEEN")
    assert (refused.value.code, refused.value.values["state"]) == ("voucher.state", "VOID")
    hands.desk.do(plan_due, household, "DEP", point(hands))
    assert sorted(shown(hands, household)) == ["PLANNED", "VOID"]


def test_what_was_approved_but_not_printed_is_approved_again(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    voucher = hands.desk.do(plan_due, household, "DEP", point(hands))
    hands.as_("other").do(approving.approve, (voucher,))
    hands.as_("clerk").do(withdrawing.withdraw, household, HERE)
    with pytest.raises(Refusal) as refused:
        hands.desk.do(numbering.print_, (voucher,))
    assert refused.value.code == "voucher.suspended"
    hands.desk.do(withdrawing.take_back, household)
    assert shown(hands, household) == ["PLANNED"]


def test_money_paid_stays_paid(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    paper = printed(hands, household)
    hands.desk.do(paying.pay, paper.number, "Umm Ali", "SEEN")
    assert hands.desk.do(withdrawing.withdraw, household, HERE).vouchers == 0
    assert shown(hands, household) == ["PAID"]


def test_a_sibling_desk_neither_pays_nor_doubts_a_withdrawal(programme: Programme) -> None:
    household = programme.register("one")
    paper = programme.printed("one", household)
    cross(programme, "one", "two")
    programme.at("one", "clerk", lambda desk: desk.do(withdrawing.withdraw, household, HERE))
    cross(programme, "one", "two")
    with programme.open("two", "supervisor") as desk:
        assert desk.ask(standing.standing_of, household).state == "WITHDRAWN"
        assert desk.ask(checks.verdict, paper.digits).code == "SUSPENDED"
        assert _doubts(desk) == 0


def _doubts(desk: Any) -> int:
    return sum(one.count for one in desk.ask(exceptions) if one.code == "doubtful")


@given(st.sampled_from(["PLANNED", "APPROVED", "PRINTED", "PAID", "VOID"]), st.integers(-30, 30))
def test_no_day_makes_a_suspended_voucher_payable(state: str, days: int) -> None:
    until = DAY
    found = effective(state, until, DAY, DAY + timedelta(days=days))
    assert found == (state if state in ("PAID", "VOID") else "SUSPENDED" if days <= 0 else "VOID")
    assert effective(state, None, DAY, DAY) == state
