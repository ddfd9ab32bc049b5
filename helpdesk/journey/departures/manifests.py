"""What the papers of a movement are made of: its families with the people who travel, and whose names may be given.

Reading a manifest is an act with an audit entry, because it is the one list on which a whole convoy stands by name.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.core.codes import CodeList
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.rules import ADULT, among
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.departures.codes import LIVE
from helpdesk.journey.departures.consents import may_be_named
from helpdesk.journey.departures.documents import Belongings, Line, Movement
from helpdesk.journey.departures.kinds import LINE
from helpdesk.journey.departures.planning import known_line, known_movement
from helpdesk.journey.departures.tables import LineRow
from helpdesk.vault.records import document_of, documents_of

MANIFEST = CodeList("manifest", "OPERATIONAL", "AUTHORITIES", "DRIVER")


class Traveller(Struct, frozen=True):
    """One person of a manifest. ``company``: needs somebody with her on the way; never why."""

    name: str
    sex: str
    age: int
    company: bool


class ManifestFamily(Struct, frozen=True):
    """One family of a manifest; ``reading`` is the language of the papers it takes along."""

    household: str
    number: str
    principal: str
    reading: str
    people: tuple[Traveller, ...]
    vehicle: str
    belongings: Belongings
    state: str

    @property
    def adults(self) -> tuple[Traveller, ...]:
        """Those who are of age."""
        return tuple(person for person in self.people if person.age >= ADULT)


class Manifest(Struct, frozen=True):
    """A movement with its families in the order of their names. ``kind`` decides whose names it holds."""

    kind: str
    movement: Movement
    families: tuple[ManifestFamily, ...]
    printed_on: date

    @property
    def people(self) -> int:
        """How many people stand on it."""
        return sum(len(family.people) for family in self.families)


@command("movement.manifest", roles=FAMILIES)
def manifest(act: Act, movement: str, kind: str) -> Manifest:
    """One of the three manifests; AUTHORITIES holds only households whose every adult agreed, and is a supervisor's.

    After the closing it holds who has left. Raises Refusal("movement.unknown" | "movement.nobody" |
    "role.not_allowed" | "form.code").
    """
    among(kind, MANIFEST, "kind")
    if kind == "AUTHORITIES":
        act.only((Role.SUPERVISOR,))
    found = known_movement(act.connection, movement)
    states = ("DEPARTED",) if found.state == "CLOSED" else (*LIVE, "DEPARTED")
    rows = act.connection.scalars(
        select(LineRow.id)
        .join(HouseholdRow, HouseholdRow.id == LineRow.household)
        .join(PersonRow, PersonRow.id == HouseholdRow.principal)
        .where(LineRow.movement == movement, LineRow.state.in_(states))
        .order_by(PersonRow.sort_name, LineRow.household)
    )
    lines = [line for row in rows if (line := document_of(act.connection, LINE, row))]
    if kind == "AUTHORITIES":
        lines = [one for one in lines if may_be_named(act.connection, one.household, one.travellers, act.day)]
    elif not lines:
        raise Refusal("movement.nobody")
    act.concerns(movement, kind)
    return Manifest(kind, found, tuple(_family(act, line) for line in lines), act.day)


@command("movement.papers", roles=FAMILIES)
def papers_of_family(act: Act, movement: str, household: str) -> Manifest:
    """The movement with one family: for its declaration and the slip it takes along.

    Raises Refusal("movement.unknown" | "movement.not_listed").
    """
    found = known_movement(act.connection, movement)
    _, line = known_line(act.connection, movement, household)
    act.concerns(movement, household)
    return Manifest("OPERATIONAL", found, (_family(act, line),), act.day)


def _family(act: Act, line: Line) -> ManifestFamily:
    household = document_of(act.connection, HOUSEHOLD, line.household)
    if household is None:
        raise Refusal("household.unknown")
    persons = dict(documents_of(act.connection, PERSON, line.household))
    people = tuple(
        Traveller(
            persons[person].full_name,
            persons[person].sex,
            age_on(persons[person].birth_date, act.day),
            line.fitness.get(person) == "ESCORT",
        )
        for person in line.travellers
        if person in persons
    )
    return ManifestFamily(
        household=line.household,
        number=household.number,
        principal=_name(household, persons),
        reading=household.reading or "ar",
        people=people,
        vehicle=line.vehicle,
        belongings=line.belongings,
        state=line.state,
    )


def _name(household: Household, persons: dict[str, Person]) -> str:
    principal = persons.get(household.principal)
    return principal.full_name if principal else ""
