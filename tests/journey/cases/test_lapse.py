"""A word of the centre that runs out and one that it took back cannot be told apart at a desk."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.desk.bundle import Decision
from helpdesk.desk.commands import Act, command
from helpdesk.desk.lapsing import LEAST_DAYS, SPREAD_DAYS, word_holds
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.queries import family_file
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.deriving import install_decisions
from helpdesk.journey.cases.standing import recompute
from helpdesk.journey.cases.tables import DecisionRow
from tests.journey import ready
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme

LAPSED = LEAST_DAYS + SPREAD_DAYS
_OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|\b\d{10}\b")


@command("test.take_back", roles=FAMILIES)
def take_back(act: Act, household: str) -> None:
    """What a bundle does that carries no word on this family any more."""
    rows = act.connection.execute(select(DecisionRow.household, DecisionRow.decision, DecisionRow.on))
    kept = [Decision(*row) for row in rows if row.household != household]
    install_decisions(act.connection, kept, day_number(act.day))
    recompute(act.connection, act.day, [household])


def told(hands: Hands, family: str) -> str:
    """All that a desk is told of a family's way, without what is its own."""
    shown: Any = (hands.desk.ask(queries.standing_of, family), hands.desk.ask(family_file, family).decision)
    return _OWN.sub("own", msgspec.json.encode(shown).decode())


def test_a_word_that_ran_out_and_one_taken_back_look_the_same(programme: Programme, hands: Hands) -> None:
    lapses, is_taken_back = (preparing_family(hands.as_("clerk")) for _ in range(2))
    assert told(hands, lapses) == told(hands, is_taken_back)
    assert "CENTRE" not in {one.safeguard for one in hands.desk.ask(queries.standing_of, lapses).missing}
    programme.clock.move(days=LAPSED)
    hands.desk.catch_up()
    hands.desk.do(ready.decide, is_taken_back, "proceed")
    assert told(hands, lapses) != told(hands, is_taken_back)
    hands.desk.do(take_back, is_taken_back)
    assert told(hands, lapses) == told(hands, is_taken_back)
    assert "CENTRE" in {one.safeguard for one in hands.desk.ask(queries.standing_of, lapses).missing}


def test_the_desk_learns_that_a_word_ran_out_by_the_day_alone(programme: Programme, hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    given = day_number(hands.desk.clock.now().date())
    programme.clock.move(days=LEAST_DAYS - 1)
    for _ in range(SPREAD_DAYS + 2):
        programme.clock.move(days=1)
        hands.desk.catch_up()
        today = day_number(hands.desk.clock.now().date())
        lacks = family in hands.desk.ask(queries.worklist, "CENTRE")
        assert lacks is not word_holds(family, given, today)


def test_nobody_is_ready_by_a_word_that_ran_out(programme: Programme, hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    programme.clock.move(days=LAPSED)
    desk = hands.as_("supervisor")
    desk.catch_up()
    for name in ("H6", "H7", "L_RISK"):
        ready.STEPS[name](desk, family)
    with pytest.raises(Refusal, match=r"gate\.centre"):
        desk.do(cases.declare_ready, family)
    desk.do(ready.decide, family, "proceed")
    desk.do(cases.declare_ready, family)
