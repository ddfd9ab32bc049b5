"""A family hears, asks, sees and decides: two desks serve it on the same days, and both know the same afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.journey.engagement import commands as events
from helpdesk.journey.engagement.facts import attended
from helpdesk.journey.engagement.reach import reach
from helpdesk.journey.visits import commands as visits
from helpdesk.journey.visits import offers, queries
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.facts import offered
from helpdesk.journey.visits.reach import visits_report
from helpdesk.opening import Desk
from tests.journey.crossing import cross
from tests.journey.events import event_form, visit_form
from tests.people import small_form
from tests.programme import START, Programme

OTHER = {"one": "two", "two": "one"}


def meet(programme: Programme, *senders: str) -> None:
    """Whoever wrote something tells the other desk."""
    for sender in senders:
        cross(programme, sender, OTHER[sender])


def facts_at(programme: Programme, folder: str, household: str) -> tuple[object, object]:
    return programme.at(
        folder, "clerk",
        lambda desk: desk.ask(
            lambda view: (attended(view.connection, household), offered(view.connection, household))
        ),
    )  # fmt: skip


def test_from_the_tent_to_the_decision(programme: Programme) -> None:
    today = START.date()
    household = programme.register("one", small_form(programme.clock))
    event = programme.at("one", "clerk", lambda desk: desk.do(events.plan, event_form(programme.clock)))
    form = visit_form(programme.clock, on=today + timedelta(days=2), seats=2)
    visit = programme.at("one", "clerk", lambda desk: desk.do(visits.plan, form))
    meet(programme, "one")

    # both desks scan the family at the same session; the family wants to see first
    for folder in ("one", "two"):
        programme.at(folder, "clerk", lambda desk: desk.do(events.attend, event, household))
    programme.at("two", "clerk", lambda desk: desk.do(offers.wish, household, "GAS", True))
    meet(programme, "one", "two")
    assert facts_at(programme, "one", household)[0] is not None
    assert facts_at(programme, "one", household)[1] is None
    assert facts_at(programme, "one", household) == facts_at(programme, "two", household)

    def offer(desk: Desk) -> None:
        people = tuple(one.person for one in desk.ask(queries.members, household))
        desk.do(offers.answer, desk.do(offers.offer, visit, household, people).seat, "TAKEN")
        desk.do(visits.check_risk, visit, "the police and the mukhtar were asked")

    programme.at("two", "clerk", offer)
    meet(programme, "two")
    assert facts_at(programme, "one", household)[1] is not None

    # the day: the other desk writes down who came
    programme.clock.move(days=2)
    programme.at("one", "clerk", lambda desk: desk.do(visits.board, visit, household))
    meet(programme, "one")

    def see(desk: Desk) -> str:
        (seat,) = desk.ask(queries.visit_of, visit).seats
        person = seat.travellers[0].participant
        assert person is not None
        return person

    person = programme.at("one", "clerk", see)
    programme.at("one", "clerk", lambda desk: desk.do(visits.find, person, Finding(True, "50-74", reception="3")))
    with pytest.raises(Refusal, match=r"visit\.next_day"):
        programme.at("two", "clerk", lambda desk: desk.do(visits.decide, person, "RET"))
    programme.clock.move(days=1)
    programme.at("two", "clerk", lambda desk: desk.do(visits.decide, person, "UND"))
    meet(programme, "one", "two")

    # what was found at one desk and decided at the other stand together, at both
    last = today + timedelta(days=9)
    for folder in ("one", "two"):
        report = programme.at(folder, "clerk", lambda desk: desk.ask(visits_report, today, last, "GAS"))
        assert (report.offered, report.families_went, report.waiting) == (1, 1, 0)
        assert (report.decisions, report.reception) == ({"UND": 1, "": 1}, {"3": 1})
        assert programme.at(folder, "clerk", lambda desk: desk.ask(reach, today, last)).families == 1
    assert facts_at(programme, "one", household) == facts_at(programme, "two", household)
