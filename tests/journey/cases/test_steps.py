"""The steps of a case beside the way to the bus: hold, follow-up, staying, leaving alone, the second case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import commands as families
from helpdesk.households.forms import IntentionAnswer
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries, steps
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.kinds import case_id
from tests.journey import ready
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


@command("test.take", roles=FAMILIES)
def take(act: Act, household: str, to: str) -> Case:
    """A step of the rooms above."""
    return steps.move(act, household, to)


def refused(hands: Hands, who: str, *given: object) -> str:
    with pytest.raises(Refusal) as no:
        hands.as_(who).do(*given)
    return no.value.code


def state(hands: Hands, family: str) -> str:
    return hands.desk.ask(queries.standing_of, family).state


def test_follow_up_says_nothing_of_why_and_leads_back(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"), without=("H7",))
    day = hands.desk.clock.now().date()
    assert refused(hands, "clerk", cases.follow_up, family, day + timedelta(days=30)) == "role.not_allowed"
    boss = hands.as_("supervisor")
    assert refused(hands, "supervisor", cases.follow_up, family, day) == "case.review"
    boss.do(cases.follow_up, family, day + timedelta(days=30))
    hands.as_("clerk").do(cases.note_follow_up, family, "MET", day + timedelta(days=60))
    file = boss.ask(queries.case_file, family)
    assert (file.standing.state, file.standing.reason) == ("FOLLOW_UP", "")
    assert file.standing.review_on == day + timedelta(days=60)
    assert [entry.action for entry in file.log] == ["MET"]
    assert boss.ask(queries.worklist, "FOLLOW_UP") == [family]
    hands.as_("clerk").do(cases.resume, family)
    assert state(hands, family) == "PREPARING"


def test_hold_and_back(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    hands.as_("supervisor").do(cases.declare_ready, family)
    assert hands.desk.do(cases.hold, (family, "nobody"), "TENSION")[0].code == "household.unknown"
    assert state(hands, family) == "HOLD"
    assert refused(hands, "supervisor", cases.declare_ready, family) == "case.step"
    hands.desk.do(cases.resume, family)
    assert state(hands, family) == "PREPARING"


def test_who_stays_needs_no_departure_and_may_change_its_mind(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    day = hands.desk.clock.now().date()
    assert refused(hands, "clerk", cases.stay, family, day + timedelta(days=90)) == "case.not_staying"
    hands.desk.do(families.record_intention, family, IntentionAnswer("LOC"))
    hands.desk.do(cases.stay, family, day + timedelta(days=90))
    assert state(hands, family) == "STAYING"
    assert refused(hands, "clerk", cases.resume, family) == "case.choice"
    hands.desk.do(families.record_intention, family, IntentionAnswer("RET", destination=ready.DESTINATION))
    hands.desk.do(cases.resume, family)
    assert state(hands, family) == "PREPARING"


@pytest.mark.parametrize("reason", ["OWN", "CLOSURE", "EVICT", "DK"])
def test_who_left_alone_is_written_down_and_not_counted(programme: Programme, hands: Hands, reason: str) -> None:
    family = preparing_family(hands.as_("clerk"))
    day = hands.desk.clock.now().date()
    programme.clock.move(days=1)
    hands.desk.do(cases.leave_unfacilitated, family, reason, day)
    standing = hands.desk.ask(queries.standing_of, family)
    assert (standing.state, standing.reason, standing.facilitated) == ("UNFACILITATED", reason, None)
    assert standing.incident == ""


def test_displaced_again_opens_the_second_case_that_names_the_first(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    desk = hands.desk
    desk.do(cases.leave_unfacilitated, family, "OWN", desk.clock.now().date())
    for to in ("ARRIVED", "REDISPLACED"):
        desk.do(take, family, to)
    second = desk.do(cases.prepare, family)
    assert (second.attempt, second.previous_case) == (2, case_id(family, 1))
    assert state(hands, family) == "PREPARING"
    assert [case.state for case in desk.ask(queries.case_file, family).cases] == ["REDISPLACED", "PREPARING"]


@pytest.mark.parametrize("population", ["RET", "HOST"])
def test_who_returned_or_receives_needs_no_departure(hands: Hands, population: str) -> None:
    form = ready.returning_form(hands.desk.clock, population=population)
    hands.as_("clerk").do(families.register, form)
    assert refused(hands, "clerk", cases.prepare, form.household_id) == "case.no_movement"
    assert state(hands, form.household_id) == "REGISTERED"
    ready.profile(hands.desk, form.household_id)
    assert state(hands, form.household_id) == "SCREENED"
    assert hands.desk.ask(queries.lines, (form.household_id,))[form.household_id].state == "SCREENED"


def test_the_board_counts_what_stands(hands: Hands) -> None:
    form = ready.returning_form(hands.desk.clock)
    hands.as_("clerk").do(families.register, form)
    preparing_family(hands.desk, without=("H1",))
    counted = {column.state: (column.families, column.persons) for column in hands.desk.ask(queries.board)}
    assert counted["SCREENED"] == (1, 3)
    assert counted["PREPARING"] == (1, 3)
    assert hands.desk.ask(queries.missing_counts)["H1"] == 1
    assert hands.desk.ask(queries.worklist_counts)["MISSING"] == 1


@pytest.mark.parametrize("state_of", sorted(steps.ALLOWED))
def test_no_step_leads_past_the_gate(state_of: str) -> None:
    case = Case("h", 1, "RETURN", state_of, ready.date(2026, 1, 1))
    for to in ("DEPARTED", "SCHEDULED"):
        before = {"DEPARTED": "SCHEDULED", "SCHEDULED": "READY"}[to]
        if state_of == before:
            continue
        with pytest.raises(Refusal, match=r"case\.step"):
            steps.check(case, to)
