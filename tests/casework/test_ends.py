"""How a case ends: closed once everything is settled, or displaced again and opened anew under the same number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from helpdesk.assistance.vouchers import mishaps
from helpdesk.casework import closing, displacing, family, queries, splitting, withdrawing
from helpdesk.casework.displacing import AgainForm
from helpdesk.casework.withdrawing import WithdrawalForm
from helpdesk.core.errors import Refusal
from helpdesk.households import commands as families
from helpdesk.households import queries as register
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases import queries as standing
from helpdesk.journey.monitoring import commands as monitoring
from helpdesk.journey.monitoring.commands import CallForm
from helpdesk.journey.monitoring.starts import start_of
from tests.casework.families import split_form
from tests.entitled import plan_due
from tests.journey.arrived import PHONE, arrived_family
from tests.journey.ready import Hands, preparing_family
from tests.people import head, member, small_form
from tests.programme import Programme

CAMP_AGAIN = PlaceAnswer(unlisted="A school")


def refused(hands: Hands, *call: Any) -> str:
    with pytest.raises(Refusal) as found:
        hands.desk.do(*call)
    return found.value.code


def today(hands: Hands) -> date:
    return hands.desk.clock.now().date()


def called(hands: Hands, household: str, round_: str = "M9") -> None:
    form = CallForm(household, round_, PHONE, "OWN", "DONE", True, {"plan": "STAY", "food": "ENOUGH"})
    hands.desk.do(monitoring.record, form)


def test_a_case_closes_when_calls_tasks_and_vouchers_are_settled(programme: Programme, hands: Hands) -> None:
    household = arrived_family(hands.as_("clerk"), today(hands))
    point = hands.desk.bundle.desk.pay_points[0].number if hands.desk.bundle else 0
    voucher = hands.desk.do(plan_due, household, "DEP", point)
    assert refused(hands, closing.close, household) == "role.not_allowed"
    hands.as_("supervisor")
    assert hands.desk.ask(closing.lacking, household) == ("CALLS", "VOUCHERS")
    hands.desk.do(mishaps.void, voucher, "test")
    programme.clock.move(days=275)
    assert refused(hands, closing.close, household) == "close.lacks"
    called(hands, household)
    assert hands.desk.ask(closing.lacking, household) == ()
    done = hands.desk.do(closing.close, household)
    assert (done.household, done.on) == (household, today(hands))
    assert hands.desk.ask(standing.standing_of, household).state == "CLOSED"
    assert hands.desk.ask(displacing.reopening, household).what == "NEXT_ATTEMPT"


def test_a_host_family_ends_without_a_movement(hands: Hands) -> None:
    form = small_form(hands.desk.clock, population="HOST")
    hands.as_("supervisor").do(families.register, form)
    assert hands.desk.ask(queries.changes_of, form.household_id).may_close
    hands.desk.do(closing.close, form.household_id)
    found = hands.desk.ask(standing.standing_of, form.household_id)
    assert (found.state, found.track) == ("CLOSED", "HOST")


def test_a_returnee_is_called_before_it_is_closed(programme: Programme, hands: Hands) -> None:
    form = small_form(hands.desk.clock, population="RET")
    hands.as_("supervisor").do(families.register, form)
    hands.desk.do(monitoring.returned, form.household_id, today(hands))
    assert hands.desk.ask(closing.lacking, form.household_id) == ("CALLS",)


def test_displaced_again_opens_the_next_case_under_the_same_number(programme: Programme, hands: Hands) -> None:
    household = arrived_family(hands.as_("clerk"), today(hands))
    number = hands.desk.ask(register.family_file, household).household.number
    programme.clock.move(days=20)
    assert hands.desk.ask(displacing.reopening, household).what == "DISPLACED_AGAIN"
    early = AgainForm(today(hands) - timedelta(days=30), "HOUSE", CAMP_AGAIN)
    assert refused(hands, displacing.displaced_again, household, early) == "again.day"
    nowhere = AgainForm(today(hands), "HOUSE", PlaceAnswer())
    assert refused(hands, displacing.displaced_again, household, nowhere) == "again.place"
    case = hands.desk.do(displacing.displaced_again, household, AgainForm(today(hands), "HOUSE", CAMP_AGAIN, "CAMP"))
    file = hands.desk.ask(standing.case_file, household)
    assert [one.state for one in file.cases] == ["REDISPLACED", ""]
    assert (case.attempt, case.previous_case is not None) == (2, True)
    found = hands.desk.ask(register.family_file, household).household
    assert (found.number, found.site, found.population) == (number, CAMP_AGAIN, "CAMP")
    assert file.standing.state == "SCREENED"


def test_a_family_that_withdrew_comes_back_to_the_same_case(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    point = hands.desk.bundle.desk.pay_points[0].number if hands.desk.bundle else 0
    hands.desk.do(plan_due, household, "DEP", point)
    hands.desk.do(withdrawing.withdraw, household, WithdrawalForm("PRESENT", "Umm Ali"))
    found = hands.desk.ask(queries.changes_of, household)
    assert (found.reopen.what, found.can_withdraw, found.until) == ("TAKE_BACK", False, today(hands) + timedelta(7))


def test_who_splits_after_coming_home_is_called_from_the_same_arrival(hands: Hands) -> None:
    arrived = today(hands)
    members = (head(), member("Ali", relation="SIB", birth_date=date(1990, 7, 1)), member())
    household = arrived_family(hands.as_("supervisor"), arrived, members=members)
    brother = hands.desk.ask(register.family_file, household).household.members[1]
    fresh = hands.desk.do(splitting.split, household, split_form((brother,))).moving.household
    start = hands.desk.ask(lambda view: start_of(view.connection, fresh))
    assert start is not None
    assert start.from_on == arrived
    assert hands.desk.ask(standing.standing_of, fresh).facilitated is None


def test_a_birth_on_the_eve_asks_who_travels(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    born = member("Zain", birth_date=today(hands), birth_precision="day")
    hands.desk.do(family.came, household, "BIRTH", born, today(hands))
    found = hands.desk.ask(standing.standing_of, household)
    assert "TRAVELLERS" in {one.safeguard for one in found.blocking}
