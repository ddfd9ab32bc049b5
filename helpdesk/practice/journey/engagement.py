"""A practice desk's sessions, visits and lessons: enough to see every state, made by the program's own commands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from helpdesk.desk.commands import View
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.engagement import commands as events
from helpdesk.journey.engagement import lessons
from helpdesk.journey.engagement.documents import Material
from helpdesk.journey.engagement.forms import EventForm, LessonForm
from helpdesk.journey.visits import commands as visits
from helpdesk.journey.visits import offers, queries
from helpdesk.journey.visits.documents import Finding
from helpdesk.journey.visits.forms import VisitForm
from helpdesk.opening import Desk

ORGANISATION = "Practice Relief"
_FALLUJA = PlaceAnswer(place_id="IQG01Q01")
_SITE = PlaceAnswer(unlisted="Meeting hall")


def make_engagement(desk: Desk, families: Sequence[str], rng: random.Random) -> None:
    """A held session, a planned one, a visit that is full and one that took place, and a lesson to be read."""
    day = desk.ask(_day)
    held = desk.do(events.plan, event_of(day, kind="SESSION", materials=(Material("LEAFLET", 120, "ar"),)))
    for household in families[: max(1, len(families) * 2 // 3)]:
        desk.do(events.attend, held, household)
    desk.do(events.count, held, {"F": {"18-59": rng.randint(5, 20), "6-17": 4}, "M": {"18-59": rng.randint(3, 9)}})
    desk.do(events.ask, held, "When is the road open?", "SERV", "Every day until four.")
    desk.do(events.plan, event_of(day + timedelta(days=3), kind="MOBILE", women_only=True))
    _visits(desk, families, day)
    desk.do(lessons.note, LessonForm("LESSON", "DIS", "1", "Sessions after the midday prayer reach more people.", None))


def _day(view: View) -> date:
    return view.day


def event_of(on: date, *, kind: str, women_only: bool = False, materials: tuple[Material, ...] = ()) -> EventForm:
    """A session or event at the practice site, on this day."""
    return EventForm(
        kind=kind,
        side="DIS",
        level="SITE",
        on=on,
        place=_SITE,
        phase="1",
        topics=("REG", "VOLUNT", "GAS", "FEEDBACK"),
        organisation=ORGANISATION,
        materials=materials,
        women_only=women_only,
    )


def _visits(desk: Desk, families: Sequence[str], day: date) -> None:
    made = desk.do(visits.plan, _visit(day, seats=40))
    desk.do(visits.check_risk, made, "Road and village were asked about today.")
    for place, household in enumerate(families[:3]):
        seat = desk.do(offers.offer, made, household, tuple(one.person for one in desk.ask(queries.members, household)))
        desk.do(offers.answer, seat.seat, "DECLINED" if place == 2 else "TAKEN")
    for household in families[:2]:
        desk.do(visits.board, made, household)
    for seat_line in desk.ask(queries.visit_of, made).seats[:1]:
        for traveller in seat_line.travellers[:1]:
            if traveller.participant is not None and traveller.came:
                desk.do(visits.find, traveller.participant, Finding(True, "25-49", ("WATER",), ("NONE",), "4"))
    coming = desk.do(visits.plan, _visit(day + timedelta(days=5), seats=2))
    for household in families[3:5]:
        desk.do(offers.offer, coming, household, tuple(one.person for one in desk.ask(queries.members, household))[:2])


def _visit(on: date, *, seats: int) -> VisitForm:
    return VisitForm(
        kind="GAS",
        on=on,
        destination=_FALLUJA,
        start=_SITE,
        seats=seats,
        phase="1",
        organisation=ORGANISATION,
        hosts=("AUTHORITY", "NEIGHBOURS"),
        route="Road 10",
        leaves="08:30",
        contact="+9647000000001",
    )
