"""A call and what was opened on it are one act: either all of it stands, or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals import queries
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.casework.calling import Told, finish_call
from helpdesk.core.errors import Refusal
from helpdesk.journey.monitoring import queries as calls
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.opening import Desk
from tests.journey.arrived import PHONE, SHARING, arrived_family
from tests.programme import Programme

ARRIVED = date(2026, 11, 21)


@pytest.fixture
def desk(programme: Programme, desk_as: Any) -> Desk:
    signed_in: Desk = desk_as("clerk")
    return signed_in


@pytest.fixture
def family(programme: Programme, desk: Desk) -> str:
    household = arrived_family(desk, ARRIVED)
    programme.clock.move(days=7)
    return household


def reached(household: str, **changes: Any) -> CallForm:
    fields: dict[str, Any] = {
        "household": household, "round": "W2", "number": PHONE, "whom": "OWN", "result": "DONE", "safe_to_talk": True,
        "answers": {"plan": "STAY", "food": "HUNGRY"},
    }  # fmt: skip
    return CallForm(**{**fields, **changes})


def wanted(household: str, need: str = "A doctor") -> ReferralForm:
    return ReferralForm(household, "HEALTH", need, "24H", "A clinic")


def test_a_call_opens_referrals_that_name_it(desk: Desk, family: str) -> None:
    done = desk.do(finish_call, reached(family), (wanted(family),))
    shown = desk.ask(queries.referral_shown, done.referrals[0]).referral
    assert (shown.call, shown.status) == (done.recorded.call, "DRAFT")
    assert done.recorded.tasks == ("HUNGER", "CENTRE")


def test_one_bad_referral_leaves_no_call_and_no_task(desk: Desk, family: str) -> None:
    for opened, told, code in (
        ((wanted(family), wanted(family, " ")), (), "referral.need"),
        ((wanted("another"),), (), "referral.unknown"),
        ((), (Told("nothing", "NOCAP"),), "referral.unknown"),
    ):
        with pytest.raises(Refusal) as refusal:
            desk.do(finish_call, reached(family), opened, told)
        assert refusal.value.code == code
    assert desk.ask(calls.calls_of, family) == ()
    assert desk.ask(calls.task_ids) == []
    assert desk.ask(queries.referrals_of, family) == ()
    assert len(desk.ask(calls.call_ids)) == 1


def test_nobody_reached_asks_for_nothing(desk: Desk, family: str) -> None:
    silent = reached(family, result="NOANS", answers={}, safe_to_talk=False)
    with pytest.raises(Refusal, match=r"call\.nobody_reached"):
        desk.do(finish_call, silent, (wanted(family),))


def test_an_end_is_told_while_talking(desk: Desk, family: str) -> None:
    referral = desk.do(referrals.open_, wanted(family))
    desk.do(referrals.send, referral, ("NEED",), SHARING)
    with pytest.raises(Refusal, match=r"referral\.end"):
        desk.do(finish_call, reached(family), (), (Told(referral, "NOCAP"),))
    desk.do(referrals.answer, referral, "NOCAP")
    desk.do(finish_call, reached(family), (), (Told(referral, "NOCAP"),))
    assert desk.ask(queries.referral_shown, referral).referral.status == "CLOSED"
