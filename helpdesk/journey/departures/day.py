"""The day of a movement: who is present, who leaves, who does not come, who is sent back, and the closing.

Each act leaves every family whole: its line, its case and its departure are written in one transaction or not at all.
A closing that was interrupted is closed again; nobody leaves twice by it.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import select

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households import paper_forms
from helpdesk.households.rules import among
from helpdesk.journey.cases import gate, steps
from helpdesk.journey.cases.gathering import Ground
from helpdesk.journey.departures import codes
from helpdesk.journey.departures.documents import Closing, DayMark, Line, RoadCall
from helpdesk.journey.departures.kinds import CLOSING, LINE, MOVEMENT, ROAD_CALL
from helpdesk.journey.departures.planning import (
    give_back,
    households_in,
    known_line,
    known_movement,
    planned_movement,
    travelling,
)
from helpdesk.journey.departures.tables import ClosingRow, LineRow
from helpdesk.vault.records import document_of


class Counted(Struct, frozen=True):
    """The big counter of the day: families and people who are there, of those who were given the day."""

    families: int
    of_families: int
    people: int
    of_people: int


@command("movement.present", roles=FAMILIES)
def present(act: Act, movement: str, household: str) -> Counted:
    """A family was scanned in. Scanning it again changes nothing.

    Raises Refusal("movement.not_listed" | "movement.line" | "movement.not_the_day" | "movement.case" |
    "movement.unlisted"): nobody leaves who stands on no list.
    """
    found = planned_movement(act.connection, movement)
    if act.day != found.day:
        raise Refusal("movement.not_the_day", day=found.day)
    _mark_present(act, movement, household)
    act.concerns(movement, household)
    return counted(act, movement)


def _mark_present(act: Act, movement: str, household: str, paper_form: str | None = None) -> None:
    record, line = known_line(act.connection, movement, household)
    if line.state == "PRESENT":
        return
    if line.state != "SCHEDULED":
        raise Refusal("movement.line", state=line.state)
    case = steps.case_of(act, household)
    if case is None or case[1].state != "SCHEDULED":
        # somebody withdrew or was held since: the paper in her hand is older than that
        raise Refusal("movement.case", state=case[1].state if case else "REGISTERED")
    whole = _whole(act, line)
    act.records.revise(LINE, record, msgspec.structs.replace(whole, state="PRESENT", paper_form=paper_form))


def _whole(act: Act, line: Line) -> Line:
    # the family as it travels today: who stays behind leaves the list, who came to it since was never asked for
    going = travelling(act, line.household)
    unlisted = [person for person in going if person not in line.travellers]
    if unlisted:
        raise Refusal("movement.unlisted", count=len(unlisted))
    if set(line.travellers) == set(going):
        return line
    left = tuple(person for person in line.travellers if person in going)
    fitness = {person: word for person, word in line.fitness.items() if person in left}
    return msgspec.structs.replace(line, travellers=left, fitness=fitness)


@command("movement.not_present", roles=FAMILIES)
def not_present(act: Act, movement: str, household: str) -> Counted:
    """Take back a scan made by mistake. Raises Refusal("movement.not_listed" | "movement.line")."""
    planned_movement(act.connection, movement)
    record, line = known_line(act.connection, movement, household)
    if line.state != "PRESENT":
        raise Refusal("movement.line", state=line.state)
    act.records.revise(LINE, record, msgspec.structs.replace(line, state="SCHEDULED"))
    act.concerns(movement, household)
    return counted(act, movement)


def counted(act: Act, movement: str) -> Counted:
    """The counter as it stands in this very act."""
    act.records.flush()
    rows = act.connection.execute(
        select(LineRow.state, LineRow.persons).where(LineRow.movement == movement, LineRow.state.in_(codes.EXPECTED))
    ).all()
    here = [row.persons for row in rows if row.state == "PRESENT"]
    return Counted(len(here), len(rows), sum(here), sum(row.persons for row in rows))


@command("movement.type_in", roles=FAMILIES)
def type_in(act: Act, movement: str, number: str, marks: tuple[DayMark, ...]) -> Counted:
    """Type in a paper form of a day without power: who was present. Each form is typed in once.

    A form may be typed in on a later day; the movement must not be closed yet. Raises Refusal("form.number" |
    "movement.form_typed" | "movement.not_yet" | "movement.line" | "movement.not_listed" | "form.code").
    """
    found = planned_movement(act.connection, movement)
    paper_form = paper_forms.read(number)
    if act.day < found.day:
        raise Refusal("movement.not_the_day", day=found.day)
    check_form(act, paper_form)
    for mark in marks:
        among(mark.mark, codes.MARK, "mark")
        if mark.mark == "PRESENT":
            _mark_present(act, movement, mark.household, paper_form)
        else:
            _note_form(act, movement, mark.household, paper_form)
    act.concerns(movement, *(mark.household for mark in marks))
    return counted(act, movement)


def _note_form(act: Act, movement: str, household: str, paper_form: str) -> None:
    record, line = known_line(act.connection, movement, household)
    if line.state not in codes.EXPECTED:
        raise Refusal("movement.line", state=line.state)
    act.records.revise(LINE, record, msgspec.structs.replace(line, state="SCHEDULED", paper_form=paper_form))


def check_form(act: Act, paper_form: str) -> None:
    """Refuse a form that was typed in before. Raises Refusal("movement.form_typed", number=...)."""
    act.records.flush()
    used = act.connection.scalar(select(LineRow.id).where(LineRow.paper_form == paper_form).limit(1))
    if used is None:
        used = act.connection.scalar(select(ClosingRow.id).where(ClosingRow.paper_form == paper_form).limit(1))
    if used is not None:
        raise Refusal("movement.form_typed", number=paper_forms.shown(paper_form))


@command("movement.depart", roles=(Role.SUPERVISOR,))
def depart(act: Act, movement: str, households: tuple[str, ...]) -> tuple[gate.NotNow, ...]:
    """Let these families leave: each with its evidence, as of the movement's day. Who has left is passed over.

    Tells those that may not leave and why; they stay where they were. Raises Refusal("movement.state" |
    "movement.not_the_day").
    """
    found = planned_movement(act.connection, movement)
    if act.day < found.day:
        raise Refusal("movement.not_the_day", day=found.day)

    def one(running: Act, household: str, ground: Ground) -> None:
        record, line = known_line(running.connection, movement, household)
        if line.state == "DEPARTED":
            return
        if line.state != "PRESENT":
            raise Refusal("movement.line", state=line.state)
        whole = _whole(running, line)
        gate.depart(running, household, found.day, movement, ground)
        running.records.revise(LINE, record, msgspec.structs.replace(whole, state="DEPARTED"))
        running.concerns(household)

    refused = gate.each(act, households, found.day, one)
    act.concerns(movement)
    return refused


@command("movement.close", roles=(Role.SUPERVISOR,))
def close(act: Act, movement: str, left_behind: tuple[str, ...] = ()) -> Closing:
    """Close the manifest: who was not there is a no-show; ``left_behind`` were there and may not leave.

    Both go back to READY. Everybody else who was there must have left before (:func:`depart`). Closing again what is
    closed gives the same answer; closed at two desks it is one departure a case, and an incident. Raises
    Refusal("movement.unknown" | "movement.state" | "movement.not_the_day" | "movement.nobody" | "movement.still_here").
    """
    found = known_movement(act.connection, movement)
    if found.state == "CLOSED":
        return _closing_of(act, movement)
    if found.state != "PLANNED":
        raise Refusal("movement.state", state=found.state)
    if act.day < found.day:
        raise Refusal("movement.not_the_day", day=found.day)
    here = set(households_in(act.connection, movement, ("PRESENT",))) - set(left_behind)
    if here:
        raise Refusal("movement.still_here", count=len(here))
    absent = 0
    for household in households_in(act.connection, movement, codes.LIVE):
        record, line = known_line(act.connection, movement, household)
        if line.state == "SCHEDULED" and _is_waited_for(act, household):
            absent += 1
            _leave_off(act, record, line, "NOSHOW")
        else:
            _leave_off(act, record, line, "OFF")
    departed = len(households_in(act.connection, movement, ("DEPARTED",)))
    if not departed and not absent:
        raise Refusal("movement.nobody")
    act.records.revise(MOVEMENT, movement, msgspec.structs.replace(found, state="CLOSED"), signed=True)
    closing = Closing(movement, act.day, act.user.id, departed, absent)
    act.records.create(CLOSING, act.new_id(), closing, signed=True)
    act.concerns(movement)
    return closing


def _is_waited_for(act: Act, household: str) -> bool:
    # who withdrew or was held since then is no no-show
    case = steps.case_of(act, household)
    return case is not None and case[1].state == "SCHEDULED"


def _leave_off(act: Act, record: str, line: Line, state: str) -> None:
    act.records.revise(LINE, record, msgspec.structs.replace(line, state=state))
    give_back(act, line.household, noshow=state == "NOSHOW")


def _closing_of(act: Act, movement: str) -> Closing:
    rows = act.connection.scalars(
        select(ClosingRow.id).where(ClosingRow.movement == movement).order_by(ClosingRow.id).limit(1)
    )
    found = next((closing for row in rows if (closing := document_of(act.connection, CLOSING, row))), None)
    if found is None:
        raise Refusal("movement.state", state="CLOSED")
    return found


@command("movement.came_back", roles=(Role.SUPERVISOR,))
def came_back(act: Act, movement: str, household: str, how: str, reason: str) -> None:
    """A family that had left was refused at a checkpoint or turned back: it prepares anew and counts as not departed.

    Raises Refusal("movement.line" | "movement.reason" | "movement.not_listed" | "form.code" | "case.step").
    """
    among(how, codes.CAME_BACK, "how")
    if not clean(reason):
        raise Refusal("movement.reason")
    record, line = known_line(act.connection, movement, household)
    if line.state != "DEPARTED":
        raise Refusal("movement.line", state=line.state)
    steps.move(act, household, "PREPARING", departed_on=None, movement_day=None)
    act.records.revise(LINE, record, msgspec.structs.replace(line, state=how, reason=clean(reason)), signed=True)
    act.concerns(movement, household)


@command("movement.call", roles=FAMILIES)
def road_call(act: Act, movement: str, place: str, all_well: bool, said: str = "") -> None:
    """Note a call of a movement on the road. Raises Refusal("movement.unknown" | "movement.call")."""
    known_movement(act.connection, movement)
    if not clean(place):
        raise Refusal("movement.call")
    act.records.create(ROAD_CALL, act.new_id(), RoadCall(movement, act.at, clean(place), all_well, clean(said)))
    act.concerns(movement)
