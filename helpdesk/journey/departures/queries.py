"""What pages and the command line read of movements: the list, one movement, its families page by page, incidents.

Lists join the rows of ``standing``; no document is folded row by row. They show a number, one name and what is
missing as a count; why, is told in the family's own file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.desk.roles import NAMES
from helpdesk.households.commands import known_household
from helpdesk.households.kinds import PERSON
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.departures.codes import EXPECTED, LIVE
from helpdesk.journey.departures.day import Counted
from helpdesk.journey.departures.documents import Closing, Line, Movement, Notification, RoadCall, Vehicle
from helpdesk.journey.departures.kinds import CLOSING, NOTIFICATION, ROAD_CALL
from helpdesk.journey.departures.planning import known_line, known_movement
from helpdesk.journey.departures.tables import ClosingRow, LineRow, MovementRow, NotificationRow, RoadCallRow
from helpdesk.vault.bulk import among
from helpdesk.vault.records import document_of, documents_of

WHICH: Final = ("TO_COME", "PAST", "ALL")
LOOK_BACK: Final = 1
"""Days after its day for which a movement that nobody closed still counts as to come."""


class MovementLine(Struct, frozen=True):
    """One movement as a list shows it. ``twice``: its manifest was closed at two desks."""

    id: str
    number: str
    day: date
    mode: str
    state: str
    destination: str | None
    families: int
    people: int
    departed: int
    twice: bool


class FamilyLine(Struct, frozen=True):
    """One family of a movement. ``standing`` is its case's effective state, ``blocking`` what stands in the way."""

    household: str
    number: str
    principal: str
    persons: int
    fit: int
    vehicle: str
    state: str
    standing: str
    blocking: int


class MovementShown(Struct, frozen=True):
    """One movement with everything but its families."""

    id: str
    movement: Movement
    counts: dict[str, int]
    counted: Counted
    notifications: tuple[Notification, ...]
    closings: tuple[Closing, ...]
    calls: tuple[RoadCall, ...]
    elsewhere: tuple[str, ...]
    day: date

    @property
    def has_come(self) -> bool:
        """Whether its day has come, families wait for it, and nobody has closed it."""
        return self.movement.state == "PLANNED" and self.day >= self.movement.day and self.counted.of_families > 0


class TravelShown(Struct, frozen=True):
    """How one family travels: its line with the names of its travellers, and the vehicles that it may go in."""

    number: str
    line: Line
    travellers: dict[str, str]
    vehicles: tuple[Vehicle, ...]


class Incident(Struct, frozen=True):
    """Something about movements that two desks did against each other: a person looks at it.

    ``code`` CLOSED_TWICE or ON_TWO_LISTS; ``number`` of the movement.
    """

    code: str
    movement: str
    number: str
    household: str | None = None


def movements(view: View, which: str = "TO_COME") -> list[str]:
    """Ids of movements: those to come by day, the past ones from the latest."""
    statement = select(MovementRow.id)
    edge = view.day - timedelta(days=LOOK_BACK)
    if which == "TO_COME":
        statement = statement.where(MovementRow.state == "PLANNED", MovementRow.day >= edge)
    elif which == "PAST":
        statement = statement.where((MovementRow.state != "PLANNED") | (MovementRow.day < edge))
    order = MovementRow.day.asc() if which == "TO_COME" else MovementRow.day.desc()
    return list(view.connection.scalars(statement.order_by(order, MovementRow.id)))


def movement_lines(view: View, ids: Sequence[str]) -> dict[str, MovementLine]:
    """One page of the list of movements."""
    gone = LineRow.state.in_(("DEPARTED", "REFUSED", "TURNED_BACK"))
    counts = {
        row.movement: row
        for row in view.connection.execute(
            select(
                LineRow.movement,
                func.count().filter(LineRow.state.in_(LIVE) | gone).label("families"),
                func.coalesce(func.sum(LineRow.persons).filter(LineRow.state.in_(LIVE) | gone), 0).label("people"),
                func.count().filter(LineRow.state == "DEPARTED").label("departed"),
            )
            .where(LineRow.movement.in_(ids))
            .group_by(LineRow.movement)
        )
    }
    twice = closed_twice(view, ids)
    found = {}
    for row in view.connection.execute(select(MovementRow).where(MovementRow.id.in_(ids))):
        of = counts.get(row.id)
        found[row.id] = MovementLine(
            row.id, row.number, row.day, row.mode, row.state, row.destination,
            of.families if of else 0, int(of.people) if of else 0, of.departed if of else 0, row.id in twice,
        )  # fmt: skip
    return found


def closed_twice(view: View, ids: Sequence[str]) -> frozenset[str]:
    """Those of these movements whose manifest was closed more than once."""
    return frozenset(
        view.connection.scalars(
            select(ClosingRow.movement)
            .where(ClosingRow.movement.in_(ids))
            .group_by(ClosingRow.movement)
            .having(func.count() > 1)
        )
    )


def movement_of(view: View, movement: str) -> MovementShown:
    """One movement. Raises Refusal("movement.unknown")."""
    view.only(NAMES)
    found = known_movement(view.connection, movement)
    connection = view.connection
    counts: dict[str, int] = {}
    people = dict.fromkeys(EXPECTED, 0)
    for row in connection.execute(
        select(LineRow.state, func.count().label("families"), func.sum(LineRow.persons).label("people"))
        .where(LineRow.movement == movement)
        .group_by(LineRow.state)
    ):
        counts[row.state] = row.families
        people[row.state] = int(row.people)
    here, waited = counts.get("PRESENT", 0), counts.get("SCHEDULED", 0)
    notified = connection.scalars(select(NotificationRow.id).where(NotificationRow.movement == movement))
    closed = connection.scalars(select(ClosingRow.id).where(ClosingRow.movement == movement))
    called = connection.scalars(select(RoadCallRow.id).where(RoadCallRow.movement == movement).order_by(RoadCallRow.at))
    return MovementShown(
        id=movement,
        movement=found,
        counts=counts,
        counted=Counted(here, here + waited, people["PRESENT"], people["PRESENT"] + people["SCHEDULED"]),
        notifications=tuple(d for one in notified if (d := document_of(connection, NOTIFICATION, one))),
        closings=tuple(c for one in closed if (c := document_of(connection, CLOSING, one))),
        calls=tuple(r for one in called if (r := document_of(connection, ROAD_CALL, one))),
        elsewhere=_on_two_lists(view, movement),
        day=view.day,
    )


def of_states(view: View, movement: str, states: tuple[str, ...]) -> tuple[str, ...]:
    """The households on a movement whose line is in one of these states."""
    view.only(NAMES)
    statement = select(LineRow.household).where(LineRow.movement == movement, LineRow.state.in_(states))
    return tuple(view.connection.scalars(statement.order_by(LineRow.household)))


def preparing_families(view: View, movement: str) -> tuple[str, ...]:
    """The families on a movement's list that prepare and were not declared ready yet."""
    view.only(NAMES)
    statement = (
        select(LineRow.household)
        .join(StandingRow, StandingRow.household == LineRow.household)
        .where(LineRow.movement == movement, LineRow.state == "LISTED", StandingRow.declared == "PREPARING")
    )
    return tuple(view.connection.scalars(statement.order_by(LineRow.household)))


def ready_families(view: View, movement: str) -> tuple[str, ...]:
    """Families that are ready, go to the movement's place if it names one, and are on no planned list yet."""
    view.only(NAMES)
    found = known_movement(view.connection, movement)
    listed = (
        select(LineRow.household)
        .join(MovementRow, MovementRow.id == LineRow.movement)
        .where(LineRow.state.in_(LIVE), MovementRow.state == "PLANNED")
    )
    statement = select(StandingRow.household).where(StandingRow.state == "READY", StandingRow.household.not_in(listed))
    places = view.connection.scalars(statement.with_only_columns(StandingRow.destination).distinct()).all()
    if found.destination is not None and found.destination.place_id is not None:
        gazetteer = load_gazetteer()
        wider = found.destination.place_id
        within = [place for place in places if place and (place == wider or gazetteer.is_within(place, wider))]
        statement = statement.where(StandingRow.destination.in_(within))
    return tuple(view.connection.scalars(statement.order_by(StandingRow.household)))


def family_ids(view: View, movement: str) -> list[str]:
    """The households on a movement, by name; those taken off at the end."""
    view.only(NAMES)
    return list(
        view.connection.scalars(
            select(LineRow.household)
            .join(HouseholdRow, HouseholdRow.id == LineRow.household)
            .join(PersonRow, PersonRow.id == HouseholdRow.principal)
            .where(LineRow.movement == movement)
            .order_by(LineRow.state == "OFF", PersonRow.sort_name, LineRow.household)
        )
    )


def family_lines(view: View, movement: str, households: Sequence[str]) -> dict[str, FamilyLine]:
    """One page of a movement's families."""
    view.only(NAMES)
    rows = view.connection.execute(
        select(
            LineRow.household, HouseholdRow.number, PersonRow.name, LineRow.persons, LineRow.fit, LineRow.vehicle,
            LineRow.state, StandingRow.state.label("standing"), StandingRow.blocking,
        )
        .join(HouseholdRow, HouseholdRow.id == LineRow.household)
        .join(PersonRow, PersonRow.id == HouseholdRow.principal)
        .outerjoin(StandingRow, StandingRow.household == LineRow.household)
        .where(LineRow.movement == movement, among(view.connection, LineRow.household, list(households)))
    )  # fmt: skip
    return {
        row.household: FamilyLine(
            row.household, row.number, row.name, row.persons, row.fit, row.vehicle, row.state,
            row.standing or "", row.blocking or 0,
        )
        for row in rows
    }  # fmt: skip


def travel_of(view: View, movement: str, household: str) -> TravelShown:
    """How one family travels. Raises Refusal("movement.unknown" | "movement.not_listed" | "household.unknown")."""
    view.only(NAMES)
    found = known_movement(view.connection, movement)
    _, line = known_line(view.connection, movement, household)
    names = {person: doc.full_name for person, doc in documents_of(view.connection, PERSON, household)}
    travellers = {person: names[person] for person in line.travellers if person in names}
    return TravelShown(known_household(view, household).number, line, travellers, found.vehicles)


def _on_two_lists(view: View, movement: str) -> tuple[str, ...]:
    other = select(LineRow.household).join(MovementRow, MovementRow.id == LineRow.movement).where(
        LineRow.movement != movement, LineRow.state.in_(LIVE), MovementRow.state == "PLANNED"
    )  # fmt: skip
    return tuple(
        view.connection.scalars(
            select(LineRow.household).where(
                LineRow.movement == movement, LineRow.state.in_(LIVE), LineRow.household.in_(other)
            )
        )
    )


def incidents(view: View) -> tuple[Incident, ...]:
    """What two desks did against each other: manifests closed twice, families on two lists."""
    twice = view.connection.execute(
        select(MovementRow.id, MovementRow.number)
        .join(ClosingRow, ClosingRow.movement == MovementRow.id)
        .group_by(MovementRow.id, MovementRow.number)
        .having(func.count() > 1)
        .order_by(MovementRow.number)
    )
    found = [Incident("CLOSED_TWICE", row.id, row.number) for row in twice]
    live = (
        select(LineRow.household)
        .join(MovementRow, MovementRow.id == LineRow.movement)
        .where(LineRow.state.in_(LIVE), MovementRow.state == "PLANNED")
        .group_by(LineRow.household)
        .having(func.count() > 1)
    )
    doubled = view.connection.execute(
        select(LineRow.household, MovementRow.id, MovementRow.number)
        .join(MovementRow, MovementRow.id == LineRow.movement)
        .where(LineRow.household.in_(live), LineRow.state.in_(LIVE), MovementRow.state == "PLANNED")
        .order_by(LineRow.household, MovementRow.number)
    )
    found += [Incident("ON_TWO_LISTS", row.id, row.number, row.household) for row in doubled]
    return tuple(found)


def movement_by_number(view: View, number: str) -> str:
    """The id of a movement's number, read already. Raises Refusal("movement.unknown")."""
    found = view.connection.scalar(select(MovementRow.id).where(MovementRow.number == number).order_by(MovementRow.id))
    if found is None:
        raise Refusal("movement.unknown")
    return found
