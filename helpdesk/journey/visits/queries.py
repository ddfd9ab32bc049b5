"""What pages, papers and the command line read of visits. Queries write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import and_, func, select

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.commands import known_household
from helpdesk.households.kinds import PAPER, PERSON
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.visits import rules
from helpdesk.journey.visits.documents import Finding, Participant, Seat, Visit
from helpdesk.journey.visits.kinds import PARTICIPANT, SEAT, VISIT
from helpdesk.journey.visits.tables import ParticipantRow, SeatRow, VisitRow
from helpdesk.vault.records import document_of, documents_of


class VisitLine(Struct, frozen=True):
    """One line of the list of visits, in persons. ``over`` seats were given twice, by desks that had not met."""

    id: str
    visit: Visit
    held: int
    waiting: int
    came: int

    @property
    def free(self) -> int:
        """Seats nobody has."""
        return max(self.visit.seats - self.held, 0)

    @property
    def over(self) -> int:
        """Seats that were given twice."""
        return max(self.held - self.visit.seats, 0)


class Traveller(Struct, frozen=True):
    """One person of a family in a visit. ``participant`` is None until a seat was taken."""

    person: str
    name: str
    participant: str | None = None
    came: bool | None = None
    paper: bool | None = None
    finding: Finding | None = None
    decision: str | None = None


class SeatLine(Struct, frozen=True):
    """The offer to one family, as the page of a visit lists it. ``at_risk``: persons without a valid civil paper."""

    id: str
    household: str
    number: str
    principal: str
    state: str
    woman: str
    why: str
    travellers: tuple[Traveller, ...]
    at_risk: tuple[str, ...]

    @property
    def came(self) -> int:
        """How many came."""
        return sum(bool(one.came) for one in self.travellers)


class VisitShown(Struct, frozen=True):
    """A visit with its families. ``decide_from`` is the first day on which decisions are noted."""

    line: VisitLine
    seats: tuple[SeatLine, ...]
    decide_from: date


class Member(Struct, frozen=True):
    """A person to whom a seat can be offered. ``at_risk``: no valid civil paper is known."""

    person: str
    name: str
    sex: str
    age: int
    at_risk: bool


class OfferLine(Struct, frozen=True):
    """An offer in a family's file. ``visit`` is None where none was planned; ``on`` is the day of the visit."""

    seat: str
    visit: str | None
    kind: str
    on: date | None
    offered_on: date
    state: str
    woman: str
    cancelled: bool
    participants: tuple[Participant, ...]


def visit_ids(view: View, state: str | None = None) -> list[str]:
    """The ids of all visits of one state, or of all, the latest day first."""
    statement = select(VisitRow.id).order_by(VisitRow.made_on.desc(), VisitRow.id.desc())
    if state is not None:
        statement = statement.where(VisitRow.state == state)
    return list(view.connection.scalars(statement))


def visit_lines(view: View, ids: Sequence[str]) -> dict[str, VisitLine]:
    """One page of a list: the lines of these ids."""
    seats: dict[tuple[str | None, str], int] = {}
    rows = view.connection.execute(
        select(SeatRow.visit, SeatRow.state, func.sum(SeatRow.persons))
        .where(SeatRow.visit.in_(ids))
        .group_by(SeatRow.visit, SeatRow.state)
    )
    for visit_id, state, persons in rows:
        seats[visit_id, state] = int(persons)
    went = view.connection.execute(
        select(ParticipantRow.visit, func.count(ParticipantRow.person.distinct()))
        .where(ParticipantRow.visit.in_(ids), ParticipantRow.came.is_(True))
        .group_by(ParticipantRow.visit)
    )
    came = {visit_id: int(persons) for visit_id, persons in went}
    found = ((visit_id, document_of(view.connection, VISIT, visit_id)) for visit_id in ids)
    return {
        visit_id: VisitLine(
            id=visit_id,
            visit=visit,
            held=seats.get((visit_id, "OFFERED"), 0) + seats.get((visit_id, "TAKEN"), 0),
            waiting=seats.get((visit_id, "WAITING"), 0),
            came=came.get(visit_id, 0),
        )
        for visit_id, visit in found
        if visit is not None
    }


def visit_of(view: View, visit_id: str) -> VisitShown:
    """One visit with its families, in the order of their offers. Raises Refusal("visit.unknown")."""
    view.only(NAMES)
    line = visit_lines(view, (visit_id,)).get(visit_id)
    if line is None:
        raise Refusal("visit.unknown")
    rows = view.connection.execute(
        select(SeatRow.id, SeatRow.household, HouseholdRow.number, PersonRow.name)
        .outerjoin(HouseholdRow, HouseholdRow.id == SeatRow.household)
        .outerjoin(PersonRow, PersonRow.id == HouseholdRow.principal)
        .where(SeatRow.visit == visit_id, SeatRow.state != "VOID")
        .order_by(SeatRow.offered_on, SeatRow.id)
    ).all()
    seats = []
    for seat_id, household, number, name in rows:
        seat = document_of(view.connection, SEAT, seat_id)
        if seat is not None:
            seats.append(_seat_line(view, seat_id, seat, household, number or "", name or ""))
    return VisitShown(line, tuple(seats), rules.first_day_to_decide(line.visit.on))


def _seat_line(view: View, seat_id: str, seat: Seat, household: str, number: str, name: str) -> SeatLine:
    people = dict(documents_of(view.connection, PERSON, household))
    papers = [paper for _, paper in documents_of(view.connection, PAPER, household)]
    chosen = {person: people[person] for person in seat.persons if person in people}
    records = documents_of(view.connection, PARTICIPANT, household)
    booked = rules.fullest((record_id, one) for record_id, one in records if one.visit == seat.visit)
    travellers = []
    for person in seat.persons:
        shown = chosen[person].full_name if person in chosen else ""
        if person not in booked or seat.state != "TAKEN":
            travellers.append(Traveller(person, shown))
            continue
        record_id, p = booked[person]
        travellers.append(Traveller(person, shown, record_id, p.came, p.paper, p.finding, p.decision))
    return SeatLine(
        id=seat_id,
        household=household,
        number=number,
        principal=name,
        state=seat.state,
        woman=seat.woman,
        why=seat.why,
        travellers=tuple(travellers),
        at_risk=rules.without_civil_paper(chosen, papers, view.day),
    )


def members(view: View, household: str) -> tuple[Member, ...]:
    """The persons of a family in the order of the roster. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    found = known_household(view, household)
    people = dict(documents_of(view.connection, PERSON, household))
    papers = [paper for _, paper in documents_of(view.connection, PAPER, household)]
    risk = rules.without_civil_paper(people, papers, view.day)
    return tuple(
        Member(one, people[one].full_name, people[one].sex, age_on(people[one].birth_date, view.day), one in risk)
        for one in found.members
        if one in people
    )


def offers_of(view: View, household: str) -> tuple[OfferLine, ...]:
    """The visits a family was offered or waits for, the latest first."""
    view.only(NAMES)
    records = documents_of(view.connection, PARTICIPANT, household)
    found = []
    for seat_id, seat in documents_of(view.connection, SEAT, household):
        if seat.state == "VOID":
            continue
        visit = document_of(view.connection, VISIT, seat.visit) if seat.visit else None
        line = OfferLine(
            seat=seat_id,
            visit=seat.visit,
            kind=seat.kind,
            on=visit.on if visit else None,
            offered_on=seat.offered_on,
            state=seat.state,
            woman=seat.woman,
            cancelled=visit is not None and visit.state == "CANCELLED",
            participants=_went(records, seat.visit),
        )
        found.append(line)
    return tuple(sorted(found, key=lambda line: (line.offered_on, line.seat), reverse=True))


def _went(records: Iterable[tuple[str, Participant]], visit: str | None) -> tuple[Participant, ...]:
    mine = ((record_id, one) for record_id, one in records if visit is not None and one.visit == visit)
    return tuple(one for _, one in rules.fullest(mine).values())


def waiting(view: View) -> tuple[str, ...]:
    """Households that wait for a seat and hold none, the longest first: who must still be offered one."""
    holds = (
        select(SeatRow.id)
        .join(VisitRow, VisitRow.id == SeatRow.visit)
        .where(SeatRow.state.in_(("OFFERED", "TAKEN")), VisitRow.state != "CANCELLED")
    ).subquery()
    holding = select(SeatRow.household).join(holds, holds.c.id == SeatRow.id)
    rows = view.connection.execute(
        select(SeatRow.household, func.min(SeatRow.offered_on))
        .where(and_(SeatRow.state == "WAITING", SeatRow.household.not_in(holding)))
        .group_by(SeatRow.household)
        .order_by(func.min(SeatRow.offered_on), SeatRow.household)
    )
    return tuple(household for household, _ in rows)
