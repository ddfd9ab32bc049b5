"""Follow-up that somebody proposes: nothing changes before a supervisor's word, and two desks' proposals are one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.exchange.exceptions import exceptions
from helpdesk.journey.cases import commands, proposing, queries
from tests.journey.crossing import cross
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme


def refused(hands: Hands, *call: Any) -> str:
    with pytest.raises(Refusal) as found:
        hands.desk.do(*call)
    return found.value.code


def test_a_proposal_changes_nothing_until_it_is_confirmed(hands: Hands) -> None:
    household = preparing_family(hands.as_("supervisor"))
    before = hands.desk.ask(queries.standing_of, household)
    later = before.day + timedelta(days=20)
    hands.as_("clerk").do(proposing.propose, household, later)
    assert refused(hands, commands.follow_up, household, later) == "role.not_allowed"
    assert refused(hands, proposing.propose, household, later) == "follow_up.twice"
    assert hands.desk.ask(queries.standing_of, household) == before
    assert hands.desk.ask(proposing.proposed_families) == [household]
    hands.as_("supervisor")
    assert {one.code: one.count for one in hands.desk.ask(exceptions)}["follow_ups"] == 1
    hands.desk.do(commands.follow_up, household, later)
    assert hands.desk.ask(queries.standing_of, household).state == "FOLLOW_UP"
    assert hands.desk.ask(queries.case_file, household).proposed is None
    assert hands.desk.ask(proposing.count_proposed) == 0


def test_it_is_declined_by_a_supervisor_or_taken_back_by_whoever_proposed_it(hands: Hands) -> None:
    household = preparing_family(hands.as_("supervisor"))
    later = hands.desk.ask(queries.standing_of, household).day + timedelta(days=20)
    hands.desk.do(proposing.propose, household, later)
    hands.as_("clerk")
    assert refused(hands, proposing.decline, household) == "follow_up.not_yours"
    hands.as_("supervisor").do(proposing.decline, household)
    assert refused(hands, proposing.decline, household) == "follow_up.none"
    hands.as_("clerk").do(proposing.propose, household, later)
    hands.desk.do(proposing.decline, household)
    assert hands.desk.ask(proposing.proposed_families) == []
    assert hands.desk.ask(queries.standing_of, household).state == "PREPARING"


def test_a_day_to_look_again_is_a_day_to_come(hands: Hands) -> None:
    household = preparing_family(hands.as_("clerk"))
    today = hands.desk.ask(queries.standing_of, household).day
    assert refused(hands, proposing.propose, household, today) == "case.review"


def test_what_two_desks_proposed_is_answered_once(programme: Programme) -> None:
    household = programme.at("one", "supervisor", preparing_family)
    cross(programme, "one", "two")
    later = programme.clock.now().date() + timedelta(days=20)
    for folder in ("one", "two"):
        programme.at(folder, "clerk", lambda desk: desk.do(proposing.propose, household, later))
    cross(programme, "one", "two")
    programme.at("two", "supervisor", lambda desk: desk.do(commands.follow_up, household, later))
    cross(programme, "two", "one")
    for folder in ("one", "two"):
        with programme.open(folder, "supervisor") as desk:
            assert desk.ask(proposing.count_proposed) == 0
            assert desk.ask(queries.standing_of, household).state == "FOLLOW_UP"
