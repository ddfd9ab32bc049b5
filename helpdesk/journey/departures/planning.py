"""Before the day: plan a movement, list its families, ask how they travel, tell authorities, give families the day.

Runs inside the gate. Only a supervisor gives a family its day, and ``cases`` is asked whether it may have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from helpdesk.core.errors import Refusal, code
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import late, paper_forms
from helpdesk.households.commands import consenting, known_household
from helpdesk.households.kinds import PERSON
from helpdesk.households.rules import among
from helpdesk.journey.cases import gate, steps
from helpdesk.journey.cases.commands import unschedule
from helpdesk.journey.cases.gathering import Ground
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.departures import codes
from helpdesk.journey.departures.consents import named_households
from helpdesk.journey.departures.documents import (
    Line,
    LineAnswers,
    Movement,
    MovementPlan,
    Notification,
)
from helpdesk.journey.departures.kinds import LINE, MOVEMENT, NOTIFICATION, line_id
from helpdesk.journey.departures.tables import LineRow, MovementRow, NotificationRow
from helpdesk.vault.records import document_of, documents_of

PLANNABLE: Final = ("", "PREPARING", "READY", "SCHEDULED")
"""States of a case whose family may be put on a list; the list gives it nothing yet."""
_MOST_VEHICLES: Final = 60


def known_movement(connection: Connection, movement: str) -> Movement:
    """The movement of an id. Raises Refusal("movement.unknown")."""
    found = document_of(connection, MOVEMENT, movement)
    if found is None:
        raise Refusal("movement.unknown")
    return found


def planned_movement(connection: Connection, movement: str) -> Movement:
    """The same while it is neither closed nor cancelled. Raises Refusal("movement.state", state=...)."""
    found = known_movement(connection, movement)
    if found.state != "PLANNED":
        raise Refusal("movement.state", state=found.state)
    return found


def known_line(connection: Connection, movement: str, household: str) -> tuple[str, Line]:
    """A household's line on a movement with its record. Raises Refusal("movement.not_listed")."""
    record = line_id(movement, household)
    found = document_of(connection, LINE, record)
    if found is None:
        raise Refusal("movement.not_listed")
    return record, found


@command("movement.plan", roles=FAMILIES)
def plan(act: Act, form: MovementPlan) -> str:
    """Plan a movement; returns its id. Raises Refusal("movement.day" | "movement.number_taken" | "form.*")."""
    check_plan(act, form)
    number = paper_forms.read(form.number) if form.number is not None else paper_forms.draw(1)[0]
    if act.connection.scalar(select(MovementRow.id).where(MovementRow.number == number)) is not None:
        raise Refusal("movement.number_taken", number=paper_forms.shown(number))
    movement = act.new_id()
    act.records.create(MOVEMENT, movement, Movement(**{**_fields(form), "number": number}))
    act.concerns(movement)
    return movement


@command("movement.change", roles=FAMILIES)
def change(act: Act, movement: str, form: MovementPlan) -> None:
    """Change a planned movement; its number stays. Another day is only given while no family has this one.

    Raises Refusal("movement.unknown" | "movement.state" | "movement.day_given"), those of :func:`plan`.
    """
    known = planned_movement(act.connection, movement)
    check_plan(act, form)
    if form.day != known.day and households_in(act.connection, movement, codes.EXPECTED):
        raise Refusal("movement.day_given", day=known.day)
    changed = msgspec.structs.replace(known, **{**_fields(form), "number": known.number})
    act.records.revise(MOVEMENT, movement, changed)
    act.concerns(movement)


def _fields(form: MovementPlan) -> dict[str, Any]:
    return {name: getattr(form, name) for name in form.__struct_fields__ if name != "number"}


def check_plan(act: Act, form: MovementPlan) -> None:
    """The rules of a plan."""
    among(form.mode, codes.MODE, "mode")
    if not 0 <= (form.day - act.day).days <= gate.FURTHEST_PLAN and form.number is None:
        raise Refusal("movement.day", most=gate.FURTHEST_PLAN)
    if (form.day - act.day).days > gate.FURTHEST_PLAN:
        raise Refusal("movement.day", most=gate.FURTHEST_PLAN)
    if form.day < act.day:
        late.typed(act, form.day, code("movement.past"))
    if len(form.vehicles) > _MOST_VEHICLES:
        raise Refusal("movement.vehicles", most=_MOST_VEHICLES)
    for vehicle in form.vehicles:
        among(vehicle.kind, act.lists.accepted(codes.VEHICLE), "vehicle")
        if not clean(vehicle.plate):
            raise Refusal("movement.plate")


def households_in(connection: Connection, movement: str, states: Sequence[str]) -> tuple[str, ...]:
    """The households on a movement whose line is in one of these states, in the order of their ids."""
    statement = select(LineRow.household).where(LineRow.movement == movement, LineRow.state.in_(states))
    return tuple(connection.scalars(statement.order_by(LineRow.household)))


@command("movement.list", roles=FAMILIES)
def list_families(act: Act, movement: str, households: tuple[str, ...]) -> tuple[gate.NotNow, ...]:
    """Put families on a movement's list; tells those that could not be and why, and holds nobody else back.

    A list gives nothing yet: it says for whom a movement is prepared.
    """
    planned_movement(act.connection, movement)
    refused = gate.each(act, households, act.day, lambda running, household, _: _list_one(running, movement, household))
    act.concerns(movement)
    return refused


def _list_one(act: Act, movement: str, household: str) -> None:
    consenting(act, household)
    case = steps.case_of(act, household)
    state = case[1].state if case else ""
    if state not in PLANNABLE:
        raise Refusal("movement.case", state=state)
    other = act.connection.scalar(
        select(LineRow.movement)
        .join(MovementRow, MovementRow.id == LineRow.movement)
        .where(
            LineRow.household == household,
            LineRow.state.in_(codes.LIVE),
            LineRow.movement != movement,
            MovementRow.state == "PLANNED",
        )
    )
    if other is not None:
        number = known_movement(act.connection, other).number
        raise Refusal("movement.elsewhere", number=paper_forms.shown(number))
    record = line_id(movement, household)
    known = document_of(act.connection, LINE, record)
    travellers = travelling(act, household)
    if known is None:
        act.records.create(LINE, record, Line(household, movement, travellers))
    elif known.state in codes.LIVE:
        return
    elif known.state in ("OFF", "NOSHOW"):
        fitness = {person: word for person, word in known.fitness.items() if person in travellers}
        again = msgspec.structs.replace(known, travellers=travellers, state="LISTED", reason="", fitness=fitness)
        act.records.revise(LINE, record, again)
    else:
        raise Refusal("movement.line", state=known.state)
    act.concerns(household)


def travelling(act: Act, household: str) -> tuple[str, ...]:
    """Those of a family who are here and of whom nobody said that they stay, in the order of the roster."""
    found = known_household(act, household)
    persons = dict(documents_of(act.connection, PERSON, household))
    here = ((person, persons[person]) for person in found.members if person in persons)
    return tuple(person for person, said in here if said.presence == "HERE" and said.travels != "N")


@command("movement.take_off", roles=FAMILIES)
def take_off(act: Act, movement: str, household: str, reason: str) -> None:
    """Take a family off the list; one that had the day goes back to READY. Raises Refusal("movement.reason" | ...)."""
    planned_movement(act.connection, movement)
    if not clean(reason):
        raise Refusal("movement.reason")
    record, line = known_line(act.connection, movement, household)
    if line.state not in codes.LIVE:
        raise Refusal("movement.line", state=line.state)
    act.records.revise(LINE, record, msgspec.structs.replace(line, state="OFF", reason=clean(reason)))
    give_back(act, household)
    act.concerns(movement, household)


def give_back(act: Act, household: str, *, noshow: bool = False) -> None:
    """Take a family's day back: a scheduled case is READY again, whatever it then shows by its safeguards."""
    found = steps.case_of(act, household)
    if found is not None and found[1].state == "SCHEDULED":
        unschedule(act, household, absent=noshow)


@command("movement.answer", roles=FAMILIES)
def answer(act: Act, movement: str, household: str, answers: LineAnswers) -> None:
    """Record how a family travels: who is fit, with what, in which vehicle.

    Raises Refusal("movement.not_listed" | "movement.line" | "person.unknown" | "movement.load" | "form.code" |
    "movement.vehicle").
    """
    found = planned_movement(act.connection, movement)
    record, line = known_line(act.connection, movement, household)
    if line.state not in codes.LIVE:
        raise Refusal("movement.line", state=line.state)
    fresh = line
    if answers.fitness is not None:
        for person, word in answers.fitness.items():
            among(word, codes.FITNESS, "fitness")
            if person not in line.travellers:
                raise Refusal("person.unknown")
        fresh = msgspec.structs.replace(fresh, fitness={**line.fitness, **answers.fitness})
    if answers.belongings is not None:
        among(answers.belongings.tent, codes.TENT, "tent", required=False)
        if any(count is not None and not 0 <= count <= 999 for count in _counts(answers)):
            raise Refusal("movement.load")
        fresh = msgspec.structs.replace(fresh, belongings=answers.belongings)
    if answers.vehicle is not None:
        if answers.vehicle and answers.vehicle not in {vehicle.plate for vehicle in found.vehicles}:
            raise Refusal("movement.vehicle")
        fresh = msgspec.structs.replace(fresh, vehicle=answers.vehicle)
    act.records.revise(LINE, record, fresh)
    act.concerns(movement, household)


def _counts(answers: LineAnswers) -> tuple[int | None, int | None]:
    assert answers.belongings is not None
    return answers.belongings.livestock, answers.belongings.load


@command("movement.fit", roles=FAMILIES)
def all_fit(act: Act, movement: str, households: tuple[str, ...]) -> None:
    """Say of everybody of these families who was not asked yet that she is fit to travel.

    For lists of a whole convoy, after a nurse or the family itself was asked. Raises as :func:`answer`.
    """
    for household in households:
        _, line = known_line(act.connection, movement, household)
        unasked = {person: "FIT" for person in line.travellers if person not in line.fitness}
        if unasked:
            answer(act, movement, household, LineAnswers(fitness=unasked))


@command("movement.notify", roles=(Role.SUPERVISOR,))
def notify(act: Act, movement: str, authority: str, reference: str) -> Notification:
    """Record that an authority was told (S39), and whose names its letter held: consenting households, whole.

    Raises Refusal("movement.nobody" | "movement.unknown" | "movement.state" | "form.code").
    """
    planned_movement(act.connection, movement)
    among(authority, AUTHORITY, "authority")
    listed = households_in(act.connection, movement, codes.LIVE)
    if not listed:
        raise Refusal("movement.nobody")
    told = Notification(
        movement, authority, act.day, clean(reference), named_households(act.connection, movement, act.day)
    )
    act.records.create(NOTIFICATION, act.new_id(), told, signed=True)
    act.concerns(movement)
    return told


@command("movement.schedule", roles=(Role.SUPERVISOR,))
def schedule(act: Act, movement: str, households: tuple[str, ...]) -> tuple[gate.NotNow, ...]:
    """Give these families of the list the movement's day; tells those that may not have it, and why.

    Raises Refusal("movement.unknown" | "movement.state" | "movement.not_told"): no family gets a day before an
    authority was told.
    """
    found = planned_movement(act.connection, movement)
    told = select(NotificationRow.id).where(NotificationRow.movement == movement).limit(1)
    if act.connection.scalar(told) is None:
        raise Refusal("movement.not_told")

    def one(running: Act, household: str, ground: Ground) -> None:
        record, line = known_line(running.connection, movement, household)
        if line.state in codes.EXPECTED:
            return
        if line.state != "LISTED":
            raise Refusal("movement.line", state=line.state)
        _check_fitness(line)
        gate.schedule(running, household, found.day, ground)
        running.records.revise(LINE, record, msgspec.structs.replace(line, state="SCHEDULED"))
        running.concerns(household)

    refused = gate.each(act, households, act.day, one)
    act.concerns(movement)
    return refused


def _check_fitness(line: Line) -> None:
    words = [line.fitness.get(person) for person in line.travellers]
    if "DEFER" in words:
        raise Refusal("movement.defer")
    if None in words:
        raise Refusal("movement.fitness", count=words.count(None))


@command("movement.cancel", roles=(Role.SUPERVISOR,))
def cancel(act: Act, movement: str, reason: str) -> None:
    """Cancel a movement: its families keep everything but the day. Raises Refusal("movement.reason" | ...)."""
    found = planned_movement(act.connection, movement)
    if not clean(reason):
        raise Refusal("movement.reason")
    for household in households_in(act.connection, movement, codes.LIVE):
        record, line = known_line(act.connection, movement, household)
        act.records.revise(LINE, record, msgspec.structs.replace(line, state="OFF", reason=clean(reason)))
        give_back(act, household)
    cancelled = msgspec.structs.replace(found, state="CANCELLED", reason=clean(reason))
    act.records.revise(MOVEMENT, movement, cancelled, signed=True)
    act.concerns(movement)
