"""Seats: offered, taken, declined, waited for. Offering is required, going is not (DOMAIN.md 2.11).

A seat that is not free is never offered: the family goes on the waiting list and is still to be offered one.
"""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import PAPER, PERSON
from helpdesk.households.rules import among
from helpdesk.journey.visits import codes, rules
from helpdesk.journey.visits.commands import live_visit
from helpdesk.journey.visits.documents import Participant, Seat, Visit
from helpdesk.journey.visits.kinds import PARTICIPANT, SEAT
from helpdesk.journey.visits.tables import ParticipantRow, SeatRow
from helpdesk.vault.records import document_of, documents_of

HOLDING = ("OFFERED", "TAKEN")
"""States in which a seat is nobody else's."""
ACTIVE = ("OFFERED", "TAKEN", "WAITING")


class Offered(Struct, frozen=True):
    """The answer to an offer. ``woman`` of the list ``woman``; ``at_risk`` are persons without a civil paper."""

    seat: str
    state: str
    woman: str
    at_risk: tuple[str, ...]


@command("visit.offer", roles=FAMILIES)
def offer(act: Act, visit_id: str, household: str, persons: tuple[str, ...], why: str = "") -> Offered:
    """Offer seats to persons of a family; where too few are free, put the family on the waiting list.

    ``why`` says why no woman is among them. Raises Refusal("visit.unknown" | "visit.cancelled" | "visit.underway" |
    "seat.second" | "seat.persons" | "household.unknown" | "consent.data").
    """
    visit = live_visit(act, visit_id)
    if visit.state == "UNDERWAY":
        raise Refusal("visit.underway")
    found = consenting(act, household)
    if any(
        seat.visit == visit_id and seat.state in ACTIVE for _, seat in documents_of(act.connection, SEAT, household)
    ):
        raise Refusal("seat.second")
    people = _people(act, household, found)
    chosen = _chosen(people, persons)
    seat = Seat(
        household=household,
        visit=visit_id,
        kind=visit.kind,
        offered_on=act.day,
        persons=tuple(chosen),
        woman=rules.woman_offered(chosen.values(), people.values(), act.day),
        why=why.strip(),
        state="OFFERED" if len(chosen) <= free_seats(act, visit_id, visit) else "WAITING",
    )
    for wished, earlier in documents_of(act.connection, SEAT, household):
        if earlier.visit is None and earlier.state == "WAITING":
            act.records.revise(SEAT, wished, msgspec.structs.replace(earlier, state="VOID"))
    return _made(act, household, seat, chosen)


@command("visit.wish", roles=FAMILIES)
def wish(act: Act, household: str, kind: str, wants: bool) -> Offered:
    """Ask a family about a visit while none is planned: it wants one and waits, or declines.

    Raises Refusal("form.code" | "household.unknown" | "consent.data").
    """
    among(kind, codes.VISIT, "visit")
    found = consenting(act, household)
    people = _people(act, household, found)
    state = "WAITING" if wants else "DECLINED"
    seat = Seat(
        household=household,
        visit=None,
        kind=kind,
        offered_on=act.day,
        persons=(),
        woman=rules.woman_offered(people.values(), people.values(), act.day),
        state=state,
    )
    return _made(act, household, seat, {})


def _made(act: Act, household: str, seat: Seat, chosen: dict[str, Person]) -> Offered:
    seat_id = act.new_id()
    act.records.create(SEAT, seat_id, seat)
    act.concerns(seat_id, household)
    return Offered(seat_id, seat.state, seat.woman, at_risk(act, household, chosen))


@command("visit.answer", roles=FAMILIES)
def answer(act: Act, seat_id: str, said: str) -> None:
    """Write down a family's answer: TAKEN or DECLINED. It may change until the visit is under way.

    Raises Refusal("seat.unknown" | "seat.full" | "seat.persons" | "visit.*" | "form.code" | "consent.data").
    """
    if said not in ("TAKEN", "DECLINED"):
        raise Refusal("form.code", field="seat")
    seat = _active(act, seat_id, "DECLINED")
    consenting(act, seat.household)
    if said == "DECLINED":
        _not_gone(act, seat)
    else:
        if seat.visit is None or not seat.persons:
            raise Refusal("seat.persons")
        visit = live_visit(act, seat.visit)
        taken = len(seat.persons) if seat.state in HOLDING else 0
        if len(seat.persons) > free_seats(act, seat.visit, visit) + taken:
            raise Refusal("seat.full")
        _book(act, seat.household, seat.visit, seat.persons)
    act.records.revise(SEAT, seat_id, msgspec.structs.replace(seat, state=said, offered_on=_offered_on(act, seat)))
    act.concerns(seat_id, seat.household)


def _offered_on(act: Act, seat: Seat) -> date:
    # whoever waited is offered a seat only now
    return act.day if seat.state == "WAITING" else seat.offered_on


@command("visit.take_back", roles=FAMILIES)
def take_back(act: Act, seat_id: str) -> None:
    """Take a mistaken offer back: as if it had not been made. Raises Refusal("seat.unknown" | "seat.gone")."""
    seat = _active(act, seat_id, "DECLINED")
    _not_gone(act, seat)
    act.records.revise(SEAT, seat_id, msgspec.structs.replace(seat, state="VOID"))
    act.concerns(seat_id, seat.household)


def _active(act: Act, seat_id: str, *others: str) -> Seat:
    seat = document_of(act.connection, SEAT, seat_id)
    if seat is None or seat.state not in (*ACTIVE, *others):
        raise Refusal("seat.unknown")
    return seat


def _not_gone(act: Act, seat: Seat) -> None:
    went = act.connection.scalar(
        select(func.count())
        .select_from(ParticipantRow)
        .where(
            ParticipantRow.visit == seat.visit,
            ParticipantRow.household == seat.household,
            ParticipantRow.came.is_(True),
        )
    )
    if went:
        raise Refusal("seat.gone")


def _book(act: Act, household: str, visit_id: str, persons: tuple[str, ...]) -> None:
    known = {p.person for _, p in documents_of(act.connection, PARTICIPANT, household) if p.visit == visit_id}
    for person in persons:
        if person not in known:
            act.records.create(PARTICIPANT, act.new_id(), Participant(household, visit_id, person))


def free_seats(view: View, visit_id: str, visit: Visit) -> int:
    """Seats that are nobody's yet; less than none where two desks filled the same bus."""
    held = view.connection.scalar(
        select(func.coalesce(func.sum(SeatRow.persons), 0)).where(SeatRow.visit == visit_id, SeatRow.state.in_(HOLDING))
    )
    return visit.seats - int(held or 0)


def at_risk(view: View, household: str, persons: dict[str, Person]) -> tuple[str, ...]:
    """Who of these may be stopped at a checkpoint for want of a civil paper."""
    papers = [paper for _, paper in documents_of(view.connection, PAPER, household)]
    return rules.without_civil_paper(persons, papers, view.day)


def _people(view: View, household: str, found: Household) -> dict[str, Person]:
    people = dict(documents_of(view.connection, PERSON, household))
    return {person_id: people[person_id] for person_id in found.members if person_id in people}


def _chosen(people: dict[str, Person], persons: tuple[str, ...]) -> dict[str, Person]:
    chosen = dict.fromkeys(persons)
    if not chosen or not people.keys() >= chosen.keys():
        raise Refusal("seat.persons")
    return {person_id: people[person_id] for person_id in chosen}
