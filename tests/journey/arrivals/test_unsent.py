"""A family that arrives although nobody is known to have let it go: kept as a fact, raised, and never counted."""

from __future__ import annotations

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.journey.arrivals import commands as arrivals
from helpdesk.journey.arrivals.documents import ArrivalForm
from helpdesk.journey.cases import queries, waiving
from tests.journey.cases.test_incidents import carry, depart, desks, hear, scheduled, shown
from tests.journey.ready import Hands, preparing_family
from tests.programme import Programme

__all__ = ["desks"]


def test_a_scheduled_family_that_nobody_let_go_is_an_incident(hands: Hands) -> None:
    family = scheduled(hands)
    desk = hands.as_("supervisor")
    desk.do(arrivals.scan, family)
    assert shown(hands, family) == ("ARRIVED", False, "NO_DEPARTURE")
    assert desk.ask(queries.worklist, "INCIDENTS") == [family]
    with pytest.raises(Refusal, match=r"incident\.unproven"):
        desk.do(waiving.settle_incident, family, "FACILITATED", "They surely went with the others")
    desk.do(waiving.settle_incident, family, "NOT_FACILITATED", "They took a taxi the day before")
    assert shown(hands, family) == ("ARRIVED", False, "")


def test_it_ends_by_itself_when_the_departure_is_heard_of(programme: Programme, desks: tuple[Hands, Hands]) -> None:
    one, two = desks
    family = scheduled(one)
    carry(programme, one, two)
    hear(two, family)
    one.as_("supervisor").do(depart, family)
    two.as_("clerk").do(arrivals.scan, family)
    assert shown(two, family) == ("ARRIVED", False, "NO_DEPARTURE")
    carry(programme, one, two)
    carry(programme, two, one)
    assert shown(one, family) == shown(two, family) == ("ARRIVED", True, "")


def test_whoever_came_by_its_own_means_is_no_incident(hands: Hands) -> None:
    family = preparing_family(hands.as_("clerk"))
    hands.desk.do(arrivals.record, ArrivalForm(family, unplanned="OWN"))
    assert shown(hands, family) == ("ARRIVED", None, "")
