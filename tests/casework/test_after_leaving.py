"""What happens to a family later takes nothing from its departure: it was proven, and it stays so."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.casework import family, splitting
from helpdesk.casework.family import Holders
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households import queries as register
from helpdesk.journey.arrivals import commands as arrivals
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import gate, queries
from tests.casework.families import split_form
from tests.journey.ready import Hands, declare, preparing_family
from tests.people import head, member

PEOPLE = (
    head(),
    member("Ali", relation="SPOUSE", sex="M", birth_date=date(1980, 7, 1)),
    member("Omar", relation="SIB", sex="M", birth_date=date(1990, 7, 1)),
)


@command("test.leave", roles=(Role.SUPERVISOR,))
def leave(act: Act, household: str) -> None:
    gate.depart(act, household, act.day)


def gone_home(hands: Hands) -> str:
    desk = hands.as_("supervisor")
    household = preparing_family(desk, members=PEOPLE)
    desk.do(cases.declare_ready, household)
    declare(desk, household)
    assert desk.do(cases.schedule, (household,), desk.clock.now().date()) == ()
    desk.do(leave, household)
    return household


def test_a_family_on_the_road_is_not_divided(hands: Hands) -> None:
    household = gone_home(hands)
    brother = hands.desk.ask(register.family_file, household).household.members[-1]
    with pytest.raises(Refusal) as found:
        hands.desk.do(splitting.split, household, split_form((brother,)))
    assert found.value.code == "split.on_the_road"


def test_a_split_and_a_death_at_home_leave_the_departure_proven(hands: Hands) -> None:
    household = gone_home(hands)
    hands.desk.do(arrivals.scan, household)
    assert hands.desk.ask(queries.standing_of, household).facilitated
    mother, father, brother = hands.desk.ask(register.family_file, household).household.members
    fresh = hands.desk.do(splitting.split, household, split_form((brother,))).moving.household
    day = hands.desk.clock.now().date()
    hands.desk.do(family.gone, household, mother, "DEATH", day, Holders(father, father))
    after = hands.desk.ask(queries.standing_of, household)
    assert (after.facilitated, after.incident, after.state) == (True, "", "ARRIVED")
    assert hands.desk.ask(queries.standing_of, fresh).departed_on is None
