"""What the papers of a visit say, taken from the visit: for the driver no name, for the interviewer only numbers."""

from __future__ import annotations

from datetime import date

from helpdesk.desk.places import Gazetteer
from helpdesk.journey.visits.documents import Visit
from helpdesk.journey.visits.queries import VisitShown

DriverFacts = tuple[date, str, str, str, str, str, str, int, int]
"""Day, hour, meeting point, destination, route, vehicle, contact, persons, families."""


def driver_facts(shown: VisitShown, places: Gazetteer, language: str) -> DriverFacts:
    """The fields of the driver's list but the last. Only seats that were taken count."""
    visit = shown.line.visit
    taken = [seat for seat in shown.seats if seat.state == "TAKEN"]
    persons = sum(len(seat.travellers) for seat in taken)
    destination = visit.destination
    to = places.shown(destination.place_id, language) if destination.place_id else destination.unlisted
    where = ", ".join(part for part in (destination.village, to) if part)
    return (
        visit.on, visit.leaves, _meeting(visit), where, visit.route, visit.vehicle, visit.contact, persons, len(taken)
    )  # fmt: skip


def _meeting(visit: Visit) -> str:
    # a camp's name on a paper that travels can mark whoever is found with it (DOMAIN.md section 0, 6)
    return visit.start.unlisted or visit.start.village


def interviewed(shown: VisitShown) -> tuple[tuple[str, int], ...]:
    """(household number, place among the family's travellers from 1) of everybody who came."""
    return tuple(
        (seat.number, place)
        for seat in shown.seats
        for place, traveller in enumerate(seat.travellers, start=1)
        if traveller.came
    )
